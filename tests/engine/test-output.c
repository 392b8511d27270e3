/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine and a real daemon: what is loaded is heard bit for bit, at its frame, and again when
 * daemon, device and rate have gone and come. In plain builds each callback is guarded. */
#include "engine/load/zab-load-error.h"
#include "engine/zab-engine-private.h"
#include "lib/zab-test-audio.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"
#ifdef ZAB_TEST_RT_GUARD
#include "lib/zab-rt-guard.h"
#endif

enum
{
  RATE = 48000,
  ATTACK = RATE * 3 / 1000,
  RELEASE = RATE * 5 / 1000,
  QUANTUM = 256, /* with-audio's */
  LENGTH = 24000,
};

typedef struct
{
  ZabEngine *engine;
  GFile     *file; /* the counter */
  guint      n_success;
  guint      n_error;
  guint64    n_frames; /* of the last success */
} Fixture;

static void
on_event (ZabEngine *engine, ZabLoaderEvent *event, Fixture *self)
{
  self->n_success += event->type == ZAB_LOADER_EVENT_SUCCESS;
  self->n_error += event->type == ZAB_LOADER_EVENT_ERROR;
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    self->n_frames = event->success.n_frames;
}

static GFile *
write_counter (void)
{
  g_autofree char  *folder = zab_test_make_dir ();
  g_autofree char  *path = g_build_filename (folder, "counter.wav", NULL);
  g_autofree float *frames = g_new (float, 2 * LENGTH);
  g_autoptr (GError) error = NULL;

  zab_test_fill_counter (frames, LENGTH, 2, 0);
  zab_test_wav_write (path, frames, LENGTH, 2, RATE, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .engine = zab_engine_new (), .file = write_counter () };
  g_signal_connect (self->engine, "loader-event", G_CALLBACK (on_event), self);
}

static void
tear_down (Fixture *self)
{
  zab_engine_shut_down (self->engine);
  zab_test_drain ();
  g_assert_cmpuint (zab_engine_get_memory_used (self->engine), ==, 0);
  g_assert_finalize_object (self->engine);
  g_clear_object (&self->file);
}

static void
wait_for_state (Fixture *self, ZabOutputState state)
{
  zab_test_wait_until (zab_engine_get_output_state (self->engine) == state);
}

static void
load_and_wait (Fixture *self, guint pad)
{
  const guint before = self->n_success;

  zab_engine_load_sample_async (self->engine, pad, self->file, NULL, NULL, NULL);
  zab_test_wait_until (self->n_success > before);
}

/* Running, and heard on both channels. */
static void
wait_for_sound (Fixture *self)
{
  wait_for_state (self, ZAB_OUTPUT_RUNNING);
  zab_test_audio_wait_linked ("zabumba");
}

/* How far up a fade is @step frames from its silent end. */
static float
fade (gint64 step, gint64 length)
{
  return step > length ? 1.0f : (float)step / (float)(length + 1);
}

/* The one-shot of the whole file, as the mixer is to play it. */
static float
expected (gint64 frame, guint channel)
{
  return zab_test_counter ((guint64)frame, channel) * fade (frame + 1, ATTACK)
         * fade (LENGTH - frame, RELEASE);
}

/* From file to sound: every frame is there, in its place, to the bit. */
static void
test_bit_exact (void)
{
  Fixture self;
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree float *heard = NULL;
  guint64           clock, first_clock;
  gsize             n_heard, onset;

  set_up (&self);
  load_and_wait (&self, 0);
  wait_for_sound (&self);
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
      g_assert_true (heard[2 * (onset + i) + c] == expected (i, c));
  for (gsize i = (onset + LENGTH) * 2; i < n_heard * 2; i++)
    g_assert_true (heard[i] == 0.0f);
  tear_down (&self);
}

/* Triggers between two cycles sound at exactly the first frame of the next one. */
static void
test_trigger_to_sink (void)
{
  enum
  {
    N_TRIGGERS = 20
  };
  Fixture self;
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree float *heard = NULL;
  guint64           clocks[N_TRIGGERS], first_clock;
  gsize             n_heard;

  set_up (&self);
  load_and_wait (&self, 0);
  wait_for_sound (&self);
  zab_test_recorder_step (recorder, 20);
  for (guint i = 0; i < N_TRIGGERS; i++)
    {
      clocks[i] = zab_test_recorder_step (recorder, 1 + i % 5);
      g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
      zab_test_recorder_step (recorder, 2);
      g_assert_true (zab_engine_stop_pad (self.engine, 0));
      zab_test_recorder_step (recorder, 2);
    }
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  for (guint i = 0; i < N_TRIGGERS; i++)
    {
      const gsize at = clocks[i] - first_clock;

      g_assert_cmpuint (at, <, n_heard);
      g_assert_true (heard[2 * at] == expected (0, 0));
      g_assert_true (heard[2 * (at - 1)] == 0.0f);
    }
  tear_down (&self);
}

