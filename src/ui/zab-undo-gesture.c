/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-undo-gesture.h"

typedef struct
{
  ZabDocument *document;
  gboolean     begun;
} UndoGesture;

static void
begin (UndoGesture *self)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  zab_document_begin_gesture (self->document);
}

static void
end (UndoGesture *self)
{
  if (!self->begun)
    return;
  self->begun = FALSE;
  zab_document_end_gesture (self->document);
}

static void
undo_gesture_free (gpointer data, GClosure *closure)
{
  UndoGesture *self = data;

  end (self);
  g_object_unref (self->document);
  g_free (self);
}

/* Looks on only: a gesture of its own would take the events from the slider's. */
static gboolean
on_event (GtkEventController *controller, GdkEvent *event, UndoGesture *self)
{
  const GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    begin (self);
  else if (type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL
           || type == GDK_GRAB_BROKEN)
    end (self);
  return GDK_EVENT_PROPAGATE;
}

static void
on_unmap (UndoGesture *self)
{
  end (self);
}

void
zab_undo_gesture_attach (GtkWidget *slider, ZabDocument *document)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();
  UndoGesture        *self = g_new0 (UndoGesture, 1);

  g_return_if_fail (GTK_IS_WIDGET (slider));
  g_return_if_fail (ZAB_IS_DOCUMENT (document));
  self->document = g_object_ref (document);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (on_event), self);
  g_signal_connect_data (slider, "unmap", G_CALLBACK (on_unmap), self, undo_gesture_free,
                         G_CONNECT_SWAPPED);
  gtk_widget_add_controller (slider, controller);
}
