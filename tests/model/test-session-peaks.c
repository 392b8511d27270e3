/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test-signal.h"
#include "model/zab-pad-private.h"
#include "model/zab-test-session.h"
#include "zab-test-notify.h"

static ZabPeaks *
wait_for_peaks (ZabTestSession *self, guint pad)
{
  ZabPad *target = zab_test_session_get_pad (self, pad);

  zab_test_wait_until (zab_pad_get_peaks (target) != NULL);
  return zab_pad_get_peaks (target);
}

/* Of the sound that zab_test_session_make_sound () wrote with @first. */
static void
assert_peaks (ZabPeaks *peaks, guint64 first)
{
  ZabPeak peak;

  g_assert_cmpuint (zab_peaks_get_n_frames (peaks), ==, ZAB_TEST_SESSION_FRAMES);
  g_assert_cmpuint (zab_peaks_get_rate (peaks), ==, ZAB_TEST_SESSION_RATE);
  zab_peaks_read (peaks, 10, 500, &peak);
  g_assert_cmpfloat (peak.min, ==, zab_test_counter (first + 10, 0));
  g_assert_cmpfloat (peak.max, ==, zab_test_counter (first + 499, 0));
}

/* They come after the sound and go with it. */
static void
test_load (void)
{
  g_auto (ZabTestSession) self;
  ZabTestNotify notify;
  ZabPad       *pad;

  zab_test_session_init (&self);
  pad = zab_test_session_get_pad (&self, 3);
  zab_test_session_load_sound (&self, 3, "a.wav", 100);
  g_assert_null (zab_pad_get_peaks (pad));
  zab_test_notify_init (&notify, pad);
  assert_peaks (wait_for_peaks (&self, 3), 100);
  zab_test_assert_notified (&notify, "peaks");
  zab_session_clear (self.session, 3);
  g_assert_null (zab_pad_get_peaks (pad));
  zab_test_notify_clear (&notify);
}

/* Another sound's are never shown for it: they are gone when it is there. */
static void
test_replace (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  for (guint i = 0; i < 20; i++)
    {
      zab_test_session_load_sound (&self, 0, i % 2 ? "a.wav" : "b.wav", i * 1000);
      if (i % 3 == 0)
        assert_peaks (wait_for_peaks (&self, 0), i * 1000);
    }
  assert_peaks (wait_for_peaks (&self, 0), 19000);
}

static void
test_many (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  for (guint i = 0; i < ZAB_PADS_PER_BANK; i++)
    zab_test_session_load_sound (&self, i, "a.wav", i * 1000);
  for (guint i = 0; i < ZAB_PADS_PER_BANK; i++)
    assert_peaks (wait_for_peaks (&self, i), i * 1000);
}

/* A failed load leaves the sound and its peaks. */
static void
test_failed_load (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) missing = NULL;

  zab_test_session_init (&self);
  missing = zab_test_session_get_file (&self, "missing.wav");
  zab_test_session_load_sound (&self, 0, "a.wav", 5);
  assert_peaks (wait_for_peaks (&self, 0), 5);
  zab_session_load (self.session, 0, missing);
  zab_test_wait_until (zab_session_count_loading (self.session) == 0);
  g_assert_cmpint (zab_pad_get_state (zab_test_session_get_pad (&self, 0)), ==, ZAB_PAD_FAILED);
  assert_peaks (zab_pad_get_peaks (zab_test_session_get_pad (&self, 0)), 5);
}

/* Whoever looks at a sound may do so longer than the pad has it, and then it goes. */
static void
test_kept (void)
{
  g_auto (ZabTestSession) self;
  ZabPeaks *peaks;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "a.wav", 77);
  peaks = g_object_ref (wait_for_peaks (&self, 0));
  zab_session_clear (self.session, 0);
  zab_engine_render (self.engine, (float[128]){ 0 }, 64);
  while (zab_engine_poll_loader_event (self.engine) != NULL)
    ;
  assert_peaks (peaks, 77);
  g_assert_cmpuint (zab_engine_get_memory_used (self.engine), >, 0);
  g_assert_finalize_object (peaks);
  zab_test_wait_until (zab_engine_get_memory_used (self.engine) == 0);
}

/* Those that are being computed come to nothing. */
static void
test_shut_down (void)
{
  g_auto (ZabTestSession) self;

  zab_test_session_init (&self);
  zab_test_session_load_sound (&self, 0, "a.wav", 0);
  zab_test_session_load_sound (&self, 1, "b.wav", 0);
  zab_session_shut_down (self.session);
  g_assert_null (zab_pad_get_peaks (zab_test_session_get_pad (&self, 0)));
  g_assert_null (zab_pad_get_peaks (zab_test_session_get_pad (&self, 1)));
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/session/peaks/load", test_load);
  zab_test_add ("/model/session/peaks/replace", test_replace);
  zab_test_add ("/model/session/peaks/many", test_many);
  zab_test_add ("/model/session/peaks/failed-load", test_failed_load);
  zab_test_add ("/model/session/peaks/kept", test_kept);
  zab_test_add ("/model/session/peaks/shut-down", test_shut_down);
  return g_test_run ();
}
