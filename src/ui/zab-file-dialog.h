/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks the musician for sounds, with the desktop's own file chooser. @folder, or NULL, is where it
 * starts. Thread: main.
 *
 * _finish gives an array of at least one GFile (transfer full), or NULL: with
 * G_IO_ERROR_CANCELLED when the musician chose none. */
void zab_file_dialog_open_async (GtkWindow *parent, GFile *folder, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *zab_file_dialog_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
