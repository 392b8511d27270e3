/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-button-private.h"

/* Where on the pad an event happened; FALSE for what belongs to the pad's popover or to the button
 * in its corner. */
static gboolean
get_point (ZabPadButton *self, GdkEvent *event, graphene_point_t *point)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkNative *native = gtk_widget_get_native (widget);
  double     x, y, dx, dy;

  if (gdk_event_get_surface (event) != gtk_native_get_surface (native)
      || !gdk_event_get_position (event, &x, &y))
    return FALSE;
  gtk_native_get_surface_transform (native, &dx, &dy);
  if (!gtk_widget_compute_point (GTK_WIDGET (native), widget,
                                 &GRAPHENE_POINT_INIT ((float)(x - dx), (float)(y - dy)), point))
    return FALSE;
  return TRUE;
}

static gboolean
is_on_pad (ZabPadButton *self, const graphene_point_t *point)
{
  GtkWidget *widget = GTK_WIDGET (self);

  return gtk_widget_pick (widget, (double)point->x, (double)point->y, GTK_PICK_DEFAULT) == widget;
}

static gboolean
begin (ZabPadButton *self, GdkEvent *event)
{
  graphene_point_t point;

  if (!get_point (self, event, &point) || !is_on_pad (self, &point))
    return GDK_EVENT_PROPAGATE;
  if (!self->editing)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (gdk_event_triggers_context_menu (event))
    {
      zab_pad_button_show_menu (self, &(GdkRectangle){ (int)point.x, (int)point.y, 1, 1 });
      return GDK_EVENT_STOP;
    }
  if (self->editing
      || (gdk_event_get_event_type (event) == GDK_BUTTON_PRESS
          && gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY))
    return GDK_EVENT_PROPAGATE;
  self->pointers_held++;
  zab_pad_button_press (self);
  return GDK_EVENT_STOP;
}

static gboolean
end (ZabPadButton *self, GdkEvent *event, gboolean cancelled)
{
  graphene_point_t point;

  if (self->pointers_held == 0)
    return GDK_EVENT_PROPAGATE;
  if (gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE
      && gdk_button_event_get_button (event) != GDK_BUTTON_PRIMARY)
    return GDK_EVENT_PROPAGATE;
  self->pointers_held--;
  zab_pad_button_release (self);
  if (!cancelled && get_point (self, event, &point) && is_on_pad (self, &point))
    zab_pad_button_help (self);
  return GDK_EVENT_STOP;
}

/* A plain controller, for gestures follow one finger at a time and a roll takes two on one pad. */
static gboolean
on_event (GtkEventController *controller, GdkEvent *event, ZabPadButton *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    return begin (self, event);
  if (type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL)
    return end (self, event, type == GDK_TOUCH_CANCEL);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
is_press_key (guint keyval)
{
  return keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space || keyval == GDK_KEY_Return
         || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, ZabPadButton *self)
{
  GdkModifierType mods = state & gtk_accelerator_get_default_mod_mask ();

  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  if ((keyval == GDK_KEY_Menu && mods == 0) || (keyval == GDK_KEY_F10 && mods == GDK_SHIFT_MASK))
    return gtk_widget_activate_action (GTK_WIDGET (self), "pad.menu", NULL);
  if (keyval == GDK_KEY_BackSpace && mods == 0)
    return gtk_widget_activate_action (GTK_WIDGET (self), "pad.cancel", NULL);
  if ((keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete) && mods == 0)
    return gtk_widget_activate_action (GTK_WIDGET (self), "pad.clear", NULL);
  if (!is_press_key (keyval) || mods != 0)
    return GDK_EVENT_PROPAGATE;
  if (self->key_held == 0) /* else the keyboard repeats it */
    {
      self->key_held = keycode;
      zab_pad_button_press (self);
    }
  return GDK_EVENT_STOP;
}

static void
on_key_released (GtkEventControllerKey *controller, guint keyval, guint keycode,
                 GdkModifierType state, ZabPadButton *self)
{
  if (self->key_held == 0 || self->key_held != keycode)
    return;
  self->key_held = 0;
  zab_pad_button_release (self);
  zab_pad_button_help (self);
}

static void
on_focus_left (GtkEventControllerFocus *controller, ZabPadButton *self)
{
  if (self->key_held == 0)
    return;
  self->key_held = 0;
  zab_pad_button_release (self);
}

void
zab_pad_button_add_controllers (ZabPadButton *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (widget, events);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (widget, focus);
}
