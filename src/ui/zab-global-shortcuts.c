/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-global-shortcuts.h"

#include <glib/gi18n-lib.h>

#include "ui/zab-portal-request.h"
#include "zab-config.h"

#define INTERFACE "org.freedesktop.portal.GlobalShortcuts"
#define STOP_ALL  "stop-all"
#define PAD       "pad-"

enum
{
  PADS_IN_BANK = 36
};

enum
{
  PROP_0,
  PROP_AVAILABLE,
  PROP_ENABLED,
  N_PROPS
};

struct _ZabGlobalShortcuts
{
  GObject parent_instance;

  GDBusConnection *connection;
  ZabSession      *session;
  guint            watch;
  gboolean         available;
  gboolean         enabled;
  GCancellable    *cancellable;            /* of what is being asked for */
  char            *handle;                 /* of the portal's session; NULL while there is none */
  guint            activated, deactivated; /* subscriptions */
  guint            held[PADS_IN_BANK];     /* the pad that each of the keys has pressed last */
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabGlobalShortcuts, zab_global_shortcuts, G_TYPE_OBJECT)

/* --- What is pressed ------------------------------------------------------------------------- */

/* The pad of the visible bank that @id stands for. */
static gboolean
parse_pad (ZabGlobalShortcuts *self, const char *id, guint *pad)
{
  guint64 number;

  if (!g_str_has_prefix (id, PAD)
      || !g_ascii_string_to_unsigned (id + strlen (PAD), 10, 1, PADS_IN_BANK, &number, NULL))
    return FALSE;
  *pad = zab_session_get_bank (self->session) * PADS_IN_BANK + (guint)number - 1;
  return TRUE;
}

/* The shortcut that was pressed or let go, if it is one of this session's; else NULL. */
static const char *
get_shortcut (ZabGlobalShortcuts *self, GVariant *arguments)
{
  const char *handle;
  const char *id;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(osta{sv})")))
    return NULL;
  g_variant_get (arguments, "(&o&sta{sv})", &handle, &id, NULL, NULL);
  return g_strcmp0 (handle, self->handle) == 0 ? id : NULL;
}

static void
on_activated (GDBusConnection *connection, const char *sender, const char *path,
              const char *interface, const char *signal, GVariant *arguments, gpointer user_data)
{
  ZabGlobalShortcuts *self = user_data;
  const char         *id = get_shortcut (self, arguments);
  guint               pad;

  if (g_strcmp0 (id, STOP_ALL) == 0)
    zab_session_stop_all (self->session);
  else if (id != NULL && parse_pad (self, id, &pad))
    {
      self->held[pad % PADS_IN_BANK] = pad;
      zab_session_play (self->session, pad, 1);
    }
}

/* Of the pad that it pressed, whichever bank is shown by now. */
static void
on_deactivated (GDBusConnection *connection, const char *sender, const char *path,
                const char *interface, const char *signal, GVariant *arguments, gpointer user_data)
{
  ZabGlobalShortcuts *self = user_data;
  const char         *id = get_shortcut (self, arguments);
  guint               pad;

  if (id != NULL && parse_pad (self, id, &pad))
    zab_session_release (self->session, self->held[pad % PADS_IN_BANK]);
}

/* --- What is asked for ----------------------------------------------------------------------- */

static void
add_shortcut (GVariantBuilder *shortcuts, const char *id, const char *description,
              const char *trigger)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "description", "s", description);
  if (trigger != NULL)
    g_variant_dict_insert (&dict, "preferred_trigger", "s", trigger);
  g_variant_builder_add (shortcuts, "(s@a{sv})", id, g_variant_dict_end (&dict));
}

/* Only the one for emergencies proposes keys: 36 others would be in everybody's way. */
static GVariant *
list_shortcuts (void)
{
  GVariantBuilder shortcuts;

  g_variant_builder_init (&shortcuts, G_VARIANT_TYPE ("a(sa{sv})"));
  add_shortcut (&shortcuts, STOP_ALL, _ ("Stop everything"), "CTRL+ALT+Escape");
  for (guint i = 1; i <= PADS_IN_BANK; i++)
    {
      g_autofree char *id = g_strdup_printf (PAD "%u", i);
      g_autofree char *description = g_strdup_printf (_ ("Play pad %u of the visible bank"), i);

      add_shortcut (&shortcuts, id, description, NULL);
    }
  return g_variant_builder_end (&shortcuts);
}

/* The user may say no, or close the window: then there are no keys, until the next time. */
static void
on_bound (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) results = zab_portal_request_finish (result, &error);

  if (results == NULL)
    g_debug ("No global shortcuts: %s", error->message);
}

static void
bind_shortcuts (ZabGlobalShortcuts *self)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_ptr_array_add (arguments, g_variant_new_object_path (self->handle));
  g_ptr_array_add (arguments, list_shortcuts ());
  g_ptr_array_add (arguments, g_variant_new_string ("")); /* of no window of ours */
  zab_portal_request_async (self->connection, INTERFACE, "BindShortcuts", arguments, &options,
                            self->cancellable, on_bound, NULL);
}

static void
on_session (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZabGlobalShortcuts *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) results = zab_portal_request_finish (result, &error);
  const char *handle = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* perhaps there is no self any more */
  if (results == NULL || !g_variant_lookup (results, "session_handle", "&s", &handle)
      || !g_variant_is_object_path (handle))
    {
      g_debug ("No global shortcuts: %s", error != NULL ? error->message : "no session");
      return;
    }
  self->handle = g_strdup (handle);
  bind_shortcuts (self);
}

