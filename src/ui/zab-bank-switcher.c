/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-bank-switcher.h"

#include <glib/gi18n-lib.h>

#include "model/zab-set.h"

#define LINGER 400 /* ms: what is dragged on a bank's button opens it */

struct _ZabBankSwitcher
{
  GtkWidget parent_instance;

  GtkWidget *lingered; /* unowned: the button that something is dragged over; or NULL */
  guint      timer;
};

G_DEFINE_FINAL_TYPE (ZabBankSwitcher, zab_bank_switcher, GTK_TYPE_WIDGET)

static void
on_lingered (gpointer user_data)
{
  ZabBankSwitcher *self = user_data;

  self->timer = 0;
  gtk_widget_activate_action_variant (
      self->lingered, "app.select-bank",
      gtk_actionable_get_action_target_value (GTK_ACTIONABLE (self->lingered)));
}

static void
on_drag_leave (GtkDropControllerMotion *motion, ZabBankSwitcher *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->lingered = NULL;
}

static void
on_drag_enter (GtkDropControllerMotion *motion, double x, double y, ZabBankSwitcher *self)
{
  on_drag_leave (motion, self);
  self->lingered = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (motion));
  self->timer = g_timeout_add_once (LINGER, on_lingered, self);
}

/* Files and pads can be dragged on to a pad of another bank. */
static void
follow_drags (ZabBankSwitcher *self, GtkWidget *button)
{
  GtkEventController *motion = gtk_drop_controller_motion_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (on_drag_enter), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_drag_leave), self);
  gtk_widget_add_controller (button, motion);
}

static void
zab_bank_switcher_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_handle_id (&ZAB_BANK_SWITCHER (object)->timer, g_source_remove);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (zab_bank_switcher_parent_class)->dispose (object);
}

static void
zab_bank_switcher_class_init (ZabBankSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zab_bank_switcher_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "bankswitcher");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
zab_bank_switcher_init (ZabBankSwitcher *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (layout), TRUE);
  /* As the keys F1 to F6, whichever way one reads. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("window", "Banks"), -1);
  for (guint i = 0; i < ZAB_SET_N_BANKS; i++)
    {
      const char       letter[2] = { (char)('A' + i), '\0' };
      GtkWidget       *button = gtk_toggle_button_new_with_label (letter);
      g_autofree char *label = g_strdup_printf (_ ("Bank %s"), letter);
      g_autofree char *tooltip = g_strdup_printf ("%s (F%u)", label, i + 1);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.select-bank");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", i);
      gtk_widget_set_tooltip_text (button, tooltip);
      gtk_widget_set_focus_on_click (button, FALSE);
      /* Newer GTK names a button by the letter in it, whatever is said here. */
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      follow_drags (self, button);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
    }
}
