/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-session.h"

G_BEGIN_DECLS

/* The visible bank: six rows of six pads. They stand like the keys that play them, left to right
 * in every language. One pad takes part in the tab order; arrows move among them.
 *
 * In edit mode pads are not played by pointer but selected, dragged to other places (with Control:
 * copied) and, held down, asked for their menu; Shift and arrows select more, Space adds and takes
 * away, Alt and arrows move the selected pads.
 *
 * Properties: editing gboolean (read-write); key-labels gboolean (read-write), pads show their
 * keys; square gboolean (read-write), pads are no wider than high; selected-pad guint, the index in
 * the set of the pad that has the cursor or, in play mode, was touched last; n-selected guint.
 * Signal: cleared (guint n, char *name), after pads.clear: how many, the first one's name.
 * Actions, on the selected pads: pads.clear, pads.cut, pads.copy, pads.paste, pads.select-all;
 * pads.select (u: position) makes sure that that pad is one of them.
 *
 * Thread: main. */
#define ZAB_TYPE_PAD_GRID (zab_pad_grid_get_type ())
G_DECLARE_FINAL_TYPE (ZabPadGrid, zab_pad_grid, ZAB, PAD_GRID, GtkWidget)

/* Once, before the grid is shown. */
void zab_pad_grid_set_session (ZabPadGrid *self, ZabSession *session);

gboolean zab_pad_grid_get_editing (ZabPadGrid *self);
void     zab_pad_grid_set_editing (ZabPadGrid *self, gboolean editing);
guint    zab_pad_grid_get_selected (ZabPadGrid *self); /* selected-pad */

/* Puts pads that were cut or copied where the selection is; FALSE: the clipboard holds none. */
gboolean zab_pad_grid_paste (ZabPadGrid *self);

/* The key @position (0..35, ui/zab-pad-keys.h) goes down, and up. */
void zab_pad_grid_press (ZabPadGrid *self, guint position);
void zab_pad_grid_release (ZabPadGrid *self, guint position);

/* Writes on the pads what the keyboard layout number @layout prints on their keys. */
void zab_pad_grid_update_caps (ZabPadGrid *self, int layout);

/* The index in the set of the pad nearest to a point of the grid. */
guint zab_pad_grid_get_nearest (ZabPadGrid *self, double x, double y);

/* Shows that @n_files files would fill the pads from @first on; 0: none. */
void zab_pad_grid_show_drop (ZabPadGrid *self, guint first, guint n_files);

G_END_DECLS
