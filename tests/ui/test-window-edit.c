/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window: pads are selected, dragged, moved, copied and cleared, by hand and by keys;
 * gates are held; what is missing is found. States as a screen reader sees them. */
#include <linux/input-event-codes.h>

#include "ui/zab-test-app.h"

static void
wait_shown (ZabTestApp *self, const char *what)
{
  g_object_unref (zab_test_app_wait (self, what));
}

/* Three sounds on the first pads, a fourth on the next row. */
static void
start (ZabTestApp *self)
{
  static const char *const names[] = { "one", "two", "three" };
  g_autofree char         *dir = zab_test_make_dir ();
  g_auto (GStrv) paths = g_new0 (char *, G_N_ELEMENTS (names) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strconcat (names[i], ".wav", NULL);

      paths[i] = zab_test_app_write_wav (dir, name, 0.1);
    }
  zab_test_app_start (self, (const char *const *)paths);
  zab_test_wait_until (zab_test_app_get_state (self, "n-ready") == G_N_ELEMENTS (names));
}

static void
start_editing (ZabTestApp *self)
{
  start (self);
  zab_test_app_chord (self, KEY_LEFTCTRL, KEY_E);
  wait_shown (self, "Pad A1, one, ready, selected");
}

/* A click while @modifier is held. */
static void
click_with (ZabTestApp *self, guint modifier, const char *what)
{
  zab_test_input_key_down (self->input, modifier);
  zab_test_app_click (self, what);
  zab_test_input_key_up (self->input, modifier);
}

static void
test_select (void)
{
  ZabTestApp self = { 0 };

  start_editing (&self);
  zab_test_app_click (&self, "Pad A2, two, ready");
  wait_shown (&self, "Pad A2, two, ready, selected");
  wait_shown (&self, "Pad A1, one, ready");
  click_with (&self, KEY_LEFTCTRL, "Pad A9, empty");
  wait_shown (&self, "Pad A9, empty, selected");
  wait_shown (&self, "Pad A2, two, ready, selected");
  click_with (&self, KEY_LEFTCTRL, "Pad A2, two, ready, selected");
  wait_shown (&self, "Pad A2, two, ready");
  zab_test_app_click (&self, "Pad A2, two, ready");
  wait_shown (&self, "Pad A2, two, ready, selected");
  click_with (&self, KEY_LEFTSHIFT, "Pad A9, empty");
  wait_shown (&self, "Pad A9, empty, selected");
  wait_shown (&self, "Pad A8, empty, selected");
  wait_shown (&self, "Pad A3, three, ready, selected");
  wait_shown (&self, "Pad A1, one, ready");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_A);
  wait_shown (&self, "Pad A36, empty, selected");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_E);
  wait_shown (&self, "Pad A2, two, ready");
  wait_shown (&self, "Pad A36, empty");
  zab_test_app_stop (&self);
}

/* Arrows take the selection along, with Shift make it larger, with Control leave it behind. */
static void
test_arrows (void)
{
  ZabTestApp self = { 0 };

  start_editing (&self);
  zab_test_input_key (self.input, KEY_RIGHT);
  wait_shown (&self, "Pad A2, two, ready, selected");
  wait_shown (&self, "Pad A1, one, ready");
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_DOWN);
  wait_shown (&self, "Pad A8, empty, selected");
  wait_shown (&self, "Pad A2, two, ready, selected");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_RIGHT);
  zab_test_input_key (self.input, KEY_SPACE);
  wait_shown (&self, "Pad A9, empty, selected");
  wait_shown (&self, "Pad A8, empty, selected");
  zab_test_input_key (self.input, KEY_SPACE);
  wait_shown (&self, "Pad A9, empty");
  zab_test_app_stop (&self);
}

/* Without a pointer: Alt and arrows move, and what is in the way takes the place. */
static void
test_move (void)
{
  ZabTestApp self = { 0 };

  start_editing (&self);
  zab_test_app_chord (&self, KEY_LEFTALT, KEY_RIGHT);
  wait_shown (&self, "Pad A1, two, ready");
  wait_shown (&self, "Pad A2, one, ready, selected");
  zab_test_app_chord (&self, KEY_LEFTALT, KEY_DOWN);
  wait_shown (&self, "Pad A8, one, ready, selected");
  wait_shown (&self, "Pad A2, empty");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_shown (&self, "Pad A2, one, ready");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_shown (&self, "Pad A1, one, ready");
  wait_shown (&self, "Pad A2, two, ready");
  zab_test_app_stop (&self);
}

