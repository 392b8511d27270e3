/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Selecting pads in edit mode, by pointer, finger and keys. */
#include "ui/zab-pad-grid-private.h"

#include "ui/zab-gesture.h"

static GdkModifierType
get_modifiers (gpointer controller)
{
  return gtk_event_controller_get_current_event_state (controller)
         & gtk_accelerator_get_default_mod_mask ();
}

static void
select_for (ZabPadGrid *self, guint position, GdkModifierType modifiers)
{
  if (modifiers == GDK_SHIFT_MASK)
    zab_pad_selection_extend (&self->selection, position);
  else if (modifiers == GDK_CONTROL_MASK)
    zab_pad_selection_toggle (&self->selection, position);
  else
    zab_pad_selection_select (&self->selection, position);
  zab_pad_grid_update_selection (self);
}

/* What is selected may be about to be dragged: it stays so until the button comes up. A finger has
 * no Control key: taps add and take away. */
static void
on_pressed (GtkGestureClick *click, int n, double x, double y, ZabPadGrid *self)
{
  int position = zab_pad_grid_pick (self, x, y);

  if (!self->editing || position < 0)
    return;
  zab_pad_grid_focus_pad (self, (guint)position);
  if (!zab_gesture_is_touch (GTK_GESTURE (click))
      && (get_modifiers (click) || !self->selection.selected[position]))
    select_for (self, (guint)position, get_modifiers (click));
}

static void
on_released (GtkGestureClick *click, int n, double x, double y, ZabPadGrid *self)
{
  int position = zab_pad_grid_pick (self, x, y);

  if (!self->editing || position < 0)
    return;
  if (zab_gesture_is_touch (GTK_GESTURE (click)))
    select_for (self, (guint)position, GDK_CONTROL_MASK);
  else if (get_modifiers (click) == 0)
    select_for (self, (guint)position, 0);
}

static void
on_long_press (GtkGestureLongPress *press, double x, double y, ZabPadGrid *self)
{
  int position = zab_pad_grid_pick (self, x, y);

  if (!self->editing || position < 0)
    return;
  gtk_gesture_set_state (GTK_GESTURE (press), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self->pads[position]), "pad.menu", NULL);
}

static int
get_direction (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return GTK_DIR_LEFT;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return GTK_DIR_RIGHT;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return GTK_DIR_UP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return GTK_DIR_DOWN;
    default:
      return -1;
    }
}

static void
move_selection (ZabPadGrid *self, int step)
{
  const guint cursor = self->selection.cursor;
  const int   offset
      = zab_pad_selection_get_offset (&self->selection, cursor, (guint)((int)cursor + step));

  if (offset != 0 && zab_pad_selection_count (&self->selection) > 0)
    zab_pad_grid_carry (self, &self->selection, zab_session_get_bank (self->session), offset,
                        FALSE);
}

static gboolean
on_arrow (ZabPadGrid *self, GtkDirectionType direction, GdkModifierType modifiers)
{
  const guint cursor = self->selection.cursor;
  const int   next = zab_pad_grid_get_neighbour ((int)cursor, direction);

  if (modifiers == 0)
    return GDK_EVENT_PROPAGATE; /* as everywhere: the focus moves, and the selection with it */
  if (next < 0)
    return GDK_EVENT_STOP;
  if (modifiers == GDK_ALT_MASK)
    {
      move_selection (self, next - (int)cursor);
      return GDK_EVENT_STOP;
    }
  zab_pad_grid_focus_pad (self, (guint)next);
  if (modifiers == GDK_SHIFT_MASK)
    select_for (self, (guint)next, GDK_SHIFT_MASK);
  else
    self->selection.cursor = (guint)next;
  zab_pad_grid_update_selection (self);
  return GDK_EVENT_STOP;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state,
        ZabPadGrid *self)
{
  const GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  const int             direction = get_direction (keyval);

  if (!self->editing)
    return GDK_EVENT_PROPAGATE;
  if (direction >= 0)
    return on_arrow (self, (GtkDirectionType)direction, modifiers);
  if (keyval != GDK_KEY_space || modifiers != 0)
    return GDK_EVENT_PROPAGATE;
  select_for (self, self->selection.cursor, GDK_CONTROL_MASK);
  return GDK_EVENT_STOP;
}

void
zab_pad_grid_add_edit_controllers (ZabPadGrid *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkGesture         *hold = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  g_signal_connect (hold, "pressed", G_CALLBACK (on_long_press), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  /* Before the pads, for which Space is a key that plays. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
