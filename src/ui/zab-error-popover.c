/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-error-popover.h"

struct _ZabErrorPopover
{
  GtkPopover parent_instance;

  GtkLabel  *reason;
  GtkWidget *retry;
  GtkWidget *locate;
};

G_DEFINE_FINAL_TYPE (ZabErrorPopover, zab_error_popover, GTK_TYPE_POPOVER)

static void
on_button_clicked (ZabErrorPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
zab_error_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_ERROR_POPOVER);
  G_OBJECT_CLASS (zab_error_popover_parent_class)->dispose (object);
}

static void
zab_error_popover_class_init (ZabErrorPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zab_error_popover_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zabumba/Zabumba/ui/zab-error-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabErrorPopover, reason);
  gtk_widget_class_bind_template_child (widget_class, ZabErrorPopover, retry);
  gtk_widget_class_bind_template_child (widget_class, ZabErrorPopover, locate);
  gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
}

static void
zab_error_popover_init (ZabErrorPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
zab_error_popover_new (const char *reason, gboolean missing)
{
  ZabErrorPopover *self = g_object_new (ZAB_TYPE_ERROR_POPOVER, NULL);

  gtk_label_set_label (self->reason, reason);
  gtk_widget_set_visible (self->locate, missing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, reason, -1);
  return GTK_WIDGET (self);
}
