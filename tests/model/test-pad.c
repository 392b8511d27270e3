/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "lib/zab-test.h"
#include "model/zab-pad-private.h"
#include "rt/zab-rt.h"
#include "zab-test-notify.h"

typedef struct
{
  ZabPad       *pad;
  GFile        *kick;
  GFile        *snare;
  ZabTestNotify notify;
} Fixture;

static void
fixture_clear (Fixture *self)
{
  zab_test_notify_clear (&self->notify);
  g_assert_finalize_object (self->pad);
  g_assert_finalize_object (self->kick);
  g_assert_finalize_object (self->snare);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
fixture_init (Fixture *self)
{
  self->pad = zab_pad_new (7);
  self->kick = g_file_new_for_path ("/sounds/deep.kick.wav");
  self->snare = g_file_new_for_path ("/sounds/snare.flac");
  zab_test_notify_init (&self->notify, self->pad);
}

/* Brings the pad to READY with the kick. */
static void
load_kick (Fixture *self)
{
  zab_pad_begin_load (self->pad, self->kick);
  zab_pad_end_load (self->pad, 1.5, "it is cut off");
  g_free (zab_test_notify_take (&self->notify));
}

static void
assert_empty (ZabPad *pad)
{
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_EMPTY);
  g_assert_cmpstr (zab_pad_get_name (pad), ==, "");
  g_assert_null (zab_pad_get_file (pad));
  g_assert_null (zab_pad_get_loaded_file (pad));
  g_assert_false (zab_pad_get_has_sample (pad));
  g_assert_cmpstr (zab_pad_get_stage (pad), ==, "");
  g_assert_cmpfloat (zab_pad_get_fraction (pad), ==, -1);
  g_assert_null (zab_pad_get_error (pad));
  g_assert_null (zab_pad_get_warning (pad));
  g_assert_cmpfloat (zab_pad_get_duration (pad), ==, 0);
  g_assert_false (zab_pad_get_playing (pad));
  g_assert_cmpfloat (zab_pad_get_position (pad), ==, 0);
  g_assert_cmpint (zab_pad_get_mode (pad), ==, ZAB_PAD_MODE_ONE_SHOT);
  g_assert_cmpfloat (zab_pad_get_gain (pad), ==, 1);
}

static void
assert_kick_ready (Fixture *self)
{
  g_assert_cmpint (zab_pad_get_state (self->pad), ==, ZAB_PAD_READY);
  g_assert_cmpstr (zab_pad_get_name (self->pad), ==, "deep.kick");
  g_assert_true (zab_pad_get_file (self->pad) == self->kick);
  g_assert_true (zab_pad_get_loaded_file (self->pad) == self->kick);
  g_assert_true (zab_pad_get_has_sample (self->pad));
  g_assert_cmpstr (zab_pad_get_stage (self->pad), ==, "");
  g_assert_cmpfloat (zab_pad_get_fraction (self->pad), ==, -1);
  g_assert_null (zab_pad_get_error (self->pad));
  g_assert_cmpstr (zab_pad_get_warning (self->pad), ==, "it is cut off");
  g_assert_cmpfloat (zab_pad_get_duration (self->pad), ==, 1.5);
}

static void
test_new (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  g_assert_cmpuint (zab_pad_get_index (self.pad), ==, 7);
  assert_empty (self.pad);
}

static void
test_labels (void)
{
  static const struct
  {
    guint       index;
    const char *label;
  } pads[] = { { 0, "A1" },    { 35, "A36" }, { 36, "B1" },
               { 107, "C36" }, { 180, "F1" }, { ZAB_N_PADS - 1, "F36" } };

  for (guint i = 0; i < G_N_ELEMENTS (pads); i++)
    {
      ZabPad *pad = zab_pad_new (pads[i].index);

      g_assert_cmpstr (zab_pad_get_label (pad), ==, pads[i].label);
      g_assert_cmpuint (zab_pad_get_index (pad), ==, pads[i].index);
      g_assert_finalize_object (pad);
    }
}