static void
test_clipboard (void)
{
  ZabTestApp self = { 0 };

  start_editing (&self);
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_RIGHT);
  wait_shown (&self, "Pad A2, two, ready, selected");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_C);
  zab_test_app_click (&self, "Pad A7, empty");
  wait_shown (&self, "Pad A7, empty, selected");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_V);
  wait_shown (&self, "Pad A7, one, ready, selected");
  wait_shown (&self, "Pad A8, two, ready, selected");
  wait_shown (&self, "Pad A1, one, ready");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_X);
  zab_test_input_key (self.input, KEY_F2);
  wait_shown (&self, "Pad B7, empty, selected");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_V);
  wait_shown (&self, "Pad B7, one, ready, selected");
  wait_shown (&self, "Pad B8, two, ready, selected");
  zab_test_input_key (self.input, KEY_F1);
  wait_shown (&self, "Pad A7, empty, selected");
  zab_test_app_stop (&self);
}

/* The pads that were selected go, and come back with the toast's button; so they do in play mode.
 */
static void
test_clear (void)
{
  ZabTestApp self = { 0 };

  start_editing (&self);
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_RIGHT);
  wait_shown (&self, "Pad A2, two, ready, selected");
  zab_test_input_key (self.input, KEY_DELETE);
  wait_shown (&self, "Pad A1, empty, selected");
  wait_shown (&self, "Pad A2, empty, selected");
  wait_shown (&self, "label:2 pads were cleared");
  zab_test_app_click (&self, "label:Undo");
  wait_shown (&self, "Pad A1, one, ready, selected");
  wait_shown (&self, "Pad A2, two, ready, selected");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_E);
  wait_shown (&self, "Pad A2, two, ready");
  zab_test_input_key (self.input, KEY_DELETE);
  wait_shown (&self, "Pad A2, empty");
  wait_shown (&self, "label:“two” was cleared");
  g_assert_true (zab_test_app_shows (&self, "Pad A1, one, ready"));
  zab_test_app_stop (&self);
}

/* The offer stands as long as what it undoes is the last step: looking at another bank is none, any
 * edit is, and undoing is, too. */
static void
test_offer (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  zab_test_app_click (&self, "Edit Pads");
  zab_test_app_click (&self, "Pad A2, two, ready");
  wait_shown (&self, "Pad A2, two, ready, selected");
  zab_test_input_key (self.input, KEY_DELETE);
  wait_shown (&self, "label:“two” was cleared");
  zab_test_input_key (self.input, KEY_F2);
  wait_shown (&self, "Pad B2, empty, selected");
  zab_test_app_click (&self, "label:Undo");
  zab_test_input_key (self.input, KEY_F1);
  wait_shown (&self, "Pad A2, two, ready, selected");
  zab_test_wait_until (!zab_test_app_shows (&self, "label:Undo"));
  zab_test_input_key (self.input, KEY_DELETE);
  wait_shown (&self, "label:Undo");
  zab_test_app_do (&self, "Pad A1, one, ready", "pad.loop");
  zab_test_wait_until (!zab_test_app_shows (&self, "label:Undo"));
  wait_shown (&self, "Pad A2, empty, selected");
  zab_test_app_click (&self, "Pad A3, three, ready");
  wait_shown (&self, "Pad A3, three, ready, selected");
  zab_test_input_key (self.input, KEY_DELETE);
  wait_shown (&self, "label:Undo");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_shown (&self, "Pad A3, three, ready, selected");
  zab_test_wait_until (!zab_test_app_shows (&self, "label:Undo"));
  wait_shown (&self, "Pad A2, empty");
  zab_test_app_stop (&self);
}

/* The pointer trembles a little: a drag begins, and a target answers, at the next move. */
static gboolean
is_dragged_to (ZabTestApp *self, int x, int y, const char *what)
{
  static int tremble;

  zab_test_input_move (self->input, x + (++tremble & 1), y);
  return zab_test_app_shows (self, what);
}

/* By pointer; the pad that it comes to says that it would land there. */
static void
drag (ZabTestApp *self, const char *from, const char *to, guint modifier, const char *landing)
{
  int from_x, from_y, to_x, to_y;

  zab_test_app_locate (self, from, &from_x, &from_y);
  zab_test_app_locate (self, to, &to_x, &to_y);
  zab_test_input_move (self->input, from_x, from_y);
  zab_test_input_press (self->input, 1);
  for (int i = 1; i <= 16; i++)
    zab_test_input_move (self->input, from_x + i * 2, from_y + i);
  if (modifier)
    zab_test_input_key_down (self->input, modifier);
  zab_test_wait_until (is_dragged_to (self, to_x, to_y, landing));
  zab_test_input_release (self->input, 1);
  if (modifier)
    zab_test_input_key_up (self->input, modifier);
}

