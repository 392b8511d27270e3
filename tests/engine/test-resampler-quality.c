/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "engine/resample/zab-resampler-cache.h"
#include "engine/resample/zab-resampler.h"
#include "tests/engine/test-resampler-measure.h"

/* Each row of the table in docs/resampler.md, computed and held. */

typedef struct
{
  guint in, out;
} RatePair;

static const RatePair pairs[] = {
  { 44100, 48000 }, { 48000, 44100 }, { 96000, 44100 }, { 44100, 96000 },  { 96000, 48000 },
  { 48000, 96000 }, { 44100, 47999 }, { 47999, 44100 }, { 11025, 192000 },
};

enum
{
  N_STEPPED = 6, /* of them have few phases */
  N_RANDOM = 6
};

static float *
convert (gconstpointer converter, guint in_rate, guint out_rate, const float *in, gsize n_in,
         gsize *n_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabResampler) resampler
      = zab_resampler_new (ZAB_CONVERTER_FFT, in_rate, out_rate, 1, &error);
  float *out;
  gssize n;

  g_assert_no_error (error);
  *n_out = zab_resampler_get_length (resampler, n_in);
  out = g_new (float, *n_out);
  n = zab_resampler_push (resampler, in, n_in, out, &error);
  g_assert_no_error (error);
  n += zab_resampler_finish (resampler, out + n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (*n_out, ==, (gsize)n);
  return out;
}

static ZabMeasure
measure (RatePair rates)
{
  return (ZabMeasure){ .convert = convert, .in_rate = rates.in, .out_rate = rates.out };
}

static double
lower_nyquist (const ZabMeasure *m)
{
  return 0.5 * MIN (m->in_rate, m->out_rate);
}

/* A little off the round fractions: there a few samples repeat, and what they leave when rounded is
 * chance, not noise. */
static void
check_tones (ZabMeasure m)
{
  const double frequencies[]
      = { 997, 0.8 * lower_nyquist (&m) + 17.3, 0.9 * lower_nyquist (&m) + 17.3 };

  for (gsize i = 0; i < G_N_ELEMENTS (frequencies); i++)
    {
      double snr = zab_measure_snr (&m, frequencies[i]);

      g_test_message ("%u -> %u: %.0f Hz %.2f dB", m.in_rate, m.out_rate, frequencies[i], snr);
      g_assert_cmpfloat (snr, >=, 149.5);
    }
}

static void
check_broadband (ZabMeasure m)
{
  double broadband = zab_measure_broadband (&m, 0.95);

  g_test_message ("%u -> %u: broadband %.2f dB", m.in_rate, m.out_rate, broadband);
  g_assert_cmpfloat (broadband, >=, 151);
}

/* Tones that the new rate can't hold are gone, and tones leave no image at it. */
static void
check_aliases (ZabMeasure m)
{
  const double places[] = { 1.003, 1.02, 1.3, 1.9 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      double frequency = places[i] * lower_nyquist (&m);
      double alias = fmod (frequency, m.out_rate);

      if (frequency >= 0.5 * m.in_rate)
        continue;
      alias = MIN (alias, m.out_rate - alias);
      g_assert_cmpfloat (zab_measure_leak (&m, frequency, alias), <=, -150);
    }
  for (int i = 0; i < 6; i++)
    {
      double frequency = (0.1 + 0.17 * i) * lower_nyquist (&m);

      if (m.in_rate - frequency < 0.5 * m.out_rate)
        g_assert_cmpfloat (zab_measure_leak (&m, frequency, m.in_rate - frequency), <=, -160);
    }
}

static void
check_response (ZabMeasure m)
{
  g_autoptr (ZabFilterResponse) response = zab_measure_response (&m);
  double min, max, delay = 0, edge_01, edge_3, stop, images;

  zab_filter_response_get_range (response, 0, 0.95, &min, &max);
  for (gsize k = 0; (double)k * response->step <= 0.95; k++)
    delay = MAX (delay, fabs (response->delay[k]));
  edge_01 = zab_filter_response_find_edge (response, -0.1);
  edge_3 = zab_filter_response_find_edge (response, -3);
  g_test_message ("%u -> %u: ripple %.1e dB, delay %.1e, edges %.4f %.4f, DC %.1e dB", m.in_rate,
                  m.out_rate, max - min, delay, edge_01, edge_3, response->gain_db[0]);
  g_assert_cmpfloat (max - min, <=, 1e-6);
  g_assert_cmpfloat (fabs (response->gain_db[0]), <, 1e-6);
  g_assert_cmpfloat (delay, <, 1e-6);
  g_assert_cmpfloat (edge_01, >=, 0.975);
  g_assert_cmpfloat (edge_3, <=, 0.985);
  zab_filter_response_get_range (response, 1, (double)INFINITY, &min, &stop);
  zab_filter_response_get_range (response, response->image_edge, (double)INFINITY, &min, &images);
  g_test_message ("  from Nyquist on %.1f dB, images %.1f dB", stop, images);
  g_assert_cmpfloat (stop, <=, -150);
  if (m.out_rate > m.in_rate)
    g_assert_cmpfloat (images, <=, -160);
}

static void
test_tones (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    check_tones (measure (pairs[i]));
}

static void
test_broadband (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    check_broadband (measure (pairs[i]));
}

static void
test_aliases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    check_aliases (measure (pairs[i]));
}

static void
test_response (void)
{
  for (gsize i = 0; i < N_STEPPED; i++)
    check_response (measure (pairs[i]));
}

static void
test_random_rates (void)
{
  for (int i = 0; i < N_RANDOM; i++)
    {
      RatePair   rates = { (guint)g_test_rand_int_range (8000, 200000),
                           (guint)g_test_rand_int_range (8000, 200000) };
      ZabMeasure m = measure (rates);

      check_tones (m);
      check_broadband (m);
      check_aliases (m);
    }
}

/* Our own kernel does not run on every processor: the tests look at all widths, and at FFTW's way.
 */
static void
run_by_kernel (gconstpointer test)
{
  zab_resampler_cache_limit_lanes (8);
  ((void (*) (void))test) ();
}

static void
run_by_narrow_kernel (gconstpointer test)
{
  zab_resampler_cache_limit_lanes (4);
  ((void (*) (void))test) ();
}

static void
run_by_fftw (gconstpointer test)
{
  zab_resampler_cache_limit_lanes (0);
  ((void (*) (void))test) ();
}

static void
add (const char *name, void (*test) (void))
{
  g_autofree char *kernel = g_strconcat ("/engine/resampler/quality/kernel/", name, NULL);
  g_autofree char *narrow = g_strconcat ("/engine/resampler/quality/narrow-kernel/", name, NULL);
  g_autofree char *fftw = g_strconcat ("/engine/resampler/quality/fftw/", name, NULL);

  g_test_add_data_func (kernel, test, run_by_kernel);
  g_test_add_data_func (narrow, test, run_by_narrow_kernel);
  g_test_add_data_func (fftw, test, run_by_fftw);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("tones", test_tones);
  add ("broadband", test_broadband);
  add ("aliases", test_aliases);
  add ("response", test_response);
  add ("random-rates", test_random_rates);
  return g_test_run ();
}
