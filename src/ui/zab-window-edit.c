/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-window-private.h"

#include <glib/gi18n-lib.h>

#define LONG_ENOUGH 12 /* s: to see that the wrong pad went, with both hands busy */

static void
on_toast_gone (AdwToast *toast, ZabWindow *self)
{
  if (self->undo_toast == toast)
    g_clear_object (&self->undo_toast);
}

/* Its button undoes the last step, so it goes as soon as another one is. */
static void
take_back_offer (ZabWindow *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->undo_toast);

  if (toast)
    adw_toast_dismiss (toast);
}

/* What was edited in this turn, before the toast has gone, is not to be undone by it. */
static void
on_undo_clicked (ZabWindow *self)
{
  const guint64 step = zab_document_get_step (self->document);

  g_clear_object (&self->undo_toast); /* goes by itself */
  if (step == self->undo_step)
    zab_document_undo (self->document);
}

static void
on_cleared (ZabPadGrid *grid, guint n, const char *name, ZabWindow *self)
{
  g_autofree char *text = n == 1
      ? g_strdup_printf (_ ("“%s” was cleared"), name)
      : g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "%u pad was cleared", "%u pads were cleared", n), n);
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (title);

  self->undo_step = zab_document_get_step (self->document);
  adw_toast_set_button_label (toast, C_ ("toast", "Undo"));
  adw_toast_set_timeout (toast, LONG_ENOUGH);
  self->undo_toast = g_object_ref (toast);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_clicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_toast_gone), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
zab_window_add_edit (ZabWindow *self)
{
  g_signal_connect_object (self->grid, "cleared", G_CALLBACK (on_cleared), self, 0);
  g_signal_connect_object (self->document, "notify::step", G_CALLBACK (take_back_offer), self,
                           G_CONNECT_SWAPPED);
}

void
zab_window_remove_edit (ZabWindow *self)
{
  g_clear_object (&self->undo_toast);
}

void
zab_window_install_edit_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "win.edit-mode", "edit-mode");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "win.edit-mode",
                                       NULL);
}
