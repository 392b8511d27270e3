/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-resampler-polyphase.h"

#include <math.h>

#include "engine/zab-resampler-kaiser.h"
#include "engine/zab-resampler-simd.h"

enum
{
  N_PHASES = 128,
  DEGREE = 3 /* of the polynomials between them: together -170 dB */
};

#define ATTENUATION 170.0

struct _ZabPolyphaseTable
{
  gsize  n_taps;         /* a multiple of 4 */
  double coefficients[]; /* [phase][degree][tap] */
};

struct _ZabPolyphase
{
  const ZabPolyphaseTable *table;
  guint64                  in_step; /* the position advances by in_step / out_step */
  guint64                  out_step;
  guint64                  position; /* whole samples */
  guint64                  fraction; /* of out_step */
  double                   phases_per_fraction;
  gboolean                 fast;
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

/* One tap's coefficients for all phases. */
static void
fill_tap (ZabPolyphaseTable *self, const ZabKaiser *filter, gsize tap)
{
  const double place = (double)tap - (double)(self->n_taps / 2 - 1);
  double       y[4] = { 0 }, poly[DEGREE + 1];

  for (int point = -1; point < N_PHASES + 2; point++)
    {
      double *to;

      for (int i = 0; i < 3; i++)
        y[i] = y[i + 1];
      y[3] = zab_kaiser_impulse (filter, place - (double)point / N_PHASES);
      if (point < 2)
        continue;
      make_cubic (y, poly);
      to = self->coefficients + (gsize)(point - 2) * (DEGREE + 1) * self->n_taps + tap;
      for (gsize d = 0; d <= DEGREE; d++)
        to[d * self->n_taps] = poly[d];
    }
}

ZabPolyphaseTable *
zab_polyphase_table_new (double pass)
{
  const ZabKaiser    filter = zab_kaiser_design (pass, 1 - pass, ATTENUATION);
  const gsize        n_taps = 4 * (gsize)ceil (filter.half_width / 2);
  ZabPolyphaseTable *self
      = g_malloc (sizeof *self + N_PHASES * (DEGREE + 1) * n_taps * sizeof (double));

  self->n_taps = n_taps;
  for (gsize tap = 0; tap < n_taps; tap++)
    fill_tap (self, &filter, tap);
  return self;
}

void
zab_polyphase_table_free (ZabPolyphaseTable *self)
{
  g_free (self);
}

ZabPolyphase *
zab_polyphase_new (const ZabPolyphaseTable *table, guint64 in_step, guint64 out_step)
{
  ZabPolyphase *self = g_new0 (ZabPolyphase, 1);

  self->table = table;
  self->in_step = in_step;
  self->out_step = out_step;
  self->phases_per_fraction = N_PHASES / (double)out_step;
  self->fast = zab_cpu_is_fast ();
  return self;
}

void
zab_polyphase_free (ZabPolyphase *self)
{
  g_free (self);
}

gsize
zab_polyphase_get_reach (const ZabPolyphase *self)
{
  return self->table->n_taps / 2;
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

ZAB_BODY double
sum_of (const ZabDouble4 *x)
{
  return ((*x)[0] + (*x)[1]) + ((*x)[2] + (*x)[3]);
}

/* One frame: the polynomials give a tap at a time for four places, used at once by both channels.
 */
ZAB_BODY void
make_frame (const double *table, gsize n_taps, double x, const double *left, const double *right,
            double frame[2])
{
  ZabDouble4 sum_left = { 0 }, sum_right = { 0 };

  for (gsize i = 0; i < n_taps; i += 4)
    {
      ZabDouble4 tap = *(const ZabDouble4 *)(table + 3 * n_taps + i) * x;

      tap = (tap + *(const ZabDouble4 *)(table + 2 * n_taps + i)) * x;
      tap = (tap + *(const ZabDouble4 *)(table + n_taps + i)) * x;
      tap += *(const ZabDouble4 *)(table + i);
      sum_left += tap * *(const ZabDouble4 *)(left + i);
      if (right != NULL)
        sum_right += tap * *(const ZabDouble4 *)(right + i);
    }
  frame[0] = sum_of (&sum_left);
  frame[1] = sum_of (&sum_right);
}

ZAB_BODY void
run (ZabPolyphase *self, const double *left, const double *right, gsize n_frames,
     double *const *out)
{
  const guint64 whole = self->in_step / self->out_step, rest = self->in_step % self->out_step;
  const gsize   n_taps = self->table->n_taps;
  guint64       position = self->position, fraction = self->fraction;

  for (gsize n = 0; n < n_frames; n++)
    {
      double place = (double)fraction * self->phases_per_fraction;
      gsize  phase = MIN ((gsize)place, N_PHASES - 1);
      double frame[2];

      make_frame (self->table->coefficients + phase * (DEGREE + 1) * n_taps, n_taps,
                  place - (double)phase, left + position, right ? right + position : NULL, frame);
      out[0][n] = frame[0];
      if (right != NULL)
        out[1][n] = frame[1];
      position += whole;
      fraction += rest;
      if (fraction >= self->out_step)
        {
          fraction -= self->out_step;
          position++;
        }
    }
  self->position = position;
  self->fraction = fraction;
}

ZAB_FAST_TARGET static void
run_fast (ZabPolyphase *self, const double *left, const double *right, gsize n_frames,
          double *const *out)
{
  if (right != NULL)
    run (self, left, right, n_frames, out);
  else
    run (self, left, NULL, n_frames, out);
}

static void
run_plain (ZabPolyphase *self, const double *left, const double *right, gsize n_frames,
           double *const *out)
{
  run (self, left, right, n_frames, out);
}

void
zab_polyphase_run (ZabPolyphase *self, double *const *in, gsize origin, guint channels,
                   gsize n_frames, double *const *out)
{
  const gsize   first = origin + 1 - self->table->n_taps / 2;
  const double *left = in[0] + first;
  const double *right = channels == 2 ? in[1] + first : NULL;

  (self->fast ? run_fast : run_plain) (self, left, right, n_frames, out);
}
