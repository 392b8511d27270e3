/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-peaks.h"

G_BEGIN_DECLS

/* A picture of a part of a sound, as a texture: one node to draw however long the sound, kept by
 * who draws it for as long as none of this changes. The dense middle is how loud the sound is
 * (rms), the pale hull how far it goes; where a frame is wider than a pixel, it is a line.
 * Thread: main. */
typedef struct
{
  double   first; /* frame at the left edge */
  double   step;  /* frames a pixel */
  int      width; /* pixels of the device */
  int      height;
  int      scale; /* pixels of the device to one of the widget: how thick a line is */
  float    gain;  /* how much larger than life */
  gboolean merge; /* all channels in one lane; FALSE: one below the other */
  GdkRGBA  color;
} ZabWaveformPicture;

/* The gain with which the loudest moment of a sound just fits. */
float zab_waveform_picture_get_gain (ZabPeaks *peaks);

gboolean    zab_waveform_picture_equal (const ZabWaveformPicture *a, const ZabWaveformPicture *b);
GdkTexture *zab_waveform_picture_draw (const ZabWaveformPicture *self, ZabPeaks *peaks);

G_END_DECLS
