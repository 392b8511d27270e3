/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which part of a sound a waveform shows, and how large: from the whole of it to single frames.
 * Plain arithmetic; what is asked for beyond the sound is brought back into it. Thread: any. */
typedef struct
{
  double n_frames; /* of the sound */
  double width;    /* px */
  double first;    /* frame at x = 0 */
  double scale;    /* frames a px */
} ZabWaveformSpan;

/* Shows the whole of a sound. */
void zab_waveform_span_init (ZabWaveformSpan *self, double n_frames, double width);

/* TRUE where nothing of the sound is outside. */
gboolean zab_waveform_span_is_whole (const ZabWaveformSpan *self);

/* Keeps the scale and what is at the left; but what was whole stays so. */
void zab_waveform_span_resize (ZabWaveformSpan *self, double width);

/* What is at @x stays there and grows by @factor. */
void zab_waveform_span_zoom (ZabWaveformSpan *self, double factor, double x);

/* What is at @from goes to @to, and grows by @factor. */
void zab_waveform_span_pinch (ZabWaveformSpan *self, double factor, double from, double to);

void zab_waveform_span_pan (ZabWaveformSpan *self, double px);
void zab_waveform_span_move_to (ZabWaveformSpan *self, double first);

/* Goes no further than needed to bring @frame into view. */
void zab_waveform_span_reveal (ZabWaveformSpan *self, double frame);

double zab_waveform_span_get_last (const ZabWaveformSpan *self); /* frame at the right edge */
double zab_waveform_span_to_x (const ZabWaveformSpan *self, double frame);
double zab_waveform_span_to_frame (const ZabWaveformSpan *self, double x);

G_END_DECLS
