/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window: playing by hand, by keys and by script; states as a screen reader sees them. */
#include <linux/input-event-codes.h>
#include <string.h>

#include "lib/zab-test-audio.h"
#include "ui/zab-test-app.h"

/* Two loops, which sound until they are stopped, and a shot. */
static void
start (ZabTestApp *self)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *drum = zab_test_app_write_wav (dir, "drum loop.wav", 1);
  g_autofree char *bass = zab_test_app_write_wav (dir, "bass loop.wav", 2);
  g_autofree char *shot = zab_test_app_write_wav (dir, "shot.wav", 0.1);

  zab_test_app_start (self, (const char *[]){ drum, bass, shot, NULL });
  zab_test_wait_until (zab_test_app_get_state (self, "n-ready") == 3);
  zab_test_app_wait_sound (self);
}

static void
wait_shown (ZabTestApp *self, const char *what)
{
  g_object_unref (zab_test_app_wait (self, what));
}

static void
test_start (void)
{
  ZabTestApp self = { 0 };
  g_autoptr (ZabTestAccessible) pad = NULL;

  start (&self);
  wait_shown (&self, "push button:Pad A1, drum loop, ready");
  wait_shown (&self, "push button:Pad A2, bass loop, ready");
  wait_shown (&self, "push button:Pad A3, shot, ready");
  wait_shown (&self, "push button:Pad A36, empty");
  g_assert_false (zab_test_app_shows (&self, "Pad B1, empty"));
  zab_test_app_wait_described (&self, "Pad A1, drum loop, ready", "Key 1. Loop");
  pad = zab_test_app_wait (&self, "Pad A1, drum loop, ready");
  g_assert_false (zab_test_a11y_has_state (pad, ATSPI_STATE_PRESSED));
  g_assert_cmpuint (zab_test_app_get_state (&self, "n-loading"), ==, 0);
  zab_test_app_stop (&self);
}

static gboolean
file_says (const char *path, const char *part)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, part) != NULL;
}

/* SIGKILL, and what was on the pads is there at the next start; it can be undone, too. */
static void
test_killed (void)
{
  ZabTestApp       self = { .state = zab_test_make_dir () };
  g_autofree char *journal = g_build_filename (self.state, "zabumba", "journal-1", NULL);

  start (&self);
  zab_test_wait_until (file_says (journal, "/shot.wav"));
  zab_test_app_stop (&self);
  zab_test_app_start (&self, (const char *[]){ NULL });
  zab_test_wait_until (zab_test_app_get_state (&self, "n-ready") == 3);
  wait_shown (&self, "push button:Pad A3, shot, ready");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_shown (&self, "push button:Pad A1, empty");
  g_assert_cmpuint (zab_test_app_get_state (&self, "n-ready"), ==, 0);
  zab_test_app_stop (&self);
  g_free (self.state);
}

static void
test_click (void)
{
  ZabTestApp self = { 0 };
  g_autoptr (ZabTestAccessible) pad = NULL;

  start (&self);
  zab_test_app_click (&self, "Pad A1, drum loop, ready");
  pad = zab_test_app_wait (&self, "Pad A1, drum loop, playing");
  g_assert_true (zab_test_a11y_has_state (pad, ATSPI_STATE_PRESSED));
  g_assert_true (zab_test_a11y_has_state (pad, ATSPI_STATE_FOCUSED));
  g_assert_true (zab_test_app_shows (&self, "Pad A2, bass loop, ready"));
  zab_test_app_click (&self, "Stop All");
  wait_shown (&self, "Pad A1, drum loop, ready");
  zab_test_app_stop (&self);
}

/* Sound begins when the button goes down, not when it comes up. */
static void
test_press (void)
{
  ZabTestApp self = { 0 };
  int        x, y;

  start (&self);
  zab_test_app_locate (&self, "Pad A2, bass loop, ready", &x, &y);
  zab_test_input_move (self.input, x, y);
  zab_test_input_press (self.input, 1);
  wait_shown (&self, "Pad A2, bass loop, playing");
  zab_test_input_release (self.input, 1);
  zab_test_app_stop (&self);
}