/* Every getter has its property, and they agree. */
static void
test_properties (void)
{
  g_auto (Fixture) self;
  g_autofree char *name = NULL, *stage = NULL, *error = NULL, *warning = NULL;
  g_autoptr (GFile) file = NULL;
  ZabPadState state;
  ZabPadMode  mode;
  gboolean    has_sample, playing;
  double      fraction, duration, position, gain;
  guint       index;

  fixture_init (&self);
  load_kick (&self);
  zab_pad_set_activity (self.pad, &(ZabPadSound){ .playing = TRUE, .position = 0.25 });
  zab_pad_set_mode (self.pad, ZAB_PAD_MODE_LOOP);
  zab_pad_set_gain (self.pad, 0.5);
  zab_pad_begin_load (self.pad, self.snare);
  zab_pad_set_progress (self.pad, "Decoding", 0.75);
  g_object_get (self.pad, "index", &index, "name", &name, "file", &file, "state", &state,
                "has-sample", &has_sample, "stage", &stage, "fraction", &fraction, "error", &error,
                "warning", &warning, "duration", &duration, "playing", &playing, "position",
                &position, "mode", &mode, "gain", &gain, NULL);
  g_assert_cmpuint (index, ==, 7);
  g_assert_cmpstr (name, ==, "snare");
  g_assert_true (file == self.snare);
  g_assert_cmpint (state, ==, ZAB_PAD_LOADING);
  g_assert_true (has_sample);
  g_assert_cmpstr (stage, ==, "Decoding");
  g_assert_cmpfloat (fraction, ==, 0.75);
  g_assert_null (error);
  g_assert_cmpstr (warning, ==, "it is cut off");
  g_assert_cmpfloat (duration, ==, 1.5);
  g_assert_true (playing);
  g_assert_cmpfloat (position, ==, 0.25);
  g_assert_cmpint (mode, ==, ZAB_PAD_MODE_LOOP);
  g_assert_cmpfloat (gain, ==, 0.5);
  g_clear_object (&file);
  g_object_set (self.pad, "mode", ZAB_PAD_MODE_ONE_SHOT, "gain", 2.0, NULL);
  g_assert_cmpint (zab_pad_get_mode (self.pad), ==, ZAB_PAD_MODE_ONE_SHOT);
  g_assert_cmpfloat (zab_pad_get_gain (self.pad), ==, 2.0);
  zab_pad_fail_load (self.pad, "no", FALSE);
  g_object_get (self.pad, "error", &error, NULL);
  g_assert_cmpstr (error, ==, "no");
}

/* Whether the file is not there, or something else is wrong. */
static void
test_missing (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_pad_begin_load (self.pad, self.kick);
  zab_pad_fail_load (self.pad, "it is not there", TRUE);
  g_assert_true (zab_pad_get_missing (self.pad));
  g_free (zab_test_notify_take (&self.notify));
  zab_pad_begin_load (self.pad, self.kick);
  g_assert_false (zab_pad_get_missing (self.pad));
  zab_test_assert_notified (&self.notify, "error missing state");
  zab_pad_fail_load (self.pad, "it is damaged", FALSE);
  g_assert_false (zab_pad_get_missing (self.pad));
  zab_pad_begin_restore (self.pad, self.kick, NULL);
  zab_pad_fail_load (self.pad, "it is not there", TRUE);
  zab_pad_revert_load (self.pad);
  g_assert_true (zab_pad_get_missing (self.pad)); /* it still is */
  zab_pad_clear (self.pad);
  g_assert_false (zab_pad_get_missing (self.pad));
}

