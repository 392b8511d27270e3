/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test-signal.h"
#include "zab-test-notify.h"
#include "zab-test-session.h"

/* The states that a pad goes through, as text. */
static void
on_state (ZabPad *pad, GParamSpec *pspec, GString *states)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (ZAB_TYPE_PAD_STATE);
  const GEnumValue *value = g_enum_get_value (klass, (int)zab_pad_get_state (pad));

  g_string_append_printf (states, "%s%s:%s", states->len > 0 ? " " : "", value->value_nick,
                          zab_pad_get_name (pad));
}

static GString *
watch_states (ZabPad *pad)
{
  GString *states = g_string_new (NULL);

  g_signal_connect (pad, "notify::state", G_CALLBACK (on_state), states);
  return states;
}

static void
unwatch_states (ZabPad *pad, GString *states)
{
  g_signal_handlers_disconnect_by_data (pad, states);
  g_string_free (states, TRUE);
}

/* Waits until a worker is held with @pad's load, and the pad shows that it runs. */
static void
wait_until_held (ZabTestSession *self, ZabPad *pad)
{
  zab_test_wait_until (zab_test_session_get_n_held (self) > 0
                       && zab_pad_get_state (pad) == ZAB_PAD_LOADING);
}

static void
wait_until_loaded (ZabTestSession *self)
{
  zab_test_wait_until (zab_session_count_loading (self->session) == 0);
}

static void
test_new (void)
{
  g_auto (ZabTestSession) self;
  g_autofree char *status = NULL;
  gboolean         has_sound;
  double           volume;
  guint            bank, n_playing;
  float            frames[2 * 64];

  zab_test_session_init (&self);
  g_object_get (self.session, "volume", &volume, "bank", &bank, "has-sound", &has_sound,
                "sound-status", &status, "n-playing", &n_playing, NULL);
  g_assert_cmpfloat (volume, ==, 0.7);
  g_assert_cmpuint (bank, ==, 0);
  g_assert_false (has_sound);
  g_assert_cmpstr (status, ==, "No sound: offline");
  g_assert_cmpuint (n_playing, ==, 0);
  zab_test_session_assert_loading (&self, 0, "", 0);
  zab_engine_render (self.engine, frames, G_N_ELEMENTS (frames) / 2); /* takes the settings */
  g_assert_false (zab_session_update_activity (self.session));
}

static void
test_load (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) file = NULL;
  ZabPad  *pad;
  GString *states;

  zab_test_session_init (&self);
  file = zab_test_session_make_sound (&self, "kick.wav", 7);
  pad = zab_test_session_get_pad (&self, 5);
  states = watch_states (pad);
  zab_test_session_close_gate (&self, ZAB_LOAD_STAGE_READING);
  zab_session_load (self.session, 5, file);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_WAITING);
  zab_test_session_assert_loading (&self, 1, "Loading sound 1 of 1…", 0);
  wait_until_held (&self, pad);
  zab_test_drain ();
  g_assert_cmpstr (zab_pad_get_stage (pad), ==, "Reading");
  g_assert_cmpfloat (zab_pad_get_fraction (pad), ==, -1);
  g_assert_null (zab_engine_peek_sample (self.engine, 5));
  zab_test_session_assert_loading (&self, 1, "Loading sound 1 of 1…", 0);
  zab_test_session_open_gate (&self);
  wait_until_loaded (&self);
  zab_test_session_assert_loading (&self, 0, "", 0);
  zab_test_session_assert_sound (&self, 5, 7);
  g_assert_cmpstr (states->str, ==, "waiting:kick loading:kick ready:kick");
  g_assert_cmpfloat (zab_pad_get_duration (pad), ==, 1000.0 / 48000.0);
  g_assert_null (zab_pad_get_warning (pad));
  g_assert_cmpuint (self.messages->len, ==, 0);
  unwatch_states (pad, states);
}