static guint
subscribe (ZabGlobalShortcuts *self, const char *signal, GDBusSignalCallback callback)
{
  return g_dbus_connection_signal_subscribe (self->connection, ZAB_PORTAL_NAME, INTERFACE, signal,
                                             ZAB_PORTAL_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                             callback, self, NULL);
}

static void
unsubscribe (ZabGlobalShortcuts *self, guint *subscription)
{
  if (*subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, *subscription);
  *subscription = 0;
}

static void
create_session (ZabGlobalShortcuts *self)
{
  GVariantDict options;

  self->cancellable = g_cancellable_new ();
  self->activated = subscribe (self, "Activated", on_activated);
  self->deactivated = subscribe (self, "Deactivated", on_deactivated);
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "session_handle_token", "s", "zabumba");
  zab_portal_request_async (self->connection, INTERFACE, "CreateSession", NULL, &options,
                            self->cancellable, on_session, self);
}

static void
close_session (ZabGlobalShortcuts *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  unsubscribe (self, &self->activated);
  unsubscribe (self, &self->deactivated);
  if (self->handle != NULL)
    g_dbus_connection_call (self->connection, ZAB_PORTAL_NAME, self->handle,
                            "org.freedesktop.portal.Session", "Close", NULL, NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_clear_pointer (&self->handle, g_free);
}

/* A session as long as there are both the wish and the portal. */
static void
update (ZabGlobalShortcuts *self)
{
  const gboolean wanted = self->enabled && self->available;

  if (wanted && self->cancellable == NULL)
    create_session (self);
  else if (!wanted && self->cancellable != NULL)
    close_session (self);
}

/* --- Whether there is a portal --------------------------------------------------------------- */

static void
set_available (ZabGlobalShortcuts *self, gboolean available)
{
  if (self->available == available)
    return;
  self->available = available;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
}

static void
on_version (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabGlobalShortcuts) self = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (self->watch != 0)
    set_available (self, reply != NULL);
}

/* A portal need not have this interface. Outside of a sandbox it knows whom it talks with only when
 * it is told; older ones don't, and that is no harm. */
static void
on_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  g_dbus_connection_call (connection, ZAB_PORTAL_NAME, ZAB_PORTAL_PATH,
                          "org.freedesktop.host.portal.Registry", "Register",
                          g_variant_new ("(sa{sv})", ZAB_APP_ID, NULL), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_dbus_connection_call (
      connection, ZAB_PORTAL_NAME, ZAB_PORTAL_PATH, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new ("(ss)", INTERFACE, "version"), G_VARIANT_TYPE ("(v)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_version, g_object_ref (user_data));
}

static void
on_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  set_available (user_data, FALSE);
}

/* --- The object itself ----------------------------------------------------------------------- */

gboolean
zab_global_shortcuts_get_enabled (ZabGlobalShortcuts *self)
{
  g_return_val_if_fail (ZAB_IS_GLOBAL_SHORTCUTS (self), FALSE);
  return self->enabled;
}

void
zab_global_shortcuts_set_enabled (ZabGlobalShortcuts *self, gboolean enabled)
{
  g_return_if_fail (ZAB_IS_GLOBAL_SHORTCUTS (self));
  if (self->enabled == enabled)
    return;
  self->enabled = enabled;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

static void
zab_global_shortcuts_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabGlobalShortcuts *self = ZAB_GLOBAL_SHORTCUTS (object);

  g_value_set_boolean (value, id == PROP_AVAILABLE ? self->available : self->enabled);
}

static void
zab_global_shortcuts_set_property (GObject *object, guint id, const GValue *value,
                                   GParamSpec *pspec)
{
  zab_global_shortcuts_set_enabled (ZAB_GLOBAL_SHORTCUTS (object), g_value_get_boolean (value));
}

static void
zab_global_shortcuts_dispose (GObject *object)
{
  ZabGlobalShortcuts *self = ZAB_GLOBAL_SHORTCUTS (object);

  if (self->watch != 0)
    g_bus_unwatch_name (self->watch);
  self->watch = 0;
  if (self->cancellable != NULL)
    close_session (self);
  g_clear_object (&self->connection);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_global_shortcuts_parent_class)->dispose (object);
}

static void
zab_global_shortcuts_class_init (ZabGlobalShortcutsClass *klass)
{
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = zab_global_shortcuts_dispose;
  object_class->get_property = zab_global_shortcuts_get_property;
  object_class->set_property = zab_global_shortcuts_set_property;
  properties[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, FALSE, r);
  properties[PROP_ENABLED]
      = g_param_spec_boolean ("enabled", NULL, NULL, FALSE, r | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zab_global_shortcuts_init (ZabGlobalShortcuts *self)
{
}

ZabGlobalShortcuts *
zab_global_shortcuts_new (GDBusConnection *connection, ZabSession *session)
{
  ZabGlobalShortcuts *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (ZAB_IS_SESSION (session), NULL);
  self = g_object_new (ZAB_TYPE_GLOBAL_SHORTCUTS, NULL);
  self->connection = g_object_ref (connection);
  self->session = g_object_ref (session);
  self->watch
      = g_bus_watch_name_on_connection (connection, ZAB_PORTAL_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                        on_appeared, on_vanished, self, NULL);
  return self;
}
