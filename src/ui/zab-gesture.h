/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether what @gesture hears of just now is a finger's. Thread: main. */
gboolean zab_gesture_is_touch (GtkGesture *gesture);

G_END_DECLS