static void
test_drag (void)
{
  ZabTestApp self = { 0 };

  start_editing (&self);
  drag (&self, "Pad A1, one, ready, selected", "Pad A8, empty", 0, "Pad A8, empty, drop here");
  wait_shown (&self, "Pad A8, one, ready, selected");
  wait_shown (&self, "Pad A1, empty");
  drag (&self, "Pad A2, two, ready", "Pad A3, three, ready", 0, "Pad A3, three, ready, drop here");
  wait_shown (&self, "Pad A3, two, ready, selected");
  wait_shown (&self, "Pad A2, three, ready");
  drag (&self, "Pad A2, three, ready", "Pad A1, empty", KEY_LEFTCTRL, "Pad A1, empty, drop here");
  wait_shown (&self, "Pad A1, three, ready, selected");
  wait_shown (&self, "Pad A2, three, ready");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_shown (&self, "Pad A1, empty, selected");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_shown (&self, "Pad A2, two, ready");
  wait_shown (&self, "Pad A3, three, ready");
  zab_test_app_stop (&self);
}

/* On the way to another bank, its button opens it. */
static void
test_drag_to_bank (void)
{
  ZabTestApp self = { 0 };
  int        x, y, bank_x, bank_y;

  start_editing (&self);
  zab_test_app_locate (&self, "Pad A2, two, ready", &x, &y);
  zab_test_app_locate (&self, "push button:Bank B", &bank_x, &bank_y);
  zab_test_input_move (self.input, x, y);
  zab_test_input_press (self.input, 1);
  for (int i = 1; i <= 16; i++)
    zab_test_input_move (self.input, x + i * 2, y + i);
  zab_test_wait_until (is_dragged_to (&self, bank_x, bank_y, "Pad B2, empty, selected"));
  zab_test_wait_until (is_dragged_to (&self, x, y, "Pad B2, empty, drop here"));
  zab_test_input_release (self.input, 1);
  wait_shown (&self, "Pad B2, two, ready, selected");
  zab_test_input_key (self.input, KEY_F1);
  wait_shown (&self, "Pad A2, empty, selected");
  zab_test_app_stop (&self);
}

/* Held down, a pad opens its menu; with the second button at once. */
static void
test_menu (void)
{
  ZabTestApp self = { 0 };
  int        x, y;

  start_editing (&self);
  zab_test_app_locate (&self, "Pad A2, two, ready", &x, &y);
  zab_test_input_move (self.input, x, y);
  zab_test_input_press (self.input, 1);
  wait_shown (&self, "menu:*");
  zab_test_input_release (self.input, 1);
  wait_shown (&self, "Pad A2, two, ready, selected");
  zab_test_input_key (self.input, KEY_ESC);
  zab_test_wait_until (!zab_test_app_shows (&self, "menu:*"));
  zab_test_input_move (self.input, x, y);
  zab_test_input_press (self.input, 3);
  zab_test_input_release (self.input, 3);
  wait_shown (&self, "menu:*");
  zab_test_app_stop (&self);
}

/* Presses the second button on @what, and opens the submenu @menu of what comes up. */
static void
open_submenu (ZabTestApp *self, const char *what, const char *menu)
{
  int x, y;

  zab_test_app_locate (self, what, &x, &y);
  zab_test_input_move (self->input, x, y);
  zab_test_input_press (self->input, 3);
  zab_test_input_release (self->input, 3);
  zab_test_app_do (self, menu, "click");
}

static gboolean
is_described (ZabTestApp *self, const char *what, const char *part)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_wait (self, what);
  g_autofree char *text = atspi_accessible_get_description (found, NULL);

  return strstr (text, part) != NULL;
}

/* The menu of a selected pad is that of all selected ones, in one step; of another pad, its own. */
static void
test_menu_of_many (void)
{
  ZabTestApp self = { 0 };

  start_editing (&self);
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_RIGHT);
  wait_shown (&self, "Pad A2, two, ready, selected");
  open_submenu (&self, "Pad A1, one, ready, selected", "menu item:Mode of 2 Pads");
  zab_test_app_do (&self, "menu item:Gate", "click");
  zab_test_app_wait_described (&self, "Pad A1, one, ready, selected", "Gate");
  zab_test_app_wait_described (&self, "Pad A2, two, ready, selected", "Gate");
  g_assert_false (is_described (&self, "Pad A3, three, ready", "Gate"));
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  zab_test_wait_until (!is_described (&self, "Pad A1, one, ready, selected", "Gate"));
  zab_test_wait_until (!is_described (&self, "Pad A2, two, ready, selected", "Gate"));
  open_submenu (&self, "Pad A3, three, ready", "menu item:Mode");
  zab_test_app_do (&self, "menu item:Toggle", "click");
  zab_test_app_wait_described (&self, "Pad A3, three, ready, selected", "Toggle");
  g_assert_false (is_described (&self, "Pad A1, one, ready", "Toggle"));
  zab_test_app_stop (&self);
}

