/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-polyphase.h"

#include <math.h>
#include <string.h>

#include "engine/resample/zab-resampler-kaiser.h"
#include "engine/resample/zab-resampler-simd.h"

enum
{
  N_PHASES = 32,
  DEGREE = 3, /* of the polynomials between them: together below -165 dB, in a first-level cache */
  N_POINTS = DEGREE + 1,
  USUAL_TAPS = 24, /* known to the compiler */
  ALIGNMENT = 64,
  INFINITE = 0x7f800000 /* a float's bits */
};

#define ATTENUATION 170.0

struct _ZabPolyphaseTable
{
  gsize   n_taps;       /* a multiple of 8 */
  double *coefficients; /* [phase][degree][tap] */
};

typedef void (*Run) (ZabPolyphase *self, const double *const in[2], gsize channels, gsize n_frames,
                     float *out);

struct _ZabPolyphase
{
  const ZabPolyphaseTable *table;
  guint64                  in_step; /* the position advances by in_step / out_step */
  guint64                  out_step;
  guint64                  position; /* whole samples */
  guint64                  fraction; /* of out_step */
  double                   phases_per_fraction;
  Run                      run;
};

/* Chebyshev's points of 0 to 1, where the largest error of an interpolation is the smallest. */
static double
get_node (int i)
{
  return 0.5 - 0.5 * cos (G_PI * (2 * i + 1) / (2.0 * N_POINTS));
}

/* Lagrange's polynomial through @y at the nodes. */
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
          degree++; /* basis *= (x - node j) / (node i - node j) */
          for (int d = degree; d >= 0; d--)
            basis[d] = ((d > 0 ? basis[d - 1] : 0) - basis[d] * get_node (j))
                       / (get_node (i) - get_node (j));
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
  double       y[N_POINTS], poly[N_POINTS];

  for (int phase = 0; phase < N_PHASES; phase++)
    {
      double *to = self->coefficients + (gsize)phase * N_POINTS * self->n_taps + tap;

      for (int i = 0; i < N_POINTS; i++)
        y[i] = zab_kaiser_impulse (filter, place - (phase + get_node (i)) / N_PHASES);
      make_polynomial (y, poly);
      for (gsize d = 0; d < N_POINTS; d++)
        to[d * self->n_taps] = poly[d];
    }
}

ZabPolyphaseTable *
zab_polyphase_table_new (double pass)
{
  const ZabKaiser    filter = zab_kaiser_design (pass, 1 - pass, ATTENUATION);
  const gsize        n_taps = 8 * (gsize)ceil (filter.half_width / 4);
  ZabPolyphaseTable *self = g_new (ZabPolyphaseTable, 1);

  self->n_taps = n_taps;
  self->coefficients = g_aligned_alloc (N_PHASES * N_POINTS * n_taps, sizeof (double), ALIGNMENT);
  for (gsize tap = 0; tap < n_taps; tap++)
    fill_tap (self, &filter, tap);
  return self;
}

