/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

enum
{
  ZAB_VORBIS_N_HEADERS = 3 /* packets before the first of sound */
};

/* What a decoder must know, from a stream's first packets (transfer full): NULL when they are not
 * what they should be. What makes no difference to the sound (tags, the pre-skip, which is left out
 * behind the decoder) is the same in all of them, so that the caps of two files that were encoded
 * alike are equal, and one decoder serves both.
 *
 * Thread: any. */
GstCaps *zab_ogg_caps_new_vorbis (GstBuffer *const headers[ZAB_VORBIS_N_HEADERS]);
GstCaps *zab_ogg_caps_new_opus (GstBuffer *head);

/* Opus: not sound but words. Where the page that they are on is lost, sound follows the head. */
gboolean zab_ogg_is_opus_tags (const guint8 *packet, gsize size);

G_END_DECLS