static void
test_load (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_pad_begin_load (self.pad, self.kick);
  zab_test_assert_notified (&self.notify, "file name state");
  g_assert_cmpint (zab_pad_get_state (self.pad), ==, ZAB_PAD_WAITING);
  g_assert_cmpstr (zab_pad_get_name (self.pad), ==, "deep.kick");
  g_assert_null (zab_pad_get_loaded_file (self.pad));
  zab_pad_set_progress (self.pad, "Reading", -1);
  zab_test_assert_notified (&self.notify, "stage state");
  g_assert_cmpint (zab_pad_get_state (self.pad), ==, ZAB_PAD_LOADING);
  zab_pad_set_progress (self.pad, "Reading", 0);
  zab_test_assert_notified (&self.notify, "fraction");
  zab_pad_set_progress (self.pad, "Reading", 0);
  zab_test_assert_notified (&self.notify, "");
  zab_pad_set_progress (self.pad, "Decoding", 0.5);
  zab_test_assert_notified (&self.notify, "fraction stage");
  zab_pad_end_load (self.pad, 1.5, "it is cut off");
  zab_test_assert_notified (&self.notify, "duration fraction has-sample stage state warning");
  assert_kick_ready (&self);
}

/* The old sound's duration and warning stay until the new one is there. */
static void
test_replace (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  load_kick (&self);
  zab_pad_begin_load (self.pad, self.snare);
  zab_test_assert_notified (&self.notify, "file name state");
  g_assert_true (zab_pad_get_has_sample (self.pad));
  g_assert_true (zab_pad_get_loaded_file (self.pad) == self.kick);
  g_assert_cmpfloat (zab_pad_get_duration (self.pad), ==, 1.5);
  g_assert_cmpstr (zab_pad_get_warning (self.pad), ==, "it is cut off");
  zab_pad_end_load (self.pad, 0.5, NULL);
  zab_test_assert_notified (&self.notify, "duration state warning");
  g_assert_true (zab_pad_get_loaded_file (self.pad) == self.snare);
  g_assert_cmpfloat (zab_pad_get_duration (self.pad), ==, 0.5);
  g_assert_null (zab_pad_get_warning (self.pad));
}

/* The same sound again changes nothing but the state, there and back. */
static void
test_reload (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  load_kick (&self);
  zab_pad_begin_load (self.pad, self.kick);
  zab_test_assert_notified (&self.notify, "state");
  zab_pad_end_load (self.pad, 1.5, "it is cut off");
  zab_test_assert_notified (&self.notify, "state");
  assert_kick_ready (&self);
}

/* A load that takes another's place begins at the beginning. */
static void
test_supersede (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_pad_begin_load (self.pad, self.kick);
  zab_pad_set_progress (self.pad, "Decoding", 0.5);
  g_free (zab_test_notify_take (&self.notify));
  zab_pad_begin_load (self.pad, self.snare);
  zab_test_assert_notified (&self.notify, "file fraction name stage state");
  g_assert_cmpint (zab_pad_get_state (self.pad), ==, ZAB_PAD_WAITING);
  g_assert_cmpfloat (zab_pad_get_fraction (self.pad), ==, -1);
  g_assert_cmpstr (zab_pad_get_stage (self.pad), ==, "");
}

/* A failed pad names the file that failed, and keeps the sound that it had. */
static void
test_fail (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  load_kick (&self);
  zab_pad_begin_load (self.pad, self.snare);
  zab_pad_set_progress (self.pad, "Decoding", 0.5);
  g_free (zab_test_notify_take (&self.notify));
  zab_pad_fail_load (self.pad, "it is damaged", FALSE);
  zab_test_assert_notified (&self.notify, "error fraction stage state");
  g_assert_cmpint (zab_pad_get_state (self.pad), ==, ZAB_PAD_FAILED);
  g_assert_cmpstr (zab_pad_get_error (self.pad), ==, "it is damaged");
  g_assert_true (zab_pad_get_file (self.pad) == self.snare);
  g_assert_cmpstr (zab_pad_get_name (self.pad), ==, "snare");
  g_assert_true (zab_pad_get_has_sample (self.pad));
  g_assert_true (zab_pad_get_loaded_file (self.pad) == self.kick);
  g_assert_cmpfloat (zab_pad_get_duration (self.pad), ==, 1.5);
  zab_pad_revert_load (self.pad);
  zab_test_assert_notified (&self.notify, "error file name state");
  assert_kick_ready (&self);
}

