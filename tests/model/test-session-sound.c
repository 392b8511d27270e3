/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test-signal.h"
#include "zab-test-notify.h"
#include "zab-test-session.h"

enum
{
  N_FRAMES = ZAB_TEST_SESSION_FRAMES,
  ATTACK = 144,  /* frames: 3 ms */
  RELEASE = 240, /* frames: 5 ms */
  FIRST = 1000,  /* of the counter */
};

/* @n_frames of the mixer, stereo. */
static float *
render (ZabTestSession *self, guint n_frames)
{
  float *out = g_new (float, 2 * n_frames);

  zab_engine_render (self->engine, out, n_frames);
  return out;
}

/* A loaded pad 0, with the ramps of what was set at the beginning at their ends. */
static void
set_up (ZabTestSession *self, const char *name)
{
  g_autofree float *silence = NULL;

  zab_test_session_init (self);
  zab_test_session_load_sound (self, 0, name, FIRST);
  silence = render (self, RELEASE);
  for (guint i = 0; i < 2 * RELEASE; i++)
    g_assert_cmpfloat (silence[i], ==, 0);
}

/* Frames @begin to @end of @out are the sound at full level, times @gain, times the volume 0.7. */
static void
assert_plain (const float *out, guint begin, guint end, float gain)
{
  for (guint i = begin; i < end; i++)
    {
      const float expected = zab_test_counter (FIRST + i % N_FRAMES, 0) * gain * 0.7F;

      g_assert_cmpfloat (out[2 * i], ==, expected);
      g_assert_cmpfloat (out[2 * i + 1], ==, expected);
    }
}

static void
assert_silent (const float *out, guint begin, guint end)
{
  for (guint i = 2 * begin; i < 2 * end; i++)
    g_assert_cmpfloat (out[i], ==, 0);
}

static void
test_one_shot (void)
{
  g_auto (ZabTestSession) self;
  g_autofree float *out = NULL;

  set_up (&self, "kick.wav");
  g_assert_cmpint (zab_pad_get_mode (zab_test_session_get_pad (&self, 0)), ==,
                   ZAB_PAD_MODE_ONE_SHOT);
  zab_session_play (self.session, 0, 1);
  out = render (&self, 2 * N_FRAMES);
  assert_plain (out, ATTACK, N_FRAMES - RELEASE, 1);
  assert_silent (out, N_FRAMES, 2 * N_FRAMES);
}

static void
test_loop (void)
{
  g_auto (ZabTestSession) self;
  g_autofree float *out = NULL;
  g_autofree float *end = NULL;

  set_up (&self, "Drum LOOP 120.wav");
  g_assert_cmpint (zab_pad_get_mode (zab_test_session_get_pad (&self, 0)), ==, ZAB_PAD_MODE_LOOP);
  zab_session_play (self.session, 0, 1);
  out = render (&self, 3 * N_FRAMES);
  assert_plain (out, ATTACK, 3 * N_FRAMES, 1);
  zab_pad_set_mode (zab_test_session_get_pad (&self, 0), ZAB_PAD_MODE_ONE_SHOT);
  end = render (&self, 2 * N_FRAMES);
  assert_plain (end, 0, N_FRAMES - RELEASE, 1);
  assert_silent (end, N_FRAMES, 2 * N_FRAMES);
}

/* A gate and a toggle go round when they are told to; a one-shot does not listen. */
static void
test_loop_setting (void)
{
  g_auto (ZabTestSession) self;
  ZabPad *pad;

  set_up (&self, "kick.wav");
  pad = zab_test_session_get_pad (&self, 0);
  zab_pad_set_loop (pad, TRUE);
  for (ZabPadMode mode = ZAB_PAD_MODE_GATE; mode <= ZAB_PAD_MODE_TOGGLE; mode++)
    {
      g_autofree float *out = NULL;
      g_autofree float *end = NULL;

      zab_pad_set_mode (pad, mode);
      zab_session_play (self.session, 0, 1);
      out = render (&self, 3 * N_FRAMES);
      assert_plain (out, ATTACK, 3 * N_FRAMES, 1);
      zab_pad_set_mode (pad, ZAB_PAD_MODE_ONE_SHOT);
      end = render (&self, 2 * N_FRAMES);
      assert_plain (end, 0, N_FRAMES - RELEASE, 1);
      assert_silent (end, N_FRAMES, 2 * N_FRAMES);
    }
}

