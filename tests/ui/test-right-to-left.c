/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window, laid out for those who read from right to left: what is read turns round; what
 * stands for keys, time or the two sides of a room does not. */
#include <linux/input-event-codes.h>

#include "ui/zab-test-app.h"

static void
wait_shown (ZabTestApp *self, const char *what)
{
  g_object_unref (zab_test_app_wait (self, what));
}

static void
start (ZabTestApp *self, gboolean right_to_left)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *wav = zab_test_app_write_wav (dir, "one.wav", 1);

  if (right_to_left)
    g_setenv ("ZAB_TEST_RTL", "1", TRUE);
  zab_test_app_start (self, (const char *[]){ wav, NULL });
  g_unsetenv ("ZAB_TEST_RTL");
  wait_shown (self, "Pad A1, one, ready");
}

static int
get_x (ZabTestApp *self, const char *what)
{
  int x, y;

  zab_test_app_locate (self, what, &x, &y);
  return x;
}

static void
assert_order (ZabTestApp *self, const char *left, const char *right)
{
  g_assert_cmpint (get_x (self, left), <, get_x (self, right));
}

/* The same in both directions. */
static void
assert_pads_stand (ZabTestApp *self)
{
  assert_order (self, "Pad A1, one, ready", "Pad A2, empty");
  assert_order (self, "Pad A2, empty", "Pad A6, empty");
  zab_test_app_chord (self, KEY_LEFTCTRL, KEY_E);
  wait_shown (self, "Pad A1, one, ready, selected");
  zab_test_input_key (self->input, KEY_RIGHT);
  wait_shown (self, "Pad A2, empty, selected");
  zab_test_input_key (self->input, KEY_LEFT);
  wait_shown (self, "Pad A1, one, ready, selected");
  zab_test_app_chord (self, KEY_LEFTALT, KEY_RIGHT);
  wait_shown (self, "Pad A2, one, ready, selected");
  zab_test_app_chord (self, KEY_LEFTALT, KEY_LEFT);
  wait_shown (self, "Pad A1, one, ready, selected");
}

static void
test_pads (void)
{
  ZabTestApp self = { 0 };

  start (&self, TRUE);
  assert_pads_stand (&self);
  zab_test_app_stop (&self);
}

static void
test_bars (void)
{
  ZabTestApp self = { 0 };

  start (&self, TRUE);
  assert_order (&self, "push button:Main Menu", "push button:Edit Pads");
  assert_order (&self, "spin button:Tempo", "push button:Transport");
  assert_order (&self, "push button:Bank A", "push button:Bank F");
  zab_test_app_stop (&self);
}

static gboolean
is_turned (ZabTestAccessible *slider, double *value)
{
  const double before = *value;

  zab_test_a11y_refresh ();
  *value = zab_test_a11y_get_value (slider);
  return *value < before || *value > before;
}

/* To the left of the middle, @slider is less or more than to the right of it. */
static void
assert_lies (ZabTestApp *self, const char *slider, gboolean left_is_less)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_wait (self, slider);
  double value = zab_test_a11y_get_value (found);
  double right;
  int    x, y;

  zab_test_app_locate (self, slider, &x, &y);
  zab_test_input_click (self->input, x + 30, y);
  zab_test_wait_until (is_turned (found, &value));
  right = value;
  zab_test_input_click (self->input, x - 30, y);
  zab_test_wait_until (is_turned (found, &value));
  g_assert_cmpint (value < right, ==, left_is_less);
}

/* The left of a room is at the left; what is merely more or less lies as one reads. */
static void
test_inspector (void)
{
  ZabTestApp self = { 0 };

  start (&self, TRUE);
  zab_test_input_key (self.input, KEY_F9);
  wait_shown (&self, "slider:Pan");
  assert_order (&self, "slider:Pan", "Pad A1, one, ready");
  assert_lies (&self, "slider:Pan", TRUE);
  assert_lies (&self, "slider:Gain", FALSE);
  zab_test_app_stop (&self);
}

/* Time goes from left to right. */
static void
test_waveform (void)
{
  ZabTestApp self = { 0 };

  start (&self, TRUE);
  zab_test_input_key (self.input, KEY_F9);
  wait_shown (&self, "slider:Start");
  assert_order (&self, "slider:Start", "slider:End");
  zab_test_app_stop (&self);
}

/* The control. */
static void
test_left_to_right (void)
{
  ZabTestApp self = { 0 };

  start (&self, FALSE);
  assert_pads_stand (&self);
  assert_order (&self, "push button:Edit Pads", "push button:Main Menu");
  assert_order (&self, "push button:Transport", "spin button:Tempo");
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/right-to-left/pads", test_pads);
  zab_test_add ("/ui/right-to-left/bars", test_bars);
  zab_test_add ("/ui/right-to-left/inspector", test_inspector);
  zab_test_add ("/ui/right-to-left/waveform", test_waveform);
  zab_test_add ("/ui/right-to-left/left-to-right", test_left_to_right);
  return g_test_run ();
}