static void
test_failure_keeps_the_old_sound (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) missing = NULL;
  ZabPad *pad;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "kick.wav", 7);
  missing = zab_test_session_get_file (&self, "missing.wav");
  pad = zab_test_session_get_pad (&self, 0);
  zab_session_load (self.session, 0, missing);
  wait_until_loaded (&self);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_FAILED);
  g_assert_nonnull (strstr (zab_pad_get_error (pad), "“missing.wav”"));
  g_assert_cmpstr (zab_pad_get_name (pad), ==, "missing");
  g_assert_true (zab_pad_get_has_sample (pad));
  zab_test_session_assert_sound (&self, 0, 7);
  zab_test_session_assert_loading (&self, 0, "", 0);
  zab_session_dismiss_error (self.session, 0);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_READY);
  g_assert_cmpstr (zab_pad_get_name (pad), ==, "kick");
  zab_session_dismiss_error (self.session, 0);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_READY);
  g_assert_cmpuint (self.messages->len, ==, 0);
}

static void
test_retry (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) missing = NULL;
  g_autoptr (GFile) there = NULL;
  ZabPad *pad;

  zab_test_session_init (&self);
  missing = zab_test_session_get_file (&self, "kick.wav");
  pad = zab_test_session_get_pad (&self, 0);
  zab_session_retry (self.session, 0);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_EMPTY);
  zab_session_load (self.session, 0, missing);
  wait_until_loaded (&self);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_FAILED);
  g_assert_false (zab_pad_get_has_sample (pad));
  there = zab_test_session_make_sound (&self, "kick.wav", 3);
  zab_session_retry (self.session, 0);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_WAITING);
  g_assert_null (zab_pad_get_error (pad));
  wait_until_loaded (&self);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_READY);
  zab_test_session_assert_sound (&self, 0, 3);
}

static void
on_failed_retry (ZabPad *pad, GParamSpec *pspec, ZabTestSession *self)
{
  g_autoptr (GFile) file = NULL;

  if (zab_pad_get_state (pad) != ZAB_PAD_FAILED)
    return;
  file = zab_test_session_make_sound (self, "kick.wav", 3);
  zab_session_retry (self->session, zab_pad_get_index (pad));
}

/* Who hears of a failure may ask again at once. */
static void
test_retry_at_once (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) missing = NULL;
  ZabPad *pad;

  zab_test_session_init (&self);
  missing = zab_test_session_get_file (&self, "kick.wav");
  pad = zab_test_session_get_pad (&self, 0);
  g_signal_connect (pad, "notify::state", G_CALLBACK (on_failed_retry), &self);
  zab_session_load (self.session, 0, missing);
  wait_until_loaded (&self);
  g_signal_handlers_disconnect_by_data (pad, &self);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_READY);
  zab_test_session_assert_sound (&self, 0, 3);
  zab_test_session_assert_loading (&self, 0, "", 0);
}

/* Cancels the load that the gate holds, of a pad that was @before. */
static void
cancel_held_load (ZabTestSession *self, ZabPadState before)
{
  g_autoptr (GFile) file = zab_test_session_make_sound (self, "snare.wav", 9);
  ZabPad *pad = zab_test_session_get_pad (self, 0);

  zab_test_session_close_gate (self, ZAB_LOAD_STAGE_DECODING);
  zab_session_load (self->session, 0, file);
  wait_until_held (self, pad);
  g_assert_cmpuint (zab_engine_get_memory_used (self->engine), >, 0);
  zab_session_cancel_load (self->session, 0);
  wait_until_loaded (self);
  g_assert_cmpint (zab_pad_get_state (pad), ==, before);
  zab_test_session_assert_loading (self, 0, "", 0);
  zab_test_session_open_gate (self);
  zab_test_wait_until (zab_test_session_get_n_held (self) == 0);
  zab_test_drain ();
  g_assert_cmpint (zab_pad_get_state (pad), ==, before);
}

static void
test_cancel (void)
{
  g_auto (ZabTestSession) self;
  ZabPad *pad;

  zab_test_session_init (&self);
  pad = zab_test_session_get_pad (&self, 0);
  cancel_held_load (&self, ZAB_PAD_EMPTY);
  g_assert_cmpstr (zab_pad_get_name (pad), ==, "");
  g_assert_null (zab_engine_peek_sample (self.engine, 0));
  zab_test_wait_until (zab_engine_get_memory_used (self.engine) == 0);
  zab_test_session_load_sound (&self, 0, "kick.wav", 7);
  cancel_held_load (&self, ZAB_PAD_READY);
  g_assert_cmpstr (zab_pad_get_name (pad), ==, "kick");
  zab_test_session_assert_sound (&self, 0, 7);
}

