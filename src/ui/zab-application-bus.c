/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Zabumba as the desktop sees it on the session bus, beside the pads' interface: a media player,
 * and keys that work from everywhere. */
#include "ui/zab-application-private.h"

static void
on_global_shortcuts (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  zab_global_shortcuts_set_enabled (ZAB_APPLICATION (user_data)->shortcuts,
                                    g_variant_get_boolean (state));
}

static void
on_enabled (ZabGlobalShortcuts *shortcuts, GParamSpec *pspec, GSimpleAction *action)
{
  g_simple_action_set_state (action,
                             g_variant_new_boolean (zab_global_shortcuts_get_enabled (shortcuts)));
}

static void
add_shortcuts (ZabApplication *self, GDBusConnection *connection)
{
  static const GActionEntry entry
      = { .name = "global-shortcuts", .state = "false", .change_state = on_global_shortcuts };
  GAction *action;

  g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
  action = g_action_map_lookup_action (G_ACTION_MAP (self), entry.name);
  self->shortcuts = zab_global_shortcuts_new (connection, self->session);
  g_signal_connect_object (self->shortcuts, "notify::enabled", G_CALLBACK (on_enabled), action, 0);
  g_object_bind_property (self->shortcuts, "available", action, "enabled", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self->preferences, "global-shortcuts", self->shortcuts, "enabled",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

void
zab_application_add_bus (ZabApplication *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));

  if (connection == NULL)
    return;
  self->mpris = zab_mpris_new (G_APPLICATION (self), self->session);
  add_shortcuts (self, connection);
}

void
zab_application_remove_bus (ZabApplication *self)
{
  g_clear_pointer (&self->mpris, zab_mpris_free);
  if (self->shortcuts != NULL)
    g_object_run_dispose (G_OBJECT (self->shortcuts));
  g_clear_object (&self->shortcuts);
}
