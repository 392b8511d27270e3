/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How a set remembers a file: where it is, where it is from the set's own folder, and by what it
 * is known again when it has moved. Thread: any, one at a time. */
typedef struct
{
  GFile *file;
  char  *relative; /* to the set's folder, UTF-8, "/"; or NULL */
  gint64 size;     /* bytes, or -1 */
  char  *sha256;   /* of the content, 64 lower-case digits; or NULL */
  char  *host;     /* path outside of the sandbox, when file is a portal's; or NULL */

  JsonNode
      *source; /* what it was read from, for members that this version does not know; or NULL */
} ZabFileReference;

ZabFileReference *zab_file_reference_new (GFile *file);
ZabFileReference *zab_file_reference_copy (const ZabFileReference *self);
void              zab_file_reference_free (ZabFileReference *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabFileReference, zab_file_reference_free)

/* NULL, and an error in ZAB_SET_ERROR that begins with @where, when @node is no reference. */
ZabFileReference *zab_file_reference_from_json (JsonNode *node, const char *where, GError **error);

/* A sealed object. */
JsonNode *zab_file_reference_to_json (const ZabFileReference *self);

/* The way from @folder to the file, with ".." where it takes some; NULL where there is none that
 * could be written down: another kind of place, nothing in common but the root, no UTF-8. */
char *zab_file_reference_relative_path (GFile *folder, GFile *file);

/* Where the file is as seen from @folder (or NULL): the candidates that are there, by how well
 * they fit: the one with the right size, the relative one, the absolute one, and last the host's.
 * NULL where it is in none of these places. Blocks. Thread: worker. */
GFile *zab_file_reference_resolve (const ZabFileReference *self, GFile *folder);

/* Where a file of the document portal is outside of the sandbox, as the portal tells; NULL for any
 * other. Blocks. Thread: worker. */
char *zab_file_reference_get_host_path (GFile *file);

/* SHA-256 of @file's content, and its size in @size, or NULL; only regular files are opened.
 * Blocks. Thread: worker. */
char *zab_file_reference_hash (GFile *file, gint64 *size, GCancellable *cancellable,
                               GError **error);

G_END_DECLS