/* A quantised pad sounds on the grid's own frame, in the midst of a cycle; a timed one on its own.
 */
static void
test_exact_frames (void)
{
  enum
  {
    SIXTEENTH = 6000, /* frames, at 120 */
  };
  Fixture self;
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree float *heard = NULL;
  guint64           start, timed, first_clock, mixer_clock;
  gsize             n_heard, at;

  set_up (&self);
  load_and_wait (&self, 0);
  wait_for_sound (&self);
  zab_test_recorder_step (recorder, 20);
  start = zab_test_recorder_step (recorder, 1);
  g_assert_true (zab_engine_set_pad_quantise (self.engine, 0, ZAB_QUANTISE_1_16));
  g_assert_true (zab_engine_start_transport (self.engine));
  zab_test_recorder_step (recorder, 1);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  zab_test_recorder_step (recorder, 2 * SIXTEENTH / QUANTUM);
  g_assert_true (zab_engine_stop_all (self.engine));
  g_assert_true (zab_engine_stop_transport (self.engine));
  timed = zab_test_recorder_step (recorder, 5) + 1000;
  mixer_clock = zab_engine_get_clock (self.engine);
  g_assert_true (zab_engine_play_pad_at (self.engine, 0, 1.0f, mixer_clock + 1000));
  zab_test_recorder_step (recorder, 10);
  heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
  at = start + SIXTEENTH - first_clock;
  g_assert_true (heard[2 * (at - 1)] == 0.0f);
  g_assert_true (heard[2 * at] == expected (0, 0));
  at = timed - first_clock;
  g_assert_true (heard[2 * (at - 1)] == 0.0f);
  g_assert_true (heard[2 * at] == expected (0, 0));
  g_assert_true (heard[2 * (at + 1)] == expected (1, 0));
  tear_down (&self);
}

/* No daemon: said so, loads for 48 kHz all the same, refuses to play. */
static void
test_no_daemon (void)
{
  g_autofree char *socket_folder = g_strdup (g_getenv ("PIPEWIRE_RUNTIME_DIR"));
  g_autofree char *empty = zab_test_make_dir ();
  Fixture          self;

  g_setenv ("PIPEWIRE_RUNTIME_DIR", empty, TRUE);
  set_up (&self);
  g_assert_cmpint (zab_engine_get_output_state (self.engine), ==, ZAB_OUTPUT_NO_DAEMON);
  load_and_wait (&self, 0);
  g_assert_cmpuint (zab_engine_get_rate (self.engine), ==, RATE);
  g_assert_cmpuint (self.n_frames, ==, LENGTH);
  g_assert_false (zab_engine_play_pad (self.engine, 0, 1.0f));
  for (guint i = 0; i < 3000; i++) /* nobody empties the ring but the engine itself */
    g_assert_true (zab_engine_set_volume (self.engine, 1.0f));
  g_setenv ("PIPEWIRE_RUNTIME_DIR", socket_folder, TRUE);
  wait_for_state (&self, ZAB_OUTPUT_RUNNING);
  tear_down (&self);
}

static gboolean
has_come_to (Fixture *self, guint pad, double position)
{
  ZabPadActivity activity;

  zab_engine_get_pad_activity (self->engine, pad, &activity);
  return activity.playing && activity.position >= position;
}

static void
wait_for_playing (Fixture *self, guint pad)
{
  ZabPadActivity activity;

  do
    {
      zab_test_drain ();
      zab_engine_get_pad_activity (self->engine, pad, &activity);
    }
  while (!activity.playing);
}

/* The daemon dies and returns: loads end meanwhile, and what was loaded plays again; a loop that
 * played goes on where it was. */
