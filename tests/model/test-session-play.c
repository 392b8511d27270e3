/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session tells of what sounds, against what a real mixer plays. */
#include <math.h>

#include "lib/zab-test-wav.h"
#include "zab-test-notify.h"
#include "zab-test-session.h"

enum
{
  N_FRAMES = 48000, /* of the long sound: a second */
  BEAT = 24000,     /* at 120 a minute */
  BAR = 4 * BEAT,
};

static void
render (ZabTestSession *self, guint n_frames)
{
  g_autofree float *out = g_new (float, 2 * n_frames);

  zab_engine_render (self->engine, out, n_frames);
}

/* A second of @level on the pad. */
static void
load_level (ZabTestSession *self, guint pad, float level)
{
  g_autofree char *name = g_strdup_printf ("level-%u.wav", pad);
  g_autoptr (GFile) file = zab_test_session_get_file (self, name);
  g_autofree float *frames = g_new (float, N_FRAMES);

  for (guint i = 0; i < N_FRAMES; i++)
    frames[i] = level;
  g_assert_true (zab_test_wav_write (g_file_peek_path (file), frames, N_FRAMES, 1,
                                     ZAB_TEST_SESSION_RATE, NULL));
  zab_session_load (self->session, pad, file);
  zab_test_wait_until (zab_session_count_loading (self->session) == 0);
  g_assert_true (zab_pad_get_has_sample (zab_test_session_get_pad (self, pad)));
}

static void
set_up (ZabTestSession *self, float level)
{
  zab_test_session_init (self);
  load_level (self, 0, level);
  zab_session_set_volume (self->session, 1);
  render (self, 1024); /* ramps are at their ends */
}

static gboolean
update (ZabTestSession *self)
{
  self->session->active_until = 0; /* no grace: what is seen is the mixer's word */
  return zab_session_update_activity (self->session);
}

static void
assert_pad (ZabTestSession *self, gboolean playing, gboolean fading, gboolean armed)
{
  ZabPad  *pad = zab_test_session_get_pad (self, 0);
  gboolean values[3];

  g_assert_cmpint (update (self), ==, playing || armed);
  g_object_get (pad, "playing", &values[0], "fading", &values[1], "armed", &values[2], NULL);
  g_assert_cmpint (values[0], ==, playing);
  g_assert_cmpint (values[1], ==, fading);
  g_assert_cmpint (values[2], ==, armed);
  g_assert_cmpint (zab_pad_get_playing (pad), ==, playing);
  g_assert_cmpint (zab_pad_get_fading (pad), ==, fading);
  g_assert_cmpint (zab_pad_get_armed (pad), ==, armed);
}

static void
test_fading (void)
{
  g_auto (ZabTestSession) self;
  ZabTestNotify notify;

  set_up (&self, 0.5f);
  zab_test_notify_init (&notify, zab_test_session_get_pad (&self, 0));
  zab_pad_set_release (zab_test_session_get_pad (&self, 0), 100);
  zab_test_assert_notified (&notify, "release");
  zab_session_play (self.session, 0, 1);
  render (&self, 1000);
  assert_pad (&self, TRUE, FALSE, FALSE);
  zab_test_assert_notified (&notify, "playing");
  zab_session_stop (self.session, 0);
  render (&self, 1000);
  assert_pad (&self, TRUE, TRUE, FALSE);
  zab_test_assert_notified (&notify, "fading");
  render (&self, 4000);
  assert_pad (&self, FALSE, FALSE, FALSE);
  zab_test_assert_notified (&notify, "fading playing");
  zab_test_notify_clear (&notify);
}

/* However long the graph takes: until its next cycle the session is looked at. */
static void
test_late_cycle (void)
{
  g_auto (ZabTestSession) self;

  set_up (&self, 0.5f);
  assert_pad (&self, FALSE, FALSE, FALSE);
  zab_session_play (self.session, 0, 1);
  g_assert_true (update (&self));
  g_assert_false (zab_pad_get_playing (zab_test_session_get_pad (&self, 0)));
  g_assert_true (zab_session_update_activity (self.session));
  render (&self, 1000);
  assert_pad (&self, TRUE, FALSE, FALSE);
}

/* A pad that was stopped and pressed again is not fading. */
static void
test_fading_and_again (void)
{
  g_auto (ZabTestSession) self;

  set_up (&self, 0.5f);
  zab_pad_set_release (zab_test_session_get_pad (&self, 0), 100);
  zab_session_play (self.session, 0, 1);
  render (&self, 1000);
  zab_session_stop (self.session, 0);
  render (&self, 100);
  zab_session_play (self.session, 0, 1);
  render (&self, 100);
  assert_pad (&self, TRUE, FALSE, FALSE);
}

