/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* GStreamer elements over libavcodec's decoders, which take one frame or packet in each buffer and
 * give floats, some thousand frames at a time: "zabaac", "zabmp3", "zabopus" and "zabvorbis".
 * gst-libav wraps the same decoders, but for Vorbis; a buffer for each packet and what its base
 * class does for it take longer than the decoding of a short one.
 *
 * The caps have the headers: "codec_data", or "streamheader". Flushed, an element is as new, and
 * still knows them. A drain query makes it give what it holds back. */

/* Registers those whose decoder this libavcodec has. Thread: any, once, after gst_init (). */
void zab_libav_element_register_all (void);

G_END_DECLS
