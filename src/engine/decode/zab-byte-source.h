/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The bytes that a decoder is fed with: pieces of a file, and pieces of memory where the file's own
 * would lead the decoder astray, one behind the other.
 *
 * The file is read with pread (): a mapping would end the program when somebody cuts the file.
 * Every function: Thread: any one at a time. */
typedef struct _ZabByteSource ZabByteSource;

/* @fd, borrowed, holds @size bytes. The source is empty until something is appended. */
ZabByteSource *zab_byte_source_new (int fd, gint64 size);
void           zab_byte_source_free (ZabByteSource *self);

/* Any bytes of the file. Returns how many there are from @offset on, up to @size; -1 on error. */
gssize zab_byte_source_peek (ZabByteSource *self, gint64 offset, void *data, gsize size,
                             GError **error);
gint64 zab_byte_source_get_file_size (const ZabByteSource *self);

void zab_byte_source_append_range (ZabByteSource *self, gint64 offset, gint64 length);
void zab_byte_source_append_bytes (ZabByteSource *self, GBytes *bytes);

/* The next bytes: how many, 0 at the end, -1 on error. */
gssize zab_byte_source_read (ZabByteSource *self, void *data, gsize size, GError **error);

/* Of what was appended. */
gint64 zab_byte_source_get_length (const ZabByteSource *self);
gint64 zab_byte_source_get_position (const ZabByteSource *self);
void   zab_byte_source_seek (ZabByteSource *self, gint64 position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabByteSource, zab_byte_source_free)

G_END_DECLS
