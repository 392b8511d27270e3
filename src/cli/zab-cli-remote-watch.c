/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands that listen to what Zabumba tells. */
#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>

#include "cli/zab-cli-remote.h"
#include "cli/zab-cli.h"

typedef struct
{
  GMainLoop *loop;
  guint64    request; /* the load to wait for; 0: everything is told, without an end */
  int        status;
} Watch;

static void
end (Watch *self, int status)
{
  self->status = status;
  g_main_loop_quit (self->loop);
}

static void
on_loader_event (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                 const char *signal, GVariant *arguments, gpointer user_data)
{
  Watch *self = user_data;
  g_autoptr (GVariant) event = NULL;
  const char *type = "";
  guint64     request = 0;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(a{sv})")))
    return;
  event = g_variant_get_child_value (arguments, 0);
  g_variant_lookup (event, "type", "&s", &type);
  g_variant_lookup (event, "request", "t", &request);
  if (self->request != 0 && self->request != request)
    return;
  zab_remote_print (event);
  if (self->request == 0 || g_str_equal (type, "started") || g_str_equal (type, "progress"))
    return;
  end (self, g_str_equal (type, "success") ? ZAB_CLI_OK : ZAB_CLI_FAILED);
}

static void
on_changed (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
            const char *signal, GVariant *arguments, gpointer user_data)
{
  g_autoptr (GVariantIter) changed = NULL;
  const char *name;
  GVariant   *value;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (arguments, "(&sa{sv}as)", NULL, &changed, NULL);
  while (g_variant_iter_next (changed, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) line = g_variant_ref_sink (g_variant_new_parsed (
          "{'type': <'changed'>, 'property': <%s>, 'value': %v}", name, value));

      zab_remote_print (line);
      g_variant_unref (value);
    }
}

static void
on_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Watch *self = user_data;

  if (self->request != 0)
    zab_cli_fail (_ ("Zabumba has ended"));
  end (self, self->request != 0 ? ZAB_CLI_FAILED : ZAB_CLI_OK);
}

static gboolean
on_interrupt (gpointer data)
{
  Watch *self = data;

  end (self, self->request != 0 ? ZAB_CLI_FAILED : ZAB_CLI_OK);
  return G_SOURCE_CONTINUE;
}

static guint
subscribe (GDBusConnection *bus, const char *interface, const char *signal, const char *of,
           GDBusSignalCallback callback, Watch *self)
{
  return g_dbus_connection_signal_subscribe (bus, ZAB_REMOTE_NAME, interface, signal,
                                             ZAB_REMOTE_PATH, of, G_DBUS_SIGNAL_FLAGS_NONE,
                                             callback, self, NULL);
}

static int
watch (GDBusConnection *bus, Watch *self)
{
  const guint name = g_bus_watch_name_on_connection (
      bus, ZAB_REMOTE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL, on_vanished, self, NULL);
  const guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, self);
  const guint terminate = g_unix_signal_add (SIGTERM, on_interrupt, self);

  g_main_loop_run (self->loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  g_bus_unwatch_name (name);
  return self->status;
}

int
zab_cli_remote_monitor (GDBusConnection *bus)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch       self = { .loop = loop };
  const guint events
      = subscribe (bus, ZAB_REMOTE_INTERFACE, "LoaderEvent", NULL, on_loader_event, &self);
  const guint changes = subscribe (bus, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                   ZAB_REMOTE_INTERFACE, on_changed, &self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) properties = zab_remote_get_all (bus, &error);

  if (properties != NULL)
    {
      zab_remote_print (properties); /* nothing is missed from here on */
      watch (bus, &self);
    }
  else
    self.status = zab_cli_fail (error->message);
  g_dbus_connection_signal_unsubscribe (bus, events);
  g_dbus_connection_signal_unsubscribe (bus, changes);
  return self.status;
}

/* --- Loads ----------------------------------------------------------------------------------- */

/* A file of this machine goes as a descriptor: Zabumba may see other folders than this program. */
static GVariant *
call_load_fd (GDBusConnection *bus, guint pad, GFile *file, GError **error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  const int fd = g_open (g_file_peek_path (file), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  const int code = errno;
  g_autoptr (GUnixFDList) fds = NULL;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code),
                   _ ("“%s” can’t be opened: %s"), name, g_strerror (code));
      return NULL;
    }
  fds = g_unix_fd_list_new_from_array (&fd, 1);
  return zab_remote_call (bus, "LoadPadFd", g_variant_new ("(uhs)", pad, 0, name), fds, error);
}

static GVariant *
call_load (GDBusConnection *bus, guint pad, const char *name, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  g_autofree char *uri = NULL;

  if (g_file_peek_path (file) != NULL)
    return call_load_fd (bus, pad, file, error);
  uri = g_file_get_uri (file);
  return zab_remote_call (bus, "LoadPad", g_variant_new ("(us)", pad, uri), NULL, error);
}

int
zab_cli_remote_load (GDBusConnection *bus, guint pad, const char *name)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch       self = { .loop = loop };
  const guint events
      = subscribe (bus, ZAB_REMOTE_INTERFACE, "LoaderEvent", NULL, on_loader_event, &self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call_load (bus, pad, name, &error);

  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(t)")))
    {
      g_variant_get (reply, "(t)", &self.request); /* events are dispatched from here on */
      watch (bus, &self);
    }
  else
    self.status = zab_cli_fail (error != NULL ? error->message : "LoadPad");
  g_dbus_connection_signal_unsubscribe (bus, events);
  return self.status;
}