static void
test_fail_and_retry (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_pad_begin_load (self.pad, self.kick);
  zab_pad_fail_load (self.pad, "it is damaged", FALSE);
  g_assert_false (zab_pad_get_has_sample (self.pad));
  g_free (zab_test_notify_take (&self.notify));
  zab_pad_begin_load (self.pad, self.kick);
  zab_test_assert_notified (&self.notify, "error state");
  g_assert_null (zab_pad_get_error (self.pad));
  zab_pad_end_load (self.pad, 1.5, "it is cut off");
  assert_kick_ready (&self);
}

static void
test_revert (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_pad_begin_load (self.pad, self.snare);
  zab_pad_set_progress (self.pad, "Decoding", 0.5);
  g_free (zab_test_notify_take (&self.notify));
  zab_pad_revert_load (self.pad);
  zab_test_assert_notified (&self.notify, "file fraction name stage state");
  assert_empty (self.pad);
  zab_pad_revert_load (self.pad);
  zab_test_assert_notified (&self.notify, "");
  load_kick (&self);
  zab_pad_begin_load (self.pad, self.snare);
  zab_pad_revert_load (self.pad);
  assert_kick_ready (&self);
}

static void
test_clear (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  load_kick (&self);
  zab_pad_set_mode (self.pad, ZAB_PAD_MODE_LOOP);
  zab_pad_set_gain (self.pad, 0.5);
  g_free (zab_test_notify_take (&self.notify));
  zab_pad_clear (self.pad);
  zab_test_assert_notified (&self.notify, "duration file gain has-sample mode name state warning");
  assert_empty (self.pad);
  zab_pad_clear (self.pad);
  zab_test_assert_notified (&self.notify, "");
}

static void
test_clear_while_loading (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  load_kick (&self);
  zab_pad_begin_load (self.pad, self.snare);
  zab_pad_set_progress (self.pad, "Decoding", 0.5);
  zab_pad_clear (self.pad);
  assert_empty (self.pad);
  zab_pad_begin_load (self.pad, self.snare);
  zab_pad_fail_load (self.pad, "it is damaged", FALSE);
  zab_pad_clear (self.pad);
  assert_empty (self.pad);
}

static void
test_activity (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  g_assert_true (
      zab_pad_set_activity (self.pad, &(ZabPadSound){ .playing = TRUE, .position = 0.1 }));
  zab_test_assert_notified (&self.notify, "playing");
  g_assert_false (
      zab_pad_set_activity (self.pad, &(ZabPadSound){ .playing = TRUE, .position = 0.2 }));
  g_assert_false (zab_pad_set_activity (self.pad, &(ZabPadSound){ .playing = 2, .position = 0.3 }));
  zab_test_assert_notified (&self.notify, "");
  g_assert_cmpfloat (zab_pad_get_position (self.pad), ==, 0.3);
  g_assert_true (
      zab_pad_set_activity (self.pad, &(ZabPadSound){ .playing = FALSE, .position = 0 }));
  zab_test_assert_notified (&self.notify, "playing");
  g_assert_cmpfloat (zab_pad_get_position (self.pad), ==, 0);
}

static void
test_mode_and_gain (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_pad_set_mode (self.pad, ZAB_PAD_MODE_ONE_SHOT);
  zab_pad_set_gain (self.pad, 1);
  zab_pad_set_gain (self.pad, (double)NAN);
  zab_test_assert_notified (&self.notify, "");
  zab_pad_set_mode (self.pad, ZAB_PAD_MODE_LOOP);
  zab_pad_set_mode (self.pad, ZAB_PAD_MODE_LOOP);
  zab_test_assert_notified (&self.notify, "mode");
  zab_pad_set_gain (self.pad, -1);
  zab_test_assert_notified (&self.notify, "gain");
  g_assert_cmpfloat (zab_pad_get_gain (self.pad), ==, 0);
  zab_pad_set_gain (self.pad, -0.5);
  zab_test_assert_notified (&self.notify, "");
  zab_pad_set_gain (self.pad, (double)INFINITY);
  g_assert_cmpfloat (zab_pad_get_gain (self.pad), ==, 4);
}

