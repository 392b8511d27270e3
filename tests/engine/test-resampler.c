/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "engine/load/zab-load-error.h"
#include "engine/resample/zab-resampler.h"

typedef struct
{
  guint in, out;
} RatePair;

static const RatePair pairs[] = {
  { 44100, 48000 }, { 48000, 44100 },  { 44100, 96000 },   { 96000, 44100 }, { 96000, 48000 },
  { 44100, 47999 }, { 47999, 44100 },  { 11025, 192000 },  { 384000, 4001 }, { 4001, 383999 },
  { 384000, 4000 }, { 192000, 11025 }, { 383997, 383998 }, { 4000, 384000 },
};

/* Converts in calls of @block frames and checks the length. */
static float *
convert (ZabConverter converter, RatePair rates, guint channels, const float *in, gsize n_frames,
         gsize block, gsize *n_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabResampler) resampler
      = zab_resampler_new (converter, rates.in, rates.out, channels, &error);
  gsize  length = ((guint64)n_frames * rates.out + rates.in - 1) / rates.in;
  float *out = g_new (float, length *channels);
  gsize  done = 0;
  gssize n;

  g_assert_no_error (error);
  g_assert_cmpuint (zab_resampler_get_length (resampler, n_frames), ==, length);
  for (gsize i = 0; i < n_frames; i += block)
    {
      gsize now = MIN (block, n_frames - i);
      gsize max = zab_resampler_get_max_output (resampler, now);

      g_assert_cmpuint (done + max, <=, length);
      n = zab_resampler_push (resampler, in + i * channels, now, out + done * channels, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, <=, (gssize)max);
      done += (gsize)n;
    }
  g_assert_cmpuint (zab_resampler_get_max_output (resampler, 0), ==, length - done);
  n = zab_resampler_finish (resampler, out + done * channels, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, (gssize)(length - done));
  *n_out = length;
  return out;
}

static float *
make_sines (gsize n_frames, double cycles_per_frame)
{
  float *frames = g_new (float, 2 * n_frames);

  for (gsize i = 0; i < n_frames; i++)
    {
      frames[2 * i] = (float)(0.9 * sin (2 * G_PI * cycles_per_frame * (double)i));
      frames[2 * i + 1] = (float)(0.4 * cos (2 * G_PI * cycles_per_frame * (double)i));
    }
  return frames;
}

/* A tone well inside the band comes out as the same tone, away from the ends. */
static void
check_tone (ZabConverter converter, RatePair rates, double tolerance)
{
  const gsize       n_in = 60000;
  double            frequency = 0.2 * MIN (rates.in, rates.out);
  g_autofree float *in = make_sines (n_in, frequency / rates.in);
  gsize             n_out, edge;
  g_autofree float *out = convert (converter, rates, 2, in, n_in, n_in, &n_out);

  edge = (gsize)(400.0 * MAX (1.0, (double)rates.out / rates.in));
  for (gsize i = edge; i < n_out - edge; i++)
    {
      double phase = 2 * G_PI * frequency / rates.out * (double)i;

      g_assert_cmpfloat (fabs ((double)out[2 * i] - 0.9 * sin (phase)), <, tolerance);
      g_assert_cmpfloat (fabs ((double)out[2 * i + 1] - 0.4 * cos (phase)), <, tolerance);
    }
}

static void
test_tone_fft (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    check_tone (ZAB_CONVERTER_FFT, pairs[i], 2e-7);
}

static void
test_tone_libsamplerate (void)
{
  for (gsize i = 0; i < 7; i++)
    check_tone (ZAB_CONVERTER_LIBSAMPLERATE, pairs[i], 2e-6);
}

static void
test_length (void)
{
  const gsize       lengths[] = { 0, 1, 2, 7, 100, 44100, 10007 };
  g_autofree float *in = make_sines (44100, 0.01);

  for (int converter = 0; converter < 2; converter++)
    for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (lengths) - (converter == ZAB_CONVERTER_FFT ? 0 : 2); j++)
        {
          gsize n_out;

          g_free (convert ((ZabConverter)converter, pairs[i], 2, in, lengths[j],
                           MAX (lengths[j], 1), &n_out));
        }
}

static void
test_silence (void)
{
  g_autofree float *in = g_new0 (float, 20000);

  for (int converter = 0; converter < 2; converter++)
    for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
      {
        gsize             n_out;
        g_autofree float *out
            = convert ((ZabConverter)converter, pairs[i], 2, in, 10000, 10000, &n_out);

        for (gsize j = 0; j < 2 * n_out; j++)
          g_assert_true (out[j] == 0);
      }
}

