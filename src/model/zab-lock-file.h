/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens @path (made if need be) to read, write and append, and locks it: a descriptor to close, or
 * -1 with errno, EWOULDBLOCK when another has the lock. It dies with its process. Thread: any. */
int zab_lock_file_open (const char *path);

G_END_DECLS