/* A set of one pad, A1, with the file @name in @dir. */
static char *
write_set (const char *dir, const char *name, const char *settings)
{
  g_autofree char *path = g_build_filename (dir, "test.zabset", NULL);
  g_autofree char *text
      = g_strdup_printf ("{\"format\": \"zabumba-set\", \"version\": 1, \"session\": {},"
                         " \"view\": {}, \"pads\": [{\"pad\": \"A1\","
                         " \"file\": {\"uri\": \"file://%s/%s\"}, %s}]}",
                         dir, name, settings);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/* Hands it to the program that runs: a set that it starts with is in the window's title at once. */
static void
start_with_set (ZabTestApp *self, const char *set)
{
  const char *command[] = { g_getenv ("ZAB_TEST_ZABUMBA"), set, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  zab_test_app_start (self, (const char *[]){ NULL });
  process = g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* A gate sounds while it is held, by key or by pointer; in edit mode the pointer plays nothing, and
 * keys do. */
static void
test_gate (void)
{
  ZabTestApp           self = { 0 };
  g_autofree char     *dir = zab_test_make_dir ();
  g_autofree char *wav G_GNUC_UNUSED = zab_test_app_write_wav (dir, "long.wav", 60);
  g_autofree char     *set = write_set (dir, "long.wav", "\"mode\": \"gate\", \"name\": \"long\"");
  int                  x, y;

  start_with_set (&self, set);
  wait_shown (&self, "Pad A1, long, ready");
  zab_test_app_wait_sound (&self);
  zab_test_input_key_down (self.input, KEY_1);
  wait_shown (&self, "Pad A1, long, playing");
  zab_test_input_key_up (self.input, KEY_1);
  wait_shown (&self, "Pad A1, long, ready");
  zab_test_app_locate (&self, "Pad A1, long, ready", &x, &y);
  zab_test_input_move (self.input, x, y);
  zab_test_input_press (self.input, 1);
  wait_shown (&self, "Pad A1, long, playing");
  zab_test_input_release (self.input, 1);
  wait_shown (&self, "Pad A1, long, ready");
  zab_test_app_click (&self, "Edit Pads");
  wait_shown (&self, "Pad A1, long, ready, selected");
  zab_test_input_key_down (self.input, KEY_1);
  wait_shown (&self, "Pad A1, long, playing, selected");
  zab_test_input_key_up (self.input, KEY_1);
  wait_shown (&self, "Pad A1, long, ready, selected");
  zab_test_app_stop (&self);
}

/* What is not there says so, and is told where it is now. */
static void
test_missing (void)
{
  ZabTestApp       self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *other = zab_test_make_dir ();
  g_autofree char *wav = zab_test_app_write_wav (other, "found.wav", 0.1);
  g_autofree char *set = write_set (dir, "gone.wav", "\"mode\": \"loop\", \"name\": \"bass\"");

  start_with_set (&self, set);
  wait_shown (&self, "Pad A1, bass, missing");
  zab_test_app_click (&self, "Pad A1, bass, missing");
  zab_test_app_do (&self, "push button:Locate…", NULL);
  zab_test_app_focus_window (&self, "Load Sounds");
  zab_test_app_wait_focus (&self, "Load Sounds");
  zab_test_app_type (&self, wav);
  zab_test_app_confirm (&self, "Load Sounds");
  wait_shown (&self, "Pad A1, bass, ready");
  zab_test_app_wait_described (&self, "Pad A1, bass, ready", "Loop");
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/window-edit/select", test_select);
  zab_test_add ("/ui/window-edit/arrows", test_arrows);
  zab_test_add ("/ui/window-edit/move", test_move);
  zab_test_add ("/ui/window-edit/clipboard", test_clipboard);
  zab_test_add ("/ui/window-edit/clear", test_clear);
  zab_test_add ("/ui/window-edit/offer", test_offer);
  zab_test_add ("/ui/window-edit/drag", test_drag);
  zab_test_add ("/ui/window-edit/drag-to-bank", test_drag_to_bank);
  zab_test_add ("/ui/window-edit/menu", test_menu);
  zab_test_add ("/ui/window-edit/menu-of-many", test_menu_of_many);
  zab_test_add ("/ui/window-edit/gate", test_gate);
  zab_test_add ("/ui/window-edit/missing", test_missing);
  return g_test_run ();
}
