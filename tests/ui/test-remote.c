/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running program as other programs see it on the session bus. */
#include "ui/zab-test-app.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define NAME      "io.github.zabumba.Zabumba"
#define PATH      "/io/github/zabumba/Zabumba"
#define INTERFACE NAME ".Pads1"

typedef struct
{
  ZabTestApp app;
  GPtrArray *events;  /* "type pad", of the loads */
  guint64    request; /* of the last of them */
  GPtrArray *changes; /* "property value" */
  guint      subscription;
  guint      properties;
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
  g_assert_true (g_variant_lookup (event, "request", "t", &self->request));
  if (!g_str_equal (type, "progress"))
    g_ptr_array_add (self->events, g_strdup_printf ("%s %u", type, id));
}

static void
on_changed (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
            const char *signal, GVariant *arguments, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GVariantIter) changed = NULL;
  const char *of;
  const char *name;
  GVariant   *value;

  g_variant_get (arguments, "(&sa{sv}as)", &of, &changed, NULL);
  while (g_variant_iter_next (changed, "{&sv}", &name, &value))
    {
      g_autofree char *text = g_variant_print (value, FALSE);

      g_ptr_array_add (self->changes, g_strdup_printf ("%s %s", name, text));
      g_variant_unref (value);
    }
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .events = g_ptr_array_new_with_free_func (g_free),
                     .changes = g_ptr_array_new_with_free_func (g_free) };
  zab_test_app_start (&self->app, (const char *[]){ NULL });
  zab_test_app_wait_sound (&self->app);
  self->subscription
      = g_dbus_connection_signal_subscribe (self->app.bus, NAME, INTERFACE, "LoaderEvent", PATH,
                                            NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_event, self, NULL);
  self->properties = g_dbus_connection_signal_subscribe (
      self->app.bus, NAME, "org.freedesktop.DBus.Properties", "PropertiesChanged", PATH, INTERFACE,
      G_DBUS_SIGNAL_FLAGS_NONE, on_changed, self, NULL);
}

static void
tear_down (Fixture *self)
{
  g_dbus_connection_signal_unsubscribe (self->app.bus, self->subscription);
  g_dbus_connection_signal_unsubscribe (self->app.bus, self->properties);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->changes);
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

/* Returns the request. */
static guint64
load (Fixture *self, guint pad, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = try_call (self, INTERFACE, "LoadPad", g_variant_new ("(us)", pad, uri), &error);
  guint64 request = 0;

  g_assert_no_error (error);
  g_variant_get (reply, "(t)", &request);
  return request;
}

/* Takes @fd; 0: refused. */
static guint64
load_fd (Fixture *self, guint pad, int fd, const char *name, GError **error)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new_from_array (&fd, 1);
  g_autoptr (GVariant) reply = g_dbus_connection_call_with_unix_fd_list_sync (
      self->app.bus, NAME, PATH, INTERFACE, "LoadPadFd", g_variant_new ("(uhs)", pad, 0, name),
      G_VARIANT_TYPE ("(t)"), G_DBUS_CALL_FLAGS_NONE, -1, list, NULL, NULL, error);
  guint64 request = 0;

  if (reply != NULL)
    g_variant_get (reply, "(t)", &request);
  return request;
}

static void
test_load (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *good = zab_test_app_write_wav (dir, "hum loop.wav", 1);
  g_autofree char *bad = zab_test_app_write_broken_wav (dir, "bad.wav");

  guint64 request;

  set_up (&self);
  request = load (&self, 2, good);
  zab_test_wait_until (self.events->len == 2);
  g_assert_cmpuint (request, ==, self.request);
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

/* What has no name that Zabumba could open comes as a copy, which a set can name. */
static void
test_load_fd (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "hum loop.wav", 1);
  g_autofree char *sound = NULL;
  gsize            size;
  const int        memory = memfd_create ("nowhere", MFD_CLOEXEC);
  g_autoptr (GError) error = NULL;
  guint64 request;

  g_file_get_contents (path, &sound, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (memory, sound, size), ==, size);
  set_up (&self);
  request = load_fd (&self, 2, memory, "from memory loop.wav", &error);
  g_assert_no_error (error);
  zab_test_wait_until (self.events->len == 2);
  g_assert_cmpstr (self.events->pdata[1], ==, "success 2");
  g_assert_cmpuint (request, ==, self.request);
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad A3, from memory loop, ready"));
  request = load_fd (&self, 4, open (path, O_RDONLY | O_CLOEXEC), "any name.wav", &error);
  g_assert_no_error (error);
  zab_test_wait_until (self.events->len == 4);
  g_assert_cmpuint (request, ==, self.request);
  zab_test_wait_until (zab_test_app_shows (&self.app, "Pad A5, hum loop, ready"));
  tear_down (&self);
}

static void
assert_fd_refused (Fixture *self, int fd, const char *name, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpuint (load_fd (self, 0, fd, name, &error), ==, 0);
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
  g_assert_nonnull (strstr (error->message, words));
}

