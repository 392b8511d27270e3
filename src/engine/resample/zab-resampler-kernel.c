/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-kernel-private.h"

#include <math.h>

enum
{
  ALIGNMENT = 64,
  WIDEST = 8, /* lanes */
  CACHED_INNER = 200
};

#if !defined(__x86_64__)

void
zab_kernel_run_4 (const ZabKernel *self, const float *const in[2], void *const out[2],
                  gboolean to_floats, double *memory)
{
  g_assert_not_reached ();
}

void
zab_kernel_run_8 (const ZabKernel *self, const float *const in[2], void *const out[2],
                  gboolean to_floats, double *memory)
{
  g_assert_not_reached ();
}

#endif

guint
zab_kernel_get_max_lanes (void)
{
  return zab_cpu_is_widest () ? 8 : zab_cpu_is_fast () ? 4 : 0;
}

static double *
allocate (gsize n)
{
  return g_aligned_alloc0 (n, sizeof (double), ALIGNMENT);
}

/* Of the n-th roots of unity, the @k-th of the forward transform. */
static void
root (guint64 k, guint64 n, double *cosine, double *sine)
{
  double angle;

  g_assert (n > 0);
  angle = -2 * G_PI * (double)(k % n) / (double)n;
  *cosine = cos (angle);
  *sine = sin (angle);
}

/* The radices of the passes. Returns how many they are. */
static guint
factor (gsize size, guint radices[ZAB_MAX_PASSES])
{
  static const guint all[] = { 8, 7, 5, 4, 3, 2 };
  guint              n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    for (; size % all[i] == 0; size /= all[i])
      radices[n++] = all[i];
  return n;
}

/* As measured: so much for a point besides the passes of its row, so much for each pass, more for
 * the odd radices and where rows leave the first-level cache; and columns that are a larger power
 * of two apart share their lines of the cache. */
double
zab_kernel_get_cost (gsize n, gsize outer)
{
  const gsize  inner = n / outer;
  const double pass = inner > CACHED_INNER ? 0.7 : 0.43;
  guint        radices[ZAB_MAX_PASSES];
  const guint  n_passes = factor (inner, radices);
  double       cost = 2.3;

  for (guint i = 0; i < n_passes; i++)
    cost += pass + (radices[i] == 7 ? 0.15 : radices[i] == 5 ? 0.05 : 0);
  return (double)n * cost * (inner > 64 && (inner & (inner - 1)) == 0 ? 1.2 : 1);
}

/* Stockham's FFT: in each pass, the length that is left is divided by the radix. */
static void
short_fft_init (ZabShortFft *self, gsize size)
{
  gsize   left = size;
  double *to;

  self->size = size;
  self->n_passes = factor (size, self->radices);
  self->twiddles = to = allocate (4 * size);
  for (guint i = 0; i < self->n_passes; i++)
    {
      const gsize r = self->radices[i];

      for (gsize p = 0; p < left / r; p++)
        for (gsize k = 1; k < r; k++, to += 2)
          root (p * k, left, to, to + 1);
      left /= r;
    }
}

/* Those between two passes: @left x @radix points, of which the first pass takes @radix at a time.
 */
static double *
make_roots (gsize left, gsize radix)
{
  double *roots = allocate (2 * left * (radix - 1)), *to = roots;

  for (gsize p = 0; p < left; p++)
    for (gsize k = 1; k < radix; k++, to += 2)
      root (p * k, left * radix, to, to + 1);
  return roots;
}

/* The row at a place among the rows: those that come out of one butterfly of the columns' FFTs, and
 * go into one of the inverse's, are next to each other. */
static gsize
row_at (gsize place, gsize outer)
{
  return place / 8 + outer / 8 * (place % 8);
}

static void
twiddles_init (ZabTwiddles *self, gsize outer, gsize inner, gsize n_lanes)
{
  const gsize size = outer * inner;
  double     *group, *lane;

  self->groups = group = allocate (2 * outer * zab_kernel_pad (inner, n_lanes) / n_lanes);
  self->lanes = lane = allocate (2 * outer * n_lanes);
  for (gsize column = 0; column < inner; column += n_lanes)
    for (gsize place = 0; place < outer; place++, group += 2)
      root (column * row_at (place, outer), size, group, group + 1);
  for (gsize place = 0; place < outer; place++, lane += 2 * n_lanes)
    for (gsize i = 0; i < n_lanes; i++)
      root (i * row_at (place, outer), size, lane + i, lane + n_lanes + i);
}

