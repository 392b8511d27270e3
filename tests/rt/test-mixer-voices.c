/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which voices there are, what waits, and when samples come back. */
#include "lib/zab-test.h"
#include "rt/mixer-fixture.h"

static void
assert_counts (ZabMixer *mixer, guint n_voices, guint n_sounding)
{
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, n_voices);
  g_assert_cmpuint (zab_mixer_get_n_sounding (mixer, 0), ==, n_sounding);
}

/* Which voices are ending, whatever it is that ends them. */
static void
test_counts (void)
{
  ZabMixer *mixer = mixer_new ();

  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 10));
  assert_counts (mixer, 1, 1);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 10));
  assert_counts (mixer, 2, 1);
  g_free (render (mixer, CUT));
  assert_counts (mixer, 1, 1);
  tell (mixer, ZAB_COMMAND_STOP, 0);
  g_free (render (mixer, 10));
  assert_counts (mixer, 1, 0);
  tell (mixer, ZAB_COMMAND_STOP, 0);
  g_free (render (mixer, RELEASE));
  assert_counts (mixer, 0, 0);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, LENGTH + 10));
  assert_counts (mixer, 0, 0);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 10));
  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  g_free (render (mixer, 10));
  assert_counts (mixer, 1, 0);
  mixer_free (mixer);
}

/* For the bar: until it is there, or nobody wants it any more. */
static void
test_waits (void)
{
  ZabMixer *mixer = mixer_new ();

  load (mixer, 0, sample_new (LENGTH, 1, 0.5f));
  push (mixer,
        (ZabCommand){ .type = ZAB_COMMAND_SET_QUANTISE, .pad = 0, .value = ZAB_QUANTISE_1_BAR });
  tell (mixer, ZAB_COMMAND_START_TRANSPORT, ZAB_MASTER);
  g_free (render (mixer, 100));
  g_assert_false (zab_mixer_get_waits (mixer, 0));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 100));
  g_assert_true (zab_mixer_get_waits (mixer, 0));
  assert_counts (mixer, 0, 0);
  tell (mixer, ZAB_COMMAND_STOP, 0);
  g_free (render (mixer, 100));
  g_assert_false (zab_mixer_get_waits (mixer, 0));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 2 * RATE));
  g_assert_false (zab_mixer_get_waits (mixer, 0));
  assert_counts (mixer, 1, 1);
  mixer_free (mixer);
}

static void
test_voice_limit (void)
{
  ZabMixer *mixer = mixer_new ();
  guint     n = 0;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      load (mixer, i, sample_new (LENGTH, 1, 0.001f));
      set_loop (mixer, i, TRUE);
    }
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      play (mixer, i, 1.0f);
      g_free (render (mixer, 16));
    }
  g_free (render (mixer, CUT));
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      const guint voices = zab_mixer_get_n_voices (mixer, i);

      g_assert_cmpuint (voices, ==, i >= ZAB_N_PADS - ZAB_MAX_SOUNDING ? 1 : 0);
      n += voices;
    }
  g_assert_cmpuint (n, ==, ZAB_MAX_SOUNDING);
  mixer_free (mixer);
}

/* A sample comes back once nothing plays it any more, and not before. */
static void
test_swap_retires (void)
{
  ZabMixer         *mixer = mixer_new ();
  ZabSample        *old = sample_new (LENGTH, 1, 0.5f);
  g_autofree float *out = NULL;

  load (mixer, 0, old);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  load (mixer, 0, sample_new (LENGTH, 1, 0.25f));
  out = render (mixer, CUT - 1);
  for (gint64 i = 0; i < CUT - 1; i++)
    g_assert_true (out[2 * i] == 0.5f * fade (CUT - i, CUT));
  g_assert_null (zab_mixer_take_retired (mixer));
  g_free (render (mixer, 1));
  g_assert_true (zab_mixer_take_retired (mixer) == old);
  sample_free (old);
  g_assert_null (zab_mixer_take_retired (mixer));
  mixer_free (mixer);
}

/* Of two voices that fade away, the first one's end is not the sample's. */
static void
test_the_last_voice_retires (void)
{
  ZabMixer  *mixer = mixer_new ();
  ZabSample *sample = sample_new (LENGTH, 1, 0.5f);

  load (mixer, 0, sample);
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 1000));
  play (mixer, 0, 1.0f);
  g_free (render (mixer, 100));
  tell (mixer, ZAB_COMMAND_UNLOAD, 0);
  g_free (render (mixer, CUT - 1));
  g_assert_cmpuint (zab_mixer_get_n_voices (mixer, 0), ==, 1);
  g_assert_null (zab_mixer_take_retired (mixer));
  g_free (render (mixer, 1));
  g_assert_true (zab_mixer_take_retired (mixer) == sample);
  g_assert_null (zab_mixer_take_retired (mixer));
  sample_free (sample);
  mixer_free (mixer);
}

static void
test_silent_swap_retires_at_once (void)
{
  ZabMixer *mixer = mixer_new ();

  for (guint i = 0; i < 5; i++)
    load (mixer, 9, sample_new (10, 2, 1.0f));
  g_free (render (mixer, 1));
  g_assert_cmpuint (free_retired (mixer), ==, 4);
  tell (mixer, ZAB_COMMAND_UNLOAD, 9);
  g_free (render (mixer, 1));
  g_assert_cmpuint (free_retired (mixer), ==, 1);
  mixer_free (mixer);
}

static void
test_drain_retires_all (void)
{
  ZabMixer *mixer = mixer_new ();

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      load (mixer, i, sample_new (LENGTH, 1, 0.01f));
      play (mixer, i, 1.0f);
    }
  g_free (render (mixer, 64));
  load (mixer, 0, sample_new (10, 1, 1.0f)); /* still in the ring */
  zab_mixer_drain (mixer);
  g_assert_cmpuint (free_retired (mixer), ==, ZAB_N_PADS + 1);
  g_free (mixer);
}

static void
test_ring_full (void)
{
  ZabMixer        *mixer = mixer_new ();
  const ZabCommand command = { .type = ZAB_COMMAND_STOP_ALL };

  for (guint i = 0; i < ZAB_QUEUE_LENGTH; i++)
    g_assert_true (zab_mixer_push (mixer, &command));
  g_assert_false (zab_mixer_push (mixer, &command));
  g_free (render (mixer, 1));
  g_assert_true (zab_mixer_push (mixer, &command));
  mixer_free (mixer);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/mixer-voices/counts", test_counts);
  zab_test_add ("/rt/mixer-voices/waits", test_waits);
  zab_test_add ("/rt/mixer-voices/voice-limit", test_voice_limit);
  zab_test_add ("/rt/mixer-voices/swap-retires", test_swap_retires);
  zab_test_add ("/rt/mixer-voices/the-last-voice-retires", test_the_last_voice_retires);
  zab_test_add ("/rt/mixer-voices/silent-swap-retires-at-once", test_silent_swap_retires_at_once);
  zab_test_add ("/rt/mixer-voices/drain-retires-all", test_drain_retires_all);
  zab_test_add ("/rt/mixer-voices/ring-full", test_ring_full);
  return g_test_run ();
}
