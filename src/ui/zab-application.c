/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-application-private.h"

#include "zab-config.h"
#include "zab-resources.h"

G_DEFINE_FINAL_TYPE (ZabApplication, zab_application, ADW_TYPE_APPLICATION)

static gboolean
on_close_request (GtkWindow *window, ZabApplication *self)
{
  return !zab_application_may_quit (self);
}

static void
on_painted (GdkFrameClock *clock, ZabApplication *self)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, self);
  zab_application_take_waiting (self);
}

static void
on_map (GtkWidget *window, ZabApplication *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  if (!self->is_drawn && clock != NULL)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self, 0);
}

static void
present_window (ZabApplication *self)
{
  if (self->window == NULL)
    {
      self->window
          = zab_window_new (GTK_APPLICATION (self), self->session, self->document, self->status);
      zab_window_set_preferences (ZAB_WINDOW (self->window), self->preferences, self->sounds);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
      zab_window_set_recent (ZAB_WINDOW (self->window), self->recent);
      g_signal_connect_object (self->window, "map", G_CALLBACK (on_map), self, 0);
      g_signal_connect_object (self->window, "close-request", G_CALLBACK (on_close_request), self,
                               0);
      g_object_bind_property (self->preferences, "inspector", self->window, "show-inspector",
                              G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
      zab_application_name_window (self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
zab_application_activate (GApplication *application)
{
  present_window (ZAB_APPLICATION (application));
}

/* Files take the free pads; what is on a pad stays there. */
static guint
get_first_free_pad (ZabApplication *self)
{
  ZabSet *set = zab_session_get_set (self->session);

  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    if (zab_pad_get_state (zab_set_get_pad (set, i)) == ZAB_PAD_EMPTY)
      return i;
  return 0;
}

static void
zab_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  ZabApplication *self = ZAB_APPLICATION (application);
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (array, g_object_ref (files[i]));
  zab_session_load_files (self->session, get_first_free_pad (self), array);
  present_window (self);
}

static gboolean
zab_application_dbus_register (GApplication *application, GDBusConnection *connection,
                               const char *path, GError **error)
{
  ZabApplication *self = ZAB_APPLICATION (application);

  if (!G_APPLICATION_CLASS (zab_application_parent_class)
           ->dbus_register (application, connection, path, error))
    return FALSE;
  self->remote = zab_remote_new (connection, path, error);
  return self->remote != NULL;
}

static void
zab_application_dbus_unregister (GApplication *application, GDBusConnection *connection,
                                 const char *path)
{
  g_clear_pointer (&ZAB_APPLICATION (application)->remote, zab_remote_free);
  G_APPLICATION_CLASS (zab_application_parent_class)
      ->dbus_unregister (application, connection, path);
}

static void
update_contrast (AdwStyleManager *manager, GParamSpec *spec, GtkStyleProvider *contrast)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (adw_style_manager_get_high_contrast (manager))
    gtk_style_context_add_provider_for_display (display, contrast,
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  else
    gtk_style_context_remove_provider_for_display (display, contrast);
}

static void
follow_contrast (ZabApplication *self)
{
  g_autofree char *path = g_strconcat (g_application_get_resource_base_path (G_APPLICATION (self)),
                                       "/high-contrast.css", NULL);
  AdwStyleManager *manager = adw_application_get_style_manager (ADW_APPLICATION (self));

  self->contrast = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (self->contrast, path);
  update_contrast (manager, NULL, GTK_STYLE_PROVIDER (self->contrast));
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_contrast),
                           self->contrast, 0);
}

static void
zab_application_startup (GApplication *application)
{
  ZabApplication *self = ZAB_APPLICATION (application);

  G_APPLICATION_CLASS (zab_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (ZAB_APP_ID);
  follow_contrast (self);
  self->session = zab_session_new ();
  self->preferences = zab_preferences_new (self->session);
  self->status = zab_set_status_new (zab_session_get_set (self->session));
  if (self->remote)
    zab_remote_set_session (self->remote, self->session);
  zab_application_add_actions (self);
  zab_application_add_document (self);
  zab_application_add_bus (self);
  self->sounds = zab_recent_sounds_new (self->session, self->preferences);
}

/* A window that closes in the midst of loads leaves nothing behind. */
static void
zab_application_shutdown (GApplication *application)
{
  ZabApplication *self = ZAB_APPLICATION (application);

  if (self->window)
    gtk_window_destroy (GTK_WINDOW (self->window));
  zab_application_remove_bus (self);
  g_clear_object (&self->contrast);
  g_clear_handle_id (&self->draw_timer, g_source_remove);
  g_clear_object (&self->waiting);
  g_clear_object (&self->recent);
  g_clear_object (&self->sounds);
  zab_document_shut_down (self->document);
  g_clear_object (&self->document);
  if (self->remote)
    zab_remote_set_session (self->remote, NULL);
  g_clear_object (&self->preferences);
  zab_session_shut_down (self->session);
  g_clear_object (&self->status);
  g_clear_object (&self->session);
  G_APPLICATION_CLASS (zab_application_parent_class)->shutdown (application);
}

static void
zab_application_dispose (GObject *object)
{
  g_clear_weak_pointer (&ZAB_APPLICATION (object)->window);
  G_OBJECT_CLASS (zab_application_parent_class)->dispose (object);
}

static void
zab_application_class_init (ZabApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zab_application_dispose;
  application_class->dbus_register = zab_application_dbus_register;
  application_class->dbus_unregister = zab_application_dbus_unregister;
  application_class->activate = zab_application_activate;
  application_class->open = zab_application_open;
  application_class->startup = zab_application_startup;
  application_class->shutdown = zab_application_shutdown;
  application_class->handle_local_options = zab_application_handle_local_options;
}

static void
zab_application_init (ZabApplication *self)
{
  zab_register_resource ();
  zab_application_add_options (self);
}

ZabApplication *
zab_application_new (void)
{
  return g_object_new (ZAB_TYPE_APPLICATION, "application-id", ZAB_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/io/github/zabumba/Zabumba", NULL);
}
