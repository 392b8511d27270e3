/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sets that were opened or saved last, as a menu: the desktop's list of recent files knows
 * them. Items open theirs (app.open-recent); one whose file is not there says so and does nothing;
 * the last clears the list (app.clear-recent). Thread: main. */
#define ZAB_TYPE_RECENT_SETS (zab_recent_sets_get_type ())
G_DECLARE_FINAL_TYPE (ZabRecentSets, zab_recent_sets, ZAB, RECENT_SETS, GObject)

/* @manager: NULL for the desktop's. */
ZabRecentSets *zab_recent_sets_new (GtkRecentManager *manager);

/* It follows the list. Borrowed. */
GMenuModel *zab_recent_sets_get_menu (ZabRecentSets *self);

void zab_recent_sets_add (ZabRecentSets *self, GFile *file);
void zab_recent_sets_clear (ZabRecentSets *self);

/* Looks again which of them are there, without blocking. */
void zab_recent_sets_refresh (ZabRecentSets *self);

G_END_DECLS
