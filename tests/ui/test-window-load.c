/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window: sounds come in by drop, chooser and clipboard; loads are cancelled, fail, and
 * are left alone. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/input-event-codes.h>
#include <sys/file.h>
#include <unistd.h>

#include "ui/zab-test-app.h"

enum
{
  N_HELD = 36
};

static void
wait_shown (ZabTestApp *self, const char *what)
{
  g_object_unref (zab_test_app_wait (self, what));
}

static void
test_drop (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *a = zab_test_app_write_wav (dir, "a.wav", 0.1);
  g_autofree char *c = zab_test_app_write_wav (dir, "c.wav", 0.1);
  g_autoptr (ZabTestProcess) files = NULL;
  g_autoptr (ZabTestProcess) folder = NULL;

  g_free (zab_test_app_write_wav (dir, "b.wav", 0.1));
  zab_test_app_start (&self, (const char *[]){ NULL });
  files = zab_test_app_start_source ((const char *[]){ c, a, NULL });
  zab_test_app_drop (&self, files, "Pad A8, empty");
  wait_shown (&self, "Pad A8, c, ready");
  wait_shown (&self, "Pad A9, a, ready");
  g_assert_true (zab_test_app_shows (&self, "Pad A7, empty"));
  g_assert_true (zab_test_app_shows (&self, "Pad A10, empty"));
  zab_test_process_signal (files, SIGTERM);
  folder = zab_test_app_start_source ((const char *[]){ dir, NULL });
  zab_test_app_drop (&self, folder, "Pad A36, empty");
  wait_shown (&self, "Pad A36, a, ready");
  zab_test_wait_until (zab_test_app_get_state (&self, "n-ready") == 5);
  zab_test_app_activate (&self, "select-bank", g_variant_new_uint32 (1));
  wait_shown (&self, "Pad B1, b, ready");
  wait_shown (&self, "Pad B2, c, ready");
  zab_test_app_stop (&self);
}

static void
test_chooser (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *a = zab_test_app_write_wav (dir, "a.wav", 0.1);

  zab_test_app_start (&self, (const char *[]){ NULL });
  zab_test_app_click (&self, "Pad A1, empty");
  zab_test_app_focus_window (&self, "Load Sounds");
  zab_test_app_wait_focus (&self, "Load Sounds");
  zab_test_input_key (self.input, KEY_ESC);
  zab_test_wait_until (!zab_test_input_find_window (self.input, "Load Sounds"));
  zab_test_app_focus_window (&self, "Zabumba");
  zab_test_app_click (&self, "Pad A1, empty");
  zab_test_app_focus_window (&self, "Load Sounds");
  zab_test_app_wait_focus (&self, "Load Sounds");
  zab_test_app_type (&self, a);
  zab_test_app_confirm (&self, "Load Sounds");
  wait_shown (&self, "Pad A1, a, ready");
  zab_test_app_stop (&self);
}

static void
test_paste (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *a = zab_test_app_write_wav (dir, "a.wav", 0.1);
  g_autofree char *b = zab_test_app_write_wav (dir, "b.wav", 0.1);
  g_autoptr (ZabTestProcess) source = NULL;

  zab_test_app_start (&self, (const char *[]){ NULL });
  source = zab_test_app_start_source ((const char *[]){ a, b, NULL });
  zab_test_app_focus_window (&self, "Zabumba");
  zab_test_input_key (self.input, KEY_RIGHT);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_V);
  wait_shown (&self, "Pad A2, a, ready");
  wait_shown (&self, "Pad A3, b, ready");
  zab_test_app_stop (&self);
}

/* The program with a bankful of sounds on a disk that does not answer until the gate is unlocked:
 * some loads are under way, the others wait for their turn. */
static int
start_held (ZabTestApp *self)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *gate_path = g_build_filename (dir, "gate", NULL);
  g_auto (GStrv) paths = g_new0 (char *, N_HELD + 1);
  int gate = g_open (gate_path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  g_assert_cmpint (flock (gate, LOCK_EX), ==, 0);
  for (int i = 0; i < N_HELD; i++)
    {
      g_autofree char *name = g_strdup_printf ("held %02d.wav", i + 1);

      paths[i] = zab_test_app_write_wav (dir, name, 0.1);
    }
  zab_test_app_start (self, (const char *const *)paths);
  return gate;
}

static void
test_states (void)
{
  ZabTestApp self = { 0 };
  int        gate = start_held (&self);
  g_autoptr (ZabTestAccessible) loading = NULL;

  wait_shown (&self, "Pad A36, held 36, waiting to load");
  loading = zab_test_app_wait (&self, "Pad A1, held 01, loading");
  g_assert_true (zab_test_a11y_has_state (loading, ATSPI_STATE_BUSY));
  zab_test_app_wait_described (&self, "Pad A1, held 01, loading", "Key 1. Reading");
  wait_shown (&self, "progress bar:Loading");
  g_assert_cmpuint (zab_test_app_get_state (&self, "n-loading"), ==, N_HELD);
  g_assert_cmpint (flock (gate, LOCK_UN), ==, 0);
  zab_test_wait_until (zab_test_app_get_state (&self, "n-ready") == N_HELD);
  wait_shown (&self, "Pad A1, held 01, ready");
  zab_test_wait_until (!zab_test_app_shows (&self, "progress bar:Loading"));
  zab_test_app_stop (&self);
  close (gate);
}

