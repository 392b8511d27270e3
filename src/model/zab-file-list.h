/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Lists of files as they are dropped, pasted or chosen: an array of GFile. */

/* TRUE where @name's ending is one of an audio file. Thread: any. */
gboolean zab_file_list_is_audio_name (const char *name);

/* @files with each folder replaced by the audio files in it (hidden ones and folders within it left
 * out), in natural order ("2 snare" before "10 clap"); a file stays, whatever it is. Thread: main;
 * the disk is read on a worker. */
void       zab_file_list_expand_async (GPtrArray *files, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *zab_file_list_expand_finish (GAsyncResult *result, GError **error);

G_END_DECLS
