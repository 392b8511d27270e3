/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "rt/zab-reference-private.h"

/* --- Glides ---------------------------------------------------------------------------------- */

double
zab_reference_glide_at (const Glide *glide, gint64 now)
{
  const gint64 gone = now - glide->way.begin;

  if (!glide->way.on || gone >= glide->way.length)
    return glide->to;
  return glide->from + (glide->to - glide->from) * (double)gone / (double)glide->way.length;
}

static void
set_glide (const ZabReference *self, Glide *glide, double from, double to, gint64 length)
{
  *glide = (Glide){ from, to, { .on = TRUE, .begin = self->now, .length = length } };
}

void
zab_reference_glide_to (const ZabReference *self, Glide *glide, double value)
{
  set_glide (self, glide, zab_reference_glide_at (glide, self->now), value,
             zab_reference_to_frames (self, ZAB_REFERENCE_CUT));
}

/* In floats: what it is rounded to adds up along the way. */
double
zab_reference_speed_at (const Glide *glide, gint64 now)
{
  const gint64 left = glide->way.begin + glide->way.length - now;
  const float  from = (float)glide->from;
  const float  to = (float)glide->to;

  if (!glide->way.on || left <= 0)
    return glide->to;
  return (double)(to + (from - to) * (float)left / (float)glide->way.length);
}

void
zab_reference_speed_to (const ZabReference *self, Glide *glide, double value)
{
  set_glide (self, glide, zab_reference_speed_at (glide, self->now), CLAMP (value, 0.25, 4),
             zab_reference_to_frames (self, ZAB_REFERENCE_CUT));
}

/* --- Isolator -------------------------------------------------------------------------------- */

typedef enum
{
  LOW_PASS,
  HIGH_PASS,
  ALL_PASS,
} Kind;

/* Butterworth's filters of the second order, through the bilinear transform. */
static double
filter (const ZabReference *self, Memory *memory, Kind kind, double frequency, double in)
{
  const double angle = 2 * G_PI * frequency / self->rate;
  const double c = cos (angle);
  const double alpha = sin (angle) / sqrt (2);
  const double b[][3] = { [LOW_PASS] = { (1 - c) / 2, 1 - c, (1 - c) / 2 },
                          [HIGH_PASS] = { (1 + c) / 2, -1 - c, (1 + c) / 2 },
                          [ALL_PASS] = { 1 - alpha, -2 * c, 1 + alpha } };
  const double out = (b[kind][0] * in + b[kind][1] * memory->in[0] + b[kind][2] * memory->in[1]
                      + 2 * c * memory->out[0] - (1 - alpha) * memory->out[1])
                     / (1 + alpha);

  *memory = (Memory){ { in, memory->in[0] }, { out, memory->out[0] } };
  return out;
}

/* What a crossover of the fourth order passes to a side: through the same filter twice. */
static double
twice (const ZabReference *self, Memory (*memories)[2], guint channel, Kind kind, double frequency,
       double in)
{
  const double once = filter (self, &memories[0][channel], kind, frequency, in);

  return filter (self, &memories[1][channel], kind, frequency, once);
}

static gboolean
is_on (const Glide *wet, gint64 now)
{
  return wet->to > 0 || (wet->way.on && now - wet->way.begin < wet->way.length);
}

void
zab_reference_turn_isolator (const ZabReference *self, Isolator *isolator, guint band, double gain)
{
  double wet = 0;

  zab_reference_glide_to (self, &isolator->gains[band], gain);
  for (guint i = 0; i < 3; i++)
    if (isolator->gains[i].to < 1 || isolator->gains[i].to > 1)
      wet = 1;
  if (!is_on (&isolator->wet, self->now))
    memset (isolator->memories, 0, sizeof isolator->memories);
  if (wet < isolator->wet.to || wet > isolator->wet.to)
    set_glide (self, &isolator->wet, zab_reference_glide_at (&isolator->wet, self->now), wet,
               2 * zab_reference_to_frames (self, ZAB_REFERENCE_CUT));
}

void
zab_reference_isolate (const ZabReference *self, Isolator *isolator, double *frame)
{
  const double wet = zab_reference_glide_at (&isolator->wet, self->now);
  double       gains[3];

  if (!is_on (&isolator->wet, self->now))
    return;
  for (guint i = 0; i < 3; i++)
    gains[i] = zab_reference_glide_at (&isolator->gains[i], self->now);
  for (guint i = 0; i < 2; i++)
    {
      const double below = twice (self, isolator->memories, i, LOW_PASS, 250, frame[i]);
      const double above = twice (self, isolator->memories + 2, i, HIGH_PASS, 250, frame[i]);
      const double low = filter (self, &isolator->memories[4][i], ALL_PASS, 2500, below);
      const double mid = twice (self, isolator->memories + 5, i, LOW_PASS, 2500, above);
      const double high = twice (self, isolator->memories + 7, i, HIGH_PASS, 2500, above);
      const double out = gains[0] * low + gains[1] * mid + gains[2] * high;

      frame[i] = (1 - wet) * frame[i] + wet * out;
    }
}

