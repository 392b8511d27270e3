/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

#include <gio/gio.h>

#include "lib/zab-test-audio.h"
#include "lib/zab-test-process.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"

enum
{
  N_CYCLES = 200,
  QUANTUM = 256, /* with-audio's */
};

static ZabTestProcess *
play (const char *option, const char *value)
{
  const char     *arguments[] = { g_getenv ("ZAB_TEST_PLAYER"), option, value, NULL };
  ZabTestProcess *player = zab_test_process_new (arguments);

  zab_test_process_expect (player, "streaming");
  zab_test_audio_wait_linked ("zab-test-player");
  return player;
}

/* N_CYCLES of what the player plays, from its first frame on. */
static ZabTestCounterReport
record_player (const char *option, const char *value)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autoptr (ZabTestProcess) player = play (option, value);
  g_autofree float *frames = NULL;
  gsize             n_frames;

  zab_test_recorder_step (recorder, N_CYCLES);
  frames = zab_test_recorder_finish (recorder, &n_frames, NULL);
  g_assert_cmpuint (n_frames, >=, N_CYCLES * QUANTUM);
  zab_test_process_finish (player);
  return zab_test_check_counter (frames, n_frames);
}

static void
test_bit_exact (void)
{
  ZabTestCounterReport report = record_player (NULL, NULL);

  g_assert_cmpuint (report.wrong, ==, 0);
  g_assert_cmpuint (report.breaks, ==, 0);
  g_assert_cmpuint (report.counter, ==, 0);
  g_assert_cmpuint (report.exact, >=, N_CYCLES / 2 * QUANTUM);
}

/* Controls: a single wrong bit and a single lost frame are seen. */
static void
test_wrong_bit (void)
{
  ZabTestCounterReport report = record_player ("--wrong", "5000");

  g_assert_cmpuint (report.wrong, ==, 1);
  g_assert_cmpuint (report.breaks, ==, 1);
}

static void
test_lost_frame (void)
{
  ZabTestCounterReport report = record_player ("--skip", "5000");

  g_assert_cmpuint (report.wrong, ==, 0);
  g_assert_cmpuint (report.breaks, ==, 1);
}

/* A trigger between two cycles sounds at exactly the first frame of the next one. */
static void
test_step (void)
{
  enum
  {
    N_TRIGGERS = 20
  };
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autoptr (ZabTestProcess) player = play ("--trigger", NULL);
  g_autofree float *frames = NULL;
  guint64           clocks[N_TRIGGERS], first_clock;
  gsize             n_frames;

  zab_test_recorder_step (recorder, 50);
  for (guint i = 0; i < N_TRIGGERS; i++)
    {
      clocks[i] = zab_test_recorder_step (recorder, 1 + i % 5);
      zab_test_process_write (player, "x");
      zab_test_process_expect (player, "asked");
      zab_test_recorder_step (recorder, 2);
    }
  frames = zab_test_recorder_finish (recorder, &n_frames, &first_clock);
  for (guint i = 0; i < N_TRIGGERS; i++)
    {
      gsize at = clocks[i] - first_clock;

      g_assert_cmpuint (at, <, n_frames);
      g_assert_cmpfloat (frames[2 * at], ==, zab_test_counter (0, 0));
      g_assert_cmpfloat (frames[2 * (at - 1)], ==, 0);
    }
}

/* Control: a callback that sleeps makes the profiler count missed cycles. */
static void
test_missed_cycle (void)
{
  g_autoptr (ZabTestProcess) profiler
      = zab_test_process_new ((const char *[]){ g_getenv ("ZAB_TEST_PROFILER"), NULL });
  g_autoptr (ZabTestProcess) player = NULL;
  g_autofree char *line = NULL;

  zab_test_process_expect (profiler, "profiling");
  player = play ("--stall", "100000");
  zab_test_process_expect (profiler, "missed zab-test-player");
  zab_test_process_signal (profiler, SIGINT);
  line = zab_test_process_dup_line (profiler, "node zab-test-player missed ");
  g_assert_cmpuint (g_ascii_strtoull (line, NULL, 10), >=, 1);
  g_assert_cmpint (zab_test_process_finish (profiler), ==, 1);
}

/* The daemon goes and comes at the test's word. */
static void
test_crash_and_start (void)
{
  g_autofree char *socket
      = g_build_filename (g_getenv ("PIPEWIRE_RUNTIME_DIR"), "pipewire-0", NULL);
  g_autoptr (GSubprocess) info = NULL;

  zab_test_audio_crash ();
  info = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                           NULL, "pw-cli", "info", "0", NULL);
  g_assert_false (g_subprocess_wait_check (info, NULL, NULL));
  zab_test_audio_start ();
  g_assert_true (g_file_test (socket, G_FILE_TEST_EXISTS));
  test_bit_exact ();
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rig/audio/bit-exact", test_bit_exact);
  zab_test_add ("/rig/audio/wrong-bit", test_wrong_bit);
  zab_test_add ("/rig/audio/lost-frame", test_lost_frame);
  zab_test_add ("/rig/audio/step", test_step);
  zab_test_add ("/rig/audio/missed-cycle", test_missed_cycle);
  zab_test_add ("/rig/audio/crash-and-start", test_crash_and_start);
  return g_test_run ();
}