static void
test_gate (void)
{
  g_auto (ZabTestSession) self;

  set_up (&self, 0.5f);
  zab_session_play (self.session, 0, 1);
  zab_session_release (self.session, 0);
  render (&self, 1000);
  assert_pad (&self, TRUE, FALSE, FALSE); /* a one-shot does not care */
  zab_session_stop (self.session, 0);
  render (&self, 1000);
  zab_pad_set_mode (zab_test_session_get_pad (&self, 0), ZAB_PAD_MODE_GATE);
  zab_session_play (self.session, 0, 1);
  render (&self, 1000);
  assert_pad (&self, TRUE, FALSE, FALSE);
  zab_session_release (self.session, 0);
  render (&self, 1000);
  assert_pad (&self, FALSE, FALSE, FALSE);
}

static void
test_toggle (void)
{
  g_auto (ZabTestSession) self;

  set_up (&self, 0.5f);
  zab_pad_set_mode (zab_test_session_get_pad (&self, 0), ZAB_PAD_MODE_TOGGLE);
  zab_session_play (self.session, 0, 1);
  zab_session_release (self.session, 0);
  render (&self, 1000);
  assert_pad (&self, TRUE, FALSE, FALSE);
  zab_session_play (self.session, 0, 1);
  render (&self, 1000);
  assert_pad (&self, FALSE, FALSE, FALSE);
}

/* To start on the next bar, and to stop on the one after it. */
static void
test_armed (void)
{
  g_auto (ZabTestSession) self;

  set_up (&self, 0.5f);
  zab_session_set_quantise (self.session, ZAB_PAD_QUANTISE_1_BAR);
  zab_pad_set_mode (zab_test_session_get_pad (&self, 0), ZAB_PAD_MODE_LOOP);
  zab_session_set_transport_running (self.session, TRUE);
  render (&self, 100);
  zab_session_play (self.session, 0, 1);
  render (&self, BAR - 200);
  assert_pad (&self, FALSE, FALSE, TRUE);
  render (&self, 200);
  assert_pad (&self, TRUE, FALSE, FALSE);
  zab_session_stop (self.session, 0);
  render (&self, 100);
  assert_pad (&self, TRUE, FALSE, TRUE);
  render (&self, BAR);
  assert_pad (&self, FALSE, FALSE, FALSE);
  zab_session_play (self.session, 0, 1);
  render (&self, 100);
  assert_pad (&self, FALSE, FALSE, TRUE);
  zab_session_stop_all (self.session);
  render (&self, 100);
  assert_pad (&self, FALSE, FALSE, FALSE);
}

static void
test_transport (void)
{
  g_auto (ZabTestSession) self;
  ZabTestNotify notify;
  gboolean      running;
  guint         bar = 7;
  double        beat = 7;

  zab_test_session_init (&self);
  zab_test_notify_init (&notify, self.session);
  g_assert_false (zab_session_get_bar_position (self.session, &bar, &beat));
  g_assert_cmpuint (bar, ==, 0);
  g_assert_cmpfloat (beat, ==, 0);
  g_object_set (self.session, "transport-running", TRUE, NULL);
  zab_test_assert_notified (&notify, "transport-running");
  zab_session_set_transport_running (self.session, TRUE);
  zab_test_assert_notified (&notify, "");
  render (&self, BAR + BEAT + BEAT / 2);
  g_assert_true (zab_session_get_bar_position (self.session, &bar, &beat));
  g_assert_cmpuint (bar, ==, 1);
  g_assert_cmpfloat (beat, ==, 1.5);
  zab_session_set_tempo (self.session, 60);
  render (&self, BEAT);
  g_assert_true (zab_session_get_bar_position (self.session, NULL, &beat));
  g_assert_cmpfloat (beat, ==, 2);
  zab_session_set_transport_running (self.session, FALSE);
  render (&self, BEAT);
  g_object_get (self.session, "transport-running", &running, NULL);
  g_assert_false (running);
  g_assert_false (zab_session_get_bar_position (self.session, NULL, NULL));
  g_assert_cmpuint (self.messages->len, ==, 0);
  zab_test_notify_clear (&notify);
}

/* Refused, and the session says the same as the mixer. */
static void
test_transport_refused (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  while (zab_engine_stop_all (self.engine))
    ;
  zab_session_set_transport_running (self.session, TRUE);
  g_assert_false (zab_session_get_transport_running (self.session));
  g_assert_cmpuint (self.messages->len, ==, 1);
  render (&self, 64);
  g_assert_false (zab_engine_get_bar_position (self.engine, NULL, NULL));
}

/* 3/8 at 90 quarter notes a minute: a bar of 48000 frames. */
static void
test_metre (void)
{
  g_auto (ZabTestSession) self;
  guint  bar;
  double beat;

  zab_test_session_init (&self);
  g_object_set (self.session, "tempo", 90.0, "metre-beats", 3, "metre-unit", 8, "transport-running",
                TRUE, NULL);
  render (&self, 2 * 48000 + 32000);
  zab_session_get_bar_position (self.session, &bar, &beat);
  g_assert_cmpuint (bar, ==, 2);
  g_assert_cmpfloat (beat, ==, 1);
}

