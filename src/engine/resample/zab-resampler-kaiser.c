/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-kaiser.h"

#include <math.h>

/* The modified Bessel function of order 0, by its power series. */
static double
bessel_i0 (double x)
{
  double sum = 1, term = 1;

  for (int k = 1; term > sum * 1e-18; k++)
    {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
  return sum;
}

/* Kaiser's own estimates. */
ZabKaiser
zab_kaiser_design (double pass, double stop, double attenuation)
{
  const double beta = 0.1102 * (attenuation - 8.7);

  return (ZabKaiser){
    .cutoff = (pass + stop) / 2,
    .half_width = (attenuation - 8) / (2.285 * 2 * G_PI * (stop - pass)) / 2,
    .beta = beta,
    .i0_beta = bessel_i0 (beta),
  };
}

double
zab_kaiser_impulse (const ZabKaiser *self, double t)
{
  double u = t / self->half_width;
  double x = 2 * G_PI * self->cutoff * t;

  if (fabs (u) >= 1)
    return 0;
  return (fabs (x) < 1e-9 ? 2 * self->cutoff : 2 * self->cutoff * sin (x) / x)
         * bessel_i0 (self->beta * sqrt (1 - u * u)) / self->i0_beta;
}

/* The window's own spectrum at @f. */
static double
window_spectrum (const ZabKaiser *self, double f)
{
  double x = 2 * G_PI * f * self->half_width;
  double d = self->beta * self->beta - x * x;
  double r = sqrt (fabs (d));
  double shape = r < 1e-9 ? 1 : (d > 0 ? sinh (r) / r : sin (r) / r);

  return 2 * self->half_width / self->i0_beta * shape;
}

/* Five-point Gauss-Legendre. The spectrum is smooth over many bins, so this is exact. */
static double
integrate_spectrum (const ZabKaiser *self, double from, double to)
{
  static const double nodes[] = { 0, 0.5384693101056831, 0.9061798459386640 };
  static const double weights[] = { 0.5688888888888889, 0.4786286704993665, 0.2369268850561891 };
  double              middle = (from + to) / 2, half = (to - from) / 2;
  double              sum = weights[0] * window_spectrum (self, middle);

  for (int i = 1; i < 3; i++)
    sum += weights[i]
           * (window_spectrum (self, middle - half * nodes[i])
              + window_spectrum (self, middle + half * nodes[i]));
  return sum * half;
}

/* An ideal low-pass smeared by the window's spectrum W: at f it is 1/2 - the integral of W from 0
 * to f - cutoff. (The mirrored edge at -cutoff is so many lobes away that nothing of it is left.)
 */
void
zab_kaiser_response (const ZabKaiser *self, double step, double *gain, gsize n)
{
  gsize  first = MIN ((gsize)ceil (self->cutoff / step), n - 1);
  double sum = 0.5;
  double at = 0;

  for (gsize k = first; k < n; k++)
    {
      double next = (double)k * step - self->cutoff;

      sum -= integrate_spectrum (self, at, next);
      gain[k] = sum;
      at = next;
    }
  sum = 0.5;
  at = 0;
  for (gsize k = first; k-- > 0;)
    {
      double next = (double)k * step - self->cutoff;

      sum += integrate_spectrum (self, next, at);
      gain[k] = sum;
      at = next;
    }
}
