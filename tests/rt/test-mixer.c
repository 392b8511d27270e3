/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pads sound like, frame by frame. */
#include <math.h>
#include <string.h>

#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "rt/mixer-fixture.h"

static void
test_silence (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  play (mixer, 3, 1.0f); /* an empty pad */
  out = render (mixer, 256);
  for (guint i = 0; i < 512; i++)
    g_assert_true (out[i] == 0.0f && !signbit (out[i]));
  mixer_free (mixer);
}

/* A one-shot: a rise, the sample's own bits, a fall, and then nothing. */
static void
test_one_shot (void)
{
  ZabMixer         *mixer = mixer_new ();
  ZabSample        *sample = sample_new (LENGTH, 2, 0);
  g_autofree float *counter = g_new (float, 2 * LENGTH);
  g_autofree float *out = NULL;

  zab_test_fill_counter (counter, LENGTH, 2, 0);
  memcpy ((float *)sample->frames, counter, 2 * LENGTH * sizeof (float));
  load (mixer, 0, sample);
  play (mixer, 0, 1.0f);
  out = render (mixer, LENGTH + 100);
  for (gint64 i = 0; i < LENGTH; i++)
    for (gint64 c = 0; c < 2; c++)
      {
        const float level = fade (i + 1, ATTACK) * fade (LENGTH - i, CUT);

        g_assert_true (out[2 * i + c] == counter[2 * i + c] * level);
      }
  for (guint i = 2 * LENGTH; i < 2 * (LENGTH + 100); i++)
    g_assert_true (out[i] == 0.0f);
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 0);
  mixer_free (mixer);
}

/* Mono sounds alike on both sides; velocity, gain and volume multiply. */
static void
test_levels (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 7, sample_new (LENGTH, 1, 1.0f));
  zab_mixer_set_param (mixer, 7, ZAB_PARAM_GAIN, 0.5f);
  zab_mixer_set_param (mixer, ZAB_MASTER, ZAB_PARAM_GAIN, 0.25f);
  g_free (render (mixer, CUT)); /* gains glide: let them arrive */
  play (mixer, 7, 0.5f);
  out = render (mixer, 1000);
  for (guint i = ATTACK; i < 1000; i++)
    {
      g_assert_true (out[2 * i] == 0.0625f);
      g_assert_true (out[2 * i + 1] == 0.0625f);
    }
  mixer_free (mixer);
}

/* No change of level is a step. */
static void
test_gain_glides (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  zab_mixer_set_param (mixer, 0, ZAB_PARAM_GAIN, 0.0f);
  zab_mixer_set_param (mixer, ZAB_MASTER, ZAB_PARAM_GAIN, 0.5f);
  out = render (mixer, 1000);
  g_assert_cmpfloat_with_epsilon (out[0], 1.0f, 1e-6);
  g_assert_true (out[2 * 999] == 0.0f);
  for (guint i = 1; i < 1000; i++)
    g_assert_cmpfloat (fabsf (out[2 * i] - out[2 * i - 2]), <=, 1.6f / CUT);
  mixer_free (mixer);
}

static void
test_loop (void)
{
  ZabMixer         *mixer = mixer_new ();
  ZabSample        *sample = sample_new (1000, 1, 0);
  g_autofree float *out = NULL;

  for (guint i = 0; i < 1000; i++)
    ((float *)sample->frames)[i] = (float)(i + 1) / 1024.0f;
  load (mixer, 0, sample);
  set_loop (mixer, 0, TRUE);
  play (mixer, 0, 1.0f);
  out = render (mixer, 10300);
  for (guint i = ATTACK; i < 10300; i++)
    g_assert_true (out[2 * i] == (float)(i % 1000 + 1) / 1024.0f);
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 1);
  g_assert_cmpuint (zab_mixer_get_position (mixer, 0), ==, 300);
  mixer_free (mixer);
}

/* Loop off: the round is finished, with the one-shot's fall. */
static void
test_loop_off (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
  set_loop (mixer, 0, TRUE);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, LENGTH + 1000));
  set_loop (mixer, 0, FALSE);
  out = render (mixer, LENGTH);
  for (guint i = 0; i < LENGTH; i++)
    {
      const gint64 left = LENGTH - 1000 - (gint64)i;
      const float  expected = left > 0 ? fade (left, CUT) : 0.0f;

      g_assert_true (out[2 * i] == expected);
    }
  mixer_free (mixer);
}

