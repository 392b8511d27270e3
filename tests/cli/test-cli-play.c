/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

#include "lib/zab-test-audio.h"
#include "lib/zab-test-process.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"
#include "zab-test-cli.h"

enum
{
  N_FRAMES = 4800, /* of each sound */
  N_CYCLES = 40,   /* of 256 frames: more than a sound takes */
  ATTACK = 144,    /* frames: 3 ms at 48000 Hz */
  RELEASE = 240,   /* frames: 5 ms */
};

static ZabTestProcess *
play (const char *a, const char *b)
{
  const char *arguments[] = { g_getenv ("ZAB_TEST_CLI"), "play", a, b, NULL };

  return zab_test_process_new (arguments);
}

static void
expect_line (ZabTestProcess *process, const char *expected)
{
  g_autofree char *line = zab_test_process_read_line (process);

  g_assert_cmpstr (line, ==, expected);
}

static float
fade (guint step, guint length)
{
  return step > length ? 1.0F : (float)step / (float)(length + 1);
}

/* The sound that begins at @frames[2 * at], from @first of the counter on, and silence after it. */
static void
assert_sound (const float *frames, gsize at, guint64 first)
{
  for (guint i = 0; i < N_FRAMES; i++)
    {
      const float level = fade (i + 1, ATTACK) * fade (N_FRAMES - i, RELEASE);

      g_assert_cmpfloat (frames[2 * (at + i)], ==, zab_test_counter (first + i, 0) * level);
      g_assert_cmpfloat (frames[2 * (at + i) + 1], ==, zab_test_counter (first + i, 1) * level);
    }
  g_assert_cmpfloat (frames[2 * (at + N_FRAMES)], ==, 0);
}

static gsize
skip_silence (const float *frames, gsize n_frames, gsize at)
{
  while (at < n_frames && !(frames[2 * at] > 0))
    at++;
  return at;
}

/* Two sounds, one after the other, bit for bit as they are but for the fades at their ends. The
 * graph's time stands still while the program finds out that a sound is over. */
static void
test_two (void)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *a = zab_test_cli_make_sound (dir, "a.wav", N_FRAMES, 2, 48000, 1 << 20);
  g_autofree char *b = zab_test_cli_make_sound (dir, "b.wav", N_FRAMES, 2, 48000, 1 << 21);
  g_autoptr (ZabTestProcess) process = play (a, b);
  g_autofree float *frames = NULL;
  gsize             n_frames, at;

  expect_line (process, a);
  zab_test_audio_wait_linked ("zabumba");
  zab_test_recorder_step (recorder, N_CYCLES);
  expect_line (process, b);
  zab_test_recorder_step (recorder, N_CYCLES);
  g_assert_cmpint (zab_test_process_finish (process), ==, 0);
  frames = zab_test_recorder_finish (recorder, &n_frames, NULL);
  at = skip_silence (frames, n_frames, 0);
  g_assert_cmpuint (at + N_FRAMES, <, n_frames);
  assert_sound (frames, at, 1 << 20);
  at = skip_silence (frames, n_frames, at + N_FRAMES);
  g_assert_cmpuint (at + N_FRAMES, <, n_frames);
  assert_sound (frames, at, 1 << 21);
  g_assert_cmpuint (skip_silence (frames, n_frames, at + N_FRAMES), ==, n_frames);
}

/* A file that can't be loaded is told and left out. */
static void
test_missing (void)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *missing = g_build_filename (dir, "missing.wav", NULL);
  g_autofree char *b = zab_test_cli_make_sound (dir, "b.wav", N_FRAMES, 2, 48000, 1 << 21);
  g_autoptr (ZabTestProcess) process = play (missing, b);

  expect_line (process, b);
  zab_test_audio_wait_linked ("zabumba");
  zab_test_recorder_step (recorder, N_CYCLES);
  g_assert_cmpint (zab_test_process_finish (process), ==, 1);
}

/* While the sound can't go on, as no time passes in the graph, only the signal ends the program. */
static void
test_interrupt (void)
{
  g_autoptr (ZabTestRecorder) recorder = zab_test_recorder_new ();
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *a = zab_test_cli_make_sound (dir, "a.wav", N_FRAMES, 2, 48000, 1 << 20);
  g_autoptr (ZabTestProcess) process = play (a, NULL);

  g_assert_nonnull (recorder);
  expect_line (process, a);
  zab_test_process_signal (process, SIGINT);
  g_assert_cmpint (zab_test_process_finish (process), ==, 0);
}

/* The graph's own rate is what is loaded for. */
static void
test_load_for_the_graph (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *a = zab_test_cli_make_sound (dir, "a.wav", 4410, 1, 44100, 0);
  g_autoptr (ZabTestWav) wav = NULL;
  g_auto (ZabTestCli) cli = zab_test_cli_run ("load", "-o", dir, a, NULL);

  zab_test_cli_assert_status (cli, 0);
  wav = zab_test_cli_read_sound (dir, "000.wav");
  g_assert_cmpuint (wav->rate, ==, 48000);
  g_assert_cmpuint (wav->n_frames, ==, 4800);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_cli_init ();
  zab_test_add ("/cli/play/two", test_two);
  zab_test_add ("/cli/play/missing", test_missing);
  zab_test_add ("/cli/play/interrupt", test_interrupt);
  zab_test_add ("/cli/play/load-for-the-graph", test_load_for_the_graph);
  return g_test_run ();
}
