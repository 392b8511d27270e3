/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/zab-waveform-points.h"

G_BEGIN_DECLS

/* One point of a sound on its waveform: a line with a flag, and what a keyboard and a screen reader
 * take hold of, a slider in milliseconds (GTK takes what differs by less than 0.001 for the same).
 * The canvas that it stands on takes the pointer, for it knows which of several markers is meant.
 * Thread: main.
 *
 * Signal:
 *   moved (double seconds)   somebody but update () has set the value: a screen reader */
#define ZAB_TYPE_WAVEFORM_MARKER (zab_waveform_marker_get_type ())
G_DECLARE_FINAL_TYPE (ZabWaveformMarker, zab_waveform_marker, ZAB, WAVEFORM_MARKER, GtkRange)

enum
{
  ZAB_WAVEFORM_MARKER_WIDTH = 28, /* px; the line is in the middle */
  ZAB_WAVEFORM_FLAG_WIDTH = 13,
  ZAB_WAVEFORM_FLAG_HEIGHT = 16,
};

GtkWidget       *zab_waveform_marker_new (ZabWaveformPoint point);
ZabWaveformPoint zab_waveform_marker_get_point (ZabWaveformMarker *self);

/* Its value becomes where it is on @pad. */
void zab_waveform_marker_update (ZabWaveformMarker *self, ZabPad *pad);

/* How far (@x, @y), from its corner, is from the flag, or, which is less, from the line. */
double zab_waveform_marker_get_distance (ZabWaveformMarker *self, double x, double y);

G_END_DECLS
