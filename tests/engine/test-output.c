/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine and a real daemon: what is loaded is heard bit for bit, at its frame. */
#include "lib/zab-test-audio.h"
#include "lib/zab-test.h"
#include "output-fixture.h"

/* From file to sound: every frame is there, in its place, to the bit. */
static void
test_bit_exact (void)
{
  OutputFixture self;
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree float *heard = NULL;
  guint64           clock, first_clock;
  gsize             n_heard, onset;

  output_fixture_set_up (&self);
  output_fixture_load (&self, 0);
  output_fixture_wait_for_sound (&self);
  zab_test_recorder_step (recorder, 20);
  clock = zab_test_recorder_step (recorder, 1);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  zab_test_recorder_step (recorder, LENGTH / QUANTUM + 2);
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  onset = clock - first_clock;
  g_assert_cmpuint (onset + LENGTH + 1, <, n_heard);
  for (gsize i = 0; i < onset * 2; i++)
    g_assert_true (heard[i] == 0.0f);
  for (guint i = 0; i < LENGTH; i++)
    for (guint c = 0; c < 2; c++)
      g_assert_true (heard[2 * (onset + i) + c] == output_fixture_expected (i, c));
  for (gsize i = (onset + LENGTH) * 2; i < n_heard * 2; i++)
    g_assert_true (heard[i] == 0.0f);
  output_fixture_tear_down (&self);
}

/* The sounds of some triggers, at a quantum. A trigger comes when a cycle is over but for the time
 * until the next one: it may as well have come at any moment of it. It sounds at exactly the next
 * cycle's first frame, which is one quantum after the first frame of the cycle that it came in. */
static void
check_triggers (guint quantum)
{
  enum
  {
    N_TRIGGERS = 20
  };
  OutputFixture self;
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree float *heard = NULL;
  guint64           cycles[N_TRIGGERS], first_clock;
  gsize             n_heard;

  output_fixture_set_up (&self);
  output_fixture_load (&self, 0);
  output_fixture_wait_for_sound (&self);
  zab_test_recorder_step (recorder, 20);
  for (guint i = 0; i < N_TRIGGERS; i++)
    {
      cycles[i] = zab_test_recorder_step (recorder, 1 + i % 5);
      g_assert_cmpuint (zab_test_recorder_step (recorder, 1) - cycles[i], ==, quantum);
      g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
      zab_test_recorder_step (recorder, 2);
      g_assert_true (zab_engine_stop_pad (self.engine, 0));
      zab_test_recorder_step (recorder, RELEASE / quantum + 1);
    }
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  for (guint i = 0; i < N_TRIGGERS; i++)
    {
      const gsize at = cycles[i] + quantum - first_clock;

      g_assert_cmpuint (at, <, n_heard);
      for (gsize k = at - quantum; k < at; k++)
        g_assert_true (heard[2 * k] == 0.0f);
      g_assert_true (heard[2 * at] == output_fixture_expected (0, 0));
    }
  output_fixture_tear_down (&self);
}

static void
test_trigger_to_sink (void)
{
  const guint quanta[] = { 64, 128, 256, 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (quanta); i++)
    {
      zab_test_audio_force_quantum (quanta[i]);
      check_triggers (quanta[i]);
    }
  zab_test_audio_force_quantum (0);
}

/* A pad that waits for the grid starts and stops on the grid's own frame, in the midst of a cycle,
 * at a tempo whose lines lie between frames; a timed one on its own. */
static void
test_exact_frames (void)
{
  enum
  {
    TEMPO = 137, /* a sixteenth is 5255.47 frames */
  };
  OutputFixture self;
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree float *heard = NULL;
  guint64           start, timed, first_clock, mixer_clock, line, stop;
  gsize             n_heard, at;

  output_fixture_set_up (&self);
  output_fixture_load (&self, 0);
  output_fixture_wait_for_sound (&self);
  zab_test_recorder_step (recorder, 20);
  start = zab_test_recorder_step (recorder, 1);
  line = start + (15ull * RATE + TEMPO - 1) / TEMPO;
  stop = start + (2 * 15ull * RATE + TEMPO - 1) / TEMPO;
  g_assert_true (zab_engine_set_pad_mode (self.engine, 0, ZAB_LAUNCH_TOGGLE));
  g_assert_true (zab_engine_set_pad_quantise (self.engine, 0, ZAB_QUANTISE_1_16));
  g_assert_true (zab_engine_set_tempo (self.engine, TEMPO));
  g_assert_true (zab_engine_start_transport (self.engine));
  zab_test_recorder_step (recorder, 1);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  zab_test_recorder_step (recorder, (guint)(line - start) / QUANTUM + 1);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f)); /* stops it */
  zab_test_recorder_step (recorder, (guint)(stop - line) / QUANTUM + 2);
  g_assert_true (zab_engine_stop_transport (self.engine));
  timed = zab_test_recorder_step (recorder, 5) + 1000;
  mixer_clock = zab_engine_get_clock (self.engine);
  g_assert_true (zab_engine_play_pad_at (self.engine, 0, 1.0f, mixer_clock + 1000));
  zab_test_recorder_step (recorder, 10);
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  at = line - first_clock;
  g_assert_true (heard[2 * (at - 1)] == 0.0f);
  for (guint64 i = 0; i < stop - line; i++)
    g_assert_true (heard[2 * (at + i)] == output_fixture_expected ((gint64)i, 0));
  at = stop - first_clock; /* the release begins, a step down from all */
  g_assert_true (heard[2 * at] < output_fixture_expected ((gint64)(stop - line), 0));
  g_assert_true (heard[2 * at] > output_fixture_expected ((gint64)(stop - line), 0) * 0.99f);
  at = timed - first_clock;
  g_assert_true (heard[2 * (at - 1)] == 0.0f);
  g_assert_true (heard[2 * at] == output_fixture_expected (0, 0));
  g_assert_true (heard[2 * (at + 1)] == output_fixture_expected (1, 0));
  output_fixture_tear_down (&self);
}

/* No daemon: said so, loads for 48 kHz all the same, refuses to play. */
static void
test_no_daemon (void)
{
  g_autofree char *socket_folder = g_strdup (g_getenv ("PIPEWIRE_RUNTIME_DIR"));
  g_autofree char *empty = zab_test_make_dir ();
  OutputFixture    self;

  g_setenv ("PIPEWIRE_RUNTIME_DIR", empty, TRUE);
  output_fixture_set_up (&self);
  g_assert_cmpint (zab_engine_get_output_state (self.engine), ==, ZAB_OUTPUT_NO_DAEMON);
  output_fixture_load (&self, 0);
  g_assert_cmpuint (zab_engine_get_rate (self.engine), ==, RATE);
  g_assert_cmpuint (self.n_frames, ==, LENGTH);
  g_assert_false (zab_engine_play_pad (self.engine, 0, 1.0f));
  for (guint i = 0; i < 3000; i++) /* nobody empties the ring but the engine itself */
    g_assert_true (zab_engine_set_tempo (self.engine, 120));
  g_setenv ("PIPEWIRE_RUNTIME_DIR", socket_folder, TRUE);
  output_fixture_wait_for_state (&self, ZAB_OUTPUT_RUNNING);
  output_fixture_tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  /* First: it sets the environment, which is for a process without threads. */
  zab_test_add ("/engine/output/exact-frames", test_exact_frames);
  zab_test_add ("/engine/output/no-daemon", test_no_daemon);
  zab_test_add ("/engine/output/bit-exact", test_bit_exact);
  zab_test_add ("/engine/output/trigger-to-sink", test_trigger_to_sink);
  return g_test_run ();
}