static void
start_with_gates (ZabTestApp *self)
{
  zab_test_app_start (self, (const char *[]){ NULL });
  zab_test_app_open_gates (self);
  zab_test_app_wait_sound (self);
}

/* By key, by pointer, and by two at once: the last that is let go ends it. */
static void
test_gate (void)
{
  ZabTestApp self = { 0 };
  int        x, y;

  start_with_gates (&self);
  zab_test_input_key_down (self.input, KEY_1);
  wait_shown (&self, "Pad A1, a, playing");
  zab_test_input_key_up (self.input, KEY_1);
  wait_shown (&self, "Pad A1, a, ready");
  zab_test_app_locate (&self, "Pad A2, a, ready", &x, &y);
  zab_test_input_move (self.input, x, y);
  zab_test_input_press (self.input, 1);
  wait_shown (&self, "Pad A2, a, playing");
  zab_test_input_key_down (self.input, KEY_2);
  zab_test_input_key_down (self.input, KEY_1);
  wait_shown (&self, "Pad A1, a, playing");
  zab_test_input_release (self.input, 1);
  zab_test_input_key_up (self.input, KEY_1);
  wait_shown (&self, "Pad A1, a, ready");
  g_assert_true (zab_test_app_shows (&self, "Pad A2, a, playing"));
  zab_test_input_key_up (self.input, KEY_2);
  wait_shown (&self, "Pad A2, a, ready");
  zab_test_app_stop (&self);
}

/* What is held when another bank comes has been let go. */
static void
test_gate_and_bank (void)
{
  ZabTestApp self = { 0 };

  start_with_gates (&self);
  zab_test_input_key_down (self.input, KEY_1);
  wait_shown (&self, "Pad A1, a, playing");
  zab_test_input_key (self.input, KEY_F2);
  wait_shown (&self, "Pad B1, empty");
  zab_test_input_key_up (self.input, KEY_1);
  zab_test_input_key (self.input, KEY_F1);
  wait_shown (&self, "Pad A1, a, ready");
  zab_test_app_stop (&self);
}

static void
test_keys (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_input_key_down (self.input, KEY_1);
  zab_test_input_key_down (self.input, KEY_2);
  wait_shown (&self, "Pad A1, drum loop, playing");
  wait_shown (&self, "Pad A2, bass loop, playing");
  zab_test_input_key_up (self.input, KEY_1);
  zab_test_input_key_up (self.input, KEY_2);
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_1);
  wait_shown (&self, "Pad A1, drum loop, ready");
  g_assert_true (zab_test_app_shows (&self, "Pad A2, bass loop, playing"));
  zab_test_input_key (self.input, KEY_1);
  wait_shown (&self, "Pad A1, drum loop, playing");
  zab_test_input_key (self.input, KEY_ESC);
  wait_shown (&self, "Pad A1, drum loop, ready");
  wait_shown (&self, "Pad A2, bass loop, ready");
  zab_test_app_stop (&self);
}

/* Commands with Control are no notes: the one that follows them is the only one to sound. */
static void
test_modifiers (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_1);
  zab_test_app_chord (&self, KEY_LEFTALT, KEY_1);
  zab_test_input_key (self.input, KEY_2);
  wait_shown (&self, "Pad A2, bass loop, playing");
  g_assert_true (zab_test_app_shows (&self, "Pad A1, drum loop, ready"));
  zab_test_app_stop (&self);
}

static void
test_layout (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_wait_described (&self, "Pad A7, empty", "Key Q");
  g_assert_true (g_spawn_command_line_sync ("setxkbmap fr", NULL, NULL, NULL, NULL));
  zab_test_input_key (self.input, KEY_1); /* prints “&” there */
  wait_shown (&self, "Pad A1, drum loop, playing");
  zab_test_app_wait_described (&self, "Pad A7, empty", "Key A");
  zab_test_app_wait_described (&self, "Pad A13, empty", "Key Q");
  zab_test_app_wait_described (&self, "Pad A1, drum loop, playing", "Key 1");
  g_assert_true (g_spawn_command_line_sync ("setxkbmap us", NULL, NULL, NULL, NULL));
  zab_test_input_key (self.input, KEY_2);
  zab_test_app_wait_described (&self, "Pad A7, empty", "Key Q");
  zab_test_app_stop (&self);
}