static void
test_daemon_returns (void)
{
  Fixture        self;
  ZabPadActivity activity;
  guint64        clock;

  set_up (&self);
  load_and_wait (&self, 0);
  wait_for_state (&self, ZAB_OUTPUT_RUNNING);
  g_assert_true (zab_engine_set_pad_loop (self.engine, 0, TRUE));
  g_assert_true (zab_engine_set_pad_loop (self.engine, 1, TRUE));
  load_and_wait (&self, 1);
  g_assert_true (zab_engine_play_pad (self.engine, 1, 1.0f));
  wait_for_playing (&self, 1);
  zab_test_audio_crash ();
  wait_for_state (&self, ZAB_OUTPUT_NO_DAEMON);
  for (guint i = 2; i < 10; i++)
    load_and_wait (&self, i);
  clock = zab_engine_get_clock (self.engine);
  zab_engine_get_pad_activity (self.engine, 1, &activity);
  g_assert_true (activity.playing);
  zab_test_audio_start ();
  wait_for_sound (&self);
  zab_test_wait_until (zab_engine_get_clock (self.engine) > clock);
  zab_engine_get_pad_activity (self.engine, 1, &activity);
  g_assert_true (activity.playing);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  zab_test_wait_until (has_come_to (&self, 0, 0.1));
  g_assert_cmpuint (self.n_error, ==, 0);
  tear_down (&self);
}

static void
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
force_rate (const char *rate)
{
  const char *arguments[]
      = { "pw-metadata", "-n", "settings", "0", "clock.force-rate", rate, NULL };

  run (arguments);
}

/* Where the pad's loop is, in seconds. */
static double
loop_position (Fixture *self, guint pad)
{
  ZabPadActivity activity;

  zab_engine_get_pad_activity (self->engine, pad, &activity);
  g_assert_true (activity.playing);
  return activity.position * LENGTH / RATE;
}

/* The graph changes its rate: every pad's file is loaded again for the new one, and what loops
 * meanwhile goes on and on. */
static void
test_rate_change (void)
{
  Fixture self;

  set_up (&self);
  load_and_wait (&self, 0);
  load_and_wait (&self, 7);
  wait_for_sound (&self);
  g_assert_true (zab_engine_set_pad_loop (self.engine, 7, TRUE));
  g_assert_true (zab_engine_play_pad (self.engine, 7, 1.0f));
  wait_for_playing (&self, 7);
  force_rate ("44100");
  zab_test_wait_until (zab_engine_get_rate (self.engine) == 44100);
  g_assert_cmpfloat (loop_position (&self, 7), <=, (double)LENGTH / RATE);
  zab_test_wait_until (self.n_success == 4);
  g_assert_cmpuint (self.n_frames, ==, (LENGTH * 44100ull + RATE - 1) / RATE);
  g_assert_cmpfloat (loop_position (&self, 7), <=, (double)LENGTH / RATE);
  force_rate ("48000");
  zab_test_wait_until (zab_engine_get_rate (self.engine) == RATE);
  zab_test_wait_until (self.n_success == 6);
  g_assert_cmpuint (self.n_frames, ==, LENGTH);
  g_assert_cmpfloat (loop_position (&self, 7), <=, (double)LENGTH / RATE);
  tear_down (&self);
}

static void
force_quantum (const char *quantum)
{
  const char *arguments[]
      = { "pw-metadata", "-n", "settings", "0", "clock.force-quantum", quantum, NULL };

  run (arguments);
}

static guint
read_quantum (Fixture *self)
{
  ZabDeadlineReading reading;

  zab_engine_read_deadline (self->engine, &reading);
  g_assert_cmpuint (reading.rate, ==, RATE);
  return reading.quantum;
}

/* Whatever the quantum, a loop goes on, and the engine tells which it is. */
static void
test_quantum_change (void)
{
  const char *const quanta[] = { "64", "1024", "128", "0" };
  const guint       expected_quanta[] = { 64, 1024, 128, QUANTUM };
  Fixture           self;

  set_up (&self);
  load_and_wait (&self, 0);
  wait_for_sound (&self);
  g_assert_true (zab_engine_set_pad_loop (self.engine, 0, TRUE));
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  wait_for_playing (&self, 0);
  for (guint i = 0; i < G_N_ELEMENTS (quanta); i++)
    {
      const guint64 clock = zab_engine_get_clock (self.engine);

      force_quantum (quanta[i]);
      zab_test_wait_until (zab_engine_get_clock (self.engine) > clock + LENGTH);
      zab_test_wait_until (read_quantum (&self) == expected_quanta[i]);
      g_assert_cmpint (zab_engine_get_output_state (self.engine), ==, ZAB_OUTPUT_RUNNING);
      g_assert_cmpfloat (loop_position (&self, 0), <=, (double)LENGTH / RATE);
    }
  tear_down (&self);
}

