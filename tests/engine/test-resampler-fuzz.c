/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "engine/resample/zab-resampler-cache.h"
#include "engine/resample/zab-resampler.h"

/* Random rates, lengths, levels and calls; every output array has exactly the size that the
 * interface asks for, so that AddressSanitizer sees one frame too many. */

enum
{
  ROUNDS = 400,
  MAX_OUT = 400000
};

static guint
random_rate (void)
{
  static const guint usual[]
      = { 8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000, 384000 };

  if (g_test_rand_bit ())
    return usual[g_test_rand_int_range (0, G_N_ELEMENTS (usual))];
  return (guint)exp (g_test_rand_double_range (log (4000), log (384000)));
}

static float *
random_frames (gsize n, double level)
{
  float *frames = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    frames[i] = (float)g_test_rand_double_range (-level, level);
  return frames;
}

/* In calls of random size, some of them empty. */
static float *
convert (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_in,
         gsize max_block, gsize *n_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabResampler) resampler
      = zab_resampler_new (ZAB_CONVERTER_FFT, in_rate, out_rate, channels, &error);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (float));
  gboolean end = FALSE;
  gsize    taken = 0;

  g_assert_no_error (error);
  while (!end)
    {
      gsize  block = (gsize)g_test_rand_int_range (0, (gint32)max_block + 1);
      gsize  n = MIN (block, n_in - taken);
      gsize  max = zab_resampler_get_max_output (resampler, taken == n_in ? 0 : n);
      float *out = g_new (float, max *channels);
      gssize given;

      end = taken == n_in;
      given = end ? zab_resampler_finish (resampler, out, &error)
                  : zab_resampler_push (resampler, in + taken * channels, n, out, &error);
      g_assert_no_error (error);
      g_assert_cmpint (given, <=, (gssize)max);
      g_array_append_vals (all, out, (guint)given * channels);
      g_free (out);
      taken += n;
    }
  *n_out = all->len / channels;
  g_assert_cmpuint (*n_out, ==, zab_resampler_get_length (resampler, n_in));
  return (float *)g_array_free (g_steal_pointer (&all), FALSE);
}

static void
test_blocks (void)
{
  for (int round = 0; round < ROUNDS; round++)
    {
      guint             in_rate = random_rate (), out_rate = random_rate ();
      guint             channels = (guint)g_test_rand_int_range (1, 3);
      double            scale = MAX (1.0, (double)out_rate / in_rate);
      gsize             n_in = (gsize)(exp (g_test_rand_double_range (0, log (MAX_OUT))) / scale);
      gsize             n_out, n_again;
      g_autofree float *in = random_frames (n_in * channels, 1);
      g_autofree float *whole = NULL, *pieces = NULL;

      zab_resampler_cache_limit_lanes (4 * (guint)(round % 3));
      whole = convert (in_rate, out_rate, channels, in, n_in, MAX (n_in, 1) * 8, &n_out);
      pieces = convert (in_rate, out_rate, channels, in, n_in, 1 + n_in / 5, &n_again);
      g_assert_cmpmem (whole, n_out * channels * sizeof *whole, pieces,
                       n_again * channels * sizeof *pieces);
    }
}

/* The loudest floats overshoot, but never to infinity. */
static void
test_loudest (void)
{
  for (int round = 0; round < 10; round++)
    {
      gsize             n_out;
      g_autofree float *in = random_frames (20000, (double)FLT_MAX);
      g_autofree float *out = convert (random_rate (), random_rate (), 2, in, 10000, 10000, &n_out);

      for (gsize i = 0; i < 2 * n_out; i++)
        g_assert_true (isfinite (out[i]));
    }
}

/* What is too quiet to be a normal number is silence, and the thread's own mode is as before. */
static void
test_denormals (void)
{
  const volatile float tiny = 1e-40f;
  float                in[2000];

  for (gsize i = 0; i < G_N_ELEMENTS (in); i++)
    in[i] = tiny;
  for (int round = 0; round < 10; round++)
    {
      guint             in_rate = random_rate (), out_rate = random_rate ();
      gsize             n_out;
      g_autofree float *out = convert (in_rate, out_rate, 2, in, 1000, 1000, &n_out);

      for (gsize i = 0; i < 2 * n_out && in_rate != out_rate; i++)
        g_assert_true (out[i] == 0);
      g_assert_true (tiny * 0.5f > 0);
    }
}

static void
test_loops (void)
{
  for (int round = 0; round < 40; round++)
    {
      guint             in_rate = random_rate (), out_rate = random_rate ();
      guint             channels = (guint)g_test_rand_int_range (1, 3);
      gsize             n_in = (gsize)exp (g_test_rand_double_range (0, log (20000)));
      gsize             n_out = zab_resampler_get_loop_length (in_rate, out_rate, n_in);
      g_autofree float *in = random_frames (n_in * channels, 1);
      g_autofree float *out = g_new (float, n_out *channels);
      g_autoptr (GError) error = NULL;

      g_assert_true (
          zab_resampler_convert_loop (in_rate, out_rate, channels, in, n_in, out, &error));
      for (gsize i = 0; i < n_out * channels; i++)
        g_assert_true (isfinite (out[i]));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/resampler/fuzz/blocks", test_blocks);
  g_test_add_func ("/engine/resampler/fuzz/loudest", test_loudest);
  g_test_add_func ("/engine/resampler/fuzz/denormals", test_denormals);
  g_test_add_func ("/engine/resampler/fuzz/loops", test_loops);
  return g_test_run ();
}
