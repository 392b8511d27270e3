/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-mpris.h"

#include "zab-config.h"

#define PATH      "/org/mpris/MediaPlayer2"
#define ROOT      "org.mpris.MediaPlayer2"
#define PLAYER    ROOT ".Player"
#define XML       "/io/github/zabumba/Zabumba/" ROOT ".xml"
#define PLAYING   "/io/github/zabumba/Zabumba/Playing" /* the one "track" that there is */
#define N_OBJECTS 2

struct _ZabMpris
{
  GApplication    *application;
  GDBusConnection *connection;
  ZabSession      *session;
  guint            name;
  guint            registrations[N_OBJECTS];
  guint            telling; /* idle: what plays has changed */
};

/* --- What is told ---------------------------------------------------------------------------- */

/* The names of what plays; "" for nothing. */
static char *
dup_title (ZabMpris *self)
{
  ZabSet *set = zab_session_get_set (self->session);
  g_autoptr (GString) title = g_string_new (NULL);

  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    {
      ZabPad *pad = zab_set_get_pad (set, i);

      if (zab_pad_get_playing (pad))
        g_string_append_printf (title, "%s%s", title->len > 0 ? ", " : "", zab_pad_get_name (pad));
    }
  return g_string_free (g_steal_pointer (&title), FALSE);
}

static gboolean
is_playing (ZabMpris *self)
{
  ZabSet *set = zab_session_get_set (self->session);

  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    if (zab_pad_get_playing (zab_set_get_pad (set, i)))
      return TRUE;
  return FALSE;
}

static GVariant *
get_metadata (ZabMpris *self)
{
  g_autofree char *title = dup_title (self);
  GVariantBuilder  metadata;

  g_variant_builder_init (&metadata, G_VARIANT_TYPE_VARDICT);
  if (is_playing (self))
    {
      g_variant_builder_add (&metadata, "{sv}", "mpris:trackid",
                             g_variant_new_object_path (PLAYING));
      g_variant_builder_add (&metadata, "{sv}", "xesam:title", g_variant_new_string (title));
    }
  return g_variant_builder_end (&metadata);
}

static GVariant *
get_status (ZabMpris *self)
{
  return g_variant_new_string (is_playing (self) ? "Playing" : "Stopped");
}

static GVariant *
get_volume (ZabMpris *self)
{
  return g_variant_new_double (zab_session_get_volume (self->session));
}

static const struct
{
  const char *name;
  GVariant *(*get) (ZabMpris *self);
} states[] = {
  { "PlaybackStatus", get_status },
  { "Metadata", get_metadata },
  { "Volume", get_volume },
};

/* What never changes, as GVariant's text. */
static const struct
{
  const char *name;
  const char *value;
} constants[] = {
  { "CanQuit", "true" },
  { "CanRaise", "true" },
  { "HasTrackList", "false" },
  { "Identity", "'Zabumba'" },
  { "DesktopEntry", "'" ZAB_APP_ID "'" },
  { "SupportedUriSchemes", "['file']" },
  { "SupportedMimeTypes", "['audio/x-wav', 'audio/x-aiff', 'audio/flac', 'audio/mpeg', 'audio/ogg',"
                          " 'audio/x-vorbis+ogg', 'audio/x-opus+ogg', 'audio/mp4', 'audio/aac',"
                          " 'application/x-zabumba-set', 'application/x-zabumba-bundle']" },
  { "Rate", "1.0" },
  { "MinimumRate", "1.0" },
  { "MaximumRate", "1.0" },
  { "Position", "int64 0" },
  { "CanGoNext", "false" },
  { "CanGoPrevious", "false" },
  { "CanPlay", "false" },
  { "CanPause", "false" },
  { "CanSeek", "false" },
  { "CanControl", "true" },
};

static GVariant *
on_get (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
        const char *name, GError **error, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].name, name))
      return states[i].get (user_data);
  for (guint i = 0; i < G_N_ELEMENTS (constants); i++)
    if (g_str_equal (constants[i].name, name))
      return g_variant_parse (NULL, constants[i].value, NULL, NULL, error);
  g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, name);
  return NULL;
}

/* --- What is asked --------------------------------------------------------------------------- */

/* By the interface, a rate other than those between the minimum and the maximum does nothing, and a
 * volume below 0 is 0. */
static gboolean
on_set (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
        const char *name, GVariant *value, GError **error, gpointer user_data)
{
  ZabMpris    *self = user_data;
  const double number = g_variant_get_double (value);

  if (g_str_equal (name, "Rate"))
    return TRUE;
  if (!(number < 0) && !(number >= 0))
    {
      g_set_error_literal (error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS, name);
      return FALSE;
    }
  zab_session_set_volume (self->session, CLAMP (number, 0, 1));
  return TRUE;
}

