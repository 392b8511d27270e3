/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Opens @file for reading if it is a regular file on this machine, and never waits for a FIFO or
 * wakes a device. Errors in G_IO_ERROR. Blocks. Thread: worker. */
GInputStream *zab_regular_file_open (GFile *file, GError **error);

/* Its content, which is at most @max_length bytes (G_IO_ERROR_MESSAGE_TOO_LARGE). */
GBytes *zab_regular_file_read (GFile *file, gsize max_length, GError **error);

G_END_DECLS
