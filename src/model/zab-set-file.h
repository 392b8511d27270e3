/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-set-contents.h"

G_BEGIN_DECLS

/* Sets on the disk. A stamp tells one state of a file from the next: a set that was changed behind
 * our back is not overwritten. Errors in ZAB_SET_ERROR. Each blocks. Thread: worker. */

#define ZAB_SET_FILE_SUFFIX ".zabset"

/* A set or a bundle, by its name. Thread: any; does not block. */
gboolean zab_set_file_is_set (GFile *file);

/* References come out with the files' present places where they were found, else as they are.
 * @stamp: or NULL. */
ZabSetContents *zab_set_file_load (GFile *file, char **stamp, GError **error);

/* Written beside, read back, compared, then moved into place: until then, and when anything goes
 * wrong, what was there stays. @expected: the stamp of the state that may be replaced, or NULL for
 * any. @stamp: of the new one. */
gboolean zab_set_file_save (GFile *file, ZabSetContents *contents, const char *expected,
                            char **stamp, GError **error);

/* FALSE, and an error, when @file is there and not as @expected (or NULL) says. */
gboolean zab_set_file_check_stamp (GFile *file, const char *expected, GError **error);

/* NULL when there is no such file. */
char *zab_set_file_stamp (GFile *file);

/* @data on the disk as @path, whole or not at all, with the same care. Errors in G_FILE_ERROR. */
gboolean zab_set_file_replace (const char *path, const char *data, gsize length, GError **error);

G_END_DECLS
