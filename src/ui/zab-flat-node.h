/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pictures in the place of nodes. Without a GPU each node is drawn again wherever something moves
 * near it: round corners and shadows by far the slowest. A picture of them all costs least, and in
 * a cairo node it is not even copied. With a GPU all is left as it is, and stays sharp at any
 * scale. Thread: main. */

/* @node, of @widget's own (transfer full; may be NULL), or a picture of it. */
GskRenderNode *zab_flat_node_new (GtkWidget *widget, GskRenderNode *node);

/* A picture of a child, for as long as that looks the same. */
typedef struct
{
  GskRenderNode *from; /* what it is a picture of; NULL: nothing yet */
  GskRenderNode *flat;
  int            scale;
} ZabFlatNode;

void zab_flat_node_clear (ZabFlatNode *self);

/* In the place of gtk_widget_snapshot_child (), for a child over which something moves. */
void zab_flat_node_snapshot_child (ZabFlatNode *self, GtkWidget *widget, GtkWidget *child,
                                   GtkSnapshot *snapshot);

G_END_DECLS
