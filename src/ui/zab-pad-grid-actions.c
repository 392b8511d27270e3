/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to the selected pads. What one action does in one turn of the main loop is one step
 * back. */
#include "ui/zab-pad-grid-private.h"

/* On the clipboard: whether to take the pads away, their bank, and a flag for each of its pads. */
#define CLIP_TYPE "(buab)"

static gboolean
is_used (ZabPadGrid *self, guint index)
{
  ZabSet *set = zab_session_get_set (self->session);

  return zab_pad_get_state (zab_set_get_pad (set, index)) != ZAB_PAD_EMPTY;
}

void
zab_pad_grid_carry (ZabPadGrid *self, const ZabPadSelection *from, guint bank, int offset,
                    gboolean copy)
{
  guint positions[N_PADS];
  guint n = zab_pad_selection_order (from, offset, positions);

  for (guint i = 0; i < n; i++)
    {
      guint source = bank * N_PADS + positions[i];
      guint target = zab_pad_grid_get_index (self, (guint)((int)positions[i] + offset));

      if (source == target || (copy && !is_used (self, source)))
        continue;
      if (copy)
        zab_session_copy_pad (self->session, source, target);
      else
        zab_session_swap_pads (self->session, source, target);
    }
  self->selection = *from;
  zab_pad_selection_shift (&self->selection, offset);
  zab_pad_grid_focus_pad (self, self->selection.cursor);
  zab_pad_grid_update_selection (self);
}

static void
on_clear (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPadGrid      *self = ZAB_PAD_GRID (widget);
  guint            n = 0;
  g_autofree char *name = NULL;

  for (guint i = 0; i < N_PADS; i++)
    {
      ZabPad *pad = zab_pad_button_get_pad (self->pads[i]);

      if (!self->selection.selected[i] || zab_pad_get_state (pad) == ZAB_PAD_EMPTY)
        continue;
      if (n++ == 0)
        name = g_strdup (zab_pad_get_name (pad));
      zab_session_clear (self->session, zab_pad_get_index (pad));
    }
  if (n > 0)
    g_signal_emit_by_name (self, "cleared", n, name);
}

void
zab_pad_grid_on_chosen (ZabPadButton *pad, const char *setting, const GValue *value,
                        ZabPadGrid *self)
{
  const guint    position = zab_pad_get_index (zab_pad_button_get_pad (pad)) % N_PADS;
  const gboolean all = self->editing && self->selection.selected[position];

  for (guint i = 0; i < N_PADS; i++)
    {
      ZabPad *target = zab_pad_button_get_pad (self->pads[i]);

      if (i == position
          || (all && self->selection.selected[i] && zab_pad_get_state (target) != ZAB_PAD_EMPTY))
        g_object_set_property (G_OBJECT (target), setting, value);
    }
}

static void
set_clipboard (ZabPadGrid *self, gboolean cut)
{
  GVariantBuilder flags;
  GValue          value = G_VALUE_INIT;

  g_variant_builder_init (&flags, G_VARIANT_TYPE ("ab"));
  for (guint i = 0; i < N_PADS; i++)
    g_variant_builder_add (&flags, "b", self->selection.selected[i]);
  g_value_init (&value, G_TYPE_VARIANT);
  g_value_set_variant (
      &value, g_variant_new (CLIP_TYPE, cut, zab_session_get_bank (self->session), &flags));
  gdk_clipboard_set_value (gtk_widget_get_clipboard (GTK_WIDGET (self)), &value);
  g_value_unset (&value);
}

static void
on_copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  set_clipboard (ZAB_PAD_GRID (widget), g_str_equal (action, "pads.cut"));
}

/* Pads on the clipboard are this program's own. */
static GVariant *
dup_clip (ZabPadGrid *self)
{
  GdkContentProvider *content
      = gdk_clipboard_get_content (gtk_widget_get_clipboard (GTK_WIDGET (self)));
  GValue    value = G_VALUE_INIT;
  GVariant *clip = NULL;

  g_value_init (&value, G_TYPE_VARIANT);
  if (content && gdk_content_provider_get_value (content, &value, NULL))
    clip = g_value_dup_variant (&value);
  g_value_unset (&value);
  return clip;
}

/* The first of the pads in the clip comes to stand on the one with the cursor. */
static void
paste (ZabPadGrid *self, GVariant *clip)
{
  g_autoptr (GVariant) flags = g_variant_get_child_value (clip, 2);
  ZabPadSelection from = { 0 };
  gboolean        cut;
  guint           bank, first = N_PADS;

  g_variant_get_child (clip, 0, "b", &cut);
  g_variant_get_child (clip, 1, "u", &bank);
  for (guint i = 0; i < N_PADS && i < g_variant_n_children (flags); i++)
    {
      g_variant_get_child (flags, i, "b", &from.selected[i]);
      if (from.selected[i] && first == N_PADS)
        first = i;
    }
  if (first == N_PADS)
    return;
  from.anchor = from.cursor = first;
  zab_pad_grid_carry (self, &from, bank,
                      zab_pad_selection_get_offset (&from, first, self->selection.cursor), !cut);
  if (cut)
    gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL);
}

gboolean
zab_pad_grid_paste (ZabPadGrid *self)
{
  g_autoptr (GVariant) clip = dup_clip (self);

  if (clip == NULL || !g_variant_is_of_type (clip, G_VARIANT_TYPE (CLIP_TYPE)))
    return FALSE;
  paste (self, clip);
  return TRUE;
}

static void
on_paste (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (!zab_pad_grid_paste (ZAB_PAD_GRID (widget)))
    gtk_widget_activate_action (widget, "win.paste", NULL);
}

static void
on_select_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);

  zab_pad_selection_select_all (&self->selection);
  zab_pad_grid_update_selection (self);
}

/* What a menu or a key on one pad means: the selection when the pad is in it, or else it alone. */
static void
on_select (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);
  guint       position = g_variant_get_uint32 (parameter) % N_PADS;

  if (!self->selection.selected[position])
    zab_pad_selection_select (&self->selection, position);
  self->selection.cursor = position;
  zab_pad_grid_update_selection (self);
}

void
zab_pad_grid_update_actions (ZabPadGrid *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "pads.select-all", self->editing);
}

void
zab_pad_grid_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "pads.clear", NULL, on_clear);
  gtk_widget_class_install_action (widget_class, "pads.cut", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "pads.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "pads.paste", NULL, on_paste);
  gtk_widget_class_install_action (widget_class, "pads.select-all", NULL, on_select_all);
  gtk_widget_class_install_action (widget_class, "pads.select", "u", on_select);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_x, GDK_CONTROL_MASK, "pads.cut", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "pads.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "pads.paste",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "pads.select-all",
                                       NULL);
}
