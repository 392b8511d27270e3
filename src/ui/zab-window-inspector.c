/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-inspector-place.h"
#include "ui/zab-window-private.h"

enum
{
  WIDTH = 344, /* px, beside the pads */
  HEIGHT = 300,
};

static gboolean
get_wide (ZabWindow *self)
{
  gboolean wide;

  g_object_get (self->inspector, "wide", &wide, NULL);
  return wide;
}

static ZabInspectorPlace
get_present_place (ZabWindow *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->stage)))
    return ZAB_INSPECTOR_ALONE;
  return gtk_orientable_get_orientation (GTK_ORIENTABLE (self->split)) == GTK_ORIENTATION_VERTICAL
             ? ZAB_INSPECTOR_BELOW
             : ZAB_INSPECTOR_BESIDE;
}

/* The room that the sounds pane leaves. */
static int
get_width (ZabWindow *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self->split));
}

static int
get_height (ZabWindow *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self));
}

gboolean
zab_window_is_inspector_placed (ZabWindow *self)
{
  const int width = get_width (self);
  const int height = get_height (self);

  return !self->show_inspector
         || (gtk_widget_get_visible (GTK_WIDGET (self->inspector))
             && zab_inspector_place_get (width, height) == get_present_place (self)
             && zab_inspector_place_is_wide (width, height) == get_wide (self));
}

/* Until the musician pulls the line between them elsewhere. */
static void
divide (ZabWindow *self, ZabInspectorPlace place)
{
  const int height = gtk_widget_get_height (GTK_WIDGET (self->split));

  if (place == ZAB_INSPECTOR_BELOW)
    gtk_paned_set_position (self->split, MAX (height / 2, height - HEIGHT));
  else
    g_object_set (self->split, "position-set", FALSE, NULL);
}

void
zab_window_place_inspector (ZabWindow *self)
{
  const int               width = get_width (self);
  const int               height = get_height (self);
  const ZabInspectorPlace place = zab_inspector_place_get (width, height);
  const gboolean          placed = zab_window_is_inspector_placed (self);

  gtk_widget_set_visible (GTK_WIDGET (self->stage),
                          !self->show_inspector || place != ZAB_INSPECTOR_ALONE);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), self->show_inspector);
  if (placed)
    return;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split), place == ZAB_INSPECTOR_BESIDE
                                                                    ? GTK_ORIENTATION_HORIZONTAL
                                                                    : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->inspector),
                               place == ZAB_INSPECTOR_BESIDE ? WIDTH : -1, -1);
  g_object_set (self->inspector, "wide", zab_inspector_place_is_wide (width, height), NULL);
  divide (self, place);
}

static void
turn_to_selected (ZabWindow *self)
{
  ZabSet *set = zab_session_get_set (self->session);

  g_object_set (self->inspector, "pad",
                zab_set_get_pad (set, zab_pad_grid_get_selected (self->grid)), NULL);
}

static gboolean
on_follow_idle (gpointer user_data)
{
  ZabWindow *self = user_data;

  self->follow_idle = 0;
  turn_to_selected (self);
  return G_SOURCE_REMOVE;
}

/* A pad that is pressed sounds first. */
static void
on_selected_pad (ZabWindow *self)
{
  if (self->show_inspector && self->follow_idle == 0)
    self->follow_idle = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_follow_idle, self, NULL);
}

void
zab_window_leave_inspector (ZabWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->inspector)))
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

/* Of what has the keys for itself: entries. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, ZabWindow *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  zab_window_leave_inspector (self);
  return GDK_EVENT_STOP;
}

void
zab_window_set_show_inspector (ZabWindow *self, gboolean show)
{
  show = show != FALSE;
  if (self->show_inspector == show)
    return;
  if (show)
    turn_to_selected (self);
  else
    zab_window_leave_inspector (self);
  self->show_inspector = show;
  if (gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    zab_window_place_inspector (self);
  g_object_notify (G_OBJECT (self), "show-inspector");
}

void
zab_window_add_inspector (ZabWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->inspector), keys);
  g_signal_connect_object (self, "notify::selected-pad", G_CALLBACK (on_selected_pad), self,
                           G_CONNECT_SWAPPED);
}

void
zab_window_remove_inspector (ZabWindow *self)
{
  g_clear_handle_id (&self->follow_idle, g_source_remove);
}

void
zab_window_install_inspector_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "win.inspector", "show-inspector");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F9, 0, "win.inspector", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "win.inspector",
                                       NULL);
}
