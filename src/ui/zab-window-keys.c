/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-window-private.h"

/* Keys belong to an entry that has the focus, and to an open popover. */
static gboolean
keys_are_free (ZabWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == NULL)
    return TRUE;
  if (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  return gtk_widget_get_native (focus) == GTK_NATIVE (self);
}

static GdkDevice *
get_keyboard (ZabWindow *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));

  return seat ? gdk_seat_get_keyboard (seat) : NULL;
}

/* GTK tells the layout's number from 4.18 on; before, only the next key tells it. */
static void
update_layout (ZabWindow *self)
{
  GdkDevice *keyboard = get_keyboard (self);

  if (keyboard
      && g_object_class_find_property (G_OBJECT_GET_CLASS (keyboard), "active-layout-index"))
    g_object_get (keyboard, "active-layout-index", &self->layout, NULL);
  self->layout = MAX (0, self->layout);
  zab_pad_grid_update_caps (self->grid, self->layout);
}

void
zab_window_release_keys (ZabWindow *self)
{
  for (guint i = 0; i < ZAB_PAD_KEYS_N; i++)
    if (self->held[i])
      {
        self->held[i] = FALSE;
        zab_pad_grid_release (self->grid, i);
      }
}

/* Whoever looks away does not see keys go up, nor a layout change. */
static void
on_active_changed (ZabWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)))
    update_layout (self);
  else
    zab_window_release_keys (self);
}

static void
play_or_stop (ZabWindow *self, guint position, gboolean stop)
{
  if (stop)
    zab_session_stop (self->session,
                      zab_session_get_bank (self->session) * ZAB_PAD_KEYS_N + position);
  else if (!self->held[position]) /* else the keyboard repeats it */
    {
      self->held[position] = TRUE;
      zab_pad_grid_press (self->grid, position);
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, ZabWindow *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GdkModifierType mods = state & gtk_accelerator_get_default_mod_mask ();
  int             position = zab_pad_keys_get_position (keycode);

  if ((mods & ~GDK_SHIFT_MASK) || !keys_are_free (self))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape && mods == 0)
    {
      zab_session_stop_all (self->session);
      zab_window_leave_inspector (self);
      return GDK_EVENT_STOP;
    }
  if (position < 0)
    return GDK_EVENT_PROPAGATE;
  play_or_stop (self, (guint)position, mods == GDK_SHIFT_MASK);
  self->layout = (int)gdk_key_event_get_layout (event);
  zab_pad_grid_update_caps (self->grid, self->layout);
  return GDK_EVENT_STOP;
}

static void
on_key_released (GtkEventControllerKey *controller, guint keyval, guint keycode,
                 GdkModifierType state, ZabWindow *self)
{
  int position = zab_pad_keys_get_position (keycode);

  if (position < 0 || !self->held[position])
    return;
  self->held[position] = FALSE;
  zab_pad_grid_release (self->grid, (guint)position);
}

void
zab_window_add_keys (ZabWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GdkDevice          *keyboard = get_keyboard (self);

  /* Before the widget with the focus: a key that plays always plays. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active_changed), NULL);
  if (keyboard)
    {
      g_signal_connect_object (keyboard, "changed", G_CALLBACK (update_layout), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (keyboard, "notify", G_CALLBACK (update_layout), self,
                               G_CONNECT_SWAPPED);
    }
  update_layout (self);
}
