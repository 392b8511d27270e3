/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/input-event-codes.h>

#include "lib/zab-test-a11y.h"
#include "lib/zab-test-input.h"
#include "lib/zab-test-process.h"
#include "lib/zab-test.h"

typedef struct
{
  ZabTestProcess    *process;
  ZabTestInput      *input;
  ZabTestAccessible *root;
  gulong             window;
  int                x, y; /* of the window */
} Fixture;

static ZabTestAccessible *
find_again (ZabTestAccessible *root, const char *what)
{
  zab_test_a11y_refresh ();
  return zab_test_a11y_find (root, what);
}

static ZabTestAccessible *
find_root (void)
{
  zab_test_a11y_refresh ();
  return zab_test_a11y_find_application ("zab-test-window");
}

static ZabTestAccessible *
find (Fixture *self, const char *what)
{
  ZabTestAccessible *found = NULL;

  zab_test_wait_until ((found = find_again (self->root, what)));
  return found;
}

static void
set_up (Fixture *self)
{
  int width, height;

  zab_test_a11y_init ();
  self->process = zab_test_process_new ((const char *[]){ g_getenv ("ZAB_TEST_WINDOW"), NULL });
  self->input = zab_test_input_new ();
  zab_test_process_expect (self->process, "mapped");
  zab_test_wait_until ((self->window = zab_test_input_find_window (self->input, "Test window")));
  zab_test_input_focus (self->input, self->window);
  zab_test_input_get_geometry (self->input, self->window, &self->x, &self->y, &width, &height);
  g_assert_cmpint (width, ==, 320);
  g_assert_cmpint (height, ==, 240);
  zab_test_wait_until ((self->root = find_root ()));
}

static void
tear_down (Fixture *self)
{
  g_clear_object (&self->root);
  zab_test_input_free (self->input);
  zab_test_process_free (self->process);
}

static void
expect (Fixture *self, const char *line)
{
  g_autofree char *said = zab_test_process_read_line (self->process);

  g_assert_cmpstr (said, ==, line);
}

static void
test_action (void)
{
  Fixture self = { 0 };
  g_autoptr (ZabTestAccessible) button = NULL;
  g_autoptr (ZabTestAccessible) level = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&self);
  button = find (&self, "push button:Press me");
  g_assert_true (zab_test_a11y_has_state (button, ATSPI_STATE_SENSITIVE));
  g_assert_true (zab_test_a11y_do (button, NULL, &error));
  g_assert_no_error (error);
  expect (&self, "clicked");
  g_assert_false (zab_test_a11y_do (button, "no such action", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  level = find (&self, "Level");
  g_assert_true (zab_test_a11y_set_value (level, 0.5, &error));
  expect (&self, "value 0.50");
  tear_down (&self);
}

static void
test_find_nothing (void)
{
  Fixture self = { 0 };
  g_autoptr (ZabTestAccessible) button = NULL;
  g_autofree char *dump = NULL;

  set_up (&self);
  button = find (&self, "Press me");
  g_assert_nonnull (button);
  g_assert_null (find_again (self.root, "No such button"));
  g_assert_null (find_again (self.root, "slider:Press me"));
  dump = zab_test_a11y_dump (self.root);
  g_assert_nonnull (strstr (dump, "push button \"Press me\" ["));
  g_assert_null (zab_test_a11y_find_application ("no-such-application"));
  tear_down (&self);
}

static void
test_pointer (void)
{
  Fixture self = { 0 };
  g_autoptr (ZabTestAccessible) button = NULL;
  g_autoptr (ZabTestAccessible) area = NULL;
  int x, y;

  set_up (&self);
  button = find (&self, "Press me");
  g_assert_true (zab_test_a11y_get_middle (button, &x, &y));
  zab_test_input_click (self.input, self.x + x, self.y + y);
  expect (&self, "clicked");
  area = find (&self, "Drag here");
  g_assert_true (zab_test_a11y_get_middle (area, &x, &y));
  zab_test_input_drag (self.input, self.x + x, self.y + y, self.x + x + 50, self.y + y + 20);
  expect (&self, "dragged 50 20");
  tear_down (&self);
}

static void
test_keys (void)
{
  Fixture self = { 0 };

  set_up (&self);
  zab_test_input_key (self.input, KEY_Q);
  expect (&self, "key 24"); /* X's code for it */
  zab_test_input_key (self.input, KEY_F1);
  expect (&self, "key 67");
  tear_down (&self);
}

static void
test_screenshot (void)
{
  Fixture          self = { 0 };
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "shot.png", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  set_up (&self);
  g_assert_true (zab_test_screenshot (path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_cmpmem (content, 8, "\x89PNG\r\n\x1a\n", 8);
  /* The window is painted; the root window beside it is black. */
  zab_test_wait_until (zab_test_input_get_pixel (self.input, self.x + 5, self.y + 200) != 0);
  g_assert_cmphex (zab_test_input_get_pixel (self.input, self.x + 600, self.y + 600), ==, 0);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rig/desktop/action", test_action);
  zab_test_add ("/rig/desktop/find-nothing", test_find_nothing);
  zab_test_add ("/rig/desktop/pointer", test_pointer);
  zab_test_add ("/rig/desktop/keys", test_keys);
  zab_test_add ("/rig/desktop/screenshot", test_screenshot);
  return g_test_run ();
}
