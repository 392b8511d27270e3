/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-folder-item.h"

G_BEGIN_DECLS

enum
{
  ZAB_FOLDER_SCAN_FOUND = 2000,  /* that a search gives, at most */
  ZAB_FOLDER_SCAN_SEEN = 200000, /* files that it looks at, at most */
  ZAB_FOLDER_SCAN_DEPTH = 8,     /* folders within folders, at most */
};

/* What is in @folder: with @words NULL its folders and audio files, sorted; else the audio files
 * that match, those of the folders in it, too, nearest first. Hidden ones are left out, and links
 * to folders are not followed by a search. An array of ZabFolderItem. Blocks. Thread: worker. */
GPtrArray *zab_folder_scan (GFile *folder, const char *const *words, GCancellable *cancellable,
                            GError **error);

/* The same on a worker. Thread: main. */
void zab_folder_scan_async (GFile *folder, const char *const *words, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *zab_folder_scan_finish (GAsyncResult *result, GError **error);

G_END_DECLS
