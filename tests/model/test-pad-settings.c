/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lib/zab-test.h"
#include "model/zab-pad-private.h"
#include "model/zab-settings.h"
#include "zab-test-notify.h"

typedef struct
{
  ZabPad       *pad;
  ZabTestNotify notify;
} Fixture;

static void
fixture_init (Fixture *self)
{
  self->pad = zab_pad_new (7);
  zab_test_notify_init (&self->notify, self->pad);
}

static void
fixture_clear (Fixture *self)
{
  zab_test_notify_clear (&self->notify);
  g_assert_finalize_object (self->pad);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

#define assert_setting(pad, name, property, Type, value)                                           \
  do                                                                                               \
    {                                                                                              \
      Type read;                                                                                   \
                                                                                                   \
      zab_pad_set_##name (pad, value);                                                             \
      g_assert_true (zab_pad_get_##name (pad) >= (value) && zab_pad_get_##name (pad) <= (value));  \
      g_object_get (pad, property, &read, NULL);                                                   \
      g_assert_true (read >= (value) && read <= (value));                                          \
      zab_test_assert_notified (&self.notify, property);                                           \
    }                                                                                              \
  while (0)

/* Each is a property, and has a getter and a setter of its own. */
static void
test_settings (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  assert_setting (self.pad, mode, "mode", ZabPadMode, ZAB_PAD_MODE_TOGGLE);
  assert_setting (self.pad, loop, "loop", gboolean, TRUE);
  assert_setting (self.pad, retrigger, "retrigger", ZabPadRetrigger, ZAB_PAD_RETRIGGER_ADD);
  assert_setting (self.pad, quantise, "quantise", ZabPadQuantise, ZAB_PAD_QUANTISE_1_BAR);
  assert_setting (self.pad, choke, "choke", guint, 8u);
  assert_setting (self.pad, gain, "gain", double, 0.125);
  assert_setting (self.pad, pan, "pan", double, -0.5);
  assert_setting (self.pad, speed, "speed", double, 1.75);
  assert_setting (self.pad, eq_low, "eq-low", double, 0.25);
  assert_setting (self.pad, eq_mid, "eq-mid", double, 0.5);
  assert_setting (self.pad, eq_high, "eq-high", double, 0.75);
  assert_setting (self.pad, mute, "mute", gboolean, TRUE);
  assert_setting (self.pad, solo, "solo", gboolean, TRUE);
  assert_setting (self.pad, attack, "attack", double, 4.5);
  assert_setting (self.pad, release, "release", double, 5.5);
  assert_setting (self.pad, crossfade, "crossfade", double, 6.5);
  assert_setting (self.pad, start, "start", double, 0.1);
  assert_setting (self.pad, end, "end", double, 0.2);
  assert_setting (self.pad, loop_start, "loop-start", double, 0.3);
  assert_setting (self.pad, loop_end, "loop-end", double, 0.4);
  assert_setting (self.pad, ping_pong, "ping-pong", gboolean, TRUE);
  assert_setting (self.pad, reverse, "reverse", gboolean, TRUE);
  assert_setting (self.pad, color, "color", ZabPadColor, ZAB_PAD_COLOR_PINK);
  assert_setting (self.pad, tempo, "tempo", double, 174.5);
  zab_pad_clear (self.pad);
  g_assert_true (zab_settings_are_default (G_OBJECT (self.pad)));
}

static void
test_setting_limits (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_pad_set_choke (self.pad, 9);
  g_assert_cmpuint (zab_pad_get_choke (self.pad), ==, 8);
  zab_pad_set_pan (self.pad, -7);
  g_assert_cmpfloat (zab_pad_get_pan (self.pad), ==, -1);
  zab_pad_set_pan (self.pad, (double)NAN);
  g_assert_cmpfloat (zab_pad_get_pan (self.pad), ==, -1);
  zab_pad_set_mode (self.pad, (ZabPadMode)99);
  g_assert_cmpint (zab_pad_get_mode (self.pad), ==, ZAB_PAD_MODE_LOOP);
  zab_pad_set_end (self.pad, (double)INFINITY);
  g_assert_cmpfloat (zab_pad_get_end (self.pad), ==, ZAB_PAD_MAX_SECONDS);
  zab_pad_set_mute (self.pad, 2);
  g_assert_cmpint (zab_pad_get_mute (self.pad), ==, TRUE);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/pad/settings/each", test_settings);
  zab_test_add ("/model/pad/settings/limits", test_setting_limits);
  return g_test_run ();
}
