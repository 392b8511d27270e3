/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernel for one width of vectors. Included once for each, with LANES, TARGET and RUN
 * defined. */
#include "engine/resample/zab-resampler-kernel-fft.h"

#define SHUFFLE(a, b, ...) __builtin_shufflevector (a, b, __VA_ARGS__)

#if LANES == 4

BODY void
transpose (Vector v[LANES])
{
  Vector a = SHUFFLE (v[0], v[1], 0, 4, 2, 6), b = SHUFFLE (v[0], v[1], 1, 5, 3, 7);
  Vector c = SHUFFLE (v[2], v[3], 0, 4, 2, 6), d = SHUFFLE (v[2], v[3], 1, 5, 3, 7);

  v[0] = SHUFFLE (a, c, 0, 1, 4, 5);
  v[1] = SHUFFLE (b, d, 0, 1, 4, 5);
  v[2] = SHUFFLE (a, c, 2, 3, 6, 7);
  v[3] = SHUFFLE (b, d, 2, 3, 6, 7);
}

BODY Vector
widen (const float *from)
{
  return (Vector)_mm256_cvtps_pd (_mm_loadu_ps (from));
}

#else

/* By pairs, by pairs of pairs, by halves. */
BODY void
transpose (Vector v[LANES])
{
  Vector t[LANES], u[LANES];

  _Pragma ("GCC unroll 4") for (int i = 0; i < 8; i += 2)
  {
    t[i] = SHUFFLE (v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    t[i + 1] = SHUFFLE (v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  _Pragma ("GCC unroll 4") for (int i = 0; i < 4; i++)
  {
    const int at = i / 2 * 4 + i % 2;

    u[at] = SHUFFLE (t[at], t[at + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    u[at + 2] = SHUFFLE (t[at], t[at + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  _Pragma ("GCC unroll 4") for (int i = 0; i < 4; i++)
  {
    v[i] = SHUFFLE (u[i], u[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    v[i + 4] = SHUFFLE (u[i], u[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

/* GCC 12 makes two halves of __builtin_convertvector. */
BODY Vector
widen (const float *from)
{
  return (Vector)_mm512_cvtps_pd (_mm256_loadu_ps (from));
}

#endif

/* @a is of the row at @place and of the column group with the roots @group. */
BODY Complex
turn_row (Complex a, const ZabTwiddles *twiddles, const double *group, gsize place)
{
  const Vector *lanes = (const Vector *)twiddles->lanes + 2 * place;
  const Complex b = { a.re * lanes[0] - a.im * lanes[1], a.re * lanes[1] + a.im * lanes[0] };

  return turn (b, group[2 * place], group[2 * place + 1]);
}

/* A square of LANES x LANES numbers: rows to columns. */
BODY void
transpose_square (const Complex *from, Complex *to)
{
  Vector re[LANES], im[LANES];

  _Pragma ("GCC unroll 8") for (int i = 0; i < LANES; i++)
  {
    re[i] = from[i].re;
    im[i] = from[i].im;
  }
  transpose (re);
  transpose (im);
  _Pragma ("GCC unroll 8") for (int i = 0; i < LANES; i++) to[i] = (Complex){ re[i], im[i] };
}

typedef struct
{
  Complex *rows;    /* between the forward FFT's columns and rows: [row group][column] */
  Complex *columns; /* between the two passes of the inverse's columns: [column group][row] */
  Complex *a;       /* for the short FFTs, a row of each of GROUPS groups */
  Complex *b;
  gsize    longest; /* of those */
} Scratch;

enum
{
  GROUPS = 8 / LANES /* of rows, in the 8 that come out of one butterfly */
};

/* Reads @LANES columns of both blocks and does the first pass of their FFTs. */
BODY void
run_load_pass (int r, const ZabKernel *self, const float *const in[2], gsize column,
               Complex *restrict y)
{
  const double *twiddles = self->in_roots;

  for (gsize p = 0; p < 8; p++, twiddles += 2 * (r - 1))
    {
      Complex t[8];

      _Pragma ("GCC unroll 8") for (int j = 0; j < r; j++)
      {
        const gsize at = column + self->in_inner * (p + 8 * (gsize)j);

        t[j] = (Complex){ widen (in[0] + at), widen (in[1] + at) };
      }
      butterfly (t, r);
      y[(gsize)r * p] = t[0];
      _Pragma ("GCC unroll 8") for (int k = 1; k < r; k++) y[(gsize)r * p + (gsize)k]
          = turn (t[k], twiddles[2 * k - 2], twiddles[2 * k - 1]);
    }
}

/* The second pass ends in registers, where its 8 rows are turned and transposed. */
BODY void
run_columns (int r, const ZabKernel *self, const float *const in[2], const Scratch *scratch)
{
  const gsize   inner = self->in_inner, n = (gsize)r;
  const gsize   padded = zab_kernel_pad (inner, LANES);
  const double *roots = self->in_twiddles.groups;

  for (gsize column = 0; column < inner; column += LANES, roots += 2 * 8 * n)
    {
      run_load_pass (r, self, in, column, scratch->a);
      for (gsize q = 0; q < n; q++)
        {
          Complex *to = scratch->rows + GROUPS * q * padded + column;
          Complex  t[8];

          _Pragma ("GCC unroll 8") for (gsize j = 0; j < 8; j++) t[j] = scratch->a[q + n * j];
          butterfly_8 (t);
          _Pragma ("GCC unroll 8") for (gsize k = 0; k < 8; k++) t[k]
              = turn_row (t[k], &self->in_twiddles, roots, 8 * q + k);
          _Pragma ("GCC unroll 2") for (gsize i = 0; i < GROUPS; i++)
              transpose_square (t + LANES * i, to + padded * i);
        }
    }
}

/* Bin @at of the inverse FFT's row, from the forward one's row @x. An inverse FFT is a forward one
 * with real and imaginary parts exchanged before and after. Where @out_inner is odd, both ends meet
 * in one place. */
BODY Complex
filter_bin (const ZabKernel *self, gsize group, const Complex *x, gsize at)
{
  const gsize half = self->half;
  Complex     y = { { 0 }, { 0 } };

  if (at < half)
    {
      const Vector gain = ((const Vector *)self->gain_front)[group * half + at];

      y = (Complex){ x[at].im * gain, x[at].re * gain };
    }
  if (at + half >= self->out_inner)
    {
      const gsize   r = at + half - self->out_inner;
      const Vector  gain = ((const Vector *)self->gain_back)[group * half + r];
      const Complex from = x[self->in_inner - half + r];

      y = (Complex){ y.re + from.im * gain, y.im + from.re * gain };
    }
  return y;
}

/* The gain and the first pass of the inverse FFT at once. */
BODY void
run_filter_pass (int r, const ZabKernel *self, gsize group, const Complex *restrict x,
                 Complex *restrict y)
{
  const gsize   rest = self->out_inner / (gsize)r;
  const double *twiddles = self->out_fft.twiddles;

  for (gsize p = 0; p < rest; p++, twiddles += 2 * (r - 1))
    {
      Complex t[8];

      _Pragma ("GCC unroll 8") for (int j = 0; j < r; j++) t[j]
          = filter_bin (self, group, x, p + rest * (gsize)j);
      butterfly (t, r);
      y[(gsize)r * p] = t[0];
      _Pragma ("GCC unroll 8") for (int k = 1; k < r; k++) y[(gsize)r * p + (gsize)k]
          = turn (t[k], twiddles[2 * k - 2], twiddles[2 * k - 1]);
    }
}

#define DEFINE_FILTER_PASS(r)                                                                      \
  TARGET static void run_filter_pass_##r (const ZabKernel *self, gsize group, const Complex *x,    \
                                          Complex *y)                                              \
  {                                                                                                \
    run_filter_pass (r, self, group, x, y);                                                        \
  }

DEFINE_FILTER_PASS (2)
DEFINE_FILTER_PASS (3)
DEFINE_FILTER_PASS (4)
DEFINE_FILTER_PASS (5)
DEFINE_FILTER_PASS (7)
DEFINE_FILTER_PASS (8)

typedef void (*FilterPass) (const ZabKernel *self, gsize group, const Complex *x, Complex *y);

static const FilterPass filter_passes[]
    = { [2] = run_filter_pass_2, [3] = run_filter_pass_3, [4] = run_filter_pass_4,
        [5] = run_filter_pass_5, [7] = run_filter_pass_7, [8] = run_filter_pass_8 };

/* Returns where the inverse FFT of the rows is, one of @scratch's arrays. */
BODY const Complex *
run_row_group (const ZabKernel *self, gsize group, const Scratch *scratch)
{
  Complex *x = scratch->rows + group * zab_kernel_pad (self->in_inner, LANES);
  Complex *a = scratch->a + group % GROUPS * scratch->longest;
  Complex *b = scratch->b + group % GROUPS * scratch->longest;

  x = run_passes (&self->in_fft, 0, x, a);
  filter_passes[self->out_fft.radices[0]](self, group, x, b);
  return run_passes (&self->out_fft, 1, b, a);
}

/* The 8 rows at places 8 x @q and on, up to the first pass of the inverse's columns. */
BODY void
run_rows (int r, const ZabKernel *self, gsize q, const Scratch *scratch)
{
  const gsize    n = (gsize)r;
  const double  *roots = self->out_twiddles.groups;
  const double  *twiddles = self->out_roots + 2 * 7 * q;
  Complex       *to = scratch->columns + 8 * q;
  const Complex *x[GROUPS];

  _Pragma ("GCC unroll 2") for (gsize i = 0; i < GROUPS; i++) x[i]
      = run_row_group (self, GROUPS * q + i, scratch);
  for (gsize column = 0; column < self->out_inner; column += LANES, roots += 2 * 8 * n, to += 8 * n)
    {
      Complex t[8];

      _Pragma ("GCC unroll 2") for (gsize i = 0; i < GROUPS; i++)
          transpose_square (x[i] + column, t + LANES * i);
      _Pragma ("GCC unroll 8") for (gsize k = 0; k < 8; k++) t[k]
          = turn_row (t[k], &self->out_twiddles, roots, 8 * q + k);
      butterfly_8 (t);
      to[0] = t[0];
      _Pragma ("GCC unroll 8") for (gsize k = 1; k < 8; k++) to[k]
          = turn (t[k], twiddles[2 * k - 2], twiddles[2 * k - 1]);
    }
}

BODY void
store (void *array, gsize at, Vector x, gboolean to_floats)
{
  if (to_floats)
    *(FloatVector *)((float *)array + at) = __builtin_convertvector(x, FloatVector);
  else
    *(LooseVector *)((double *)array + at) = x;
}

/* The last pass of @LANES columns' FFTs, to where both blocks shall be. */
BODY void
run_store_pass (int r, const ZabKernel *self, const Complex *x, gsize column, void *const out[2],
                gboolean to_floats)
{
  for (gsize q = 0; q < 8; q++)
    {
      Complex t[8];

      _Pragma ("GCC unroll 8") for (int j = 0; j < r; j++) t[j] = x[q + 8 * (gsize)j];
      butterfly (t, r);
      _Pragma ("GCC unroll 8") for (int k = 0; k < r; k++)
      {
        const gsize at = column + self->out_inner * (q + 8 * (gsize)k);

        store (out[0], at, t[k].im, to_floats);
        store (out[1], at, t[k].re, to_floats);
      }
    }
}

/* From the last columns to the first: what a vector writes too much is written over by the next
 * one. */
BODY void
run_out_columns (int r, const ZabKernel *self, void *const out[2], gboolean to_floats,
                 const Scratch *scratch)
{
  for (gsize column = zab_kernel_pad (self->out_inner, LANES); column > 0;)
    {
      column -= LANES;
      run_store_pass (r, self, scratch->columns + column / LANES * self->outer, column, out,
                      to_floats);
    }
}

/* A block pair where @outer is 8 x @r. */
BODY void
run (int r, const ZabKernel *self, const float *const in[2], void *const out[2], gboolean to_floats,
     const Scratch *scratch)
{
  run_columns (r, self, in, scratch);
  for (gsize q = 0; q < (gsize)r; q++)
    run_rows (r, self, q, scratch);
  if (to_floats)
    run_out_columns (r, self, out, TRUE, scratch);
  else
    run_out_columns (r, self, out, FALSE, scratch);
}

TARGET void
RUN (const ZabKernel *self, const float *const in[2], void *const out[2], gboolean to_floats,
     double *memory)
{
  const gsize in_padded = zab_kernel_pad (self->in_inner, LANES);
  const gsize out_padded = zab_kernel_pad (self->out_inner, LANES);
  Complex    *at = (Complex *)memory;
  Scratch     scratch;

  scratch.longest = MAX (MAX (in_padded, out_padded), self->outer);
  scratch.rows = at;
  scratch.columns = scratch.rows + self->outer * in_padded / LANES;
  scratch.a = scratch.columns + self->outer * out_padded / LANES;
  scratch.b = scratch.a + GROUPS * scratch.longest;
  if (self->outer == 64)
    run (8, self, in, out, to_floats, &scratch);
  else
    run (4, self, in, out, to_floats, &scratch);
}
