/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of the sound, without a daemon and with a real one. */
#include "model/zab-sound-status.h"
#include "zab-test-notify.h"
#include "zab-test-session.h"

static guint
get_uint (gpointer object, const char *name)
{
  guint value;

  g_object_get (object, name, &value, NULL);
  return value;
}

static void
test_status_offline (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (ZabSoundStatus) status = NULL;
  g_autofree char *summary = NULL;
  ZabTestNotify    notify;

  zab_test_session_init (&self);
  status = zab_sound_status_new (self.session);
  zab_test_notify_init (&notify, status);
  zab_sound_status_update (status);
  zab_test_assert_notified (&notify, "");
  g_object_get (status, "summary", &summary, NULL);
  g_assert_cmpstr (summary, ==, "");
  zab_test_notify_clear (&notify);
  g_assert_finalize_object (g_steal_pointer (&status));
}

/* A real daemon: 256 frames at 48 kHz. */
static void
test_status_running (void)
{
  ZabSession *session = zab_session_new ();
  g_autoptr (ZabSoundStatus) status = zab_sound_status_new (session);
  g_autofree char *summary = NULL;
  double           load;

  while (get_uint (status, "quantum") == 0)
    {
      g_main_context_iteration (NULL, FALSE);
      zab_sound_status_update (status);
    }
  g_assert_cmpuint (get_uint (status, "quantum"), ==, 256);
  g_assert_cmpuint (get_uint (status, "rate"), ==, 48000);
  g_assert_cmpuint (get_uint (status, "missed"), ==, 0);
  g_object_get (status, "summary", &summary, NULL);
  g_assert_cmpstr (summary, ==, "48 kHz, 256 frames (5.3 ms)");
  do
    {
      g_main_context_iteration (NULL, FALSE);
      zab_sound_status_update (status);
      g_object_get (status, "load", &load, NULL);
    }
  while (!(load > 0));
  zab_sound_status_reset (status);
  g_assert_cmpuint (get_uint (status, "missed"), ==, 0);
  zab_session_shut_down (session);
  zab_sound_status_update (status);
  g_assert_cmpuint (get_uint (status, "quantum"), ==, 0);
  g_clear_object (&status);
  g_object_unref (session);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/sound-status/offline", test_status_offline);
  zab_test_add ("/model/sound-status/running", test_status_running);
  return g_test_run ();
}
