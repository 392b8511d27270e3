/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-folder-item.h"

G_BEGIN_DECLS

/* The sounds of a folder, or any others that were named, as a list of ZabFolderItem; with a search,
 * those that match, in the folders below, too (model/zab-folder-scan.h says how far). The disk is
 * read on a worker; what was asked before the last wish is forgotten. Thread: main.
 *
 * Properties (read-only):
 *   folder   GFile *   NULL: files that were named
 *   loading  gboolean  the list is not yet what was asked for
 *   error    char *    why the folder cannot be read, translated by the system; or NULL */
#define ZAB_TYPE_FOLDER_LIST (zab_folder_list_get_type ())
G_DECLARE_FINAL_TYPE (ZabFolderList, zab_folder_list, ZAB, FOLDER_LIST, GObject)

ZabFolderList *zab_folder_list_new (void);

/* Both end the search. @files: an array of GFile. */
void zab_folder_list_show_folder (ZabFolderList *self, GFile *folder);
void zab_folder_list_show_files (ZabFolderList *self, GPtrArray *files);

/* The words that names are to hold; "": none. */
void zab_folder_list_search (ZabFolderList *self, const char *text);

GFile   *zab_folder_list_get_folder (ZabFolderList *self);
gboolean zab_folder_list_get_loading (ZabFolderList *self);

/* The place of @file in the list; G_MAXUINT: it is not there. */
guint zab_folder_list_find (ZabFolderList *self, GFile *file);

G_END_DECLS
