/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences and the line that tells of the sound, in the real window. */
#include <linux/input-event-codes.h>

#include "lib/zab-test-audio.h"
#include "ui/zab-test-app.h"

static void
start (ZabTestApp *self)
{
  zab_test_app_start (self, (const char *[]){ NULL });
  zab_test_app_wait_sound (self);
}

/* What a switch is called has changed with the versions of GTK. */
static const char *
find_switch (ZabTestApp *self, const char *name)
{
  static char              what[64];
  static const char *const roles[] = { "check box", "toggle button", "switch" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_snprintf (what, sizeof what, "%s:%s", roles[i], name);
      if (zab_test_app_shows (self, what))
        return what;
    }
  return NULL;
}

static gboolean
is_on (ZabTestApp *self, const char *name)
{
  g_autoptr (ZabTestAccessible) accessible = NULL;

  zab_test_wait_until (find_switch (self, name) != NULL);
  accessible = zab_test_app_wait (self, find_switch (self, name));
  return zab_test_a11y_has_state (accessible, ATSPI_STATE_CHECKED);
}

/* A window of their own until libadwaita 1.5, and then a dialog in the window. */
static void
open_preferences (ZabTestApp *self)
{
  zab_test_app_chord (self, KEY_LEFTCTRL, KEY_COMMA);
  zab_test_wait_until (find_switch (self, "Limiter") != NULL);
  if (zab_test_input_find_window (self->input, "Preferences"))
    zab_test_app_focus_window (self, "Preferences");
}

static void
test_applies_at_once (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  open_preferences (&self);
  g_object_unref (zab_test_app_wait (&self, "48 kHz, 256 frames (5.3 ms)"));
  g_assert_true (is_on (&self, "Limiter"));
  zab_test_app_click (&self, find_switch (&self, "Limiter"));
  zab_test_wait_until (!is_on (&self, "Limiter"));
  zab_test_app_stop (&self);
}

/* How far the pads are from each other, across and down. */
static void
get_steps (ZabTestApp *self, int *across, int *down)
{
  int x, y, next_x, below_y, ignored;

  zab_test_app_locate (self, "Pad A1, empty", &x, &y);
  zab_test_app_locate (self, "Pad A2, empty", &next_x, &ignored);
  zab_test_app_locate (self, "Pad A7, empty", &ignored, &below_y);
  *across = next_x - x;
  *down = below_y - y;
}

static gboolean
is_square (ZabTestApp *self)
{
  int across, down;

  zab_test_a11y_refresh ();
  get_steps (self, &across, &down);
  return across == down;
}

static void
test_square_pads (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  g_assert_false (is_square (&self));
  open_preferences (&self);
  zab_test_wait_until (find_switch (&self, "Square Pads") != NULL);
  zab_test_app_do (&self, find_switch (&self, "Square Pads"), NULL);
  zab_test_wait_until (is_square (&self));
  zab_test_app_stop (&self);
}

/* The warning is hidden while nothing was missed: the cycle is long. */
static void
test_sound_indicator (void)
{
  ZabTestApp self = { 0 };

  zab_test_audio_force_quantum (8192);
  start (&self);
  g_object_unref (zab_test_app_wait (&self, "48 kHz, 8192 frames (170.7 ms)"));
  zab_test_app_click (&self, "48 kHz, 8192 frames (170.7 ms)");
  g_object_unref (zab_test_app_wait (&self, "Missed deadlines"));
  zab_test_app_stop (&self);
  zab_test_audio_force_quantum (0);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_a11y_init ();
  zab_test_add ("/ui/preferences/applies-at-once", test_applies_at_once);
  zab_test_add ("/ui/preferences/square-pads", test_square_pads);
  zab_test_add ("/ui/sound-indicator", test_sound_indicator);
  return g_test_run ();
}
