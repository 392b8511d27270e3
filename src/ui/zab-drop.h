/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What comes in by drop or paste, and where it goes. Thread: main. */

/* TRUE when @n_files files that are let go over pad @first fill @pad too. */
gboolean zab_drop_fills (guint first, guint n_files, guint pad);

/* The files (an array of GFile, transfer full) in @value, a GdkFileList or a GFile; NULL when
 * there is none. */
GPtrArray *zab_drop_dup_files (const GValue *value);

G_END_DECLS