static void
test_pad_meter (void)
{
  g_auto (ZabTestSession) self;
  ZabPad         *pad;
  ZabMeterReading reading;
  float           peak, rms;

  set_up (&self, 0.5f);
  pad = zab_test_session_get_pad (&self, 0);
  zab_pad_read_meter (pad, &peak, &rms);
  g_assert_cmpfloat (peak, ==, 0);
  zab_pad_set_gain (pad, 0.5);
  render (&self, 1024);
  zab_session_play (self.session, 0, 1);
  render (&self, 4096);
  update (&self);
  zab_pad_read_meter (pad, &peak, &rms);
  g_assert_cmpfloat (peak, ==, 0.25f);
  g_assert_cmpfloat_with_epsilon ((double)rms, 0.25, 1e-6);
  zab_pad_read_meter (pad, NULL, NULL);
  update (&self); /* nothing has been rendered: no peak since */
  zab_pad_read_meter (pad, &peak, NULL);
  g_assert_cmpfloat (peak, ==, 0);
  zab_pad_set_pan (pad, -1);
  render (&self, 4096);
  zab_engine_read_pad_meter (self.engine, 0, &reading);
  render (&self, 1024);
  zab_engine_read_pad_meter (self.engine, 0, &reading);
  g_assert_cmpfloat_with_epsilon ((double)reading.peak[0], 0.25 * G_SQRT2, 1e-6);
  g_assert_cmpfloat (reading.peak[1], ==, 0);
  zab_session_stop (self.session, 0);
  render (&self, 4096);
  update (&self);
  update (&self);
  zab_pad_read_meter (pad, &peak, &rms);
  g_assert_cmpfloat (peak, ==, 0);
  g_assert_cmpfloat (rms, ==, 0);
}

static void
test_master_meter (void)
{
  g_auto (ZabTestSession) self;
  ZabMeterReading reading;
  float           peaks[2], rms[2];

  set_up (&self, 0.5f);
  load_level (&self, 1, 0.75f);
  zab_session_set_volume (self.session, 0.5);
  render (&self, 1024);
  zab_session_play (self.session, 0, 1);
  zab_session_play (self.session, 1, 1);
  render (&self, 4096);
  zab_session_read_master_meter (self.session, peaks, rms);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpfloat (peaks[i], ==, 0.625f);
      g_assert_cmpfloat_with_epsilon ((double)rms[i], 0.625, 1e-6);
    }
  zab_session_read_master_meter (self.session, peaks, NULL);
  g_assert_cmpfloat (peaks[0], ==, 0);
  zab_session_set_volume (self.session, 1);
  render (&self, 4096);
  zab_engine_read_master_meter (self.engine, &reading);
  g_assert_cmpfloat (reading.peak[0], ==, 1.25f);
  g_assert_cmpuint (reading.n_clipped, >, 0);
}

static void
test_limiter (void)
{
  g_auto (ZabTestSession) self;
  double reduction;
  float  peaks[2];

  set_up (&self, 1);
  zab_pad_set_gain (zab_test_session_get_pad (&self, 0), 2);
  render (&self, 1024);
  zab_session_play (self.session, 0, 1);
  render (&self, 4096);
  g_assert_cmpfloat (zab_session_read_limiter (self.session), ==, 0);
  zab_session_read_master_meter (self.session, peaks, NULL);
  g_assert_cmpfloat (peaks[0], ==, 2);
  zab_session_set_limiter (self.session, TRUE);
  render (&self, 4096);
  zab_session_read_limiter (self.session);
  zab_session_read_master_meter (self.session, peaks, NULL);
  render (&self, 4096);
  reduction = zab_session_read_limiter (self.session);
  zab_session_read_master_meter (self.session, peaks, NULL);
  g_assert_cmpfloat_with_epsilon (reduction, 20 * log10 (2) + 0.5, 0.01); /* to -0.5 dB */
  g_assert_cmpfloat (peaks[0], <=, 0.9441f);
  g_assert_cmpfloat (peaks[0], >, 0.9f);
}

/* The limiter is on unless somebody says no. */
static void
test_limiter_by_default (void)
{
  ZabSession *session = zab_session_new_offline (48000);

  g_assert_true (zab_session_get_limiter (session));
  zab_session_shut_down (session);
  g_assert_finalize_object (session);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/session/play/fading", test_fading);
  zab_test_add ("/model/session/play/late-cycle", test_late_cycle);
  zab_test_add ("/model/session/play/fading-and-again", test_fading_and_again);
  zab_test_add ("/model/session/play/gate", test_gate);
  zab_test_add ("/model/session/play/toggle", test_toggle);
  zab_test_add ("/model/session/play/armed", test_armed);
  zab_test_add ("/model/session/play/transport", test_transport);
  zab_test_add ("/model/session/play/transport-refused", test_transport_refused);
  zab_test_add ("/model/session/play/metre", test_metre);
  zab_test_add ("/model/session/play/pad-meter", test_pad_meter);
  zab_test_add ("/model/session/play/master-meter", test_master_meter);
  zab_test_add ("/model/session/play/limiter", test_limiter);
  zab_test_add ("/model/session/play/limiter-by-default", test_limiter_by_default);
  return g_test_run ();
}
