/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernel for one width of vectors. Included once for each, with LANES, TARGET and RUN defined.
 */
#include <string.h>

#include "engine/zab-resampler-kernel-private.h"

typedef double Vector __attribute__ ((vector_size (8 * LANES), may_alias));
typedef double LooseVector __attribute__ ((vector_size (8 * LANES), aligned (8), may_alias));
typedef float  FloatVector __attribute__ ((vector_size (4 * LANES), aligned (4), may_alias));

typedef struct
{
  Vector re;
  Vector im;
} Complex;

#if LANES == 4
#define SHUFFLE(a, b, ...) __builtin_shufflevector (a, b, __VA_ARGS__)

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
#define SHUFFLE(a, b, ...) __builtin_shufflevector (a, b, __VA_ARGS__)

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

ZAB_BODY Complex
add (Complex a, Complex b)
{
  return (Complex){ a.re + b.re, a.im + b.im };
}

ZAB_BODY Complex
subtract (Complex a, Complex b)
{
  return (Complex){ a.re - b.re, a.im - b.im };
}

ZAB_BODY Complex
times_minus_i (Complex a)
{
  return (Complex){ a.im, -a.re };
}

ZAB_BODY Complex
turn (Complex a, double cosine, double sine)
{
  return (Complex){ a.re * cosine - a.im * sine, a.re * sine + a.im * cosine };
}

/* @a is of @row and of the column group with the roots @group. */
ZAB_BODY Complex
turn_row (Complex a, const ZabTwiddles *twiddles, const double *group, gsize row)
{
  const Vector *lanes = (const Vector *)twiddles->lanes + 2 * row;
  const Complex b = { a.re * lanes[0] - a.im * lanes[1], a.re * lanes[1] + a.im * lanes[0] };

  return turn (b, group[2 * row], group[2 * row + 1]);
}

ZAB_BODY void
butterfly_2 (Complex x[2])
{
  Complex a = x[0];

  x[0] = add (a, x[1]);
  x[1] = subtract (a, x[1]);
}

ZAB_BODY void
butterfly_4 (Complex x[4])
{
  Complex a = add (x[0], x[2]), b = subtract (x[0], x[2]);
  Complex c = add (x[1], x[3]), d = times_minus_i (subtract (x[1], x[3]));

  x[0] = add (a, c);
  x[1] = add (b, d);
  x[2] = subtract (a, c);
  x[3] = subtract (b, d);
}

ZAB_BODY void
butterfly_8 (Complex x[8])
{
  const double half = 0.70710678118654752440; /* its square root */
  Complex      even[4] = { x[0], x[2], x[4], x[6] }, odd[4] = { x[1], x[3], x[5], x[7] };

  butterfly_4 (even);
  butterfly_4 (odd);
  odd[1] = (Complex){ (odd[1].re + odd[1].im) * half, (odd[1].im - odd[1].re) * half };
  odd[2] = times_minus_i (odd[2]);
  odd[3] = (Complex){ (odd[3].im - odd[3].re) * half, (odd[3].re + odd[3].im) * -half };
  for (int k = 0; k < 4; k++)
    {
      x[k] = add (even[k], odd[k]);
      x[k + 4] = subtract (even[k], odd[k]);
    }
}

/* For odd @r: what is even around 0 goes with the cosines, what is odd with the sines. */
ZAB_BODY void
butterfly_odd (Complex *x, int r, const double *cosines, const double *sines)
{
  const int     half = r / 2;
  const Complex first = x[0];
  Complex       even[4], odd[4];

  _Pragma ("GCC unroll 3") for (int j = 1; j <= half; j++)
  {
    even[j] = add (x[j], x[r - j]);
    odd[j] = subtract (x[j], x[r - j]);
    x[0] = add (x[0], even[j]);
  }
  _Pragma ("GCC unroll 3") for (int k = 1; k <= half; k++)
  {
    Complex c = first, s = { { 0 }, { 0 } };

    _Pragma ("GCC unroll 3") for (int j = 1; j <= half; j++)
    {
      c.re += even[j].re * cosines[j * k % r];
      c.im += even[j].im * cosines[j * k % r];
      s.re += odd[j].re * sines[j * k % r];
      s.im += odd[j].im * sines[j * k % r];
    }
    s = times_minus_i (s);
    x[k] = add (c, s);
    x[r - k] = subtract (c, s);
  }
}

/* cos and sin of 2 pi k / r. */
static const double cosines_3[] = { 1, -0.5, -0.5 };
static const double sines_3[] = { 0, 0.86602540378443864676, -0.86602540378443864676 };
static const double cosines_5[] = { 1, 0.30901699437494742410, -0.80901699437494742410,
                                    -0.80901699437494742410, 0.30901699437494742410 };
static const double sines_5[] = { 0, 0.95105651629515357212, 0.58778525229247312917,
                                  -0.58778525229247312917, -0.95105651629515357212 };
static const double cosines_7[] = { 1,
                                    0.62348980185873353053,
                                    -0.22252093395631440429,
                                    -0.90096886790241912624,
                                    -0.90096886790241912624,
                                    -0.22252093395631440429,
                                    0.62348980185873353053 };
static const double sines_7[] = { 0,
                                  0.78183148246802980871,
                                  0.97492791218182360702,
                                  0.43388373911755812048,
                                  -0.43388373911755812048,
                                  -0.97492791218182360702,
                                  -0.78183148246802980871 };

