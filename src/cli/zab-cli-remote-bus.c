/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "cli/zab-cli-remote.h"
#include "cli/zab-cli.h"
#include "model/zab-json.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"

static GVariant *
call (GDBusConnection *bus, const char *interface, const char *method, GVariant *arguments,
      GUnixFDList *fds, GError **error)
{
  GVariant *reply = g_dbus_connection_call_with_unix_fd_list_sync (
      bus, ZAB_REMOTE_NAME, ZAB_REMOTE_PATH, interface, method, arguments, NULL,
      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, fds, NULL, NULL, error);

  if (reply == NULL && error != NULL)
    g_dbus_error_strip_remote_error (*error);
  return reply;
}

GVariant *
zab_remote_call (GDBusConnection *bus, const char *method, GVariant *arguments, GUnixFDList *fds,
                 GError **error)
{
  return call (bus, ZAB_REMOTE_INTERFACE, method, arguments, fds, error);
}

GVariant *
zab_remote_get_all (GDBusConnection *bus, GError **error)
{
  g_autoptr (GVariant) reply
      = call (bus, PROPERTIES, "GetAll", g_variant_new ("(s)", ZAB_REMOTE_INTERFACE), NULL, error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

gboolean
zab_remote_set (GDBusConnection *bus, const char *property, GVariant *value, GError **error)
{
  g_autoptr (GVariant) reply
      = call (bus, PROPERTIES, "Set",
              g_variant_new ("(ssv)", ZAB_REMOTE_INTERFACE, property, value), NULL, error);

  return reply != NULL;
}

/* Asked first, so that its absence is told as such, and nothing is started by a question. */
static gboolean
is_running (GDBusConnection *bus)
{
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
      g_variant_new ("(s)", ZAB_REMOTE_NAME), G_VARIANT_TYPE ("(b)"), G_DBUS_CALL_FLAGS_NONE, -1,
      NULL, NULL);
  gboolean has_owner = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &has_owner);
  return has_owner;
}

GDBusConnection *
zab_remote_connect (GError **error)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);

  if (bus == NULL)
    return NULL;
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  if (is_running (bus))
    return g_steal_pointer (&bus);
  g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN,
                       _ ("there is no Zabumba running"));
  return NULL;
}

void
zab_remote_print (GVariant *value)
{
  g_autoptr (JsonNode) node = json_gvariant_serialize (value);
  g_autofree char *json = zab_json_to_text (node, FALSE);

  puts (json);
  fflush (stdout);
}

int
zab_cli_remote_status (GDBusConnection *bus)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) properties = zab_remote_get_all (bus, &error);
  g_autoptr (GVariant) reply
      = properties != NULL ? zab_remote_call (bus, "ListPads", NULL, NULL, &error) : NULL;
  g_autoptr (GVariant) pads = NULL;

  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(aa{sv})")))
    return zab_cli_fail (error != NULL ? error->message : "ListPads");
  zab_remote_print (properties);
  pads = g_variant_get_child_value (reply, 0);
  for (gsize i = 0; i < g_variant_n_children (pads); i++)
    {
      g_autoptr (GVariant) pad = g_variant_get_child_value (pads, i);

      zab_remote_print (pad);
    }
  return ZAB_CLI_OK;
}