static void
test_channels_independent (void)
{
  const gsize       n = 20000;
  g_autofree float *in = make_sines (n, 0.05), *left = g_new (float, n), *right = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      left[i] = in[2 * i];
      right[i] = in[2 * i + 1];
    }
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gsize             n_out;
      g_autofree float *both = convert (ZAB_CONVERTER_FFT, pairs[i], 2, in, n, n, &n_out);
      g_autofree float *l = convert (ZAB_CONVERTER_FFT, pairs[i], 1, left, n, n, &n_out);
      g_autofree float *r = convert (ZAB_CONVERTER_FFT, pairs[i], 1, right, n, n, &n_out);

      for (gsize j = 0; j < n_out; j++)
        g_assert_true (both[2 * j] == l[j] && both[2 * j + 1] == r[j]);
    }
}

static void
test_streaming_is_one_shot (void)
{
  const gsize       n = 30000;
  g_autofree float *in = make_sines (n, 0.07);

  for (int converter = 0; converter < 2; converter++)
    for (gsize i = 0; i < (converter == ZAB_CONVERTER_FFT ? G_N_ELEMENTS (pairs) : 6); i++)
      {
        gsize             n_out, block = (gsize)g_test_rand_int_range (1, 3000);
        g_autofree float *whole = convert ((ZabConverter)converter, pairs[i], 2, in, n, n, &n_out);
        g_autofree float *pieces
            = convert ((ZabConverter)converter, pairs[i], 2, in, n, block, &n_out);

        g_assert_cmpmem (whole, 2 * n_out * sizeof *whole, pieces, 2 * n_out * sizeof *pieces);
      }
}

static void
test_not_finite (void)
{
  const float bad[] = { NAN, INFINITY, -INFINITY };

  for (int converter = 0; converter < 2; converter++)
    for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (ZabResampler) resampler
            = zab_resampler_new ((ZabConverter)converter, 44100, 48000, 2, &error);
        float in[20] = { 0 }, out[40];

        g_assert_no_error (error);
        in[13] = bad[i];
        g_assert_cmpint (zab_resampler_push (resampler, in, 10, out, &error), ==, -1);
        g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FINITE);
      }
}

static void
test_bad_rates (void)
{
  const RatePair bad[] = { { 3999, 48000 }, { 48000, 3999 }, { 384001, 48000 }, { 0, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (zab_resampler_new (ZAB_CONVERTER_FFT, bad[i].in, bad[i].out, 2, &error));
      g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED);
    }
}

static void
test_equal_rates (void)
{
  g_autofree float *in = make_sines (5000, 0.3);
  gsize             n_out;
  g_autofree float *out
      = convert (ZAB_CONVERTER_FFT, (RatePair){ 48000, 48000 }, 2, in, 5000, 77, &n_out);

  g_assert_cmpmem (in, 10000 * sizeof *in, out, 2 * n_out * sizeof *out);
}

/* Who has the frames already needs no copy of them; they are looked at and counted all the same. */
static void
test_equal_rates_in_place (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabResampler) resampler
      = zab_resampler_new (ZAB_CONVERTER_FFT, 48000, 48000, 2, &error);
  g_autofree float *in = make_sines (5000, 0.3);

  g_assert_no_error (error);
  g_assert_cmpint (zab_resampler_push (resampler, in, 5000, NULL, &error), ==, 5000);
  g_assert_no_error (error);
  g_assert_cmpuint (zab_resampler_get_max_output (resampler, 0), ==, 0);
  in[9999] = NAN;
  g_assert_cmpint (zab_resampler_push (resampler, in, 5000, NULL, &error), ==, -1);
  g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FINITE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/resampler/tone/fft", test_tone_fft);
  g_test_add_func ("/engine/resampler/tone/libsamplerate", test_tone_libsamplerate);
  g_test_add_func ("/engine/resampler/length", test_length);
  g_test_add_func ("/engine/resampler/silence", test_silence);
  g_test_add_func ("/engine/resampler/channels-independent", test_channels_independent);
  g_test_add_func ("/engine/resampler/streaming-is-one-shot", test_streaming_is_one_shot);
  g_test_add_func ("/engine/resampler/not-finite", test_not_finite);
  g_test_add_func ("/engine/resampler/bad-rates", test_bad_rates);
  g_test_add_func ("/engine/resampler/equal-rates", test_equal_rates);
  g_test_add_func ("/engine/resampler/equal-rates-in-place", test_equal_rates_in_place);
  return g_test_run ();
}