static void
test_names (void)
{
  static const struct
  {
    const char *path;
    const char *name;
  } files[] = { { "/a/kick.wav", "kick" }, { "/a/kick", "kick" },     { "/a/.wav", ".wav" },
                { "/a/a.b.c", "a.b" },     { "/a/C# 3.wav", "C# 3" }, { "/a/über.wav", "über" },
                { "/a/b.d/kick", "kick" }, { "/a/kick.", "kick" } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ZabPad *pad = zab_pad_new (0);
      g_autoptr (GFile) file = g_file_new_for_path (files[i].path);

      zab_pad_begin_load (pad, file);
      g_assert_cmpstr (zab_pad_get_name (pad), ==, files[i].name);
      g_assert_finalize_object (pad);
    }
}

/* The number that orders the files of a folder is left out where it is the pad's own. */
static void
test_numbered (void)
{
  static const struct
  {
    guint       pad;
    const char *file, *name;
  } rows[] = { { 6, "07 Deep bass.wav", "Deep bass" },
               { 42, "7. Deep bass.wav", "Deep bass" },
               { 6, "07-bass.wav", "bass" },
               { 7, "07 Deep bass.wav", "07 Deep bass" },
               { 7, "808 kick.wav", "808 kick" },
               { 6, "07.wav", "07" },
               { 6, "7th chord.wav", "7th chord" },
               { 6, " 7 chord.wav", " 7 chord" },
               { 0, "1 .wav", "1 " } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZabPad) pad = zab_pad_new (rows[i].pad);
      g_autofree char *path = g_build_filename ("/sounds", rows[i].file, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      zab_pad_begin_load (pad, file);
      g_assert_cmpstr (zab_pad_get_name (pad), ==, rows[i].name);
    }
}

static void
count_change (ZabPad *pad, guint *n)
{
  (*n)++;
}

/* What changes together is told once to who asks for no more. */
static void
test_changed (void)
{
  g_auto (Fixture) self;
  guint n = 0;

  fixture_init (&self);
  g_signal_connect (self.pad, "changed", G_CALLBACK (count_change), &n);
  zab_pad_begin_load (self.pad, self.kick);
  g_assert_cmpuint (n, ==, 1);
  zab_pad_set_progress (self.pad, "Decoding", 0.5);
  g_assert_cmpuint (n, ==, 2);
  zab_pad_set_progress (self.pad, "Decoding", 0.5);
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/pad/new", test_new);
  zab_test_add ("/model/pad/labels", test_labels);
  zab_test_add ("/model/pad/properties", test_properties);
  zab_test_add ("/model/pad/missing", test_missing);
  zab_test_add ("/model/pad/load", test_load);
  zab_test_add ("/model/pad/changed", test_changed);
  zab_test_add ("/model/pad/replace", test_replace);
  zab_test_add ("/model/pad/reload", test_reload);
  zab_test_add ("/model/pad/supersede", test_supersede);
  zab_test_add ("/model/pad/fail", test_fail);
  zab_test_add ("/model/pad/fail-and-retry", test_fail_and_retry);
  zab_test_add ("/model/pad/revert", test_revert);
  zab_test_add ("/model/pad/clear", test_clear);
  zab_test_add ("/model/pad/clear-while-loading", test_clear_while_loading);
  zab_test_add ("/model/pad/activity", test_activity);
  zab_test_add ("/model/pad/mode-and-gain", test_mode_and_gain);
  zab_test_add ("/model/pad/names", test_names);
  zab_test_add ("/model/pad/numbered", test_numbered);
  return g_test_run ();
}
