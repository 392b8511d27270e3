/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-resampler-polyphase.h"

#include <math.h>

#include "engine/zab-resampler-kaiser.h"

enum
{
  N_PHASES = 128,
  DEGREE = 3, /* of the polynomials between them: together -170 dB */
  MAX_TAPS = 64
};

#define ATTENUATION 170.0

struct _ZabPolyphase
{
  guint64 in_step; /* the position advances by in_step / out_step */
  guint64 out_step;
  guint64 position; /* whole samples */
  guint64 fraction; /* of out_step */
  double  phases_per_fraction;
  gsize   n_taps;
  double *table; /* [phase][degree][tap] */
};

/* Cubic Lagrange through the phases -1, 0, 1, 2 as a polynomial of the place between 0 and 1. */
static void
make_cubic (const double y[4], double poly[DEGREE + 1])
{
  poly[0] = y[1];
  poly[1] = -y[0] / 3 - y[1] / 2 + y[2] - y[3] / 6;
  poly[2] = (y[0] + y[2]) / 2 - y[1];
  poly[3] = (y[3] - y[0]) / 6 + (y[1] - y[2]) / 2;
}

static void
make_table (ZabPolyphase *self, const ZabKaiser *filter)
{
  const gsize before = self->n_taps / 2 - 1;

  self->table = g_new (double, N_PHASES *(DEGREE + 1) * self->n_taps);
  for (int phase = 0; phase < N_PHASES; phase++)
    for (gsize tap = 0; tap < self->n_taps; tap++)
      {
        double *to = self->table + (gsize)phase * (DEGREE + 1) * self->n_taps + tap;
        double  y[4], poly[DEGREE + 1];

        for (int i = 0; i < 4; i++)
          y[i] = zab_kaiser_impulse (filter, (double)tap - (double)before
                                                 - (double)(phase + i - 1) / N_PHASES);
        make_cubic (y, poly);
        for (gsize d = 0; d <= DEGREE; d++)
          to[d * self->n_taps] = poly[d];
      }
}

ZabPolyphase *
zab_polyphase_new (guint64 in_step, guint64 out_step, double pass)
{
  ZabPolyphase *self = g_new0 (ZabPolyphase, 1);
  ZabKaiser     filter = zab_kaiser_design (pass, 1 - pass, ATTENUATION);

  self->in_step = in_step;
  self->out_step = out_step;
  self->phases_per_fraction = N_PHASES / (double)out_step;
  self->n_taps = 4 * (gsize)ceil (filter.half_width / 2);
  g_assert (self->n_taps <= MAX_TAPS);
  make_table (self, &filter);
  return self;
}

void
zab_polyphase_free (ZabPolyphase *self)
{
  g_free (self->table);
  g_free (self);
}

gsize
zab_polyphase_get_reach (const ZabPolyphase *self)
{
  return self->n_taps / 2;
}

gsize
zab_polyphase_count (const ZabPolyphase *self, guint64 end)
{
  if (end <= self->position)
    return 0;
  /* The least n with position + (fraction + n * in_step) / out_step >= end. */
  return ((end - self->position) * self->out_step - self->fraction + self->in_step - 1)
         / self->in_step;
}

guint64
zab_polyphase_get_position (const ZabPolyphase *self)
{
  return self->position;
}

void
zab_polyphase_move (ZabPolyphase *self, guint64 n)
{
  self->position -= n;
}

static inline void
make_taps (const double *restrict table, gsize n_taps, double x, double *restrict taps)
{
  for (gsize i = 0; i < n_taps; i++)
    taps[i] = ((table[3 * n_taps + i] * x + table[2 * n_taps + i]) * x + table[n_taps + i]) * x
              + table[i];
}

/* Four sums, so that the compiler may use vectors without reordering anything. */
static inline double
dot (const double *restrict a, const double *restrict b, gsize n)
{
  double sum[4] = { 0 };

  for (gsize i = 0; i < n; i += 4)
    for (gsize j = 0; j < 4; j++)
      sum[j] += a[i + j] * b[i + j]; /* NOLINT(clang-analyzer-core*): n is what was filled */
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

void
zab_polyphase_run (ZabPolyphase *self, double *const *in, gsize origin, guint channels,
                   gsize n_frames, double *const *out)
{
  const guint64 whole = self->in_step / self->out_step;
  const guint64 rest = self->in_step % self->out_step;
  const gsize   n_taps = self->n_taps;
  double        taps[MAX_TAPS];

  for (gsize n = 0; n < n_frames; n++)
    {
      double place = (double)self->fraction * self->phases_per_fraction;
      int    phase = MIN ((int)place, N_PHASES - 1);
      gsize  first = origin + self->position + 1 - n_taps / 2;

      make_taps (self->table + (gsize)phase * (DEGREE + 1) * n_taps, n_taps, place - phase, taps);
      for (guint c = 0; c < channels; c++)
        out[c][n] = dot (in[c] + first, taps, n_taps);
      self->position += whole;
      self->fraction += rest;
      if (self->fraction >= self->out_step)
        {
          self->fraction -= self->out_step;
          self->position++;
        }
    }
}
