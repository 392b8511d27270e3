/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernel's short FFTs, for one width of vectors, LANES: part of its body. */
#include <immintrin.h>

#include "engine/resample/zab-resampler-kernel-private.h"

#define BODY TARGET ZAB_BODY

typedef double Vector __attribute__ ((vector_size (8 * LANES), may_alias));
typedef double LooseVector __attribute__ ((vector_size (8 * LANES), aligned (8), may_alias));
typedef float  FloatVector __attribute__ ((vector_size (4 * LANES), aligned (4), may_alias));

typedef struct
{
  Vector re;
  Vector im;
} Complex;

BODY Complex
add (Complex a, Complex b)
{
  return (Complex){ a.re + b.re, a.im + b.im };
}

BODY Complex
subtract (Complex a, Complex b)
{
  return (Complex){ a.re - b.re, a.im - b.im };
}

BODY Complex
times_minus_i (Complex a)
{
  return (Complex){ a.im, -a.re };
}

BODY Complex
turn (Complex a, double cosine, double sine)
{
  return (Complex){ a.re * cosine - a.im * sine, a.re * sine + a.im * cosine };
}

BODY void
butterfly_2 (Complex x[2])
{
  Complex a = x[0];

  x[0] = add (a, x[1]);
  x[1] = subtract (a, x[1]);
}

BODY void
butterfly_4 (Complex x[4])
{
  Complex a = add (x[0], x[2]), b = subtract (x[0], x[2]);
  Complex c = add (x[1], x[3]), d = times_minus_i (subtract (x[1], x[3]));

  x[0] = add (a, c);
  x[1] = add (b, d);
  x[2] = subtract (a, c);
  x[3] = subtract (b, d);
}

BODY void
butterfly_8 (Complex x[8])
{
  const double half = 0.70710678118654752440; /* its square root */
  Complex      even[4] = { x[0], x[2], x[4], x[6] }, odd[4] = { x[1], x[3], x[5], x[7] };

  butterfly_4 (even);
  butterfly_4 (odd);
  odd[1] = (Complex){ (odd[1].re + odd[1].im) * half, (odd[1].im - odd[1].re) * half };
  odd[2] = times_minus_i (odd[2]);
  odd[3] = (Complex){ (odd[3].im - odd[3].re) * half, (odd[3].re + odd[3].im) * -half };
  _Pragma ("GCC unroll 4") for (int k = 0; k < 4; k++)
  {
    x[k] = add (even[k], odd[k]);
    x[k + 4] = subtract (even[k], odd[k]);
  }
}

/* For odd @r: what is even around 0 goes with the cosines, what is odd with the sines. */
BODY void
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

BODY void
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

/* The butterflies of one @p in a pass. Those of the first have no roots but 1. */
BODY void
run_butterflies (int r, const Complex *restrict x, Complex *restrict y, gsize stride, gsize done,
                 const double *twiddles, gboolean turned)
{
  for (gsize q = 0; q < done; q++)
    {
      Complex t[8];

      _Pragma ("GCC unroll 8") for (int j = 0; j < r; j++) t[j] = x[q + stride * (gsize)j];
      butterfly (t, r);
      y[q] = t[0];
      _Pragma ("GCC unroll 8") for (int k = 1; k < r; k++) y[q + done * (gsize)k]
          = turned ? turn (t[k], twiddles[2 * k - 2], twiddles[2 * k - 1]) : t[k];
    }
}

/* One pass of Stockham's FFT: @left points of each of @done transforms are still together. */
BODY void
run_pass (int r, const Complex *x, Complex *y, gsize left, gsize done, const double *twiddles)
{
  const gsize rest = left / (gsize)r, stride = done * rest;

  run_butterflies (r, x, y, stride, done, NULL, FALSE);
  for (gsize p = 1; p < rest; p++)
    run_butterflies (r, x + done * p, y + done * (gsize)r * p, stride, done,
                     twiddles + 2 * (gsize)(r - 1) * p, TRUE);
}

/* A function for each radix: the compiler does better by them than by all in one. */
#define DEFINE_PASS(r)                                                                             \
  TARGET static void run_pass_##r (const Complex *x, Complex *y, gsize left, gsize done,           \
                                   const double *twiddles)                                         \
  {                                                                                                \
    run_pass (r, x, y, left, done, twiddles);                                                      \
  }

DEFINE_PASS (2)
DEFINE_PASS (3)
DEFINE_PASS (4)
DEFINE_PASS (5)
DEFINE_PASS (7)
DEFINE_PASS (8)

typedef void (*Pass) (const Complex *x, Complex *y, gsize left, gsize done, const double *twiddles);

static const Pass passes[] = { [2] = run_pass_2, [3] = run_pass_3, [4] = run_pass_4,
                               [5] = run_pass_5, [7] = run_pass_7, [8] = run_pass_8 };

/* The passes from @first on. Returns where the result is: @x or @y, both of them used. */
BODY Complex *
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

          passes[r](x, y, left, done, twiddles);
          x = y;
          y = swap;
        }
      left /= r;
      done *= r;
      twiddles += 2 * (r - 1) * left;
    }
  return x;
}
