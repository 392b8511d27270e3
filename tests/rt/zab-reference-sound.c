/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "rt/zab-reference-private.h"

static const gint64 FRAME = G_GINT64_CONSTANT (1) << 32;

double
zab_reference_rise (double step, gint64 length)
{
  return MIN (1.0, step / (double)(length + 1));
}

double
zab_reference_fall (const ZabReference *self, const Span *span)
{
  return span->on
             ? zab_reference_rise ((double)(span->length - (self->now - span->begin)), span->length)
             : 1;
}

/* How far along the line a voice is to go in this frame. */
static gint64
step_of (const ZabReference *self, const Voice *voice)
{
  const double speed = zab_reference_speed_at (&self->pads[voice->pad].speed, self->now)
                       * zab_reference_speed_at (&self->speed, self->now);

  return (gint64)floor (MIN (speed * 0x1p32 * voice->sample->rate / self->rate, 0x8p32) + 0.5);
}

/* Nearer to a whole frame, where that is all that is missing. */
static gint64
slide (gint64 step, gint64 at)
{
  const gint64 most = FRAME / 4096;
  const gint64 part = at % FRAME;

  if (step != FRAME)
    return step;
  return step + (part < FRAME / 2 ? -MIN (part, most) : MIN (FRAME - part, most));
}

/* The modified Bessel function of the first kind and of order 0, by its power series. */
static double
bessel (double x)
{
  double term = 1, sum = 1;

  for (int k = 1; term > 1e-17 * sum; k++)
    {
      term *= (x / 2) * (x / 2) / ((double)k * k);
      sum += term;
    }
  return sum;
}

/* The sinc under its window, @x frames from its middle. */
static double
kernel (ZabSincQuality quality, double x)
{
  const double half = quality == ZAB_SINC_HIGH ? 32 : 16;
  const double beta = quality == ZAB_SINC_HIGH ? 12 : 9.6;
  const double angle = G_PI * x * (quality == ZAB_SINC_HIGH ? 0.98 : 0.905);

  if (fabs (x) >= half)
    return 0;
  return (x < 0 || x > 0 ? sin (angle) / angle : 1)
         * bessel (beta * sqrt (1 - (x / half) * (x / half)));
}

/* By how much the kernel is stretched for a step. */
static double
stretch_for (gint64 step)
{
  for (int i = 0; i < 8; i++)
    if (step <= (gint64)floor (pow (2, i / 4.0) * 0x1p32 + 0.5))
      return pow (2, i / 4.0);
  return 4;
}

/* Adds what is @part of the way from the frame where the voice is to the next one. */
static void
add_row (const ZabReference *self, const Voice *voice, double stretch, double part, double level,
         double *out)
{
  const gint64 reach = (gint64)ceil (32 * stretch);
  double       sum[2] = { 0, 0 };
  double       weights = 0;

  for (gint64 k = -reach; k <= reach; k++)
    {
      const double weight = kernel (self->quality, ((double)k - part) / stretch);
      double       frame[2];

      if (fabs (weight) <= 0)
        continue;
      zab_reference_hear (voice, (voice->at >> 32) + k, frame);
      sum[0] += weight * frame[0];
      sum[1] += weight * frame[1];
      weights += weight;
    }
  out[0] += level * sum[0] / weights;
  out[1] += level * sum[1] / weights;
}

/* There are 512 rows for parts of a frame, and straight lines between them. */
static void
read_between (const ZabReference *self, const Voice *voice, gint64 step, double *out)
{
  const double stretch = stretch_for (step);
  const double rows = (double)(voice->at % FRAME) * 0x1p-32 * 512;

  out[0] = out[1] = 0;
  add_row (self, voice, stretch, floor (rows) / 512, 1 - (rows - floor (rows)), out);
  add_row (self, voice, stretch, (floor (rows) + 1) / 512, rows - floor (rows), out);
}

void
zab_reference_add_voice (const ZabReference *self, Voice *voice, double *out)
{
  const gint64 wanted = step_of (self, voice);
  const gint64 step = slide (wanted, voice->at);
  double       level
      = voice->velocity * zab_reference_rise ((double)(self->now - voice->begin + 1), voice->attack)
        * zab_reference_fall (self, &voice->release) * zab_reference_fall (self, &voice->cut);
  double frame[2];

  if (!voice->loop)
    level *= zab_reference_rise ((double)voice->region.end - (double)voice->at * 0x1p-32,
                                 voice->tail);
  if (wanted == FRAME && voice->at % FRAME == 0)
    zab_reference_hear (voice, voice->at / FRAME, frame);
  else
    read_between (self, voice, step, frame);
  out[0] += level * frame[0];
  out[1] += level * frame[1];
  zab_reference_go_on (voice, step);
}