/* Whatever the quantum, a trigger between two cycles sounds at the first frame of the next one. */
static void
test_trigger_at_quanta (void)
{
  const guint quanta[] = { 64, 128, 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (quanta); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", quanta[i]);
      Fixture          self;
      g_autoptr (ZabTestRecorder) recorder = NULL;
      g_autofree float *heard = NULL;
      guint64           before, clock, first_clock;
      gsize             n_heard, at;

      force_quantum (text);
      recorder = zab_test_recorder_new ();
      set_up (&self);
      load_and_wait (&self, 0);
      wait_for_sound (&self);
      before = zab_test_recorder_step (recorder, 20);
      clock = zab_test_recorder_step (recorder, 1);
      g_assert_cmpuint (clock - before, ==, quanta[i]);
      g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
      zab_test_recorder_step (recorder, 2);
      heard = zab_test_recorder_finish (recorder, &n_heard, &first_clock);
      at = clock - first_clock;
      g_assert_cmpuint (at, <, n_heard);
      g_assert_true (heard[2 * (at - 1)] == 0.0f);
      g_assert_true (heard[2 * at] == expected (0, 0));
      tear_down (&self);
    }
  force_quantum ("0");
}

static void
test_device_returns (void)
{
  const char *destroy[] = { "pw-cli", "destroy", "rig-sink", NULL };
  Fixture     self;

  set_up (&self);
  load_and_wait (&self, 0);
  wait_for_state (&self, ZAB_OUTPUT_RUNNING);
  run (destroy);
  wait_for_state (&self, ZAB_OUTPUT_NO_DEVICE);
  g_assert_false (zab_engine_play_pad (self.engine, 0, 1.0f));
  load_and_wait (&self, 1);
  zab_test_audio_crash (); /* the session starts with its sink again */
  zab_test_audio_start ();
  wait_for_sound (&self);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  tear_down (&self);
}

#ifdef ZAB_TEST_RT_GUARD
/* Pads are played, stopped, looped, loaded again and cleared while the callback is guarded. */
static void
exercise (Fixture *self, ZabTestRecorder *recorder)
{
  for (guint round = 0; round < 20; round++)
    {
      const guint pad = round % 5;

      load_and_wait (self, pad);
      g_assert_true (zab_engine_set_pad_loop (self->engine, pad, round % 2 == 0));
      g_assert_true (zab_engine_play_pad (self->engine, pad, 1.0f));
      zab_test_recorder_step (recorder, 5);
      g_assert_true (zab_engine_play_pad (self->engine, pad, 0.5f));
      g_assert_true (zab_engine_set_volume (self->engine, 0.5f));
      zab_test_recorder_step (recorder, 5);
      if (round % 7 == 0)
        g_assert_true (zab_engine_unload_pad (self->engine, pad));
      if (round % 3 == 0)
        g_assert_true (zab_engine_stop_all (self->engine));
    }
}

static void
test_callback_is_realtime (void)
{
  Fixture self;
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  ZabRtGuardReport report;

  set_up (&self);
  wait_for_sound (&self);
  exercise (&self, recorder); /* binds symbols, touches the stack */
  zab_rt_guard_reset ();
  for (guint i = 0; i < 10; i++)
    exercise (&self, recorder);
  report = zab_rt_guard_get_report ();
  g_assert_cmpuint (report.sections, >=, 10 * 20 * 10);
  g_assert_true (zab_rt_guard_is_clean ());
  tear_down (&self);
}
#endif

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  /* First: it sets the environment, which is for a process without threads. */
  zab_test_add ("/engine/output/exact-frames", test_exact_frames);
  zab_test_add ("/engine/output/no-daemon", test_no_daemon);
  zab_test_add ("/engine/output/bit-exact", test_bit_exact);
  zab_test_add ("/engine/output/trigger-to-sink", test_trigger_to_sink);
  zab_test_add ("/engine/output/daemon-returns", test_daemon_returns);
  zab_test_add ("/engine/output/rate-change", test_rate_change);
  zab_test_add ("/engine/output/quantum-change", test_quantum_change);
  zab_test_add ("/engine/output/trigger-at-quanta", test_trigger_at_quanta);
  zab_test_add ("/engine/output/device-returns", test_device_returns);
#ifdef ZAB_TEST_RT_GUARD
  zab_test_add ("/engine/output/callback-is-realtime", test_callback_is_realtime);
#endif
  return g_test_run ();
}
