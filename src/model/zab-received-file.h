/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A sound that another program hands over as an open descriptor, made a file that a set can name:
 * the one it was opened as, where this process sees the very same; else (it was deleted, lives in
 * memory only, or is of another sandbox) a copy, named after its content, that stays. */

/* How large a copy may be, in bytes. */
#define ZAB_RECEIVED_FILE_MAX (G_GINT64_CONSTANT (2) << 30)

/* What @fd (borrowed, not trusted) holds. @name: what to call it, a file's name without folders;
 * @root: where copies are kept, made if need be. Errors in G_IO_ERROR, with words for the one who
 * called: NOT_REGULAR_FILE also for what is not open for reading, INVALID_FILENAME a bad name. The
 * descriptor's own position is neither used nor moved. Blocks. Thread: worker. */
GFile *zab_received_file_store (int fd, const char *name, const char *root,
                                GCancellable *cancellable, GError **error);

/* The same on GIO's pool; @fd is taken. Thread: main. */
void   zab_received_file_store_async (int fd, const char *name, const char *root,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
GFile *zab_received_file_store_finish (GAsyncResult *result, GError **error);

/* The usual place for copies. Thread: any. */
char *zab_received_file_get_default_root (void);

G_END_DECLS