/* --- Limiter --------------------------------------------------------------------------------- */

static const gint64 UNITY = G_GINT64_CONSTANT (1) << 30;

void
zab_reference_limiter_init (Limiter *limiter)
{
  for (guint i = 0; i < 2; i++)
    limiter->in[i] = g_array_new (FALSE, FALSE, sizeof (double));
  limiter->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  limiter->held = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
zab_reference_limiter_clear (Limiter *limiter)
{
  for (guint i = 0; i < 2; i++)
    g_array_unref (limiter->in[i]);
  g_array_unref (limiter->wanted);
  g_array_unref (limiter->held);
}

void
zab_reference_switch_limiter (const ZabReference *self, Limiter *limiter, gboolean on)
{
  if (!is_on (&limiter->wet, self->now))
    {
      g_array_set_size (limiter->in[0], 0);
      g_array_set_size (limiter->in[1], 0);
      g_array_set_size (limiter->wanted, 0);
      g_array_set_size (limiter->held, 0);
    }
  zab_reference_glide_to (self, &limiter->wet, on ? 1 : 0);
}

/* Before the first is silence. */
static double
in_at (const Limiter *limiter, guint channel, gint64 i)
{
  return i < 0 ? 0 : g_array_index (limiter->in[channel], double, i);
}

static gint64
gain_at (const GArray *gains, gint64 i)
{
  return i < 0 ? UNITY : g_array_index (gains, gint64, i);
}

/* @quarters of a frame after @i: twelve taps of a sinc under Hann's window. */
static double
value_between (const Limiter *limiter, guint channel, gint64 i, guint quarters)
{
  double value = 0, sum = 0;

  for (int k = -5; k <= 6; k++)
    {
      const double x = k - quarters / 4.0;
      const double tap = sin (G_PI * x) / (G_PI * x) * (0.5 + 0.5 * cos (G_PI * x / 6));

      value += tap * in_at (limiter, channel, i + k);
      sum += tap;
    }
  return value / sum;
}

static gint64
wanted_for (const Limiter *limiter, gint64 i)
{
  const double ceiling = pow (10, -0.5 / 20);
  double       peak = 0;

  for (guint channel = 0; channel < 2; channel++)
    {
      peak = MAX (peak, fabs (in_at (limiter, channel, i)));
      for (guint quarters = 1; quarters <= 3; quarters++)
        peak = MAX (peak, fabs (value_between (limiter, channel, i, quarters)));
    }
  return peak > ceiling ? (gint64)floor ((double)UNITY * ceiling / peak) : UNITY;
}

/* The gain of the last frame but six: the lowest that it and the sixty before want, and no more
 * above the one before than a gain may rise. */
static gint64
held_for (const Limiter *limiter)
{
  const gint64 n = limiter->wanted->len;
  const gint64 before = gain_at (limiter->held, n - 2);
  gint64       held = before < UNITY ? before + (UNITY - before) / 4096 + 1 : UNITY;

  for (gint64 i = n - 61; i < n; i++)
    held = MIN (held, gain_at (limiter->wanted, i));
  return held;
}

void
zab_reference_limit (const ZabReference *self, Limiter *limiter, double *frame)
{
  const double wet = zab_reference_glide_at (&limiter->wet, self->now);
  gint64       gain, n, sum = 0;

  if (!is_on (&limiter->wet, self->now))
    return;
  g_array_append_val (limiter->in[0], frame[0]);
  g_array_append_val (limiter->in[1], frame[1]);
  n = limiter->in[0]->len;
  gain = wanted_for (limiter, n - 7);
  g_array_append_val (limiter->wanted, gain);
  gain = held_for (limiter);
  g_array_append_val (limiter->held, gain);
  for (gint64 i = n - 48; i < n; i++)
    sum += gain_at (limiter->held, i);
  for (guint i = 0; i < 2; i++)
    {
      const double out = in_at (limiter, i, n - 65) * (double)(sum / 48) / (double)UNITY;

      frame[i] = (1 - wet) * frame[i] + wet * out;
    }
}
