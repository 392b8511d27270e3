/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/wait.h>

#include "lib/zab-test-process.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"

enum
{
  N_FRAMES = 1000
};

static void
test_counter_exact (void)
{
  g_autofree float    *frames = g_new0 (float, 2 * N_FRAMES);
  ZabTestCounterReport report;

  zab_test_fill_counter (frames + 2 * 100, N_FRAMES - 100, 2, 500);
  report = zab_test_check_counter (frames, N_FRAMES);
  g_assert_cmpuint (report.silent, ==, 100);
  g_assert_cmpuint (report.exact, ==, N_FRAMES - 100);
  g_assert_cmpuint (report.wrong, ==, 0);
  g_assert_cmpuint (report.breaks, ==, 0);
  g_assert_cmpuint (report.start, ==, 100);
  g_assert_cmpuint (report.counter, ==, 500);
}

/* The counter goes round without a break and stays exact. */
static void
test_counter_wraps (void)
{
  g_autofree float    *frames = g_new0 (float, 2 * N_FRAMES);
  ZabTestCounterReport report;

  zab_test_fill_counter (frames, N_FRAMES, 2, (1 << 24) - 1 - N_FRAMES / 2);
  report = zab_test_check_counter (frames, N_FRAMES);
  g_assert_cmpuint (report.exact, ==, N_FRAMES);
  g_assert_cmpuint (report.breaks, ==, 0);
}

static void
test_counter_faults (void)
{
  g_autofree float    *frames = g_new0 (float, 2 * N_FRAMES);
  ZabTestCounterReport report;

  zab_test_fill_counter (frames, N_FRAMES, 2, 0);
  frames[2 * 10 + 1] = -frames[2 * 10 + 1]; /* wrong on the right */
  memmove (frames + 2 * 20, frames + 2 * 21,
           50 * 2 * sizeof (float));                    /* 20 is lost, 70 comes twice */
  memset (frames + 2 * 500, 0, 4 * 2 * sizeof (float)); /* a hole */
  report = zab_test_check_counter (frames, N_FRAMES);
  g_assert_cmpuint (report.wrong, ==, 1);
  g_assert_cmpuint (report.silent, ==, 4);
  g_assert_cmpuint (report.exact, ==, N_FRAMES - 5);
  g_assert_cmpuint (report.breaks, ==, 4);
}

static void
test_wav (void)
{
  g_autofree char  *dir = zab_test_make_dir ();
  g_autofree char  *path = g_build_filename (dir, "a.wav", NULL);
  g_autofree float *frames = g_new0 (float, 2 * N_FRAMES);
  g_autoptr (ZabTestWav) wav = NULL;
  g_autoptr (ZabTestWav) none = NULL;
  g_autoptr (GError) error = NULL;

  zab_test_fill_sine (frames, N_FRAMES, 2, 440, 44100, 0.5);
  g_assert_true (zab_test_wav_write (path, frames, N_FRAMES, 2, 44100, &error));
  wav = zab_test_wav_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (wav->rate, ==, 44100);
  g_assert_cmpuint (wav->channels, ==, 2);
  g_assert_cmpmem (wav->frames, wav->n_frames * 2 * sizeof (float), frames,
                   2 * N_FRAMES * sizeof (float));
  g_assert_true (g_file_set_contents (path, "RIFF no WAV", -1, NULL));
  none = zab_test_wav_read (path, &error);
  g_assert_null (none);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

static void
test_dir_is_removed (void)
{
  g_autofree char *outer = zab_test_make_dir ();
  g_autoptr (GDir) content = NULL;

  if (g_test_subprocess ())
    {
      g_autofree char *file = g_build_filename (outer, "file", NULL);

      g_assert_true (g_str_has_prefix (outer, g_getenv ("TMPDIR")));
      g_assert_true (g_file_set_contents (file, "x", -1, NULL));
      return;
    }
  g_setenv ("TMPDIR", outer, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_unsetenv ("TMPDIR");
  content = g_dir_open (outer, 0, NULL);
  g_assert_nonnull (content);
  g_assert_null (g_dir_read_name (content));
}

static void
test_process (void)
{
  g_autoptr (ZabTestProcess) process
      = zab_test_process_new ((const char *[]){ "sh", "-c", "echo hello; cat; exit 3", NULL });
  g_autofree char *first = zab_test_process_read_line (process);
  g_autofree char *second = NULL;

  g_assert_cmpstr (first, ==, "hello");
  zab_test_process_write (process, "one\ntwo and more\n");
  second = zab_test_process_dup_line (process, "two ");
  g_assert_cmpstr (second, ==, "and more");
  g_assert_cmpint (zab_test_process_finish (process), ==, 3);
}

/* What hangs dies, and says where. */
static void
test_watchdog (void)
{
  if (g_test_subprocess ())
    {
      g_setenv ("ZAB_TEST_TIMEOUT", "1", TRUE);
      zab_test_wait_until (g_getenv ("ZAB_TEST_NEVER"));
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*watchdog: /rig/lib/watchdog hangs at *test-lib.c:*, "
                             "waiting until g_getenv (\"ZAB_TEST_NEVER\")*");
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rig/lib/counter-exact", test_counter_exact);
  zab_test_add ("/rig/lib/counter-wraps", test_counter_wraps);
  zab_test_add ("/rig/lib/counter-faults", test_counter_faults);
  zab_test_add ("/rig/lib/wav", test_wav);
  zab_test_add ("/rig/lib/dir-is-removed", test_dir_is_removed);
  zab_test_add ("/rig/lib/process", test_process);
  zab_test_add ("/rig/lib/watchdog", test_watchdog);
  return g_test_run ();
}
