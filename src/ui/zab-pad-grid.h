/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-session.h"

G_BEGIN_DECLS

/* The visible bank: six rows of six pads. They stand like the keys that play them, left to right
 * in every language. One pad takes part in the tab order; arrows move among them. Thread: main. */
#define ZAB_TYPE_PAD_GRID (zab_pad_grid_get_type ())
G_DECLARE_FINAL_TYPE (ZabPadGrid, zab_pad_grid, ZAB, PAD_GRID, GtkWidget)

/* Once, before the grid is shown. */
void zab_pad_grid_set_session (ZabPadGrid *self, ZabSession *session);

/* The index in the set, 0..215, of the pad that has or last had the focus. */
guint zab_pad_grid_get_selected (ZabPadGrid *self);

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