ZAB_BODY void
butterfly (Complex *x, int r)
{
  if (r == 2)
    butterfly_2 (x);
  else if (r == 3)
    butterfly_odd (x, 3, cosines_3, sines_3);
  else if (r == 4)
    butterfly_4 (x);
  else if (r == 5)
    butterfly_odd (x, 5, cosines_5, sines_5);
  else if (r == 7)
    butterfly_odd (x, 7, cosines_7, sines_7);
  else
    butterfly_8 (x);
}

/* One pass of Stockham's FFT: @left points of each of @done transforms are still together. */
ZAB_BODY void
run_pass (const Complex *restrict x, Complex *restrict y, int r, gsize left, gsize done,
          const double *twiddles)
{
  const gsize rest = left / (gsize)r;

  for (gsize p = 0; p < rest; p++, twiddles += 2 * (r - 1))
    for (gsize q = 0; q < done; q++)
      {
        const Complex *from = x + q + done * p;
        Complex       *to = y + q + done * (gsize)r * p;
        Complex        t[8];

        _Pragma ("GCC unroll 8") for (int j = 0; j < r; j++) t[j] = from[done * rest * (gsize)j];
        butterfly (t, r);
        to[0] = t[0];
        if (p > 0)
          {
            _Pragma ("GCC unroll 8") for (int k = 1; k < r; k++) t[k]
                = turn (t[k], twiddles[2 * k - 2], twiddles[2 * k - 1]);
          }
        _Pragma ("GCC unroll 8") for (int k = 1; k < r; k++) to[done * (gsize)k] = t[k];
      }
}

ZAB_BODY void
run_pass_of (const Complex *restrict x, Complex *restrict y, guint r, gsize left, gsize done,
             const double *twiddles)
{
  if (r == 2)
    run_pass (x, y, 2, left, done, twiddles);
  else if (r == 3)
    run_pass (x, y, 3, left, done, twiddles);
  else if (r == 4)
    run_pass (x, y, 4, left, done, twiddles);
  else if (r == 5)
    run_pass (x, y, 5, left, done, twiddles);
  else if (r == 7)
    run_pass (x, y, 7, left, done, twiddles);
  else
    run_pass (x, y, 8, left, done, twiddles);
}

/* From the pass @first on. Returns where the result is: @x or @y, both of them used. */
ZAB_BODY Complex *
run_passes (const ZabShortFft *self, guint first, Complex *x, Complex *y)
{
  const double *twiddles = self->twiddles;
  gsize         left = self->size, done = 1;

  for (guint i = 0; i < self->n_passes; i++)
    {
      const guint r = self->radices[i];

      if (i >= first)
        {
          Complex *swap = x;

          run_pass_of (x, y, r, left, done, twiddles);
          x = y;
          y = swap;
        }
      left /= r;
      done *= r;
      twiddles += 2 * (r - 1) * left;
    }
  return x;
}

ZAB_BODY Complex *
run_short_fft (const ZabShortFft *self, Complex *x, Complex *y)
{
  return run_passes (self, 0, x, y);
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

ZAB_BODY void
run_columns (const ZabKernel *self, const float *const in[2], const Scratch *scratch)
{
  const gsize outer = self->outer, inner = self->in_inner;
  const gsize padded = zab_kernel_pad (inner, LANES);

  for (gsize column = 0; column < inner; column += LANES)
    {
      const double *roots = self->in_twiddles.groups + 2 * outer * (column / LANES);
      Complex      *x = scratch->a;

      for (gsize i = 0; i < outer; i++)
        {
          const gsize at = column + inner * i;

          x[i].re = __builtin_convertvector(*(const FloatVector *)(in[0] + at), Vector);
          x[i].im = __builtin_convertvector(*(const FloatVector *)(in[1] + at), Vector);
        }
      x = run_short_fft (&self->outer_fft, x, scratch->b);
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
run_filter_pass (const ZabKernel *self, gsize group, const Complex *restrict x, Complex *restrict y,
                 int r)
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
filter_row (const ZabKernel *self, gsize group, const Complex *restrict x, Complex *restrict y)
{
  const guint r = self->out_fft.radices[0];

  if (r == 2)
    run_filter_pass (self, group, x, y, 2);
  else if (r == 3)
    run_filter_pass (self, group, x, y, 3);
  else if (r == 4)
    run_filter_pass (self, group, x, y, 4);
  else if (r == 5)
    run_filter_pass (self, group, x, y, 5);
  else if (r == 7)
    run_filter_pass (self, group, x, y, 7);
  else
    run_filter_pass (self, group, x, y, 8);
}

ZAB_BODY void
run_rows (const ZabKernel *self, gsize group, const Scratch *scratch)
{
  const gsize outer = self->outer, inner = self->out_inner;
  Complex    *x = scratch->rows + group * zab_kernel_pad (self->in_inner, LANES);

  x = run_short_fft (&self->in_fft, x, scratch->a);
  filter_row (self, group, x, scratch->b);
  x = run_passes (&self->out_fft, 1, scratch->b, scratch->a);
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

/* From the last columns to the first: what a vector writes too much is written over by the next
 * one. */
ZAB_BODY void
run_out_columns (const ZabKernel *self, void *const out[2], gboolean to_floats,
                 const Scratch *scratch)
{
  const gsize outer = self->outer, inner = self->out_inner;

  for (gsize column = zab_kernel_pad (inner, LANES); column > 0;)
    {
      Complex *x;

      column -= LANES;
      x = run_short_fft (&self->outer_fft, scratch->columns + column / LANES * outer, scratch->a);
      for (gsize i = 0; i < outer; i++)
        {
          store (out[0], column + inner * i, x[i].im, to_floats);
          store (out[1], column + inner * i, x[i].re, to_floats);
        }
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
