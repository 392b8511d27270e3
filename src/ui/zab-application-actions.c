/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-application-private.h"

#include "ui/zab-compat.h"
#include "ui/zab-preferences-page.h"
#include "zab-config.h"

static void
on_play_pad (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication *self = user_data;
  guint           pad = g_variant_get_uint32 (parameter);

  if (pad < ZAB_SET_N_PADS)
    zab_session_play (self->session, pad, 1);
}

static void
on_stop_pad (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication *self = user_data;
  guint           pad = g_variant_get_uint32 (parameter);

  if (pad < ZAB_SET_N_PADS)
    zab_session_stop (self->session, pad);
}

static void
on_stop_all (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_session_stop_all (ZAB_APPLICATION (user_data)->session);
}

static void
on_select_bank (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  guint bank = g_variant_get_uint32 (state);

  if (bank < ZAB_SET_N_BANKS)
    zab_session_set_bank (ZAB_APPLICATION (user_data)->session, bank);
}

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication *self = user_data;

  g_application_activate (G_APPLICATION (self));
  zab_window_open (ZAB_WINDOW (self->window));
}

static void
on_load_starter_set (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_session_load_starter_set (ZAB_APPLICATION (user_data)->session);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (zab_application_may_quit (ZAB_APPLICATION (user_data)))
    g_application_quit (G_APPLICATION (user_data));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication *self = user_data;
  GtkWidget      *page = zab_preferences_page_new (self->preferences, self->session);

  g_application_activate (G_APPLICATION (self));
  zab_compat_show_preferences (GTK_WINDOW (self->window), ADW_PREFERENCES_PAGE (page));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication          *self = user_data;
  static const char *const developers[] = { "The Zabumba developers", NULL };
  const ZabAbout           about = {
              .name = "Zabumba",
              .icon = ZAB_APP_ID,
              .developer = "The Zabumba developers",
              .version = ZAB_VERSION,
              .website = "https://github.com/zabumba/zabumba",
              .issue_url = "https://github.com/zabumba/zabumba/issues",
              .copyright = "© 2026 The Zabumba developers",
              .developers = developers,
  };

  g_application_activate (G_APPLICATION (self));
  zab_compat_show_about (GTK_WINDOW (self->window), &about);
}

/* libadwaita brings this action along from 1.8 on, with a dialog of its own. */
static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication *self = user_data;

  if (self->window)
    gtk_widget_activate_action (self->window, "win.show-help-overlay", NULL);
}

/* State that can be read and not set. */
static void
on_change_refused (GSimpleAction *action, GVariant *state, gpointer user_data)
{
}

static const GActionEntry entries[] = {
  { .name = "play-pad", .activate = on_play_pad, .parameter_type = "u" },
  { .name = "stop-pad", .activate = on_stop_pad, .parameter_type = "u" },
  { .name = "stop-all", .activate = on_stop_all },
  { .name = "select-bank",
    .parameter_type = "u",
    .state = "uint32 0",
    .change_state = on_select_bank },
  { .name = "open", .activate = on_open },
  { .name = "load-starter-set", .activate = on_load_starter_set },
  { .name = "quit", .activate = on_quit },
  { .name = "preferences", .activate = on_preferences },
  { .name = "about", .activate = on_about },
  { .name = "n-loading", .state = "uint32 0", .change_state = on_change_refused },
  { .name = "n-ready", .state = "uint32 0", .change_state = on_change_refused },
};

static const GActionEntry shortcuts_entry = { .name = "shortcuts", .activate = on_shortcuts };

/* Not a plain property binding: to set an action's "state" is to ask for a change of it. */
static void
on_property (GObject *source, GParamSpec *pspec, gpointer user_data)
{
  guint value;

  g_object_get (source, pspec->name, &value, NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (user_data), g_variant_new_uint32 (value));
}

static void
follow_property (ZabApplication *self, const char *name, gpointer source, const char *property)
{
  GAction         *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);
  GParamSpec      *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (source), property);
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  g_signal_connect_object (source, signal, G_CALLBACK (on_property), action, 0);
  on_property (source, pspec, action);
}

static void
set_accel (ZabApplication *self, const char *action, const char *accel)
{
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), action,
                                         (const char *[]){ accel, NULL });
}

void
zab_application_add_actions (ZabApplication *self)
{
  GActionMap *map = G_ACTION_MAP (self);
  g_autoptr (GPropertyAction) transport
      = g_property_action_new ("transport", self->session, "transport-running");

  g_action_map_add_action (map, G_ACTION (transport));
  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), self);
  follow_property (self, "select-bank", self->session, "bank");
  follow_property (self, "n-loading", self->session, "n-loading");
  follow_property (self, "n-ready", self->status, "n-ready");
  set_accel (self, "app.open", "<Control>o");
  set_accel (self, "app.transport", "<Control>space");
  set_accel (self, "app.preferences", "<Control>comma");
  set_accel (self, "app.quit", "<Control>q");
  for (guint i = 0; i < ZAB_SET_N_BANKS; i++)
    {
      g_autofree char *action = g_strdup_printf ("app.select-bank(uint32 %u)", i);
      g_autofree char *accel = g_strdup_printf ("F%u", i + 1);

      set_accel (self, action, accel);
    }
  if (g_action_map_lookup_action (map, "shortcuts") == NULL)
    {
      g_action_map_add_action_entries (map, &shortcuts_entry, 1, self);
      set_accel (self, "app.shortcuts", "<Control>question");
    }
}
