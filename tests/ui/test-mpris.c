/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running program as the desktop's media player. */
#include <math.h>

#include "ui/zab-test-app.h"

#define NAME   "org.mpris.MediaPlayer2.io.github.zabumba.Zabumba"
#define PATH   "/org/mpris/MediaPlayer2"
#define ROOT   "org.mpris.MediaPlayer2"
#define PLAYER ROOT ".Player"

typedef struct
{
  ZabTestApp app;
  GPtrArray *changes; /* "property value" */
  guint      subscription;
} Fixture;

static void
on_changed (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
            const char *signal, GVariant *arguments, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GVariantIter) changed = NULL;
  const char *name;
  GVariant   *value;

  g_variant_get (arguments, "(&sa{sv}as)", NULL, &changed, NULL);
  while (g_variant_iter_next (changed, "{&sv}", &name, &value))
    {
      g_autofree char *text = g_variant_print (value, FALSE);

      g_ptr_array_add (self->changes, g_strdup_printf ("%s %s", name, text));
      g_variant_unref (value);
    }
}

static GVariant *
try_call (Fixture *self, const char *interface, const char *method, GVariant *arguments,
          GError **error)
{
  return g_dbus_connection_call_sync (self->app.bus, NAME, PATH, interface, method, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
}

static void
call (Fixture *self, const char *interface, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = try_call (self, interface, method, arguments, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (reply), ==, 0);
}

static char *
get (Fixture *self, const char *interface, const char *property)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = try_call (self, "org.freedesktop.DBus.Properties", "Get",
                                         g_variant_new ("(ss)", interface, property), &error);
  g_autoptr (GVariant) value = NULL;

  g_assert_no_error (error);
  g_variant_get (reply, "(v)", &value);
  return g_variant_print (value, FALSE);
}

static void
assert_property (Fixture *self, const char *interface, const char *property, const char *expected)
{
  g_autofree char *value = get (self, interface, property);

  g_assert_cmpstr (value, ==, expected);
}

static gboolean
is_status (Fixture *self, const char *status)
{
  g_autofree char *value = get (self, PLAYER, "PlaybackStatus");

  return g_str_equal (value, status);
}

static gboolean
set (Fixture *self, const char *property, GVariant *value)
{
  g_autoptr (GVariant) reply = try_call (self, "org.freedesktop.DBus.Properties", "Set",
                                         g_variant_new ("(ssv)", PLAYER, property, value), NULL);

  return reply != NULL;
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .changes = g_ptr_array_new_with_free_func (g_free) };
  zab_test_app_start (&self->app, (const char *[]){ NULL });
  zab_test_app_wait_sound (&self->app);
  self->subscription = g_dbus_connection_signal_subscribe (
      self->app.bus, NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", PATH, PLAYER,
      G_DBUS_SIGNAL_FLAGS_NONE, on_changed, self, NULL);
}

static void
tear_down (Fixture *self)
{
  g_dbus_connection_signal_unsubscribe (self->app.bus, self->subscription);
  g_ptr_array_unref (self->changes);
  zab_test_app_stop (&self->app);
}

/* Sounds are opened, and take the first pads that are free. */
static void
open_sound (Fixture *self, const char *dir, const char *name, const char *button)
{
  g_autofree char *path = zab_test_app_write_wav (dir, name, 1);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  call (self, PLAYER, "OpenUri", g_variant_new ("(s)", uri));
  zab_test_wait_until (zab_test_app_shows (&self->app, button));
}

static void
test_root (void)
{
  Fixture self;

  set_up (&self);
  assert_property (&self, ROOT, "Identity", "'Zabumba'");
  assert_property (&self, ROOT, "DesktopEntry", "'io.github.zabumba.Zabumba'");
  assert_property (&self, ROOT, "CanRaise", "true");
  assert_property (&self, ROOT, "CanQuit", "true");
  assert_property (&self, ROOT, "HasTrackList", "false");
  call (&self, ROOT, "Raise", NULL);
  call (&self, ROOT, "Quit", NULL);
  g_assert_cmpint (zab_test_process_finish (self.app.process), ==, 0);
  tear_down (&self);
}

