/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/engine/test-resampler-measure.h"

#include <fftw3.h>
#include <math.h>

#include "engine/resample/zab-resampler-cache.h"

enum
{
  REACH = 500, /* of any filter, samples of the lower rate */
  TONE_LENGTH = 6000
};

static double
lower_nyquist (const ZabMeasure *self)
{
  return 0.5 * MIN (self->in_rate, self->out_rate);
}

static gsize
divisor (const ZabMeasure *self)
{
  gsize a = self->in_rate, b = self->out_rate;

  while (b != 0)
    {
      gsize rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* How many samples of each rate are as long as one of the lower. */
static double
in_factor (const ZabMeasure *self)
{
  return MAX (1.0, (double)self->in_rate / self->out_rate);
}

static double
out_factor (const ZabMeasure *self)
{
  return MAX (1.0, (double)self->out_rate / self->in_rate);
}

static float *
convert (const ZabMeasure *self, const float *in, gsize n_in, gsize *n_out)
{
  return self->convert (self->converter, self->in_rate, self->out_rate, in, n_in, n_out);
}

static float *
convert_tone (const ZabMeasure *self, double frequency, gsize *from, gsize *to)
{
  const gsize       n_in = (gsize)(TONE_LENGTH * in_factor (self));
  const gsize       edge = (gsize)(2 * REACH * out_factor (self));
  g_autofree float *in = g_new (float, n_in);
  gsize             n_out = 0;
  float            *out;

  for (gsize i = 0; i < n_in; i++)
    in[i] = (float)(0.999 * sin (2 * G_PI * fmod (frequency / self->in_rate * (double)i, 1)));
  out = convert (self, in, n_in, &n_out);
  *from = MIN (edge, n_out / 2);
  *to = n_out - *from;
  return out;
}

typedef struct
{
  double cosine;
  double sine;
} Fit;

/* Least squares of a cos + b sin, by the normal equations. */
static Fit
fit_tone (const float *out, gsize from, gsize to, double cycles)
{
  double cc = 0, ss = 0, cs = 0, yc = 0, ys = 0;

  for (gsize i = from; i < to; i++)
    {
      double x = 2 * G_PI * fmod (cycles * (double)i, 1);
      double c = cos (x), s = sin (x);

      cc += c * c;
      ss += s * s;
      cs += c * s;
      yc += c * (double)out[i];
      ys += s * (double)out[i];
    }
  return (Fit){ .cosine = (yc * ss - ys * cs) / (cc * ss - cs * cs),
                .sine = (ys * cc - yc * cs) / (cc * ss - cs * cs) };
}

static double
tone_at (Fit fit, double cycles, gsize i)
{
  double x = 2 * G_PI * fmod (cycles * (double)i, 1);

  return fit.cosine * cos (x) + fit.sine * sin (x);
}

double
zab_measure_snr (const ZabMeasure *self, double frequency)
{
  const double      cycles = frequency / self->out_rate;
  gsize             from, to;
  g_autofree float *out = convert_tone (self, frequency, &from, &to);
  double            power = 0, noise = 0;
  Fit               fit;

  if (out == NULL)
    return (double)-INFINITY;
  fit = fit_tone (out, from, to, cycles);
  for (gsize i = from; i < to; i++)
    {
      double y = tone_at (fit, cycles, i);

      power += y * y;
      noise += ((double)out[i] - y) * ((double)out[i] - y);
    }
  return 10 * log10 (power / noise);
}

double
zab_measure_leak (const ZabMeasure *self, double frequency, double other)
{
  gsize             from, to;
  g_autofree float *out = convert_tone (self, frequency, &from, &to);
  Fit               fit;

  if (out == NULL)
    return 0;
  if (frequency < lower_nyquist (self))
    {
      fit = fit_tone (out, from, to, frequency / self->out_rate);
      for (gsize i = from; i < to; i++)
        out[i] = (float)((double)out[i] - tone_at (fit, frequency / self->out_rate, i));
    }
  fit = fit_tone (out, from, to, other / self->out_rate);
  return 20 * log10 (hypot (fit.cosine, fit.sine) / 0.999 + 1e-30);
}

/* Random phases below the edge, nothing above; the largest sample is 0.9. */
static float *
make_multitone (gsize n, gsize n_tones)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  fftw_complex *bins = fftw_alloc_complex (n / 2 + 1);
  double       *samples = fftw_alloc_real (n);
  float        *result = g_new (float, n);
  double        max = 0;
  fftw_plan     plan;

  zab_fftw_lock ();
  plan = fftw_plan_dft_c2r_1d ((int)n, bins, samples, FFTW_ESTIMATE);
  zab_fftw_unlock ();
  for (gsize k = 0; k <= n / 2; k++)
    {
      double phase = g_rand_double_range (rand, 0, 2 * G_PI);

      bins[k][0] = k > 0 && k < n_tones ? cos (phase) : 0;
      bins[k][1] = k > 0 && k < n_tones ? sin (phase) : 0;
    }
  fftw_execute (plan);
  for (gsize i = 0; i < n; i++)
    max = MAX (max, fabs (samples[i]));
  for (gsize i = 0; i < n; i++)
    result[i] = (float)(0.9 * samples[i] / max);
  zab_fftw_lock ();
  fftw_destroy_plan (plan);
  zab_fftw_unlock ();
  fftw_free (bins);
  fftw_free (samples);
  return result;
}

/* One period at the new rate: the same bins, as many as both rates have. */
static double *
interpolate_period (const float *in, gsize n_in, gsize n_out)
{
  const gsize   n_bins = MAX (n_in, n_out) / 2 + 1;
  fftw_complex *bins = fftw_alloc_complex (n_bins);
  double       *a = fftw_alloc_real (n_in), *b = fftw_alloc_real (n_out);
  fftw_plan     forward, inverse;

  zab_fftw_lock ();
  forward = fftw_plan_dft_r2c_1d ((int)n_in, a, bins, FFTW_ESTIMATE);
  inverse = fftw_plan_dft_c2r_1d ((int)n_out, bins, b, FFTW_ESTIMATE);
  zab_fftw_unlock ();
  for (gsize i = 0; i < n_in; i++)
    a[i] = (double)in[i] / (double)n_in;
  for (gsize k = 0; k < n_bins; k++)
    bins[k][0] = bins[k][1] = 0;
  fftw_execute (forward);
  for (gsize k = (MIN (n_in, n_out) + 1) / 2; k < n_bins; k++)
    bins[k][0] = bins[k][1] = 0;
  fftw_execute (inverse);
  zab_fftw_lock ();
  fftw_destroy_plan (forward);
  fftw_destroy_plan (inverse);
  zab_fftw_unlock ();
  fftw_free (bins);
  fftw_free (a);
  return b;
}

double
zab_measure_broadband (const ZabMeasure *self, double edge)
{
  const gsize       in_step = self->in_rate / divisor (self);
  const gsize       out_step = self->out_rate / divisor (self);
  const gsize       periods = 4000 / MIN (in_step, out_step) + 1;
  const gsize       n_in = periods * in_step, period = periods * out_step;
  const gsize       lead = 1 + (gsize)(2 * REACH * in_factor (self)) / n_in;
  g_autofree float *one = make_multitone (n_in, (gsize)(edge * 0.5 * (double)MIN (n_in, period)));
  g_autofree float *in = g_new (float, n_in *(2 * lead + 1));
  g_autofree float *out = NULL;
  double           *exact, power = 0, noise = 0;
  gsize             n_out;

  for (gsize i = 0; i < n_in * (2 * lead + 1); i++)
    in[i] = one[i % n_in];
  out = convert (self, in, n_in * (2 * lead + 1), &n_out);
  if (out == NULL || n_out < period * (lead + 1))
    return (double)-INFINITY;
  exact = interpolate_period (one, n_in, period);
  for (gsize i = 0; i < period; i++)
    {
      double error = (double)out[period * lead + i] - exact[i];

      power += exact[i] * exact[i];
      noise += error * error;
    }
  fftw_free (exact);
  return 10 * log10 (power / noise);
}

/* Adds what an impulse at @n gives: output m has h (m in_step / out_step - n) of it. */
static gboolean
add_impulse (const ZabMeasure *self, gsize n, gsize n_in, float height, double weight, double *h,
             gsize n_h)
{
  const gsize       in_step = self->in_rate / divisor (self);
  const gsize       out_step = self->out_rate / divisor (self);
  g_autofree float *in = g_new0 (float, n_in), *out = NULL;
  gsize             n_out = 0;

  in[n] = height;
  out = convert (self, in, n_in, &n_out);
  for (gsize m = 0; out != NULL && m < n_out; m++)
    {
      gssize at = (gssize)(m * in_step) - (gssize)(n * out_step);

      if (ABS (at) < (gssize)n_h / 2)
        h[at >= 0 ? at : at + (gssize)n_h] += (double)out[m] / (double)height * weight;
    }
  return out != NULL;
}

/* Impulses at in_step phases give the response at every multiple of 1 / out_step of an input
 * sample. Where these are few, the rounding of the output shows: impulses of several heights,
 * rounded differently, take it away. */
static gboolean
sample_impulse (const ZabMeasure *self, double *h, gsize n_h)
{
  const gsize in_step = self->in_rate / divisor (self);
  const gsize n_heights = 1 + 128 / (self->out_rate / divisor (self));
  const gsize reach = (gsize)(REACH * in_factor (self));

  for (gsize n = reach; n < reach + in_step; n++)
    for (gsize i = 0; i < n_heights; i++)
      if (!add_impulse (self, n, 2 * reach + in_step, 1 - 0.00377f * (float)i,
                        1 / (double)n_heights, h, n_h))
        return FALSE;
  return TRUE;
}

ZabFilterResponse *
zab_measure_response (const ZabMeasure *self)
{
  const gsize        out_step = self->out_rate / divisor (self);
  const gsize        n_h = 4 * (gsize)(REACH * in_factor (self)) * out_step;
  ZabFilterResponse *response = g_new0 (ZabFilterResponse, 1);
  double            *h = fftw_alloc_real (n_h);
  fftw_complex      *bins = fftw_alloc_complex (n_h / 2 + 1);
  fftw_plan          plan;
  gboolean           sampled;

  zab_fftw_lock ();
  plan = fftw_plan_dft_r2c_1d ((int)n_h, h, bins, FFTW_ESTIMATE);
  zab_fftw_unlock ();
  for (gsize i = 0; i < n_h; i++)
    h[i] = 0;
  sampled = sample_impulse (self, h, n_h);
  fftw_execute (plan);
  response->n_bins = n_h / 2 + 1;
  response->step = (double)self->in_rate * (double)out_step / (double)n_h / lower_nyquist (self);
  response->gain_db = g_new (double, response->n_bins);
  response->delay = g_new0 (double, response->n_bins);
  response->image_edge = self->in_rate / lower_nyquist (self) - 0.95;
  for (gsize k = 0; k < response->n_bins; k++)
    {
      double frequency = (double)k * (double)out_step / (double)n_h;

      response->gain_db[k] = 20 * log10 (hypot (bins[k][0], bins[k][1]) / (double)out_step + 1e-30);
      if (k > 0)
        response->delay[k] = -atan2 (bins[k][1], bins[k][0]) / (2 * G_PI * frequency);
    }
  zab_fftw_lock ();
  fftw_destroy_plan (plan);
  zab_fftw_unlock ();
  fftw_free (h);
  fftw_free (bins);
  if (!sampled)
    g_clear_pointer (&response, zab_filter_response_free);
  return response;
}

void
zab_filter_response_free (ZabFilterResponse *self)
{
  g_free (self->gain_db);
  g_free (self->delay);
  g_free (self);
}

double
zab_filter_response_find_edge (const ZabFilterResponse *self, double db)
{
  for (gsize k = 0; k < self->n_bins; k++)
    if (self->gain_db[k] < db)
      return (double)k * self->step;
  return (double)INFINITY;
}

void
zab_filter_response_get_range (const ZabFilterResponse *self, double from, double to,
                               double *min_db, double *max_db)
{
  *min_db = (double)INFINITY;
  *max_db = (double)-INFINITY;
  for (gsize k = (gsize)ceil (from / self->step - 1e-6);
       k < self->n_bins && (double)k * self->step <= to; k++)
    {
      *min_db = MIN (*min_db, self->gain_db[k]);
      *max_db = MAX (*max_db, self->gain_db[k]);
    }
}