/* The name says only what a new pad begins with; a choice that was made stays. */
static void
test_loop_is_the_musicians (void)
{
  g_auto (ZabTestSession) self;
  ZabPad *pad;

  set_up (&self, "loop.wav");
  pad = zab_test_session_get_pad (&self, 0);
  zab_pad_set_mode (pad, ZAB_PAD_MODE_ONE_SHOT);
  zab_test_session_load_sound (&self, 0, "another loop.wav", FIRST);
  g_assert_cmpint (zab_pad_get_mode (pad), ==, ZAB_PAD_MODE_ONE_SHOT);
  zab_session_clear (self.session, 0);
  zab_test_session_load_sound (&self, 0, "another loop.wav", FIRST);
  g_assert_cmpint (zab_pad_get_mode (pad), ==, ZAB_PAD_MODE_LOOP);
  zab_session_clear (self.session, 0);
  zab_test_session_load_sound (&self, 0, "kick.wav", FIRST);
  g_assert_cmpint (zab_pad_get_mode (pad), ==, ZAB_PAD_MODE_ONE_SHOT);
}

/* It goes with the sound: as its name says, until somebody knows better. */
static void
test_tempo (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) gone = NULL;
  ZabPad *pad;

  set_up (&self, "beat 97bpm.wav");
  pad = zab_test_session_get_pad (&self, 0);
  g_assert_cmpfloat (zab_pad_get_tempo (pad), ==, 97);
  zab_pad_set_tempo (pad, 97.5);
  zab_test_session_load_sound (&self, 0, "beat 97bpm.wav", FIRST);
  g_assert_cmpfloat (zab_pad_get_tempo (pad), ==, 97.5);
  gone = zab_test_session_get_file (&self, "gone 120 bpm.wav");
  zab_session_load (self.session, 0, gone);
  g_assert_cmpfloat (zab_pad_get_tempo (pad), ==, 120);
  zab_test_wait_until (zab_session_count_loading (self.session) == 0);
  zab_session_dismiss_error (self.session, 0);
  g_assert_cmpfloat (zab_pad_get_tempo (pad), ==, 97.5);
  zab_test_session_load_sound (&self, 0, "kick.wav", FIRST);
  g_assert_cmpfloat (zab_pad_get_tempo (pad), ==, 0);
}

static void
test_gain_and_velocity (void)
{
  g_auto (ZabTestSession) self;
  g_autofree float *ramp = NULL;
  g_autofree float *out = NULL;

  set_up (&self, "loop.wav");
  zab_pad_set_gain (zab_test_session_get_pad (&self, 0), 0.5);
  zab_session_play (self.session, 0, 0.25);
  ramp = render (&self, RELEASE);
  out = render (&self, N_FRAMES - RELEASE);
  assert_plain (out - 2 * RELEASE, RELEASE, N_FRAMES, 0.125F);
}

/* A pad that was cleared begins anew: at full gain, too. */
static void
test_clear_resets (void)
{
  g_auto (ZabTestSession) self;
  g_autofree float *silence = NULL;
  g_autofree float *out = NULL;

  set_up (&self, "loop.wav");
  zab_pad_set_gain (zab_test_session_get_pad (&self, 0), 0.5);
  zab_session_clear (self.session, 0);
  zab_test_session_load_sound (&self, 0, "kick.wav", FIRST);
  silence = render (&self, RELEASE);
  zab_session_play (self.session, 0, 1);
  out = render (&self, 2 * N_FRAMES);
  assert_plain (out, ATTACK, N_FRAMES - RELEASE, 1);
  assert_silent (out, N_FRAMES, 2 * N_FRAMES);
}

static void
test_volume (void)
{
  g_auto (ZabTestSession) self;
  g_autofree float *ramp = NULL;
  g_autofree float *out = NULL;
  ZabTestNotify     notify;

  set_up (&self, "loop.wav");
  zab_test_notify_init (&notify, self.session);
  zab_session_set_volume (self.session, 0.7);
  zab_test_assert_notified (&notify, "");
  zab_session_set_volume (self.session, 7);
  zab_test_assert_notified (&notify, "volume");
  g_assert_cmpfloat (zab_session_get_volume (self.session), ==, 1);
  zab_session_set_volume (self.session, -1);
  g_assert_cmpfloat (zab_session_get_volume (self.session), ==, 0);
  g_object_set (self.session, "volume", 0.5, NULL);
  zab_test_assert_notified (&notify, "volume volume");
  zab_test_notify_clear (&notify);
  zab_session_play (self.session, 0, 1);
  ramp = render (&self, RELEASE);
  out = render (&self, N_FRAMES - RELEASE);
  for (guint i = 0; i < N_FRAMES - RELEASE; i++)
    g_assert_cmpfloat (out[2 * i], ==, zab_test_counter (FIRST + RELEASE + i, 0) * 0.5F);
}