static gboolean
open_uri (ZabMpris *self, GVariant *arguments)
{
  g_autoptr (GFile) file = NULL;
  const char *uri;

  g_variant_get (arguments, "(&s)", &uri);
  if (!g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL))
    return FALSE;
  file = g_file_new_for_uri (uri);
  if (g_file_peek_path (file) == NULL)
    return FALSE;
  g_application_open (self->application, &file, 1, "");
  return TRUE;
}

/* FALSE: what is asked for can't be done. The interface wants that told for PlayPause, and silence
 * for the others of its kind. */
static gboolean
call (ZabMpris *self, const char *method, GVariant *arguments)
{
  if (g_str_equal (method, "Stop"))
    zab_session_stop_all (self->session);
  else if (g_str_equal (method, "Raise"))
    g_application_activate (self->application);
  else if (g_str_equal (method, "Quit"))
    g_application_quit (self->application);
  else if (g_str_equal (method, "OpenUri"))
    return open_uri (self, arguments);
  return !g_str_equal (method, "PlayPause");
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *arguments, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  if (call (user_data, method, arguments))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED,
                                           "%s: Zabumba has no such thing", method);
}

/* --- What changes ---------------------------------------------------------------------------- */

static void
tell (ZabMpris *self, guint first, guint last)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  for (guint i = first; i <= last; i++)
    g_variant_builder_add (&changed, "{sv}", states[i].name, states[i].get (self));
  g_dbus_connection_emit_signal (self->connection, NULL, PATH, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", PLAYER, &changed, NULL), NULL);
}

static gboolean
on_tell (gpointer data)
{
  ZabMpris *self = data;

  self->telling = 0;
  tell (self, 0, 1);
  return G_SOURCE_REMOVE;
}

/* Pads change together; that is told once. */
static void
on_playing (ZabMpris *self)
{
  if (self->telling == 0)
    self->telling = g_idle_add (on_tell, self);
}

static void
on_name (ZabPad *pad, GParamSpec *pspec, ZabMpris *self)
{
  if (zab_pad_get_playing (pad))
    on_playing (self);
}

static void
on_volume (ZabMpris *self)
{
  tell (self, 2, 2);
}

static void
follow (ZabMpris *self)
{
  ZabSet *set = zab_session_get_set (self->session);

  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    {
      ZabPad *pad = zab_set_get_pad (set, i);

      g_signal_connect_swapped (pad, "notify::playing", G_CALLBACK (on_playing), self);
      g_signal_connect (pad, "notify::name", G_CALLBACK (on_name), self);
    }
  g_signal_connect_swapped (self->session, "notify::volume", G_CALLBACK (on_volume), self);
}

/* --- The player itself ----------------------------------------------------------------------- */

static void
register_objects (ZabMpris *self)
{
  static const GDBusInterfaceVTable vtable = { on_call, on_get, on_set, { NULL } };
  g_autoptr (GBytes) xml = g_resources_lookup_data (XML, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  GDBusNodeInfo *node = g_dbus_node_info_new_for_xml (g_bytes_get_data (xml, NULL), NULL);

  for (guint i = 0; i < N_OBJECTS; i++)
    {
      g_autoptr (GError) error = NULL;

      self->registrations[i] = g_dbus_connection_register_object (
          self->connection, PATH, node->interfaces[i], &vtable, self, NULL, &error);
      if (error != NULL)
        g_warning ("%s", error->message);
    }
  g_dbus_node_info_unref (node);
}

ZabMpris *
zab_mpris_new (GApplication *application, ZabSession *session)
{
  GDBusConnection *connection = g_application_get_dbus_connection (application);
  ZabMpris        *self;

  if (connection == NULL)
    return NULL;
  self = g_new0 (ZabMpris, 1);
  self->application = application;
  self->connection = g_object_ref (connection);
  self->session = g_object_ref (session);
  register_objects (self);
  follow (self);
  self->name = g_bus_own_name_on_connection (connection, ROOT "." ZAB_APP_ID,
                                             G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  return self;
}

void
zab_mpris_free (ZabMpris *self)
{
  ZabSet *set = zab_session_get_set (self->session);

  g_bus_unown_name (self->name);
  for (guint i = 0; i < N_OBJECTS; i++)
    if (self->registrations[i] != 0)
      g_dbus_connection_unregister_object (self->connection, self->registrations[i]);
  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    g_signal_handlers_disconnect_by_data (zab_set_get_pad (set, i), self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->telling, g_source_remove);
  g_object_unref (self->connection);
  g_object_unref (self->session);
  g_free (self);
}
