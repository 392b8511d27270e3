/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-remote-private.h"

#define INTERFACE "io.github.zabumba.Zabumba.Pads1"

/* Often enough for what is told of what plays, also while no window is drawn. */
static const guint WATCH_MS = 100;

/* LoaderEvents that are sent between two looks at what is more urgent. */
static const guint EVENTS_A_TURN = 16;

static const struct
{
  const char *name;
  const char *property; /* the session's */
} properties[] = {
  { "Volume", "volume" },         { "Bank", "bank" },          { "LoadingPads", "n-loading" },
  { "PlayingPads", "n-playing" }, { "HasSound", "has-sound" },
};

static GDBusInterfaceInfo *
load_interface (GError **error)
{
  g_autoptr (GBytes) xml = g_resources_lookup_data ("/io/github/zabumba/Zabumba/" INTERFACE ".xml",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  GDBusNodeInfo      *node;
  GDBusInterfaceInfo *info;

  if (xml == NULL)
    return NULL;
  node = g_dbus_node_info_new_for_xml (g_bytes_get_data (xml, NULL), error);
  if (node == NULL)
    return NULL;
  info = g_dbus_interface_info_ref (node->interfaces[0]);
  g_dbus_node_info_unref (node);
  return info;
}

static GVariant *
to_variant (ZabRemote *self, const char *property)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (self->session), property, &value);
  if (G_VALUE_HOLDS_DOUBLE (&value))
    return g_variant_new_double (g_value_get_double (&value));
  if (G_VALUE_HOLDS_BOOLEAN (&value))
    return g_variant_new_boolean (g_value_get_boolean (&value));
  return g_variant_new_uint32 (g_value_get_uint (&value));
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path,
                 const char *interface, const char *name, GError **error, gpointer user_data)
{
  ZabRemote *self = user_data;

  for (guint i = 0; self->session != NULL && i < G_N_ELEMENTS (properties); i++)
    if (g_str_equal (properties[i].name, name))
      return to_variant (self, properties[i].property);
  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED, "%s", name);
  return NULL;
}

/* Volume is the only one that GDBus lets through. */
static gboolean
on_set_property (GDBusConnection *connection, const char *sender, const char *path,
                 const char *interface, const char *name, GVariant *value, GError **error,
                 gpointer user_data)
{
  ZabRemote   *self = user_data;
  const double volume = g_variant_get_double (value);

  if (self->session == NULL || !(volume >= 0 && volume <= 1))
    {
      g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, "%s", name);
      return FALSE;
    }
  zab_session_set_volume (self->session, volume);
  return TRUE;
}

static void
emit (ZabRemote *self, const char *interface, const char *name, GVariant *arguments)
{
  g_dbus_connection_emit_signal (self->connection, NULL, self->path, interface, name, arguments,
                                 NULL);
}

static gboolean
on_tell (gpointer data)
{
  ZabRemote      *self = data;
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (self->changed & 1u << i)
      g_variant_builder_add (&changed, "{sv}", properties[i].name,
                             to_variant (self, properties[i].property));
  self->changed = 0;
  self->telling = 0;
  emit (self, "org.freedesktop.DBus.Properties", "PropertiesChanged",
        g_variant_new ("(sa{sv}as)", INTERFACE, &changed, NULL));
  return G_SOURCE_REMOVE;
}

/* Once for all that changes in one turn of the main loop. */
static void
on_notify (ZabSession *session, GParamSpec *pspec, ZabRemote *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    if (g_str_equal (properties[i].property, pspec->name))
      self->changed |= 1u << i;
  if (self->changed != 0 && self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_DEFAULT, on_tell, self, NULL);
}

static void
send_events (ZabRemote *self, guint n)
{
  for (guint i = 0; i < n && !g_queue_is_empty (&self->events); i++)
    {
      g_autoptr (GVariant) event = g_queue_pop_head (&self->events);

      emit (self, INTERFACE, "LoaderEvent", g_variant_new ("(@a{sv})", event));
    }
}

static gboolean
on_send (gpointer data)
{
  ZabRemote *self = data;

  send_events (self, EVENTS_A_TURN);
  if (!g_queue_is_empty (&self->events))
    return G_SOURCE_CONTINUE;
  self->sending = 0;
  return G_SOURCE_REMOVE;
}

/* Sent when the window is drawn: a frame does not wait for the bus. */
static void
on_loader_event (ZabSession *session, GVariant *event, ZabRemote *self)
{
  g_queue_push_tail (&self->events, g_variant_ref (event));
  if (self->sending == 0)
    self->sending = g_idle_add (on_send, self);
}

/* --- What plays ------------------------------------------------------------------------------ */

static gboolean
on_watch (gpointer data)
{
  ZabRemote *self = data;

  if (zab_session_keep_activity (self->session, WATCH_MS * G_TIME_SPAN_MILLISECOND))
    return G_SOURCE_CONTINUE;
  self->watching = 0;
  return G_SOURCE_REMOVE;
}

static void
on_activity (ZabSession *session, ZabRemote *self)
{
  if (self->watching == 0)
    self->watching = g_timeout_add (WATCH_MS, on_watch, self);
}

/* --- The object itself ----------------------------------------------------------------------- */

ZabRemote *
zab_remote_new (GDBusConnection *connection, const char *path, GError **error)
{
  static const GDBusInterfaceVTable vtable
      = { zab_remote_on_call, on_get_property, on_set_property, { NULL } };
  GDBusInterfaceInfo *info = load_interface (error);
  ZabRemote          *self;

  if (info == NULL)
    return NULL;
  self = g_new0 (ZabRemote, 1);
  self->connection = g_object_ref (connection);
  self->path = g_strdup (path);
  self->registration
      = g_dbus_connection_register_object (connection, path, info, &vtable, self, NULL, error);
  g_dbus_interface_info_unref (info);
  if (self->registration == 0)
    g_clear_pointer (&self, zab_remote_free);
  return self;
}

void
zab_remote_set_session (ZabRemote *self, ZabSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->watching, g_source_remove);
  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_handle_id (&self->sending, g_source_remove);
  self->changed = 0;
  send_events (self, g_queue_get_length (&self->events));
  zab_remote_stop_receiving (self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "notify", G_CALLBACK (on_notify), self);
  g_signal_connect (session, "loader-event", G_CALLBACK (on_loader_event), self);
  g_signal_connect (session, "activity", G_CALLBACK (on_activity), self);
}

void
zab_remote_free (ZabRemote *self)
{
  zab_remote_set_session (self, NULL);
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  g_object_unref (self->connection);
  g_free (self->path);
  g_free (self);
}
