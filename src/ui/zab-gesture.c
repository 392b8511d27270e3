/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-gesture.h"

/* Not by its device: on X11 that is the pointer's. */
gboolean
zab_gesture_is_touch (GtkGesture *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));

  return event != NULL && gdk_event_get_event_sequence (event) != NULL;
}
