/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The rows of the sounds pane, for items of type ZabFolderItem: icon, name, kind, and where a
 * search has found it. What of @selection is dragged from a row are all that are selected, if it is
 * one of them, or else it alone. Thread: main. */
GtkListItemFactory *zab_sounds_row_factory_new (GtkSelectionModel *selection);

/* The files of what is selected, in order (an array of GFile, transfer full); of folders, too, if
 * @folders. */
GPtrArray *zab_sounds_row_dup_selected (GtkSelectionModel *selection, gboolean folders);

G_END_DECLS
