/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running program as other programs see it on the session bus. */
#include "ui/zab-test-app.h"

#define NAME      "io.github.zabumba.Zabumba"
#define PATH      "/io/github/zabumba/Zabumba"
#define INTERFACE NAME ".Pads1"

typedef struct
{
  ZabTestApp app;
  GPtrArray *events; /* "type pad", of the loads */
  guint      subscription;
} Fixture;

static void
on_event (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
          const char *signal, GVariant *arguments, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GVariant) event = g_variant_get_child_value (arguments, 0);
  const char *type = NULL;
  guint       id = 0;

  g_assert_true (g_variant_lookup (event, "type", "&s", &type));
  g_assert_true (g_variant_lookup (event, "id", "u", &id));
  if (!g_str_equal (type, "progress"))
    g_ptr_array_add (self->events, g_strdup_printf ("%s %u", type, id));
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .events = g_ptr_array_new_with_free_func (g_free) };
  zab_test_app_start (&self->app, (const char *[]){ NULL });
  zab_test_wait_until (zab_test_app_shows (&self->app, "label:Sound is on"));
  self->subscription
      = g_dbus_connection_signal_subscribe (self->app.bus, NAME, INTERFACE, "LoaderEvent", PATH,
                                            NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_event, self, NULL);
}

static void
tear_down (Fixture *self)
{
  g_dbus_connection_signal_unsubscribe (self->app.bus, self->subscription);
  g_ptr_array_unref (self->events);
  zab_test_app_stop (&self->app);
}

/* Takes @arguments. */
static GVariant *
try_call (Fixture *self, const char *interface, const char *method, GVariant *arguments,
          GError **error)
{
  return g_dbus_connection_call_sync (self->app.bus, NAME, PATH, interface, method, arguments, NULL,
                                      G_DBUS_CALL_FLAGS_NONE, -1, NULL, error);
}

static void
call (Fixture *self, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = try_call (self, INTERFACE, method, arguments, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (reply), ==, 0);
}

static void
assert_refused (Fixture *self, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = try_call (self, INTERFACE, method, arguments, &error);

  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  g_assert_null (reply);
}

static GVariant *
get (Fixture *self, const char *property)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = try_call (self, "org.freedesktop.DBus.Properties", "Get",
                                         g_variant_new ("(ss)", INTERFACE, property), &error);
  GVariant *value;

  g_assert_no_error (error);
  g_variant_get (reply, "(v)", &value);
  return value;
}

static guint
get_number (Fixture *self, const char *property)
{
  g_autoptr (GVariant) value = get (self, property);

  return g_variant_get_uint32 (value);
}

static gboolean
set_volume (Fixture *self, GVariant *volume)
{
  g_autoptr (GVariant) reply
      = try_call (self, "org.freedesktop.DBus.Properties", "Set",
                  g_variant_new ("(ssv)", INTERFACE, "Volume", volume), NULL);

  return reply != NULL;
}

static void
load (Fixture *self, guint pad, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  call (self, "LoadPad", g_variant_new ("(us)", pad, uri));
}

static void
test_load (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *good = zab_test_app_write_wav (dir, "hum loop.wav", 1);
  g_autofree char *bad = zab_test_app_write_broken_wav (dir, "bad.wav");

  set_up (&self);
  load (&self, 2, good);
  zab_test_wait_until (self.events->len == 2);
  g_assert_cmpstr (self.events->pdata[0], ==, "started 2");
  g_assert_cmpstr (self.events->pdata[1], ==, "success 2");
  load (&self, 3, bad);
  zab_test_wait_until (self.events->len == 4);
  g_assert_cmpstr (self.events->pdata[2], ==, "started 3");
  g_assert_cmpstr (self.events->pdata[3], ==, "error 3");
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad A3, hum loop, ready"));
  g_assert_cmpuint (get_number (&self, "LoadingPads"), ==, 0);
  tear_down (&self);
}

static void
test_play (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "hum loop.wav", 1);

  set_up (&self);
  load (&self, 36, path);
  zab_test_wait_until (self.events->len == 2);
  call (&self, "SelectBank", g_variant_new ("(u)", 1));
  g_assert_cmpuint (get_number (&self, "Bank"), ==, 1);
  call (&self, "PlayPad", g_variant_new ("(ud)", 36, 0.5));
  zab_test_wait_until (get_number (&self, "PlayingPads") == 1);
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad B1, hum loop, playing"));
  call (&self, "StopPad", g_variant_new ("(u)", 36));
  zab_test_wait_until (get_number (&self, "PlayingPads") == 0);
  call (&self, "PlayPad", g_variant_new ("(ud)", 36, 1.0));
  zab_test_wait_until (get_number (&self, "PlayingPads") == 1);
  call (&self, "StopAll", NULL);
  zab_test_wait_until (get_number (&self, "PlayingPads") == 0);
  tear_down (&self);
}

static void
test_volume (void)
{
  Fixture self;
  g_autoptr (GVariant) volume = NULL;

  set_up (&self);
  g_assert_true (set_volume (&self, g_variant_new_double (0.25)));
  volume = get (&self, "Volume");
  g_assert_cmpfloat (g_variant_get_double (volume), ==, 0.25);
  g_assert_false (set_volume (&self, g_variant_new_double (1.01)));
  g_assert_false (set_volume (&self, g_variant_new_double (-0.01)));
  g_assert_false (set_volume (&self, g_variant_new_double (G_MAXDOUBLE * 2))); /* infinite */
  g_assert_false (set_volume (&self, g_variant_new_string ("loud")));
  tear_down (&self);
}

static void
test_refusals (void)
{
  Fixture self;

  set_up (&self);
  assert_refused (&self, "LoadPad", g_variant_new ("(us)", 216, "file:///a.wav"));
  assert_refused (&self, "LoadPad", g_variant_new ("(us)", 0, "a.wav"));
  assert_refused (&self, "LoadPad", g_variant_new ("(us)", 0, ""));
  assert_refused (&self, "LoadPad", g_variant_new ("(su)", "file:///a.wav", 0));
  assert_refused (&self, "PlayPad", g_variant_new ("(ud)", 216, 1.0));
  assert_refused (&self, "PlayPad", g_variant_new ("(ud)", 0, 1.5));
  assert_refused (&self, "PlayPad", g_variant_new ("(ud)", 0, -0.5));
  assert_refused (&self, "StopPad", g_variant_new ("(u)", G_MAXUINT32));
  assert_refused (&self, "SelectBank", g_variant_new ("(u)", 6));
  g_assert_cmpuint (self.events->len, ==, 0);
  g_assert_cmpuint (get_number (&self, "LoadingPads"), ==, 0);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/remote/load", test_load);
  zab_test_add ("/ui/remote/play", test_play);
  zab_test_add ("/ui/remote/volume", test_volume);
  zab_test_add ("/ui/remote/refusals", test_refusals);
  return g_test_run ();
}