static void
test_clear (void)
{
  g_auto (ZabTestSession) self;
  ZabPad *pad;
  float   out[2 * 64];

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "loop.wav", 7);
  pad = zab_test_session_get_pad (&self, 0);
  zab_session_clear (self.session, 0);
  g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_EMPTY);
  g_assert_false (zab_pad_get_has_sample (pad));
  g_assert_cmpint (zab_pad_get_mode (pad), ==, ZAB_PAD_MODE_ONE_SHOT);
  g_assert_null (zab_engine_peek_sample (self.engine, 0));
  zab_engine_render (self.engine, out, 64);
  zab_test_wait_until (zab_engine_get_memory_used (self.engine) == 0);
}

static void
test_clear_while_loading (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) file = NULL;
  ZabPad  *pad;
  GString *states;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "kick.wav", 7);
  file = zab_test_session_make_sound (&self, "snare.wav", 9);
  pad = zab_test_session_get_pad (&self, 0);
  zab_test_session_close_gate (&self, ZAB_LOAD_STAGE_DECODING);
  zab_session_load (self.session, 0, file);
  wait_until_held (&self, pad);
  states = watch_states (pad);
  zab_session_clear (self.session, 0);
  zab_test_session_assert_loading (&self, 0, "", 0);
  zab_test_session_open_gate (&self);
  zab_test_wait_until (zab_test_session_get_n_held (&self) == 0);
  zab_test_drain ();
  g_assert_cmpstr (states->str, ==, "empty:");
  g_assert_null (zab_engine_peek_sample (self.engine, 0));
  unwatch_states (pad, states);
}

/* Nothing of the load that is replaced reaches the pad, and the sum counts one load. */
static void
test_supersede (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) old = NULL;
  g_autoptr (GFile) new = NULL;
  ZabTestNotify notify;
  ZabPad       *pad;
  GString      *states;

  zab_test_session_init (&self);
  old = zab_test_session_make_sound (&self, "old.wav", 100);
  new = zab_test_session_make_sound (&self, "new.wav", 200);
  pad = zab_test_session_get_pad (&self, 0);
  states = watch_states (pad);
  zab_test_session_close_gate (&self, ZAB_LOAD_STAGE_READING);
  zab_session_load (self.session, 0, old);
  wait_until_held (&self, pad);
  zab_test_notify_init (&notify, self.session);
  zab_session_load (self.session, 0, new);
  zab_test_session_assert_loading (&self, 1, "Loading sound 1 of 1…", 0);
  zab_test_assert_notified (&notify, "");
  zab_test_notify_clear (&notify);
  zab_test_session_open_gate (&self);
  wait_until_loaded (&self);
  zab_test_wait_until (zab_test_session_get_n_held (&self) == 0);
  zab_test_drain ();
  g_assert_cmpstr (states->str, ==, "waiting:old loading:old waiting:new loading:new ready:new");
  zab_test_session_assert_sound (&self, 0, 200);
  zab_test_session_assert_loading (&self, 0, "", 0);
  unwatch_states (pad, states);
}

