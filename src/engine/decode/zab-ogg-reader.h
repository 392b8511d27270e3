/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Cuts one stream of an Ogg file (RFC 3533) into its packets, as oggdemux does with a thread, pads
 * and queries of its own. Damaged pages and those of other streams are left out.
 *
 * Thread: any one at a time. */
typedef struct _ZabOggReader ZabOggReader;

ZabOggReader *zab_ogg_reader_new (guint32 serial);
void          zab_ogg_reader_free (ZabOggReader *self);

/* Where the file's next @size bytes are to be put, and how many of them have been. */
void *zab_ogg_reader_get_room (ZabOggReader *self, gsize size);
void  zab_ogg_reader_add (ZabOggReader *self, gsize size);

/* The next packet, never an empty one (transfer full): NULL when more bytes must come, or none
 * will, see zab_ogg_reader_has_ended (). Its offset-end is the position of its page where it is the
 * last to end there, as oggdemux has it; DISCONT: something is missing before it. */
GstBuffer *zab_ogg_reader_pop (ZabOggReader *self);

/* The stream's last packet has been taken, or another recording begins. */
gboolean zab_ogg_reader_has_ended (const ZabOggReader *self);

/* Bytes that are inside and not yet cut. */
gsize zab_ogg_reader_get_left (const ZabOggReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabOggReader, zab_ogg_reader_free)

G_END_DECLS
