/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "engine/load/zab-load-error.h"
#include "engine/resample/zab-resampler.h"

typedef struct
{
  guint in, out;
  gsize n_frames;
} Loop;

/* Lengths that give whole numbers, and such that don't; shorter than any filter, too. */
static const Loop loops[] = {
  { 44100, 48000, 44100 }, { 44100, 48000, 30011 }, { 48000, 44100, 30013 },
  { 44100, 96000, 88200 }, { 96000, 48000, 20001 }, { 44100, 47999, 22050 },
  { 44100, 48000, 100 },   { 48000, 44100, 97 },    { 11025, 192000, 5000 },
  { 44100, 44100, 1000 },
};

static const guint harmonics[] = { 1, 2, 3, 5, 7, 12, 19, 30 };

/* A waveform of whole cycles in @n frames: seamless, whatever the rate. */
static double
waveform (double place, guint channel)
{
  double sum = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (harmonics); i++)
    sum += 0.1 * cos (2 * G_PI * (double)harmonics[i] * place + (double)(i * i) + channel);
  return sum;
}

static float *
make_loop (gsize n)
{
  float *loop = g_new (float, 2 * n);

  for (gsize i = 0; i < 2 * n; i++)
    loop[i] = (float)waveform ((double)(i / 2) / (double)n, i % 2);
  return loop;
}

/* The largest error from frame @from on, for @n frames. */
static double
find_error (const float *out, gsize n_out, gsize from, gsize n)
{
  double error = 0;

  for (gsize i = from; i < from + n; i++)
    for (guint c = 0; c < 2; c++)
      error = MAX (error, fabs ((double)out[2 * i + c] - waveform ((double)i / (double)n_out, c)));
  return error;
}

static void
test_seam (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (loops); i++)
    {
      const Loop       *l = &loops[i];
      const gsize       n_out = zab_resampler_get_loop_length (l->in, l->out, l->n_frames);
      const gsize       n = MIN (500, n_out / 4);
      g_autofree float *in = make_loop (l->n_frames);
      g_autofree float *out = g_new (float, 2 * n_out);
      g_autoptr (GError) error = NULL;
      double seam, elsewhere;

      g_assert_true (zab_resampler_convert_loop (l->in, l->out, 2, in, l->n_frames, out, &error));
      g_assert_no_error (error);
      seam = MAX (find_error (out, n_out, 0, n), find_error (out, n_out, n_out - n, n));
      elsewhere = find_error (out, n_out, n, n_out - 2 * n);
      g_test_message ("%u -> %u, %zu: seam %.1e, elsewhere %.1e", l->in, l->out, l->n_frames, seam,
                      elsewhere);
      g_assert_cmpfloat (seam, <, 1.3e-7); /* two roundings to float32 */
      g_assert_cmpfloat (elsewhere, <, 1.3e-7);
    }
}

/* Where the lengths have the rates' ratio, the loop's inside is what the ordinary converter makes
 * of many rounds. */
static void
test_like_many_rounds (void)
{
  const gsize       n = 4410, n_out = 4800, rounds = 5;
  g_autofree float *loop = make_loop (n);
  g_autofree float *in = g_new (float, 2 * n * rounds), *out = g_new (float, 2 * n_out * rounds);
  g_autofree float *circular = g_new (float, 2 * n_out);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabResampler) resampler
      = zab_resampler_new (ZAB_CONVERTER_FFT, 44100, 48000, 2, &error);
  gssize done;

  for (gsize i = 0; i < 2 * n * rounds; i++)
    in[i] = loop[i % (2 * n)];
  done = zab_resampler_push (resampler, in, n * rounds, out, &error);
  done += zab_resampler_finish (resampler, out + 2 * done, &error);
  g_assert_no_error (error);
  g_assert_cmpint (done, ==, (gssize)(n_out * rounds));
  g_assert_true (zab_resampler_convert_loop (44100, 48000, 2, loop, n, circular, &error));
  for (gsize i = 0; i < 2 * n_out; i++)
    g_assert_cmpfloat (fabsf (circular[i] - out[2 * n_out * 2 + i]), <, 6e-8f);
}

/* One frame, and a few, of a constant: it stays. */
static void
test_tiny (void)
{
  const float in[] = { 0.5f, 0.5f, 0.5f };
  float       out[300];

  for (gsize n = 1; n <= 3; n++)
    for (guint rate = 4000; rate <= 384000; rate += 95000)
      {
        g_autoptr (GError) error = NULL;
        gsize n_out = zab_resampler_get_loop_length (44100, rate, n);

        g_assert_true (zab_resampler_convert_loop (44100, rate, 1, in, n, out, &error));
        for (gsize i = 0; i < n_out; i++)
          g_assert_cmpfloat (fabsf (out[i] - 0.5f), <, 1e-7f);
      }
}

static void
test_not_finite (void)
{
  const float in[] = { 0, 0, NAN, 0 };
  float       out[8];
  g_autoptr (GError) error = NULL;

  g_assert_false (zab_resampler_convert_loop (44100, 48000, 2, in, 2, out, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FINITE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/resampler/loop/seam", test_seam);
  g_test_add_func ("/engine/resampler/loop/like-many-rounds", test_like_many_rounds);
  g_test_add_func ("/engine/resampler/loop/tiny", test_tiny);
  g_test_add_func ("/engine/resampler/loop/not-finite", test_not_finite);
  return g_test_run ();
}
