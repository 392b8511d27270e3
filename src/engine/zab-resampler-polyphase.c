/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-resampler-polyphase.h"

#include <math.h>

#include "engine/zab-resampler-kaiser.h"
#include "engine/zab-resampler-simd.h"

enum
{
  N_PHASES = 32,
  DEGREE = 5, /* of the polynomials between them: together below -170 dB, in a first-level cache */
  N_POINTS = DEGREE + 1,
  USUAL_TAPS = 24 /* known to the compiler */
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
  void (*run) (ZabPolyphase *self, const double *left, const double *right, gsize n_frames,
               double *const *out);
};

/* Lagrange's polynomial through @y at -2, -1, 0, 1, 2, 3. */
static void
make_polynomial (const double y[N_POINTS], double poly[N_POINTS])
{
  for (int d = 0; d < N_POINTS; d++)
    poly[d] = 0;
  for (int i = 0; i < N_POINTS; i++)
    {
      double basis[N_POINTS + 1] = { y[i] };
      int    degree = 0;

      for (int j = 0; j < N_POINTS; j++)
        {
          if (j == i)
            continue;
          degree++; /* basis *= (x - (j - 2)) / (i - j) */
          for (int d = degree; d >= 0; d--)
            basis[d] = ((d > 0 ? basis[d - 1] : 0) - basis[d] * (j - 2)) / (i - j);
        }
      for (int d = 0; d < N_POINTS; d++)
        poly[d] += basis[d];
    }
}

/* One tap's coefficients for all phases. */
static void
fill_tap (ZabPolyphaseTable *self, const ZabKaiser *filter, gsize tap)
{
  const double place = (double)tap - (double)(self->n_taps / 2 - 1);
  double       y[N_POINTS] = { 0 }, poly[N_POINTS];

  for (int point = -2; point < N_PHASES + 3; point++)
    {
      double *to;

      for (int i = 0; i < DEGREE; i++)
        y[i] = y[i + 1];
      y[DEGREE] = zab_kaiser_impulse (filter, place - (double)point / N_PHASES);
      if (point < 3)
        continue;
      make_polynomial (y, poly);
      to = self->coefficients + (gsize)(point - 3) * (DEGREE + 1) * self->n_taps + tap;
      for (gsize d = 0; d <= DEGREE; d++)
        to[d * self->n_taps] = poly[d];
    }
}

ZabPolyphaseTable *
zab_polyphase_table_new (double pass)
{
  const ZabKaiser    filter = zab_kaiser_design (pass, 1 - pass, ATTENUATION);
  const gsize        n_taps = 8 * (gsize)ceil (filter.half_width / 4);
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
sum_of_4 (ZabDouble4 x)
{
  return (x[0] + x[2]) + (x[1] + x[3]);
}

ZAB_BODY double
sum_of_8 (ZabDouble8 x)
{
  return sum_of_4 (__builtin_shufflevector (x, x, 0, 1, 2, 3)
                   + __builtin_shufflevector (x, x, 4, 5, 6, 7));
}

/* One frame: the polynomials give some taps at a time, used at once by both channels. One function
 * for each width of vectors; in both, the order of the sums is fixed. */
#define DEFINE_MAKE_FRAME(name, Vector, sum_of)                                                    \
  ZAB_BODY void name (const double *table, gsize n_taps, double x, const double *left,             \
                      const double *right, double frame[2])                                        \
  {                                                                                                \
    const gsize lanes = sizeof (Vector) / sizeof (double);                                         \
    Vector      sum_left = { 0 }, sum_right = { 0 };                                               \
                                                                                                   \
    for (gsize i = 0; i < n_taps; i += lanes)                                                      \
      {                                                                                            \
        Vector tap = *(const Vector *)(table + DEGREE * n_taps + i);                               \
                                                                                                   \
        for (gsize d = DEGREE; d-- > 0;)                                                           \
          tap = tap * x + *(const Vector *)(table + d * n_taps + i);                               \
        sum_left += tap * *(const Vector *)(left + i);                                             \
        if (right != NULL)                                                                         \
          sum_right += tap * *(const Vector *)(right + i);                                         \
      }                                                                                            \
    frame[0] = sum_of (sum_left);                                                                  \
    frame[1] = right != NULL ? sum_of (sum_right) : 0;                                             \
  }

DEFINE_MAKE_FRAME (make_frame_4, ZabDouble4, sum_of_4)
DEFINE_MAKE_FRAME (make_frame_8, ZabDouble8, sum_of_8)

typedef void (*MakeFrame) (const double *table, gsize n_taps, double x, const double *left,
                           const double *right, double frame[2]);

ZAB_BODY void
run (ZabPolyphase *self, MakeFrame make_frame, gsize n_taps, const double *left,
     const double *right, gsize n_frames, double *const *out)
{
  const guint64 whole = self->in_step / self->out_step, rest = self->in_step % self->out_step;
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

ZAB_WIDEST_TARGET static void
run_widest (ZabPolyphase *self, const double *left, const double *right, gsize n_frames,
            double *const *out)
{
  const gsize n_taps = self->table->n_taps;

  if (right != NULL && n_taps == USUAL_TAPS)
    run (self, make_frame_8, USUAL_TAPS, left, right, n_frames, out);
  else
    run (self, make_frame_8, n_taps, left, right, n_frames, out);
}

ZAB_FAST_TARGET static void
run_fast (ZabPolyphase *self, const double *left, const double *right, gsize n_frames,
          double *const *out)
{
  const gsize n_taps = self->table->n_taps;

  if (right != NULL && n_taps == USUAL_TAPS)
    run (self, make_frame_4, USUAL_TAPS, left, right, n_frames, out);
  else
    run (self, make_frame_4, n_taps, left, right, n_frames, out);
}

static void
run_plain (ZabPolyphase *self, const double *left, const double *right, gsize n_frames,
           double *const *out)
{
  run (self, make_frame_4, self->table->n_taps, left, right, n_frames, out);
}

ZabPolyphase *
zab_polyphase_new (const ZabPolyphaseTable *table, guint64 in_step, guint64 out_step)
{
  ZabPolyphase *self = g_new0 (ZabPolyphase, 1);

  self->table = table;
  self->in_step = in_step;
  self->out_step = out_step;
  self->phases_per_fraction = N_PHASES / (double)out_step;
  self->run = zab_cpu_is_widest () ? run_widest : zab_cpu_is_fast () ? run_fast : run_plain;
  return self;
}

void
zab_polyphase_run (ZabPolyphase *self, double *const *in, gsize origin, guint channels,
                   gsize n_frames, double *const *out)
{
  const gsize   first = origin + 1 - self->table->n_taps / 2;
  const double *left = in[0] + first;
  const double *right = channels == 2 ? in[1] + first : NULL;

  self->run (self, left, right, n_frames, out);
}
