/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture of a widget's child, for as long as that looks the same. Without a GPU each node is
 * drawn again wherever something moves near it: round corners and shadows by far the slowest. A
 * picture of them all costs least, and in a cairo node it is not even copied. With a GPU the
 * child's own nodes are taken, which stay sharp at any scale. Thread: main. */
typedef struct
{
  GskRenderNode *from; /* what it is a picture of; NULL: nothing yet */
  GskRenderNode *flat;
  int            scale;
} ZabFlatNode;

void zab_flat_node_clear (ZabFlatNode *self);

/* In the place of gtk_widget_snapshot_child (). */
void zab_flat_node_snapshot_child (ZabFlatNode *self, GtkWidget *widget, GtkWidget *child,
                                   GtkSnapshot *snapshot);

G_END_DECLS
