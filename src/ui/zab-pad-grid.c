/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-grid-private.h"

#include "ui/zab-drop.h"
#include "ui/zab-frame-pace.h"

#include <glib/gi18n-lib.h>

#define NARROW_GAP 5
#define WIDE_GAP   10
#define WIDE_FROM  560 /* px */
#define HIGH_FROM  320 /* px */

enum
{
  PROP_0,
  PROP_EDITING,
  PROP_KEY_LABELS,
  PROP_SQUARE,
  PROP_SELECTED_PAD,
  PROP_N_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabPadGrid, zab_pad_grid, GTK_TYPE_WIDGET)

/* How the pads divide the room. */
typedef struct
{
  int gap;
  int x, y;          /* of the first pad */
  int width, height; /* of each */
} Cells;

/* Pads neither get taller than wide nor stretch to ribbons; what is left over stays free at both
 * sides. */
static void
divide (Cells *cells, int width, int height, gboolean square)
{
  cells->gap = width < WIDE_FROM || height < HIGH_FROM ? NARROW_GAP : WIDE_GAP;
  cells->width = MAX (1, (width - (N_COLUMNS - 1) * cells->gap) / N_COLUMNS);
  cells->height = MAX (1, (height - (N_COLUMNS - 1) * cells->gap) / N_COLUMNS);
  cells->height = MIN (cells->height, cells->width * 7 / 4);
  cells->width = MIN (cells->width, cells->height * (square ? 1 : 5));
  if (square)
    cells->height = cells->width;
  cells->x = (width - N_COLUMNS * cells->width - (N_COLUMNS - 1) * cells->gap) / 2;
  cells->y = (height - N_COLUMNS * cells->height - (N_COLUMNS - 1) * cells->gap) / 2;
}

static int
get_position (ZabPadGrid *self, GtkWidget *pad)
{
  for (int i = 0; i < N_PADS; i++)
    if (GTK_WIDGET (self->pads[i]) == pad)
      return i;
  return -1;
}

guint
zab_pad_grid_get_index (ZabPadGrid *self, guint position)
{
  return zab_session_get_bank (self->session) * N_PADS + position;
}

int
zab_pad_grid_pick (ZabPadGrid *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked ? get_position (self, picked) : -1;
}

/* --- The selection --------------------------------------------------------------------------- */

void
zab_pad_grid_update_selection (ZabPadGrid *self)
{
  const guint n = self->editing ? zab_pad_selection_count (&self->selection) : 0;

  for (guint i = 0; i < N_PADS; i++)
    zab_pad_button_set_n_selected (self->pads[i], self->selection.selected[i] ? n : 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
  if (self->told == zab_pad_grid_get_selected (self))
    return;
  self->told = zab_pad_grid_get_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_PAD]);
}

void
zab_pad_grid_focus_pad (ZabPadGrid *self, guint position)
{
  self->leads = TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self->pads[position]));
  self->leads = FALSE;
}

static void
select_alone (ZabPadGrid *self, guint position)
{
  zab_pad_selection_select (&self->selection, position);
  zab_pad_grid_update_selection (self);
}

void
zab_pad_grid_set_editing (ZabPadGrid *self, gboolean editing)
{
  g_return_if_fail (ZAB_IS_PAD_GRID (self));
  editing = editing != FALSE;
  if (self->editing == editing)
    return;
  self->editing = editing;
  for (guint i = 0; i < N_PADS; i++)
    zab_pad_button_set_editing (self->pads[i], editing);
  select_alone (self, self->selection.cursor);
  zab_pad_grid_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITING]);
}

gboolean
zab_pad_grid_get_editing (ZabPadGrid *self)
{
  return self->editing;
}

guint
zab_pad_grid_get_selected (ZabPadGrid *self)
{
  return self->session ? zab_pad_grid_get_index (self, self->selection.cursor) : 0;
}

static void
on_touched (ZabPadButton *pad, ZabPadGrid *self)
{
  const int position = get_position (self, GTK_WIDGET (pad));

  if (!self->editing && position >= 0 && (guint)position != self->selection.cursor)
    select_alone (self, (guint)position);
}

/* --- The pads -------------------------------------------------------------------------------- */

static void
show_bank (ZabPadGrid *self)
{
  ZabBank *bank = zab_set_get_bank (zab_session_get_set (self->session),
                                    zab_session_get_bank (self->session));

  for (guint i = 0; i < N_PADS; i++)
    zab_pad_button_set_pad (self->pads[i], zab_bank_get_pad (bank, i));
  select_alone (self, self->selection.cursor);
}