static void
test_cancel (void)
{
  ZabTestApp self = { 0 };
  int        gate = start_held (&self);

  zab_test_app_do (&self, "Pad A36, held 36, waiting to load", "pad.cancel");
  wait_shown (&self, "Pad A36, empty");
  wait_shown (&self, "Pad A1, held 01, loading");
  zab_test_app_click (&self, "push button:Cancel Loading"); /* the first pad's */
  wait_shown (&self, "Pad A1, empty");
  zab_test_app_click (&self, "Pad A35, held 35, waiting to load"); /* only selects it */
  zab_test_input_key (self.input, KEY_BACKSPACE);
  wait_shown (&self, "Pad A35, empty");
  g_assert_cmpuint (zab_test_app_get_state (&self, "n-loading"), ==, N_HELD - 3);
  zab_test_app_click (&self, "push button:Cancel All Loads");
  wait_shown (&self, "Pad A34, empty");
  zab_test_wait_until (!zab_test_app_shows (&self, "progress bar:Loading"));
  g_assert_cmpuint (zab_test_app_get_state (&self, "n-loading"), ==, 0);
  g_assert_cmpuint (zab_test_app_get_state (&self, "n-ready"), ==, 0);
  zab_test_app_stop (&self);
  close (gate);
}

/* A window that is closed in the midst of loads goes at once; the program ends with the last job.
 */
static void
test_close (void)
{
  ZabTestApp self = { 0 };
  int        gate = start_held (&self);

  wait_shown (&self, "Pad A1, held 01, loading");
  zab_test_app_click (&self, "push button:Close");
  zab_test_wait_until (!zab_test_input_find_window (self.input, "Zabumba"));
  g_assert_cmpint (flock (gate, LOCK_UN), ==, 0);
  g_assert_cmpint (zab_test_process_finish (self.process), ==, 0);
  zab_test_app_stop (&self);
  close (gate);
}

static void
test_failure (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *bad = zab_test_app_write_broken_wav (dir, "bad.wav");
  g_autofree char *repaired = NULL;

  zab_test_app_start (&self, (const char *[]){ bad, NULL });
  wait_shown (&self, "Pad A1, bad, failed");
  zab_test_app_wait_described (&self, "Pad A1, bad, failed", "bad.wav");
  zab_test_app_click (&self, "Pad A1, bad, failed");
  wait_shown (&self, "push button:Choose Another…");
  repaired = zab_test_app_write_wav (dir, "bad.wav", 0.1);
  zab_test_app_do (&self, "push button:Retry", NULL);
  wait_shown (&self, "Pad A1, bad, ready");
  zab_test_wait_until (!zab_test_app_shows (&self, "push button:Choose Another…"));
  zab_test_app_stop (&self);
}

/* The sound that was there stays, and can be played although the new one failed. */
static void
test_failure_keeps (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *good = zab_test_app_write_wav (dir, "good loop.wav", 1);
  g_autofree char *bad = zab_test_app_write_broken_wav (dir, "bad.wav");
  g_autoptr (ZabTestProcess) source = NULL;

  zab_test_app_start (&self, (const char *[]){ good, NULL });
  wait_shown (&self, "Pad A1, good loop, ready");
  zab_test_app_wait_sound (&self);
  source = zab_test_app_start_source ((const char *[]){ bad, NULL });
  zab_test_app_drop (&self, source, "Pad A1, good loop, ready");
  wait_shown (&self, "Pad A1, bad, failed");
  zab_test_app_click (&self, "Pad A1, bad, failed");
  wait_shown (&self, "Pad A1, bad, failed, playing");
  zab_test_app_do (&self, "push button:What Went Wrong", NULL);
  zab_test_app_do (&self, "push button:Dismiss", NULL);
  wait_shown (&self, "Pad A1, good loop, playing");
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/window-load/drop", test_drop);
  zab_test_add ("/ui/window-load/chooser", test_chooser);
  zab_test_add ("/ui/window-load/paste", test_paste);
  zab_test_add ("/ui/window-load/states", test_states);
  zab_test_add ("/ui/window-load/cancel", test_cancel);
  zab_test_add ("/ui/window-load/close", test_close);
  zab_test_add ("/ui/window-load/failure", test_failure);
  zab_test_add ("/ui/window-load/failure-keeps", test_failure_keeps);
  return g_test_run ();
}
