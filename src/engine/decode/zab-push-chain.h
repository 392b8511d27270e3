/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/audio/audio.h>

G_BEGIN_DECLS

/* What a file is decoded by. */
typedef enum
{
  ZAB_CODEC_RAW, /* samples as they are: they need an appsink and nothing else */
  ZAB_CODEC_FLAC,
  ZAB_CODEC_FLAC_ODD, /* whose head is not as it should be: in bytes, for a parser */
  ZAB_CODEC_MPEG,
  ZAB_CODEC_ADTS,
  ZAB_CODEC_VORBIS,
  ZAB_CODEC_OPUS,
  ZAB_CODEC_OPUS_SURROUND, /* with a channel mapping */
  ZAB_CODEC_AAC,           /* MPEG-4's, in packets */
  ZAB_CODEC_MP4_AAC,
  ZAB_CODEC_MP4_ALAC,
  ZAB_CODEC_ANY, /* none of these: left to autoplugging */
} ZabCodec;

/* A few GStreamer elements picked by hand that turn bytes into raw audio, in the thread that pushes
 * them: no pipeline, no streaming thread, no preroll, so nothing to wait for.
 *
 * Every function: Thread: any one at a time, never the main one. */
typedef struct _ZabPushChain ZabPushChain;

/* @caps: what will be pushed: samples, frames or packets; NULL: the file's bytes, of which the
 * elements find out themselves. @name is for messages. NULL and ZAB_LOAD_ERROR_NO_DECODER when no
 * installed element will do. */
ZabPushChain *zab_push_chain_new (ZabCodec codec, GstCaps *caps, const char *name, GError **error);
void          zab_push_chain_free (ZabPushChain *self);

/* Thread: any but the main one. A chain that is freed waits for the next file of its kind, which
 * finds it as new: this makes those so that wait, and saves the next file the time. */
void zab_push_chain_clean_idle (void);

/* Thread: any but the main one. Frees those that wait. */
void zab_push_chain_free_idle (void);

/* The size of all that will be pushed: elements ask for it. */
void zab_push_chain_set_size (ZabPushChain *self, gint64 size);

/* What is pushed from now on. */
void zab_push_chain_set_caps (ZabPushChain *self, GstCaps *caps);

/* Decodes @buffer (transfer full). FALSE: the chain takes no more: damage (then an error is set),
 * or the end of what there is to be heard. */
gboolean zab_push_chain_push (ZabPushChain *self, GstBuffer *buffer, GCancellable *cancellable,
                              GError **error);

/* What was decoded of all that was pushed is ready from now on; without it some may be kept until
 * there is more. */
void zab_push_chain_drain (ZabPushChain *self);

/* The end of the bytes: decodes what is still inside. */
gboolean zab_push_chain_end (ZabPushChain *self, GCancellable *cancellable, GError **error);

/* Raw audio that is ready (transfer full), or NULL. */
GstSample *zab_push_chain_pull (ZabPushChain *self);

/* The size of what is ready, in bytes. */
gsize zab_push_chain_get_queued (ZabPushChain *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabPushChain, zab_push_chain_free)

G_END_DECLS
