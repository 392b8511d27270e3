/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar above the pads: bars pass, and pads wait for them. */
#include <linux/input-event-codes.h>

#include "ui/zab-test-app.h"

static void
start (ZabTestApp *self)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *loop = zab_test_app_write_wav (dir, "drum loop.wav", 1);

  zab_test_app_start (self, (const char *[]){ loop, NULL });
  zab_test_wait_until (zab_test_app_get_state (self, "n-ready") == 1);
  zab_test_app_wait_sound (self);
}

static void
set_tempo (ZabTestApp *self, double tempo)
{
  g_autoptr (ZabTestAccessible) entry = zab_test_app_wait (self, "spin button:Tempo");
  g_autoptr (GError) error = NULL;

  zab_test_a11y_set_value (entry, tempo, &error);
  g_assert_no_error (error);
}

/* Bar and beat are shown from the first one on, for as long as they pass. */
static void
test_bars_pass (void)
{
  ZabTestApp self = { 0 };

  start (&self);
  g_assert_true (zab_test_app_shows (&self, "label:–"));
  set_tempo (&self, 20); /* three seconds for each */
  zab_test_app_click (&self, "Transport");
  g_object_unref (zab_test_app_wait (&self, "label:1.2"));
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_SPACE);
  g_object_unref (zab_test_app_wait (&self, "label:–"));
  zab_test_app_stop (&self);
}

/* Taps on the button are a tempo, once two intervals are alike; which one is the hand's affair. */
static void
test_tap (void)
{
  ZabTestApp self = { 0 };
  g_autoptr (ZabTestAccessible) tempo = NULL;

  start (&self);
  tempo = zab_test_app_wait (&self, "spin button:Tempo");
  set_tempo (&self, 20);
  for (guint i = 0; i < 30 && !(zab_test_a11y_get_value (tempo) > 20.5); i++)
    {
      zab_test_app_click (&self, "Tap");
      g_usleep (G_USEC_PER_SEC / 5); /* a tempo needs time: faster than 999 it is none */
    }
  g_assert_cmpfloat (zab_test_a11y_get_value (tempo), >, 20.5);
  zab_test_app_stop (&self);
}

/* Tempo and metre are edits of the set: they can be undone. */
static void
test_undo (void)
{
  ZabTestApp self = { 0 };
  g_autoptr (ZabTestAccessible) tempo = NULL;

  start (&self);
  tempo = zab_test_app_wait (&self, "spin button:Tempo");
  set_tempo (&self, 93);
  zab_test_wait_until (zab_test_a11y_get_value (tempo) > 92
                       && zab_test_a11y_get_value (tempo) < 94);
  zab_test_app_activate (&self, "undo", NULL);
  zab_test_wait_until (zab_test_a11y_get_value (tempo) > 119);
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_a11y_init ();
  zab_test_add ("/ui/transport/bars-pass", test_bars_pass);
  zab_test_add ("/ui/transport/tap", test_tap);
  zab_test_add ("/ui/transport/undo", test_undo);
  return g_test_run ();
}
