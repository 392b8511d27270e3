/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/decode/zab-mp4.h"

G_BEGIN_DECLS

/* Where a track's packets are in the file, one after the other, by the tables in its stbl atom
 * (ISO 14496-12, 8.7): sizes (stsz or stz2), how many are in each chunk (stsc), and where the
 * chunks begin (stco or co64). The tables are walked as they are: nothing is made of what they
 * promise.
 *
 * Every function: Thread: any one at a time. */
typedef struct _ZabMp4Packets ZabMp4Packets;

/* The packets that @stbl, inside @moov, tells of, in a file of @file_size bytes. NULL when it does
 * not tell, when its tables do not fit together, when packets are empty, larger than any can be, or
 * not one behind the other in the file; and when not even the first is whole. */
ZabMp4Packets *zab_mp4_packets_new (GBytes *moov, const ZabMp4Atom *stbl, gint64 file_size);
void           zab_mp4_packets_free (ZabMp4Packets *self);

/* From the first packet's begin to the end of the last that is whole. */
void zab_mp4_packets_get_range (const ZabMp4Packets *self, gint64 *begin, gint64 *end);

/* Packets reach beyond the file's end, or lie there. */
gboolean zab_mp4_packets_is_cut (const ZabMp4Packets *self);

/* The next whole packet: FALSE when there is none. */
gboolean zab_mp4_packets_next (ZabMp4Packets *self, gint64 *offset, gsize *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabMp4Packets, zab_mp4_packets_free)

G_END_DECLS
