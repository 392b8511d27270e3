/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-flat-node.h"

#include <math.h>

static gboolean
is_wanted (GtkWidget *widget)
{
  return GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (gtk_widget_get_native (widget)));
}

void
zab_flat_node_clear (ZabFlatNode *self)
{
  g_clear_pointer (&self->from, gsk_render_node_unref);
  g_clear_pointer (&self->flat, gsk_render_node_unref);
}

/* All of its pixels, those of its shadow too. */
static graphene_rect_t
get_pixels (GskRenderNode *node)
{
  graphene_rect_t bounds;

  gsk_render_node_get_bounds (node, &bounds);
  graphene_rect_round_extents (&bounds, &bounds);
  return bounds;
}

static cairo_surface_t *
draw_picture (GskRenderNode *node, const graphene_rect_t *bounds, int scale)
{
  cairo_surface_t *picture = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int)bounds->size.width * scale, (int)bounds->size.height * scale);
  cairo_t *cr;

  cairo_surface_set_device_scale (picture, scale, scale);
  cr = cairo_create (picture);
  cairo_translate (cr, (double)-bounds->origin.x, (double)-bounds->origin.y);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  return picture;
}

static GskRenderNode *
flatten (GskRenderNode *node, int scale)
{
  const graphene_rect_t bounds = get_pixels (node);
  cairo_surface_t      *picture = draw_picture (node, &bounds, scale);
  GskRenderNode        *flat = gsk_cairo_node_new (&bounds);
  cairo_t              *cr = gsk_cairo_node_get_draw_context (flat);

  cairo_set_source_surface (cr, picture, (double)bounds.origin.x, (double)bounds.origin.y);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
  return flat;
}

GskRenderNode *
zab_flat_node_new (GtkWidget *widget, GskRenderNode *node)
{
  g_autoptr (GskRenderNode) taken = node;

  return node != NULL && is_wanted (widget) ? flatten (node, gtk_widget_get_scale_factor (widget))
                                            : g_steal_pointer (&taken);
}

/* @node: the child's own, which GTK keeps until the child is to be drawn anew. */
static GskRenderNode *
get_flat (ZabFlatNode *self, GskRenderNode *node, int scale)
{
  if (self->from == node && self->scale == scale)
    return self->flat;
  zab_flat_node_clear (self);
  self->from = gsk_render_node_ref (node);
  self->flat = flatten (node, scale);
  self->scale = scale;
  return self->flat;
}

void
zab_flat_node_snapshot_child (ZabFlatNode *self, GtkWidget *widget, GtkWidget *child,
                              GtkSnapshot *snapshot)
{
  GtkSnapshot *own;
  g_autoptr (GskRenderNode) node = NULL;

  if (!is_wanted (widget))
    {
      gtk_widget_snapshot_child (widget, child, snapshot);
      return;
    }
  own = gtk_snapshot_new ();
  gtk_widget_snapshot_child (widget, child, own);
  node = gtk_snapshot_free_to_node (own);
  if (node == NULL)
    return;
  gtk_snapshot_save (snapshot);
  if (gsk_render_node_get_node_type (node) == GSK_TRANSFORM_NODE)
    {
      gtk_snapshot_transform (snapshot, gsk_transform_node_get_transform (node));
      gtk_snapshot_append_node (snapshot, get_flat (self, gsk_transform_node_get_child (node),
                                                    gtk_widget_get_scale_factor (widget)));
    }
  else
    gtk_snapshot_append_node (snapshot,
                              get_flat (self, node, gtk_widget_get_scale_factor (widget)));
  gtk_snapshot_restore (snapshot);
}