static gboolean
was_told (Fixture *self, const char *change)
{
  return g_ptr_array_find_with_equal_func (self->changes, change, g_str_equal, NULL);
}

static void
test_playing (void)
{
  static const char both[] = "Metadata {'mpris:trackid': <objectpath '/io/github/zabumba/Zabumba/"
                             "Playing'>, 'xesam:title': <'bass loop, hum loop'>}";
  Fixture           self;
  g_autofree char  *dir = zab_test_make_dir ();

  set_up (&self);
  open_sound (&self, dir, "bass loop.wav", "Pad A1, bass loop, ready");
  open_sound (&self, dir, "hum loop.wav", "Pad A2, hum loop, ready");
  assert_property (&self, PLAYER, "PlaybackStatus", "'Stopped'");
  assert_property (&self, PLAYER, "Metadata", "{}");
  zab_test_app_activate (&self.app, "play-pad", g_variant_new_uint32 (1));
  zab_test_app_activate (&self.app, "play-pad", g_variant_new_uint32 (0));
  zab_test_wait_until (was_told (&self, both));
  g_assert_true (was_told (&self, "PlaybackStatus 'Playing'"));
  g_assert_true (is_status (&self, "'Playing'"));
  g_ptr_array_set_size (self.changes, 0);
  call (&self, PLAYER, "Stop", NULL);
  zab_test_wait_until (was_told (&self, "PlaybackStatus 'Stopped'"));
  g_assert_true (is_status (&self, "'Stopped'"));
  assert_property (&self, PLAYER, "Metadata", "{}");
  tear_down (&self);
}

static void
test_volume (void)
{
  Fixture self;

  set_up (&self);
  g_assert_true (set (&self, "Volume", g_variant_new_double (0.25)));
  assert_property (&self, PLAYER, "Volume", "0.25");
  zab_test_wait_until (was_told (&self, "Volume 0.25"));
  g_assert_true (set (&self, "Volume", g_variant_new_double (-1)));
  assert_property (&self, PLAYER, "Volume", "0.0");
  g_assert_true (set (&self, "Volume", g_variant_new_double (7)));
  assert_property (&self, PLAYER, "Volume", "1.0");
  g_assert_false (set (&self, "Volume", g_variant_new_double ((double)NAN)));
  g_assert_false (set (&self, "Volume", g_variant_new_string ("loud")));
  assert_property (&self, PLAYER, "Volume", "1.0");
  tear_down (&self);
}

/* What pads can't do is not promised, and asking for it does no harm. */
static void
test_honesty (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (GError) error = NULL;

  set_up (&self);
  open_sound (&self, dir, "hum loop.wav", "Pad A1, hum loop, ready");
  for (const char *const *name = (const char *const[]){ "CanGoNext", "CanGoPrevious", "CanPlay",
                                                        "CanPause", "CanSeek", NULL };
       *name != NULL; name++)
    assert_property (&self, PLAYER, *name, "false");
  for (const char *const *name = (const char *const[]){ "Next", "Previous", "Play", "Pause", NULL };
       *name != NULL; name++)
    call (&self, PLAYER, *name, NULL);
  g_assert_null (try_call (&self, PLAYER, "PlayPause", NULL, &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_null (try_call (&self, PLAYER, "OpenUri",
                           g_variant_new ("(s)", "https://example.org/a.wav"), &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED);
  assert_property (&self, PLAYER, "CanControl", "true");
  assert_property (&self, PLAYER, "PlaybackStatus", "'Stopped'");
  assert_property (&self, PLAYER, "Position", "0");
  g_assert_true (set (&self, "Rate", g_variant_new_double (2)));
  assert_property (&self, PLAYER, "Rate", "1.0");
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/mpris/root", test_root);
  zab_test_add ("/ui/mpris/playing", test_playing);
  zab_test_add ("/ui/mpris/volume", test_volume);
  zab_test_add ("/ui/mpris/honesty", test_honesty);
  return g_test_run ();
}