/* Nothing is waited for, and the next call is as good as any. */
static void
test_fd_refusals (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "hum.wav", 1);
  int              ends[2];
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  set_up (&self);
  assert_fd_refused (&self, ends[0], "a.wav", "“a.wav” is a pipe and no file");
  assert_fd_refused (&self, open (dir, O_RDONLY | O_CLOEXEC), "a.wav", "is a folder");
  assert_fd_refused (&self, open ("/dev/zero", O_RDONLY | O_CLOEXEC), "a.wav", "is a device");
  assert_fd_refused (&self, open (path, O_WRONLY | O_CLOEXEC), "a.wav", "not open for reading");
  assert_fd_refused (&self, open (path, O_RDONLY | O_CLOEXEC), "../a.wav", "no name for a file");
  assert_refused (&self, "LoadPadFd", g_variant_new ("(uhs)", 0, 3, "a.wav")); /* none is sent */
  assert_refused (&self, "LoadPadFd", g_variant_new ("(uhs)", 216, 0, "a.wav"));
  g_assert_cmpuint (self.events->len, ==, 0);
  g_assert_cmpuint (load_fd (&self, 0, open (path, O_RDONLY | O_CLOEXEC), "a.wav", &error), >, 0);
  zab_test_wait_until (self.events->len == 2);
  close (ends[1]);
  tear_down (&self);
}

static void
test_list (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *good = zab_test_app_write_wav (dir, "hum loop.wav", 1);
  g_autofree char *bad = zab_test_app_write_broken_wav (dir, "bad.wav");
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) second = NULL;
  g_autofree char *uri = g_filename_to_uri (good, NULL, NULL);
  const char      *text;
  double           duration;
  gboolean         playing;

  set_up (&self);
  load (&self, 37, good);
  load (&self, 40, bad);
  zab_test_wait_until (self.events->len == 4);
  reply = try_call (&self, INTERFACE, "ListPads", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_variant_get_type_string (reply), ==, "(aa{sv})");
  g_variant_get (reply, "(@aa{sv})", &first);
  g_variant_unref (reply);
  reply = g_steal_pointer (&first);
  g_assert_cmpuint (g_variant_n_children (reply), ==, 2);
  first = g_variant_get_child_value (reply, 0);
  second = g_variant_get_child_value (reply, 1);
  g_assert_true (g_variant_lookup (first, "label", "&s", &text));
  g_assert_cmpstr (text, ==, "B2");
  g_assert_true (g_variant_lookup (first, "name", "&s", &text));
  g_assert_cmpstr (text, ==, "hum loop");
  g_assert_true (g_variant_lookup (first, "state", "&s", &text));
  g_assert_cmpstr (text, ==, "ready");
  g_assert_true (g_variant_lookup (first, "uri", "&s", &text));
  g_assert_cmpstr (text, ==, uri);
  g_assert_true (g_variant_lookup (first, "duration", "d", &duration));
  g_assert_cmpfloat (duration, ==, 1);
  g_assert_true (g_variant_lookup (first, "playing", "b", &playing));
  g_assert_false (playing);
  g_assert_true (g_variant_lookup (second, "state", "&s", &text));
  g_assert_cmpstr (text, ==, "failed");
  g_assert_true (g_variant_lookup (second, "message", "&s", &text));
  g_assert_nonnull (strstr (text, "“bad.wav”"));
  tear_down (&self);
}

static gboolean
was_changed (Fixture *self, const char *change)
{
  return g_ptr_array_find_with_equal_func (self->changes, change, g_str_equal, NULL);
}

/* Who listens need not ask; and what did not change is not told. */
static void
test_changes (void)
{
  Fixture          self;
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "hum.wav", 2);

  set_up (&self);
  call (&self, "SelectBank", g_variant_new ("(u)", 0));
  call (&self, "SelectBank", g_variant_new ("(u)", 2));
  zab_test_wait_until (was_changed (&self, "Bank 2"));
  g_assert_false (was_changed (&self, "Bank 0"));
  g_assert_true (set_volume (&self, g_variant_new_double (0.5)));
  zab_test_wait_until (was_changed (&self, "Volume 0.5"));
  load (&self, 0, path);
  zab_test_wait_until (was_changed (&self, "LoadingPads 1"));
  zab_test_wait_until (was_changed (&self, "LoadingPads 0"));
  call (&self, "PlayPad", g_variant_new ("(ud)", 0, 1.0));
  zab_test_wait_until (was_changed (&self, "PlayingPads 1"));
  zab_test_wait_until (was_changed (&self, "PlayingPads 0")); /* by itself, at its end */
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

/* Letting go ends a pad that sounds while it is held, and no other. */
static void
test_release (void)
{
  Fixture self;

  set_up (&self);
  zab_test_app_open_gates (&self.app);
  call (&self, "PlayPad", g_variant_new ("(ud)", 0, 1.0));
  call (&self, "PlayPad", g_variant_new ("(ud)", 1, 1.0));
  zab_test_wait_until (get_number (&self, "PlayingPads") == 2);
  call (&self, "ReleasePad", g_variant_new ("(u)", 1));
  zab_test_wait_until (get_number (&self, "PlayingPads") == 1);
  g_assert_true (zab_test_app_shows (&self.app, "Pad A1, a, playing"));
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
  assert_refused (&self, "ReleasePad", g_variant_new ("(u)", 216));
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
  zab_test_add ("/ui/remote/load-fd", test_load_fd);
  zab_test_add ("/ui/remote/fd-refusals", test_fd_refusals);
  zab_test_add ("/ui/remote/list", test_list);
  zab_test_add ("/ui/remote/changes", test_changes);
  zab_test_add ("/ui/remote/play", test_play);
  zab_test_add ("/ui/remote/release", test_release);
  zab_test_add ("/ui/remote/volume", test_volume);
  zab_test_add ("/ui/remote/refusals", test_refusals);
  return g_test_run ();
}