/* Turned at any moment of the sample's last frames, the loop switch makes no step. */
static void
test_loop_switch_in_tail (void)
{
  for (guint at = LENGTH - CUT - 2; at < LENGTH; at += 7)
    for (guint first = 0; first < 2; first++)
      {
        ZabMixer         *mixer = mixer_new ();
        g_autofree float *a = NULL;
        g_autofree float *b = NULL;
        float             last;

        load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
        set_loop (mixer, 0, first == 1);
        play (mixer, 0, 1.0f);
        a = render (mixer, at);
        set_loop (mixer, 0, first == 0);
        b = render (mixer, CUT * 2);
        last = a[2 * at - 2];
        for (guint i = 0; i < CUT * 2; i++)
          {
            g_assert_cmpfloat (fabsf (b[2 * i] - last), <=, 1.01f / CUT);
            last = b[2 * i];
          }
        mixer_free (mixer);
      }
}

static void
test_stop (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 1.0f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  tell (mixer, ZAB_COMMAND_STOP, 0);
  out = render (mixer, 1000);
  for (gint64 i = 0; i < 1000; i++)
    g_assert_true (out[2 * i] == (i < RELEASE ? fade (RELEASE - i, RELEASE) : 0.0f));
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 0);
  mixer_free (mixer);
}

static void
test_stop_all (void)
{
  ZabMixer *mixer = mixer_new ();

  for (guint i = 0; i < 10; i++)
    {
      load (mixer, i * 20, sample_new (LENGTH, 1, 0.1f));
      set_loop (mixer, i * 20, TRUE);
      play (mixer, i * 20, 1.0f);
    }
  g_free (render (mixer, 1000));
  tell (mixer, ZAB_COMMAND_STOP_ALL, 0);
  g_free (render (mixer, RELEASE));
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_assert_cmpuint (zab_mixer_get_n_voices (mixer, i), ==, 0);
  mixer_free (mixer);
}

/* The pad starts anew while what it played fades away under it. */
static void
test_retrigger (void)
{
  ZabMixer         *mixer = mixer_new ();
  g_autofree float *out = NULL;

  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  play (mixer, 0, 1.0f);
  out = render (mixer, 1000);
  for (gint64 i = 0; i < 1000; i++)
    {
      const float old = i < CUT ? 0.5f * fade (CUT - i, CUT) : 0.0f;

      g_assert_cmpfloat_with_epsilon (out[2 * i], old + 0.5f * fade (i + 1, ATTACK), 1e-6);
    }
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 1);
  g_assert_cmpuint (zab_mixer_get_position (mixer, 0), ==, 1000);
  mixer_free (mixer);
}

/* Tiny samples are heard, and huge trigger storms stay within the voices and without steps. */
static void
test_tiny_samples (void)
{
  for (guint n = 1; n < 20; n++)
    {
      ZabMixer         *mixer = mixer_new ();
      g_autofree float *out = NULL;
      float             peak = 0;

      load (mixer, 0, sample_new (n, 1, 1.0f));
      play (mixer, 0, 1.0f);
      out = render (mixer, 64);
      for (guint i = 0; i < 64; i++)
        peak = MAX (peak, out[2 * i]);
      g_assert_true (peak == 1.0f);
      g_assert_true (out[2 * n] == 0.0f);
      mixer_free (mixer);
    }
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/mixer/silence", test_silence);
  zab_test_add ("/rt/mixer/one-shot", test_one_shot);
  zab_test_add ("/rt/mixer/levels", test_levels);
  zab_test_add ("/rt/mixer/gain-glides", test_gain_glides);
  zab_test_add ("/rt/mixer/loop", test_loop);
  zab_test_add ("/rt/mixer/loop-off", test_loop_off);
  zab_test_add ("/rt/mixer/loop-switch-in-tail", test_loop_switch_in_tail);
  zab_test_add ("/rt/mixer/stop", test_stop);
  zab_test_add ("/rt/mixer/stop-all", test_stop_all);
  zab_test_add ("/rt/mixer/retrigger", test_retrigger);
  zab_test_add ("/rt/mixer/tiny-samples", test_tiny_samples);
  return g_test_run ();
}
