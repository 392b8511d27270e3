/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-span.h"

static const double MIN_SCALE = 1 / 24.0; /* a frame is 24 px wide */
static const double REVEAL = 0.1;         /* of the width, between the edge and what is revealed */

static double
get_whole_scale (const ZabWaveformSpan *self)
{
  return self->n_frames / MAX (1, self->width);
}

/* A sound of a few frames is not blown up. */
static void
clamp (ZabWaveformSpan *self)
{
  const double whole = get_whole_scale (self);

  self->scale = CLAMP (self->scale, MIN (MIN_SCALE, whole), whole);
  self->first = CLAMP (self->first, 0, MAX (0, self->n_frames - self->width * self->scale));
}

void
zab_waveform_span_init (ZabWaveformSpan *self, double n_frames, double width)
{
  *self = (ZabWaveformSpan){ .n_frames = n_frames, .width = width };
  self->scale = get_whole_scale (self);
}

gboolean
zab_waveform_span_is_whole (const ZabWaveformSpan *self)
{
  return self->scale >= get_whole_scale (self);
}

void
zab_waveform_span_resize (ZabWaveformSpan *self, double width)
{
  const gboolean whole = zab_waveform_span_is_whole (self);

  self->width = width;
  if (whole)
    self->scale = get_whole_scale (self);
  clamp (self);
}

void
zab_waveform_span_pinch (ZabWaveformSpan *self, double factor, double from, double to)
{
  const double frame = zab_waveform_span_to_frame (self, from);

  self->scale /= factor;
  clamp (self);
  self->first = frame - to * self->scale;
  clamp (self);
}

void
zab_waveform_span_zoom (ZabWaveformSpan *self, double factor, double x)
{
  zab_waveform_span_pinch (self, factor, x, x);
}

void
zab_waveform_span_pan (ZabWaveformSpan *self, double px)
{
  self->first += px * self->scale;
  clamp (self);
}

void
zab_waveform_span_move_to (ZabWaveformSpan *self, double first)
{
  self->first = first;
  clamp (self);
}

void
zab_waveform_span_reveal (ZabWaveformSpan *self, double frame)
{
  const double margin = self->width * self->scale * REVEAL;

  if (frame < self->first)
    self->first = frame - margin;
  else if (frame > zab_waveform_span_get_last (self))
    self->first = frame + margin - self->width * self->scale;
  clamp (self);
}

double
zab_waveform_span_get_last (const ZabWaveformSpan *self)
{
  return self->first + self->width * self->scale;
}

double
zab_waveform_span_to_x (const ZabWaveformSpan *self, double frame)
{
  return self->scale > 0 ? (frame - self->first) / self->scale : 0;
}

double
zab_waveform_span_to_frame (const ZabWaveformSpan *self, double x)
{
  return self->first + x * self->scale;
}