static void
test_banks (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_input_key (self.input, KEY_F6);
  wait_shown (&self, "Pad F1, empty");
  g_assert_false (zab_test_app_shows (&self, "Pad A3, shot, ready"));
  g_assert_cmpuint (zab_test_app_get_state (&self, "select-bank"), ==, 5);
  zab_test_app_click (&self, "push button:Bank B");
  wait_shown (&self, "Pad B1, empty");
  zab_test_input_key (self.input, KEY_F1);
  wait_shown (&self, "Pad A3, shot, ready");
  zab_test_app_stop (&self);
}

static gboolean
is_focused (ZabTestApp *self, const char *what)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (self, what);

  return found && zab_test_a11y_has_state (found, ATSPI_STATE_FOCUSED);
}

static void
test_arrows (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_wait_until (is_focused (&self, "Pad A1, drum loop, ready"));
  zab_test_input_key (self.input, KEY_DOWN);
  zab_test_wait_until (is_focused (&self, "Pad A7, empty"));
  zab_test_input_key (self.input, KEY_RIGHT);
  zab_test_wait_until (is_focused (&self, "Pad A8, empty"));
  zab_test_input_key (self.input, KEY_UP);
  zab_test_wait_until (is_focused (&self, "Pad A2, bass loop, ready"));
  zab_test_input_key (self.input, KEY_SPACE);
  wait_shown (&self, "Pad A2, bass loop, playing");
  zab_test_input_key (self.input, KEY_LEFT);
  zab_test_wait_until (is_focused (&self, "Pad A1, drum loop, ready"));
  zab_test_input_key (self.input, KEY_ENTER);
  wait_shown (&self, "Pad A1, drum loop, playing");
  zab_test_app_stop (&self);
}

static void
test_menu (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_wait_until (is_focused (&self, "Pad A1, drum loop, ready"));
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_F10);
  wait_shown (&self, "menu:*"); /* from GTK 4.10 on, its items have no names */
  zab_test_input_key (self.input, KEY_ESC);
  zab_test_wait_until (!zab_test_app_shows (&self, "menu:*"));
  zab_test_app_do (&self, "Pad A3, shot, ready", "pad.loop");
  zab_test_app_wait_described (&self, "Pad A3, shot, ready", "Key 3. Loop");
  zab_test_app_do (&self, "Pad A1, drum loop, ready", "pad.clear");
  wait_shown (&self, "Pad A1, empty");
  g_assert_cmpuint (zab_test_app_get_state (&self, "n-ready"), ==, 2);
  zab_test_app_stop (&self);
}

static void
test_actions (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_activate (&self, "play-pad", g_variant_new_uint32 (1));
  wait_shown (&self, "Pad A2, bass loop, playing");
  zab_test_app_activate (&self, "play-pad", g_variant_new_uint32 (216)); /* there is none */
  zab_test_app_activate (&self, "stop-pad", g_variant_new_uint32 (1));
  wait_shown (&self, "Pad A2, bass loop, ready");
  zab_test_app_activate (&self, "select-bank", g_variant_new_uint32 (2));
  wait_shown (&self, "Pad C1, empty");
  zab_test_app_activate (&self, "select-bank", g_variant_new_uint32 (6)); /* nor this */
  g_assert_cmpuint (zab_test_app_get_state (&self, "select-bank"), ==, 2);
  zab_test_input_key_down (self.input, KEY_1); /* and stays down */
  zab_test_app_activate (&self, "quit", NULL);
  g_assert_cmpint (zab_test_process_finish (self.process), ==, 0);
  zab_test_input_key_up (self.input, KEY_1);
  zab_test_app_stop (&self);
}