static void
test_sums (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) file = NULL;
  ZabTestNotify notify;

  zab_test_session_init (&self);
  file = zab_test_session_make_sound (&self, "kick.wav", 7);
  zab_test_session_close_gate (&self, ZAB_LOAD_STAGE_READING);
  zab_test_notify_init (&notify, self.session);
  zab_session_load (self.session, 0, file);
  zab_test_assert_notified (&notify, "load-summary n-loading");
  zab_session_load (self.session, 1, file);
  zab_test_assert_notified (&notify, "load-summary n-loading");
  zab_session_load (self.session, 2, file);
  zab_test_session_assert_loading (&self, 3, "Loading sound 1 of 3…", 0);
  zab_session_clear (self.session, 1);
  zab_test_session_assert_loading (&self, 2, "Loading sound 2 of 3…", 1.0 / 3.0);
  zab_session_cancel_load (self.session, 0);
  zab_test_wait_until (zab_session_count_loading (self.session) == 1);
  zab_test_session_assert_loading (&self, 1, "Loading sound 3 of 3…", 2.0 / 3.0);
  zab_session_load (self.session, 3, file);
  zab_test_session_assert_loading (&self, 2, "Loading sound 3 of 4…", 2.0 / 4.0);
  g_free (zab_test_notify_take (&notify));
  zab_session_cancel_all_loads (self.session);
  wait_until_loaded (&self);
  zab_test_assert_notified (&notify, "load-fraction load-fraction load-summary load-summary "
                                     "n-loading n-loading");
  zab_test_session_assert_loading (&self, 0, "", 0);
  zab_test_session_open_gate (&self);
  zab_test_notify_clear (&notify);
}

static void
on_fraction (ZabSession *session, GParamSpec *pspec, GArray *fractions)
{
  double fraction;

  g_object_get (session, "load-fraction", &fraction, NULL);
  g_array_append_val (fractions, fraction);
}

/* The sum moves with each pad's own fraction, forward only, and back to 0 when all is done. */
static void
test_fraction (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GArray) fractions = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GFile) file = NULL;
  const double *at;

  zab_test_session_init (&self);
  file = zab_test_session_make_sound (&self, "kick.wav", 7);
  g_signal_connect (self.session, "notify::load-fraction", G_CALLBACK (on_fraction), fractions);
  for (guint i = 0; i < 4; i++)
    zab_session_load (self.session, i, file);
  wait_until_loaded (&self);
  g_signal_handlers_disconnect_by_data (self.session, fractions);
  at = (const double *)(gpointer)fractions->data;
  g_assert_cmpuint (fractions->len, >=, 4);
  for (guint i = 1; i + 1 < fractions->len; i++)
    g_assert_cmpfloat (at[i], >, at[i - 1]);
  g_assert_cmpfloat (at[fractions->len - 2], <=, 1);
  g_assert_cmpfloat (at[fractions->len - 1], ==, 0);
}

/* A worker is held in the middle of a load; it is let go by its own cancellation. */
static void
test_shut_down_in_mid_load (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  gulong handler;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "kick.wav", 7);
  zab_test_wait_until (zab_pad_get_peaks (zab_test_session_get_pad (&self, 0)) != NULL);
  file = zab_test_session_make_sound (&self, "snare.wav", 9);
  zab_test_session_close_gate (&self, ZAB_LOAD_STAGE_DECODING);
  for (guint i = 0; i < 12; i++)
    zab_session_load (self.session, i, file);
  wait_until_held (&self, zab_test_session_get_pad (&self, 0));
  cancellable = g_object_ref (self.engine->pads[0].request->cancellable);
  handler = g_signal_connect_swapped (cancellable, "cancelled",
                                      G_CALLBACK (zab_test_session_open_gate), &self);
  zab_session_shut_down (self.session);
  g_assert_cmpuint (zab_engine_get_memory_used (self.engine), ==, 0);
  g_assert_cmpuint (zab_test_session_get_n_held (&self), ==, 0);
  g_signal_handler_disconnect (cancellable, handler);
  zab_session_shut_down (self.session);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/session/new", test_new);
  zab_test_add ("/model/session/load", test_load);
  zab_test_add ("/model/session/failure-keeps-the-old-sound", test_failure_keeps_the_old_sound);
  zab_test_add ("/model/session/retry", test_retry);
  zab_test_add ("/model/session/retry-at-once", test_retry_at_once);
  zab_test_add ("/model/session/cancel", test_cancel);
  zab_test_add ("/model/session/clear", test_clear);
  zab_test_add ("/model/session/clear-while-loading", test_clear_while_loading);
  zab_test_add ("/model/session/supersede", test_supersede);
  zab_test_add ("/model/session/sums", test_sums);
  zab_test_add ("/model/session/fraction", test_fraction);
  zab_test_add ("/model/session/shut-down-in-mid-load", test_shut_down_in_mid_load);
  return g_test_run ();
}
