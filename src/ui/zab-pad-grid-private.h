/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/zab-flat-node.h"
#include "ui/zab-pad-button.h"
#include "ui/zab-pad-grid.h"
#include "ui/zab-pad-keys.h"
#include "ui/zab-pad-selection.h"

G_BEGIN_DECLS

enum
{
  N_COLUMNS = ZAB_PAD_SELECTION_COLUMNS,
  N_PADS = ZAB_PAD_KEYS_N
};

struct _ZabPadGrid
{
  GtkWidget parent_instance;

  ZabSession     *session;
  ZabPadButton   *pads[N_PADS];
  ZabFlatNode     flat[N_PADS];
  ZabPadSelection selection;
  guint           told; /* the selected-pad that was told of last */
  gboolean        editing;
  gboolean        key_labels; /* each pad shows its key */
  gboolean        square;     /* pads are as high as wide */
  gboolean        leads;      /* the focus is being moved, and the selection does not follow */
  guint           tick;       /* looks at what sounds; 0 while nothing does */
  GdkDragAction   landing;    /* what a drop of pads would do just now */
};

/* Shows the selection as it has become. */
void zab_pad_grid_update_selection (ZabPadGrid *self);

/* Moves the keyboard's focus there, but not the selection. */
void zab_pad_grid_focus_pad (ZabPadGrid *self, guint position);

/* The index in the set of the pad at @position. */
guint zab_pad_grid_get_index (ZabPadGrid *self, guint position);

/* The position of the pad at a point of the grid; -1 where there is none. */
int zab_pad_grid_pick (ZabPadGrid *self, double x, double y);

/* The neighbour of @position that an arrow leads to; -1 at the edge. */
int zab_pad_grid_get_neighbour (int position, GtkDirectionType direction);

/* zab-pad-grid-edit.c: selecting by pointer and keys. */
void zab_pad_grid_add_edit_controllers (ZabPadGrid *self);

/* zab-pad-grid-drag.c: pads dragged to other places. */
void zab_pad_grid_add_drag (ZabPadGrid *self);

/* zab-pad-grid-actions.c: what is done to the selected pads. */
void zab_pad_grid_install_actions (GtkWidgetClass *widget_class);
void zab_pad_grid_update_actions (ZabPadGrid *self);

/* A pad's menu gives a setting to it, and to all the selected ones when it is one of them. */
void zab_pad_grid_on_chosen (ZabPadButton *pad, const char *setting, const GValue *value,
                             ZabPadGrid *self);

/* The pads of a selection that was made in bank @bank go by @offset, into the visible bank; what is
 * in their place takes theirs, unless they are copied. */
void zab_pad_grid_carry (ZabPadGrid *self, const ZabPadSelection *from, guint bank, int offset,
                         gboolean copy);

G_END_DECLS
