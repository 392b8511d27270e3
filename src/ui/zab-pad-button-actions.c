/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-button-private.h"

#include "ui/zab-error-popover.h"
#include "ui/zab-pad-menu.h"

typedef void (*SessionFunc) (ZabSession *session, guint pad);

static void
act_on_session (GtkWidget *widget, SessionFunc func)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);

  func (self->session, zab_pad_get_index (self->pad));
}

static void
on_stop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act_on_session (widget, zab_session_stop);
}

static void
on_retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act_on_session (widget, zab_session_retry);
}

static void
on_cancel (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act_on_session (widget, zab_session_cancel_load);
}

static void
on_clear (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zab_pad_button_select (ZAB_PAD_BUTTON (widget));
  gtk_widget_activate_action (widget, "pads.clear", NULL);
}

static void
on_dismiss (GtkWidget *widget, const char *action, GVariant *parameter)
{
  act_on_session (widget, zab_session_dismiss_error);
}

static void
on_play (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);

  zab_session_play (self->session, zab_pad_get_index (self->pad), 1);
}

static void
on_load (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);

  gtk_widget_activate_action (widget, "win.load-pad", "u", zab_pad_get_index (self->pad));
}

/* For assistive technologies, which can't choose a mode by name. */
static void
on_loop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPad *pad = ZAB_PAD_BUTTON (widget)->pad;

  zab_pad_set_mode (pad, zab_pad_get_mode (pad) == ZAB_PAD_MODE_LOOP ? ZAB_PAD_MODE_ONE_SHOT
                                                                     : ZAB_PAD_MODE_LOOP);
}

static void
on_locate (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);

  gtk_widget_activate_action (widget, "win.locate-pad", "u", zab_pad_get_index (self->pad));
}

static void
on_press (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);

  zab_pad_button_press (self);
  zab_pad_button_release (self);
  zab_pad_button_help (self);
}

static void
on_menu (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zab_pad_button_show_menu (ZAB_PAD_BUTTON (widget),
                            &(GdkRectangle){ gtk_widget_get_width (widget) / 2,
                                             gtk_widget_get_height (widget) / 2, 1, 1 });
}

void
zab_pad_button_select (ZabPadButton *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "pads.select", "u", zab_pad_get_index (self->pad));
}

void
zab_pad_button_help (ZabPadButton *self)
{
  if (zab_pad_get_has_sample (self->pad))
    return;
  if (zab_pad_get_state (self->pad) == ZAB_PAD_EMPTY)
    gtk_widget_activate_action (GTK_WIDGET (self), "pad.load", NULL);
  else if (zab_pad_get_state (self->pad) == ZAB_PAD_FAILED)
    zab_pad_button_show_problem (self);
}

/* A popover that was closed is of no more use, but is still at work in its own signal. */
static gboolean
unparent_popover (gpointer user_data)
{
  ZabPadButton *self = user_data;

  if (self->popover && !gtk_widget_get_visible (self->popover))
    g_clear_pointer (&self->popover, gtk_widget_unparent);
  return G_SOURCE_REMOVE;
}

static void
on_popover_closed (GtkPopover *popover, ZabPadButton *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_popover, g_object_ref (self), g_object_unref);
}

static void
show_popover (ZabPadButton *self, GtkWidget *popover)
{
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = popover;
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), self);
  gtk_popover_popup (GTK_POPOVER (popover));
}

void
zab_pad_button_show_menu (ZabPadButton *self, const GdkRectangle *at)
{
  g_autoptr (GMenuModel) model = NULL;
  GtkWidget *menu;

  zab_pad_button_select (self);
  model = zab_pad_menu_new (self->n_selected);
  menu = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), at);
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  show_popover (self, menu);
}

void
zab_pad_button_show_problem (ZabPadButton *self)
{
  const char *reason = zab_pad_get_error (self->pad);

  if (!reason)
    reason = zab_pad_get_warning (self->pad);
  if (reason)
    show_popover (self, zab_error_popover_new (reason, zab_pad_get_missing (self->pad)));
}

void
zab_pad_button_update_actions (ZabPadButton *self, const ZabPadFacts *facts)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   problem
      = facts->state == ZAB_PAD_FAILED || (facts->state == ZAB_PAD_READY && facts->warning);
  gboolean under_way = facts->state == ZAB_PAD_WAITING || facts->state == ZAB_PAD_LOADING;

  gtk_widget_action_set_enabled (widget, "pad.play", facts->has_sample);
  gtk_widget_action_set_enabled (widget, "pad.stop", facts->playing || facts->armed);
  gtk_widget_action_set_enabled (widget, "pad.retry", problem);
  gtk_widget_action_set_enabled (widget, "pad.dismiss", problem);
  gtk_widget_action_set_enabled (widget, "pad.locate", facts->missing);
  gtk_widget_action_set_enabled (widget, "pad.cancel", under_way);
  gtk_widget_action_set_enabled (widget, "pad.clear", facts->state != ZAB_PAD_EMPTY);
}

void
zab_pad_button_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "pad.press", NULL, on_press);
  gtk_widget_class_install_action (widget_class, "pad.load", NULL, on_load);
  gtk_widget_class_install_action (widget_class, "pad.play", NULL, on_play);
  gtk_widget_class_install_action (widget_class, "pad.stop", NULL, on_stop);
  gtk_widget_class_install_property_action (widget_class, "pad.mode", "mode");
  gtk_widget_class_install_property_action (widget_class, "pad.color", "color");
  gtk_widget_class_install_property_action (widget_class, "pad.choke", "choke");
  gtk_widget_class_install_action (widget_class, "pad.retry", NULL, on_retry);
  gtk_widget_class_install_action (widget_class, "pad.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "pad.clear", NULL, on_clear);
  gtk_widget_class_install_action (widget_class, "pad.dismiss", NULL, on_dismiss);
  gtk_widget_class_install_action (widget_class, "pad.loop", NULL, on_loop);
  gtk_widget_class_install_action (widget_class, "pad.locate", NULL, on_locate);
  gtk_widget_class_install_action (widget_class, "pad.menu", NULL, on_menu);
}