/* Runs while something sounds or is about to, and not at all otherwise. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);
  gboolean    sounds;

  if (!zab_frame_pace_is_due (clock))
    return G_SOURCE_CONTINUE;
  sounds = zab_session_update_activity (self->session);
  for (guint i = 0; i < N_PADS; i++)
    zab_pad_button_move (self->pads[i]);
  if (sounds)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
on_activity (ZabPadGrid *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

void
zab_pad_grid_set_session (ZabPadGrid *self, ZabSession *session)
{
  g_return_if_fail (self->session == NULL);
  self->session = g_object_ref (session);
  for (guint i = 0; i < N_PADS; i++)
    {
      GtkWidget *pad = zab_pad_button_new (session);

      self->pads[i] = ZAB_PAD_BUTTON (pad);
      gtk_widget_set_parent (pad, GTK_WIDGET (self));
      g_signal_connect (pad, "touched", G_CALLBACK (on_touched), self);
      g_signal_connect (pad, "chosen", G_CALLBACK (zab_pad_grid_on_chosen), self);
    }
  g_signal_connect_object (session, "notify::bank", G_CALLBACK (show_bank), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "activity", G_CALLBACK (on_activity), self, G_CONNECT_SWAPPED);
  show_bank (self);
}

void
zab_pad_grid_press (ZabPadGrid *self, guint position)
{
  g_return_if_fail (position < N_PADS);
  zab_pad_button_press (self->pads[position]);
}

void
zab_pad_grid_release (ZabPadGrid *self, guint position)
{
  g_return_if_fail (position < N_PADS);
  zab_pad_button_release (self->pads[position]);
}

void
zab_pad_grid_update_caps (ZabPadGrid *self, int layout)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));

  for (guint i = 0; i < N_PADS; i++)
    {
      g_autofree char *cap = zab_pad_keys_dup_display_cap (display, layout, i);

      zab_pad_button_set_cap (self->pads[i], cap);
    }
}

guint
zab_pad_grid_get_nearest (ZabPadGrid *self, double x, double y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  Cells      cells;
  int        column, row;

  divide (&cells, gtk_widget_get_width (widget), gtk_widget_get_height (widget), self->square);
  column = ((int)x - cells.x + cells.gap / 2) / (cells.width + cells.gap);
  row = ((int)y - cells.y + cells.gap / 2) / (cells.height + cells.gap);
  return zab_pad_grid_get_index (
      self, (guint)(CLAMP (row, 0, N_COLUMNS - 1) * N_COLUMNS + CLAMP (column, 0, N_COLUMNS - 1)));
}

void
zab_pad_grid_show_drop (ZabPadGrid *self, guint first, guint n_files)
{
  for (guint i = 0; i < N_PADS; i++)
    zab_pad_button_set_drop_target (
        self->pads[i], zab_drop_fills (first, n_files,
                                       zab_pad_get_index (zab_pad_button_get_pad (self->pads[i]))));
}

int
zab_pad_grid_get_neighbour (int position, GtkDirectionType direction)
{
  int column = position % N_COLUMNS;

  switch (direction)
    {
    case GTK_DIR_LEFT:
      return column > 0 ? position - 1 : -1;
    case GTK_DIR_RIGHT:
      return column < N_COLUMNS - 1 ? position + 1 : -1;
    case GTK_DIR_UP:
      return position - N_COLUMNS;
    case GTK_DIR_DOWN:
      return position + N_COLUMNS < N_PADS ? position + N_COLUMNS : -1;
    case GTK_DIR_TAB_FORWARD:
    case GTK_DIR_TAB_BACKWARD:
      break;
    }
  return -1;
}

static gboolean
zab_pad_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);
  GtkWidget  *inside = gtk_widget_get_focus_child (widget);
  int         neighbour;

  if (inside == NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->pads[self->selection.cursor]));
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (inside, direction);
  neighbour = zab_pad_grid_get_neighbour (get_position (self, inside), direction);
  if (neighbour < 0)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (self->pads[neighbour]));
}

static void
zab_pad_grid_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);
  const int   position = child ? get_position (self, child) : -1;

  GTK_WIDGET_CLASS (zab_pad_grid_parent_class)->set_focus_child (widget, child);
  if (position < 0)
    return;
  if (self->leads)
    self->selection.cursor = (guint)position;
  /* A menu takes the focus and gives it back: what is selected stays so. */
  else if ((guint)position != self->selection.cursor || !self->selection.selected[position])
    select_alone (self, (guint)position);
}

static gboolean
zab_pad_grid_grab_focus (GtkWidget *widget)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->pads[self->selection.cursor]));
}

static void
zab_pad_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);

  gtk_widget_measure (GTK_WIDGET (self->pads[0]), orientation, -1, minimum, natural, NULL, NULL);
  *minimum = *minimum * N_COLUMNS + NARROW_GAP * (N_COLUMNS - 1);
  *natural = *natural * N_COLUMNS + WIDE_GAP * (N_COLUMNS - 1);
}

