/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pads dragged to other places in edit mode: they go where they are let go, and what was there
 * takes their place; with Control they are copied. */
#include "ui/zab-pad-grid-private.h"

/* What travels: the bank the pads are of, the position they are held at, a flag for each pad. */
#define DRAG_TYPE "(uuab)"

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, ZabPadGrid *self)
{
  const int       position = zab_pad_grid_pick (self, x, y);
  GVariantBuilder flags;

  if (!self->editing || position < 0)
    return NULL;
  if (!self->selection.selected[position])
    zab_pad_selection_select (&self->selection, (guint)position);
  zab_pad_grid_update_selection (self);
  g_variant_builder_init (&flags, G_VARIANT_TYPE ("ab"));
  for (guint i = 0; i < N_PADS; i++)
    g_variant_builder_add (&flags, "b", self->selection.selected[i]);
  return gdk_content_provider_new_typed (
      G_TYPE_VARIANT,
      g_variant_new (DRAG_TYPE, zab_session_get_bank (self->session), (guint)position, &flags));
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, ZabPadGrid *self)
{
  GtkWidget *pad = GTK_WIDGET (self->pads[self->selection.cursor]);
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (pad);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (icon);

  gtk_drag_source_set_icon (source, still, gtk_widget_get_width (pad) / 2,
                            gtk_widget_get_height (pad) / 2);
}

static gboolean
read_drag (const GValue *value, ZabPadSelection *selection, guint *bank, guint *held)
{
  GVariant *variant
      = value && G_VALUE_HOLDS (value, G_TYPE_VARIANT) ? g_value_get_variant (value) : NULL;
  g_autoptr (GVariant) flags = NULL;

  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE (DRAG_TYPE)))
    return FALSE;
  g_variant_get_child (variant, 0, "u", bank);
  g_variant_get_child (variant, 1, "u", held);
  flags = g_variant_get_child_value (variant, 2);
  *selection = (ZabPadSelection){ .anchor = *held, .cursor = *held };
  for (guint i = 0; i < N_PADS && i < g_variant_n_children (flags); i++)
    g_variant_get_child (flags, i, "b", &selection->selected[i]);
  return TRUE;
}

/* Lights the pads on which a drop at @position would land; at none when it is NULL. */
static void
show_landing (ZabPadGrid *self, const ZabPadSelection *selection, int offset)
{
  for (int i = 0; i < N_PADS; i++)
    zab_pad_button_set_drop_target (self->pads[i], selection && i - offset >= 0
                                                       && i - offset < N_PADS
                                                       && selection->selected[i - offset]);
}

static guint
get_position_at (ZabPadGrid *self, double x, double y)
{
  return zab_pad_grid_get_nearest (self, x, y) % N_PADS;
}

static GdkDragAction
on_motion (GtkDropTarget *target, double x, double y, ZabPadGrid *self)
{
  GdkDrop        *drop = gtk_drop_target_get_current_drop (target);
  GdkDragAction   actions = drop ? gdk_drop_get_actions (drop) : GDK_ACTION_MOVE;
  ZabPadSelection selection;
  guint           bank, held;

  self->landing = actions & GDK_ACTION_MOVE ? GDK_ACTION_MOVE : GDK_ACTION_COPY;
  if (read_drag (gtk_drop_target_get_value (target), &selection, &bank, &held))
    show_landing (self, &selection,
                  zab_pad_selection_get_offset (&selection, held, get_position_at (self, x, y)));
  return self->landing;
}

static void
on_leave (GtkDropTarget *target, ZabPadGrid *self)
{
  show_landing (self, NULL, 0);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, ZabPadGrid *self)
{
  ZabPadSelection selection;
  guint           bank, held;

  show_landing (self, NULL, 0);
  if (!read_drag (value, &selection, &bank, &held))
    return FALSE;
  zab_pad_grid_carry (self, &selection, bank,
                      zab_pad_selection_get_offset (&selection, held, get_position_at (self, x, y)),
                      self->landing == GDK_ACTION_COPY);
  return TRUE;
}

void
zab_pad_grid_add_drag (ZabPadGrid *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_VARIANT, GDK_ACTION_MOVE | GDK_ACTION_COPY);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
