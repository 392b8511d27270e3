/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Cuts FLAC and MPEG audio into the frames that decoders want to be given one by one. GStreamer's
 * parsers do so too, and much besides (tags, positions, an index), which in a file of a second
 * takes a fifth of all the time.
 *
 * FLAC (RFC 9639, 9.1): a frame ends where the next begins, whose header must have a right checksum
 * and the number that follows. MPEG audio (ISO 11172-3): the header tells the frame's size.
 *
 * Thread: any one at a time. */
typedef struct
{
  gboolean is_flac;
  guint8   streaminfo[38]; /* FLAC: the block with its header */
  gsize    n_scanned;      /* FLAC: bytes of the frame that are known not to be its end */
  guint    layer;          /* MPEG, of the last frame; 0: none yet */
  guint    rate;
  guint    channels;
} ZabFramer;

/* @streaminfo: as in the file, its header of 4 bytes included; NULL: MPEG audio. */
void zab_framer_init (ZabFramer *self, const guint8 *streaminfo);

/* The size of the first frame in @data, which begins behind @skip bytes that are none. 0: there is
 * none, or it does not end there; all but @skip bytes must come again with more behind them.
 * @is_all: nothing will come. */
gsize zab_framer_next (ZabFramer *self, const guint8 *data, gsize size, gboolean is_all,
                       gsize *skip);

/* What decoders must know of the last frame (transfer full); another one when its layer, rate or
 * channels change. */
GstCaps *zab_framer_dup_caps (const ZabFramer *self);

/* FLAC's part. */
gsize zab_framer_next_flac (ZabFramer *self, const guint8 *data, gsize size, gboolean is_all,
                            gsize *skip);

G_END_DECLS