static void
zab_pad_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);
  Cells       cells;

  divide (&cells, width, height, self->square);
  for (int i = 0; i < N_PADS; i++)
    {
      GtkAllocation cell
          = { cells.x + (i % N_COLUMNS) * (cells.width + cells.gap),
              cells.y + (i / N_COLUMNS) * (cells.height + cells.gap), cells.width, cells.height };

      gtk_widget_size_allocate (GTK_WIDGET (self->pads[i]), &cell, -1);
    }
}

/* A pad that plays stands still but for a few rectangles; those are drawn here, so that the pad is
 * not drawn with them. */
static void
zab_pad_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ZabPadGrid *self = ZAB_PAD_GRID (widget);

  for (guint i = 0; i < N_PADS && self->session != NULL; i++)
    {
      GtkWidget       *pad = GTK_WIDGET (self->pads[i]);
      GskRenderNode   *motion;
      graphene_point_t corner;

      if (zab_pad_button_is_moving (self->pads[i]))
        zab_flat_node_snapshot_child (&self->flat[i], widget, pad, snapshot);
      else
        gtk_widget_snapshot_child (widget, pad, snapshot);
      motion = zab_pad_button_get_motion (self->pads[i]);
      if (motion == NULL
          || !gtk_widget_compute_point (pad, widget, graphene_point_zero (), &corner))
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &corner);
      gtk_snapshot_append_node (snapshot, motion);
      gtk_snapshot_restore (snapshot);
    }
}

static void
zab_pad_grid_dispose (GObject *object)
{
  ZabPadGrid *self = ZAB_PAD_GRID (object);

  for (guint i = 0; i < N_PADS; i++)
    if (self->pads[i])
      {
        gtk_widget_unparent (GTK_WIDGET (self->pads[i]));
        self->pads[i] = NULL;
        zab_flat_node_clear (&self->flat[i]);
      }
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_pad_grid_parent_class)->dispose (object);
}

static void
show_key_labels (ZabPadGrid *self, gboolean shown)
{
  self->key_labels = shown;
  for (guint i = 0; i < N_PADS; i++)
    if (self->pads[i])
      zab_pad_button_show_cap (self->pads[i], shown);
}

static void
set_square (ZabPadGrid *self, gboolean square)
{
  self->square = square;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
zab_pad_grid_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ZabPadGrid *self = ZAB_PAD_GRID (object);

  if (prop_id == PROP_EDITING)
    g_value_set_boolean (value, self->editing);
  else if (prop_id == PROP_KEY_LABELS)
    g_value_set_boolean (value, self->key_labels);
  else if (prop_id == PROP_SQUARE)
    g_value_set_boolean (value, self->square);
  else if (prop_id == PROP_SELECTED_PAD)
    g_value_set_uint (value, zab_pad_grid_get_selected (self));
  else if (prop_id == PROP_N_SELECTED)
    g_value_set_uint (value, zab_pad_selection_count (&self->selection));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_pad_grid_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_EDITING)
    zab_pad_grid_set_editing (ZAB_PAD_GRID (object), g_value_get_boolean (value));
  else if (prop_id == PROP_KEY_LABELS)
    show_key_labels (ZAB_PAD_GRID (object), g_value_get_boolean (value));
  else if (prop_id == PROP_SQUARE)
    set_square (ZAB_PAD_GRID (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_pad_grid_class_init (ZabPadGridClass *klass)
{
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zab_pad_grid_dispose;
  object_class->get_property = zab_pad_grid_get_property;
  object_class->set_property = zab_pad_grid_set_property;
  widget_class->focus = zab_pad_grid_focus;
  widget_class->set_focus_child = zab_pad_grid_set_focus_child;
  widget_class->grab_focus = zab_pad_grid_grab_focus;
  widget_class->measure = zab_pad_grid_measure;
  widget_class->size_allocate = zab_pad_grid_size_allocate;
  widget_class->snapshot = zab_pad_grid_snapshot;
  properties[PROP_EDITING]
      = g_param_spec_boolean ("editing", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_KEY_LABELS]
      = g_param_spec_boolean ("key-labels", NULL, NULL, TRUE, flags | G_PARAM_READWRITE);
  properties[PROP_SQUARE]
      = g_param_spec_boolean ("square", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_SELECTED_PAD]
      = g_param_spec_uint ("selected-pad", NULL, NULL, 0, 215, 0, flags | G_PARAM_READABLE);
  properties[PROP_N_SELECTED]
      = g_param_spec_uint ("n-selected", NULL, NULL, 0, N_PADS, 1, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("cleared", ZAB_TYPE_PAD_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                2, G_TYPE_UINT, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "padgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  zab_pad_grid_install_actions (widget_class);
}

static void
zab_pad_grid_init (ZabPadGrid *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("window", "Pads"), -1);
  self->key_labels = TRUE;
  zab_pad_selection_select (&self->selection, 0);
  zab_pad_grid_add_edit_controllers (self);
  zab_pad_grid_add_drag (self);
  zab_pad_grid_update_actions (self);
}
