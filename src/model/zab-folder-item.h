/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder, or an audio file in one. It never changes. Thread: any. */
#define ZAB_TYPE_FOLDER_ITEM (zab_folder_item_get_type ())
G_DECLARE_FINAL_TYPE (ZabFolderItem, zab_folder_item, ZAB, FOLDER_ITEM, GObject)

/* @place: the folders that lead there from where one looked, in UTF-8, or NULL. */
ZabFolderItem *zab_folder_item_new (GFile *file, const char *place, gboolean is_folder);

GFile      *zab_folder_item_get_file (ZabFolderItem *self);
const char *zab_folder_item_get_name (ZabFolderItem *self); /* of a sound: without its ending */
const char *zab_folder_item_get_kind (ZabFolderItem *self); /* "WAV"; "" for a folder */
const char *zab_folder_item_get_place (ZabFolderItem *self);
gboolean    zab_folder_item_is_folder (ZabFolderItem *self);

/* Folders first, then in natural order. */
gint zab_folder_item_compare (ZabFolderItem *self, ZabFolderItem *other);

/* TRUE where each word of @words (as split_words () gives them) is in the name or the place. */
gboolean zab_folder_item_matches (ZabFolderItem *self, const char *const *words);

/* What to look for: NULL where there is nothing (transfer full). */
char **zab_folder_item_split_words (const char *text);

G_END_DECLS