/* Calls the program once more; returns its exit status. */
static int
call (const char *option, const char *value)
{
  const char *command[] = { g_getenv ("ZAB_TEST_ZABUMBA"), option, value, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_exit_status (process);
}

static void
test_remote (void)
{
  ZabTestApp self = { 0 };

  g_assert_cmpint (call ("--play", "1"), ==, 1); /* there is none to play */
  start (&self);
  g_assert_cmpint (call ("--play", "2"), ==, 0);
  wait_shown (&self, "Pad A2, bass loop, playing");
  g_assert_cmpint (call ("--stop", "A2"), ==, 0);
  wait_shown (&self, "Pad A2, bass loop, ready");
  g_assert_cmpint (call ("--play", "A1"), ==, 0);
  wait_shown (&self, "Pad A1, drum loop, playing");
  g_assert_cmpint (call ("--stop-all", NULL), ==, 0);
  wait_shown (&self, "Pad A1, drum loop, ready");
  g_assert_cmpint (call ("--bank", "c"), ==, 0);
  wait_shown (&self, "Pad C1, empty");
  for (const char *const *wrong = (const char *[]){ "0", "37", "G1", "", "1 2", NULL }; *wrong;
       wrong++)
    g_assert_cmpint (call ("--play", *wrong), ==, 1);
  g_assert_cmpint (call ("--bank", "G"), ==, 1);
  zab_test_app_stop (&self);
}

static void
test_starter_set (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *data = zab_test_make_dir ();
  g_autofree char *dir = g_build_filename (data, "starter-set", NULL);
  g_autofree char *wav = NULL;

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  wav = zab_test_app_write_wav (dir, "01 tick.wav", 0.1);
  g_setenv ("ZABUMBA_DATA_DIR", data, TRUE);
  zab_test_app_start (&self, (const char *[]){ NULL });
  wait_shown (&self, "Drop Sounds Here");
  /* Not by the pointer: where so deep a thing is, GTK 4.18 does not tell well enough. */
  zab_test_app_do (&self, "push button:Load Starter Set", "click");
  zab_test_wait_until (zab_test_app_get_state (&self, "n-ready") == 1);
  zab_test_wait_until (!zab_test_app_shows (&self, "Drop Sounds Here"));
  zab_test_app_stop (&self);
  zab_test_app_start (&self, (const char *[]){ "--starter-set", NULL });
  zab_test_wait_until (zab_test_app_get_state (&self, "n-ready") == 1);
  zab_test_app_stop (&self);
  g_unsetenv ("ZABUMBA_DATA_DIR");
}

static void
test_no_sound (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_audio_crash ();
  wait_shown (&self, "label:No sound: PipeWire is not running");
  zab_test_audio_start ();
  zab_test_app_wait_sound (&self);
  zab_test_wait_until (!zab_test_app_shows (&self, "label:No sound: PipeWire is not running"));
  zab_test_app_click (&self, "Pad A1, drum loop, ready");
  wait_shown (&self, "Pad A1, drum loop, playing");
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/window/start", test_start);
  zab_test_add ("/ui/window/killed", test_killed);
  zab_test_add ("/ui/window/click", test_click);
  zab_test_add ("/ui/window/press", test_press);
  zab_test_add ("/ui/window/gate", test_gate);
  zab_test_add ("/ui/window/gate-and-bank", test_gate_and_bank);
  zab_test_add ("/ui/window/keys", test_keys);
  zab_test_add ("/ui/window/modifiers", test_modifiers);
  zab_test_add ("/ui/window/layout", test_layout);
  zab_test_add ("/ui/window/banks", test_banks);
  zab_test_add ("/ui/window/arrows", test_arrows);
  zab_test_add ("/ui/window/menu", test_menu);
  zab_test_add ("/ui/window/actions", test_actions);
  zab_test_add ("/ui/window/remote", test_remote);
  zab_test_add ("/ui/window/starter-set", test_starter_set);
  zab_test_add ("/ui/window/no-sound", test_no_sound);
  return g_test_run ();
}