static void
on_activity (ZabSession *session, guint *n_activities)
{
  ++*n_activities;
}

static void
test_activity (void)
{
  g_auto (ZabTestSession) self;
  g_autofree float *out = NULL;
  g_autofree float *end = NULL;
  ZabTestNotify     notify;
  ZabPad           *pad;
  guint             n_activities = 0;

  set_up (&self, "loop.wav");
  pad = zab_test_session_get_pad (&self, 0);
  zab_test_notify_init (&notify, self.session);
  g_signal_connect (self.session, "activity", G_CALLBACK (on_activity), &n_activities);
  zab_session_play (self.session, 1, 1); /* empty */
  g_assert_cmpuint (n_activities, ==, 0);
  zab_session_play (self.session, 0, 1);
  g_assert_cmpuint (n_activities, ==, 1);
  g_assert_true (zab_session_update_activity (self.session)); /* it will be heard */
  g_assert_false (zab_pad_get_playing (pad));
  out = render (&self, N_FRAMES + 250);
  g_assert_true (zab_session_update_activity (self.session));
  zab_test_assert_notified (&notify, "n-playing");
  g_assert_true (zab_pad_get_playing (pad));
  g_assert_cmpfloat (zab_pad_get_position (pad), ==, 0.25);
  zab_session_stop (self.session, 0);
  end = render (&self, RELEASE);
  self.session->active_until = 0; /* no grace: what is seen is the mixer's word */
  g_assert_false (zab_session_update_activity (self.session));
  zab_test_assert_notified (&notify, "n-playing");
  g_assert_false (zab_pad_get_playing (pad));
  g_assert_cmpfloat (zab_pad_get_position (pad), ==, 0);
  g_signal_handlers_disconnect_by_data (self.session, &n_activities);
  zab_test_notify_clear (&notify);
}

static void
test_stop_all (void)
{
  g_auto (ZabTestSession) self;
  g_autofree float *out = NULL;
  g_autofree float *end = NULL;
  guint             n_playing;

  set_up (&self, "loop.wav");
  zab_test_session_load_sound (&self, 215, "other loop.wav", FIRST);
  zab_session_play (self.session, 0, 1);
  zab_session_play (self.session, 215, 1);
  out = render (&self, 10);
  zab_session_update_activity (self.session);
  g_object_get (self.session, "n-playing", &n_playing, NULL);
  g_assert_cmpuint (n_playing, ==, 2);
  zab_session_stop_all (self.session);
  end = render (&self, 2 * RELEASE);
  assert_silent (end, RELEASE, 2 * RELEASE);
  zab_session_update_activity (self.session);
  g_object_get (self.session, "n-playing", &n_playing, NULL);
  g_assert_cmpuint (n_playing, ==, 0);
}

static void
test_bank (void)
{
  g_auto (ZabTestSession) self;
  ZabTestNotify notify;

  zab_test_session_init (&self);
  zab_test_notify_init (&notify, self.session);
  zab_session_set_bank (self.session, 0);
  zab_test_assert_notified (&notify, "");
  zab_session_set_bank (self.session, 5);
  zab_test_assert_notified (&notify, "bank");
  g_object_set (self.session, "bank", 3, NULL);
  g_assert_cmpuint (zab_session_get_bank (self.session), ==, 3);
  zab_test_notify_clear (&notify);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/session/sound/one-shot", test_one_shot);
  zab_test_add ("/model/session/sound/loop", test_loop);
  zab_test_add ("/model/session/sound/loop-setting", test_loop_setting);
  zab_test_add ("/model/session/sound/loop-is-the-musicians", test_loop_is_the_musicians);
  zab_test_add ("/model/session/sound/tempo", test_tempo);
  zab_test_add ("/model/session/sound/gain-and-velocity", test_gain_and_velocity);
  zab_test_add ("/model/session/sound/clear-resets", test_clear_resets);
  zab_test_add ("/model/session/sound/volume", test_volume);
  zab_test_add ("/model/session/sound/activity", test_activity);
  zab_test_add ("/model/session/sound/stop-all", test_stop_all);
  zab_test_add ("/model/session/sound/bank", test_bank);
  return g_test_run ();
}
