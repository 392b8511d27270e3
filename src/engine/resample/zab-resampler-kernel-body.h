/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernel for one width of vectors. Included once for each, with LANES, TARGET and RUN
 * defined. */
#include "engine/resample/zab-resampler-kernel-fft.h"

#define SHUFFLE(a, b, ...) __builtin_shufflevector (a, b, __VA_ARGS__)

#if LANES == 4

ZAB_BODY void
transpose (Vector v[LANES])
{
  Vector a = SHUFFLE (v[0], v[1], 0, 4, 2, 6), b = SHUFFLE (v[0], v[1], 1, 5, 3, 7);
  Vector c = SHUFFLE (v[2], v[3], 0, 4, 2, 6), d = SHUFFLE (v[2], v[3], 1, 5, 3, 7);

  v[0] = SHUFFLE (a, c, 0, 1, 4, 5);
  v[1] = SHUFFLE (b, d, 0, 1, 4, 5);
  v[2] = SHUFFLE (a, c, 2, 3, 6, 7);
  v[3] = SHUFFLE (b, d, 2, 3, 6, 7);
}

#else

/* By pairs, by pairs of pairs, by halves. */
ZAB_BODY void
transpose (Vector v[LANES])
{
  Vector t[LANES], u[LANES];

  for (int i = 0; i < 8; i += 2)
    {
      t[i] = SHUFFLE (v[i], v[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
      t[i + 1] = SHUFFLE (v[i], v[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
    }
  for (int i = 0; i < 8; i += i % 4 == 1 ? 3 : 1)
    {
      u[i] = SHUFFLE (t[i], t[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      u[i + 2] = SHUFFLE (t[i], t[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int i = 0; i < 4; i++)
    {
      v[i] = SHUFFLE (u[i], u[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
      v[i + 4] = SHUFFLE (u[i], u[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
    }
}

#endif

/* @a is of @row and of the column group with the roots @group. */
ZAB_BODY Complex
turn_row (Complex a, const ZabTwiddles *twiddles, const double *group, gsize row)
{
  const Vector *lanes = (const Vector *)twiddles->lanes + 2 * row;
  const Complex b = { a.re * lanes[0] - a.im * lanes[1], a.re * lanes[1] + a.im * lanes[0] };

  return turn (b, group[2 * row], group[2 * row + 1]);
}

/* A square of LANES x LANES numbers: rows to columns. */
ZAB_BODY void
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
  Complex *columns; /* between the inverse FFT's rows and columns: [column group][row] */
  Complex *a;       /* for the short FFTs */
  Complex *b;
} Scratch;

/* Reads @LANES columns of both blocks and does the first pass of their FFTs, whose radix is 8. */
ZAB_BODY void
run_load_pass (const ZabKernel *self, const float *const in[2], gsize column, Complex *restrict y)
{
  const gsize   rest = self->outer / 8;
  const double *twiddles = self->outer_fft.twiddles;

  for (gsize p = 0; p < rest; p++, twiddles += 14)
    {
      Complex t[8];

      _Pragma ("GCC unroll 8") for (gsize j = 0; j < 8; j++)
      {
        const gsize at = column + self->in_inner * (p + rest * j);

        t[j].re = __builtin_convertvector(*(const FloatVector *)(in[0] + at), Vector);
        t[j].im = __builtin_convertvector(*(const FloatVector *)(in[1] + at), Vector);
      }
      butterfly_8 (t);
      y[8 * p] = t[0];
      _Pragma ("GCC unroll 8") for (gsize k = 1; k < 8; k++) y[8 * p + k]
          = turn (t[k], twiddles[2 * k - 2], twiddles[2 * k - 1]);
    }
}

ZAB_BODY void
run_columns (const ZabKernel *self, const float *const in[2], const Scratch *scratch)
{
  const gsize outer = self->outer, inner = self->in_inner;
  const gsize padded = zab_kernel_pad (inner, LANES);

  for (gsize column = 0; column < inner; column += LANES)
    {
      const double *roots = self->in_twiddles.groups + 2 * outer * (column / LANES);
      Complex      *x;

      run_load_pass (self, in, column, scratch->a);
      x = run_passes (&self->outer_fft, 1, self->outer_fft.n_passes, scratch->a, scratch->b);
      for (gsize row = 0; row < outer; row += LANES)
        {
          Complex square[LANES];

          _Pragma ("GCC unroll 8") for (gsize i = 0; i < LANES; i++) square[i]
              = turn_row (x[row + i], &self->in_twiddles, roots, row + i);
          transpose_square (square, scratch->rows + row / LANES * padded + column);
        }
    }
}

/* Bin @at of the inverse FFT's row, from the forward one's row @x. An inverse FFT is a forward one
 * with real and imaginary parts exchanged before and after. Where @out_inner is odd, both ends meet
 * in one place. */
ZAB_BODY Complex
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
ZAB_BODY void
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

ZAB_BODY void
run_rows (const ZabKernel *self, gsize group, const Scratch *scratch)
{
  const gsize outer = self->outer, inner = self->out_inner;
  Complex    *x = scratch->rows + group * zab_kernel_pad (self->in_inner, LANES);

  x = run_passes (&self->in_fft, 0, self->in_fft.n_passes, x, scratch->a);
  CALL_WITH_RADIX (self->out_fft.radices[0], run_filter_pass, self, group, x, scratch->b);
  x = run_passes (&self->out_fft, 1, self->out_fft.n_passes, scratch->b, scratch->a);
  for (gsize column = 0; column < inner; column += LANES)
    {
      const double *roots = self->out_twiddles.groups + 2 * outer * (column / LANES);
      const gsize   row = group * LANES;
      Complex      *to = scratch->columns + column / LANES * outer + row;
      Complex       square[LANES];

      transpose_square (x + column, square);
      _Pragma ("GCC unroll 8") for (gsize i = 0; i < LANES; i++) to[i]
          = turn_row (square[i], &self->out_twiddles, roots, row + i);
    }
}

ZAB_BODY void
store (void *array, gsize at, Vector x, gboolean to_floats)
{
  if (to_floats)
    *(FloatVector *)((float *)array + at) = __builtin_convertvector(x, FloatVector);
  else
    *(LooseVector *)((double *)array + at) = x;
}

/* The last pass of the columns' FFTs, to where both blocks shall be. */
ZAB_BODY void
run_store_pass (int r, const ZabKernel *self, const Complex *x, gsize column, void *const out[2],
                gboolean to_floats)
{
  const gsize done = self->outer / (gsize)r;

  for (gsize q = 0; q < done; q++)
    {
      Complex t[8];

      _Pragma ("GCC unroll 8") for (int j = 0; j < r; j++) t[j] = x[q + done * (gsize)j];
      butterfly (t, r);
      _Pragma ("GCC unroll 8") for (int k = 0; k < r; k++)
      {
        const gsize at = column + self->out_inner * (q + done * (gsize)k);

        store (out[0], at, t[k].im, to_floats);
        store (out[1], at, t[k].re, to_floats);
      }
    }
}

/* From the last columns to the first: what a vector writes too much is written over by the next
 * one. */
ZAB_BODY void
run_out_columns (const ZabKernel *self, void *const out[2], gboolean to_floats,
                 const Scratch *scratch)
{
  const gsize outer = self->outer;
  const guint n_before = self->outer_fft.n_passes - 1;
  const guint r = self->outer_fft.radices[n_before];

  for (gsize column = zab_kernel_pad (self->out_inner, LANES); column > 0;)
    {
      Complex *x;

      column -= LANES;
      x = scratch->columns + column / LANES * outer;
      x = run_passes (&self->outer_fft, 0, n_before, x, scratch->a);
      CALL_WITH_RADIX (r, run_store_pass, self, x, column, out, to_floats);
    }
}

TARGET void
RUN (const ZabKernel *self, const float *const in[2], void *const out[2], gboolean to_floats,
     double *memory)
{
  const gsize in_padded = zab_kernel_pad (self->in_inner, LANES);
  const gsize out_padded = zab_kernel_pad (self->out_inner, LANES);
  const gsize longest = zab_kernel_pad (MAX (MAX (in_padded, out_padded), self->outer), LANES);
  Complex    *at = (Complex *)memory;
  Scratch     scratch;

  scratch.rows = at;
  scratch.columns = scratch.rows + self->outer * in_padded / LANES;
  scratch.a = scratch.columns + self->outer * out_padded / LANES;
  scratch.b = scratch.a + longest;
  run_columns (self, in, &scratch);
  for (gsize group = 0; group < self->outer / LANES; group++)
    run_rows (self, group, &scratch);
  if (to_floats)
    run_out_columns (self, out, TRUE, &scratch);
  else
    run_out_columns (self, out, FALSE, &scratch);
}