static void
twiddles_clear (ZabTwiddles *self)
{
  g_aligned_free (self->groups);
  g_aligned_free (self->lanes);
}

/* Inner row r of outer row k1 is bin k1 + outer x r. */
static void
make_gains (ZabKernel *self, const double *gain, gsize n_bins)
{
  const gsize outer = self->outer, n_lanes = self->n_lanes;
  const gsize size = outer * self->in_inner;
  gsize       at = 0;

  self->gain_front = allocate (outer * self->half);
  self->gain_back = allocate (outer * self->half);
  for (gsize group = 0; group < outer; group += n_lanes)
    for (gsize r = 0; r < self->half; r++)
      for (gsize lane = 0; lane < n_lanes; lane++, at++)
        {
          gsize row = row_at (group + lane, outer);
          gsize front = row + outer * r;
          gsize back = size - (row + outer * (self->in_inner - self->half + r));

          self->gain_front[at] = front < n_bins ? gain[front] : 0;
          self->gain_back[at] = back < n_bins ? gain[back] : 0;
        }
}

ZabKernel *
zab_kernel_new (const ZabKernelSizes *sizes, const double *gain, gsize n_bins, guint n_lanes)
{
  ZabKernel *self;

  g_return_val_if_fail (sizes->outer == 32 || sizes->outer == 64, NULL);
  self = g_new0 (ZabKernel, 1);
  self->outer = sizes->outer;
  self->in_inner = sizes->in_inner;
  self->out_inner = sizes->out_inner;
  self->half = (MIN (sizes->in_inner, sizes->out_inner) + 1) / 2;
  self->n_lanes = n_lanes;
  short_fft_init (&self->in_fft, self->in_inner);
  short_fft_init (&self->out_fft, self->out_inner);
  self->in_roots = make_roots (8, self->outer / 8);
  self->out_roots = make_roots (self->outer / 8, 8);
  twiddles_init (&self->in_twiddles, self->outer, self->in_inner, self->n_lanes);
  twiddles_init (&self->out_twiddles, self->outer, self->out_inner, self->n_lanes);
  make_gains (self, gain, n_bins);
  return self;
}

void
zab_kernel_free (ZabKernel *self)
{
  if (self == NULL)
    return;
  g_aligned_free (self->in_roots);
  g_aligned_free (self->out_roots);
  g_aligned_free (self->in_fft.twiddles);
  g_aligned_free (self->out_fft.twiddles);
  twiddles_clear (&self->in_twiddles);
  twiddles_clear (&self->out_twiddles);
  g_aligned_free (self->gain_front);
  g_aligned_free (self->gain_back);
  g_free (self);
}

/* All of the forward and of the inverse FFT between columns and rows, and two inner rows. */
gsize
zab_kernel_get_scratch_size (const ZabKernel *self)
{
  const gsize inner = MAX (self->in_inner, self->out_inner);
  const gsize longest = zab_kernel_pad (MAX (inner, self->outer), WIDEST);

  return 2 * self->outer * zab_kernel_pad (self->in_inner, WIDEST)
         + 2 * self->outer * zab_kernel_pad (self->out_inner, WIDEST) + 4 * WIDEST * longest;
}

static void
run (const ZabKernel *self, const float *const in[2], void *const out[2], gboolean to_floats,
     double *scratch)
{
  (self->n_lanes == 8 ? zab_kernel_run_8 : zab_kernel_run_4) (self, in, out, to_floats, scratch);
}

void
zab_kernel_run (const ZabKernel *self, const float *const in[2], double *const out[2],
                double *scratch)
{
  run (self, in, (void *const[2]){ out[0], out[1] }, FALSE, scratch);
}

void
zab_kernel_run_to_floats (const ZabKernel *self, const float *const in[2], float *const out[2],
                          double *scratch)
{
  run (self, in, (void *const[2]){ out[0], out[1] }, TRUE, scratch);
}
