/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's sounds pane: beside the pads, or in their place where there is no room for both. */
#include "ui/zab-window-private.h"

#include "ui/zab-sounds-pane.h"

static gboolean
is_shown (ZabWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->sounds));
}

static void
place (ZabWindow *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self->sounds), self->narrow);
  gtk_widget_set_visible (self->beside_sounds, !self->narrow || !is_shown (self));
}

static void
show (ZabWindow *self, gboolean shown)
{
  gtk_widget_set_visible (GTK_WIDGET (self->sounds), shown);
  place (self);
  if (shown)
    zab_sounds_pane_enter (self->sounds);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static void
on_change_state (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  g_simple_action_set_state (action, state);
  show (user_data, g_variant_get_boolean (state));
}

static void
on_chosen (ZabWindow *self, GPtrArray *files)
{
  zab_session_load_files (self->session, zab_window_get_free_pad (self), files);
}

/* What moves to another parent must not have the focus: the window would find it another one later.
 */
static void
wrap_content (ZabWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->beside_sounds = g_object_ref (adw_toast_overlay_get_child (self->toasts));
  adw_toast_overlay_set_child (self->toasts, box);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->sounds));
  gtk_box_append (GTK_BOX (box), self->beside_sounds);
  g_object_unref (self->beside_sounds);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  gtk_window_set_focus_visible (GTK_WINDOW (self), FALSE);
}

void
zab_window_add_sounds (ZabWindow *self, ZabPreferences *preferences, ZabRecentSounds *recent)
{
  static const GActionEntry entry
      = { .name = "sounds", .state = "false", .change_state = on_change_state };
  static const char *const accels[] = { "F8", "<Control>b", NULL };

  self->sounds = ZAB_SOUNDS_PANE (zab_sounds_pane_new (self->session, preferences, recent));
  gtk_widget_set_visible (GTK_WIDGET (self->sounds), FALSE);
  wrap_content (self);
  g_signal_connect_object (self->sounds, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::narrow", G_CALLBACK (place), NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
  gtk_application_set_accels_for_action (gtk_window_get_application (GTK_WINDOW (self)),
                                         "win.sounds", accels);
}