void
zab_polyphase_table_free (ZabPolyphaseTable *self)
{
  if (self == NULL)
    return;
  g_aligned_free (self->coefficients);
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

typedef float  Floats4 __attribute__ ((vector_size (16)));
typedef float  Floats8 __attribute__ ((vector_size (32)));
typedef gint32 Bits4 __attribute__ ((vector_size (16)));
typedef gint32 Bits8 __attribute__ ((vector_size (32)));

/* Lane i of the result is the sum of the lanes of @v[i]; there are as many as lanes. */
ZAB_BODY ZabDouble4
sums_of_4 (const ZabDouble4 *v)
{
  ZabDouble4 a = __builtin_shufflevector (v[0], v[1], 0, 4, 2, 6)
                 + __builtin_shufflevector (v[0], v[1], 1, 5, 3, 7);
  ZabDouble4 b = __builtin_shufflevector (v[2], v[3], 0, 4, 2, 6)
                 + __builtin_shufflevector (v[2], v[3], 1, 5, 3, 7);

  return __builtin_shufflevector (a, b, 0, 1, 4, 5) + __builtin_shufflevector (a, b, 2, 3, 6, 7);
}

ZAB_BODY ZabDouble8
sums_of_8 (const ZabDouble8 *v)
{
  ZabDouble8 pairs[4], quads[2];

  for (int i = 0; i < 4; i++)
    pairs[i] = __builtin_shufflevector (v[2 * i], v[2 * i + 1], 0, 8, 2, 10, 4, 12, 6, 14)
               + __builtin_shufflevector (v[2 * i], v[2 * i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  for (int i = 0; i < 2; i++)
    quads[i]
        = __builtin_shufflevector (pairs[2 * i], pairs[2 * i + 1], 0, 1, 8, 9, 4, 5, 12, 13)
          + __builtin_shufflevector (pairs[2 * i], pairs[2 * i + 1], 2, 3, 10, 11, 6, 7, 14, 15);
  return __builtin_shufflevector (quads[0], quads[1], 0, 1, 2, 3, 8, 9, 10, 11)
         + __builtin_shufflevector (quads[0], quads[1], 4, 5, 6, 7, 12, 13, 14, 15);
}

ZAB_BODY void
advance (ZabPolyphase *self)
{
  self->position += self->in_step / self->out_step;
  self->fraction += self->in_step % self->out_step;
  if (self->fraction >= self->out_step)
    {
      self->fraction -= self->out_step;
      self->position++;
    }
}

/* As many frames at once as fill a vector with their samples: the polynomials give some taps at a
 * time, used at once by both channels, and the sums over the taps are made together. One set of
 * functions for each width of vectors; the order of the sums is the same for every frame. What is
 * infinite as a float has as its bits those of the largest one, and 1 more. */
#define DEFINE_RUN(run, run_batch, Vector, Floats, Bits, sums_of)                                  \
  ZAB_BODY Floats run_batch (ZabPolyphase *self, const double *const in[2], gsize n_taps,          \
                             gsize channels, gsize n_frames)                                       \
  {                                                                                                \
    const gsize lanes = sizeof (Vector) / sizeof (double);                                         \
    Vector      sums[sizeof (Vector) / sizeof (double)];                                           \
    Floats      frames;                                                                            \
    Bits        bits;                                                                              \
                                                                                                   \
    for (gsize n = 0; n < n_frames; n++, advance (self))                                           \
      {                                                                                            \
        const double  place = (double)(gint64)self->fraction * self->phases_per_fraction;          \
        const gint64  phase = MIN ((gint64)place, N_PHASES - 1);                                   \
        const double  x = place - (double)phase;                                                   \
        const double *table = self->table->coefficients + (gsize)phase * N_POINTS * n_taps;        \
        Vector        left = { 0 }, right = { 0 };                                                 \
                                                                                                   \
        for (gsize i = 0; i < n_taps; i += lanes)                                                  \
          {                                                                                        \
            Vector tap = *(const Vector *)(table + DEGREE * n_taps + i);                           \
                                                                                                   \
            for (gsize d = DEGREE; d-- > 0;)                                                       \
              tap = tap * x + *(const Vector *)(table + d * n_taps + i);                           \
            left += tap * *(const Vector *)(in[0] + self->position + i);                           \
            if (channels == 2)                                                                     \
              right += tap * *(const Vector *)(in[1] + self->position + i);                        \
          }                                                                                        \
        sums[n * channels] = left;                                                                 \
        if (channels == 2)                                                                         \
          sums[n * channels + 1] = right;                                                          \
      }                                                                                            \
    for (gsize i = n_frames * channels; i < lanes; i++)                                            \
      sums[i] = (Vector){ 0 };                                                                     \
    frames = __builtin_convertvector(sums_of (sums), Floats);                                      \
    bits = (Bits)frames;                                                                           \
    return (Floats)(bits + ((bits & G_MAXINT32) == INFINITE));                                     \
  }                                                                                                \
                                                                                                   \
  ZAB_BODY void run (ZabPolyphase *self, const double *const in[2], gsize n_taps, gsize channels,  \
                     gsize n_frames, float *out)                                                   \
  {                                                                                                \
    const gsize  batch = sizeof (Vector) / sizeof (double) / channels;                             \
    const gsize  rest = n_frames % batch;                                                          \
    ZabPolyphase local = *self;                                                                    \
    Floats       frames;                                                                           \
                                                                                                   \
    for (gsize n = 0; n < n_frames - rest; n += batch, out += batch * channels)                    \
      {                                                                                            \
        frames = run_batch (&local, in, n_taps, channels, batch);                                  \
        memcpy (out, &frames, sizeof frames);                                                      \
      }                                                                                            \
    frames = run_batch (&local, in, n_taps, channels, rest);                                       \
    memcpy (out, &frames, rest *channels * sizeof *out);                                           \
    self->position = local.position;                                                               \
    self->fraction = local.fraction;                                                               \
  }

DEFINE_RUN (run_4, run_batch_4, ZabDouble4, Floats4, Bits4, sums_of_4)
DEFINE_RUN (run_8, run_batch_8, ZabDouble8, Floats8, Bits8, sums_of_8)

/* What is usual is known to the compiler. */
#define RUN(run_lanes)                                                                             \
  if (channels == 2 && self->table->n_taps == USUAL_TAPS)                                          \
    run_lanes (self, in, USUAL_TAPS, 2, n_frames, out);                                            \
  else if (channels == 2)                                                                          \
    run_lanes (self, in, self->table->n_taps, 2, n_frames, out);                                   \
  else                                                                                             \
    run_lanes (self, in, self->table->n_taps, 1, n_frames, out)

ZAB_WIDEST_TARGET static void
run_widest (ZabPolyphase *self, const double *const in[2], gsize channels, gsize n_frames,
            float *out)
{
  RUN (run_8);
}

ZAB_FAST_TARGET static void
run_fast (ZabPolyphase *self, const double *const in[2], gsize channels, gsize n_frames, float *out)
{
  RUN (run_4);
}

static void
run_plain (ZabPolyphase *self, const double *const in[2], gsize channels, gsize n_frames,
           float *out)
{
  RUN (run_4);
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
                   gsize n_frames, float *out)
{
  const gsize         first = origin + 1 - self->table->n_taps / 2;
  const double *const from[2] = { in[0] + first, channels == 2 ? in[1] + first : NULL };

  self->run (self, from, channels, n_frames, out);
}
