/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-document.h"

G_BEGIN_DECLS

/* From the moment a button or finger goes down on @slider until it goes up, all that it changes is
 * one step of the history, however long the hand takes. Lives as long as @slider. Thread: main. */
void zab_undo_gesture_attach (GtkWidget *slider, ZabDocument *document);

G_END_DECLS
