/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/decode/zab-aac-config.h"
#include "engine/decode/zab-byte-source.h"
#include "engine/decode/zab-mp4-packets.h"
#include "engine/decode/zab-push-chain.h"
#include "engine/decode/zab-sniff.h"

G_BEGIN_DECLS

/* What a file says of itself before anything is decoded. */
typedef struct
{
  ZabFormat      format;
  ZabCodec       codec;
  GstAudioInfo   raw;            /* ZAB_CODEC_RAW: what the bytes are */
  guint          rate;           /* Hz; 0: not told */
  guint          channels;       /* 0: not told */
  gint64         n_frames;       /* to be heard, at @rate; -1: not told */
  gint64         skip;           /* frames that the decoder gives before those */
  gboolean       is_cut;         /* the file ends before its own header says so */
  gboolean       is_first;       /* other recordings follow in the file; they are left out */
  guint32        serial;         /* Ogg: of the stream */
  gint64         granule;        /* Ogg: the last page's position; -1: none */
  guint          layer;          /* ZAB_CODEC_MPEG, of the first frame; 0: none found */
  guint8         streaminfo[38]; /* ZAB_CODEC_FLAC: the block with its header */
  ZabAacConfig   aac;            /* ZAB_CODEC_AAC */
  ZabMp4Packets *packets;        /* ZAB_CODEC_AAC: @source is from the first to the last; or NULL */
} ZabProbe;

/* Finds out what @source's file is, refuses what can't be audio or lies in its header, and fills
 * @source with the bytes that the decoder is to be fed with. @name is for messages.
 *
 * Thread: any. Reads little: the head, the tail, and what leads to the facts. */
gboolean zab_probe_run (ZabProbe *self, ZabByteSource *source, const char *name, GError **error);

/* Frees what is inside. */
void zab_probe_clear (ZabProbe *self);

/* The formats' own parts. @start and @end: where the file is without tags. FALSE and an error when
 * the header lies; a header that only looks odd is left for the decoder to judge. */
gboolean zab_probe_wav (ZabProbe *self, ZabByteSource *source, const char *name, GError **error);
gboolean zab_probe_aiff (ZabProbe *self, ZabByteSource *source, const char *name, GError **error);
gboolean zab_probe_flac (ZabProbe *self, ZabByteSource *source, gint64 start, gint64 end,
                         const char *name, GError **error);
gboolean zab_probe_mpeg (ZabProbe *self, ZabByteSource *source, gint64 start, gint64 end,
                         const char *name, GError **error);
gboolean zab_probe_ogg (ZabProbe *self, ZabByteSource *source, const char *name, GError **error);
gboolean zab_probe_mp4 (ZabProbe *self, ZabByteSource *source, const char *name, GError **error);

/* The file is @n_frames of plain samples at @offset. @mask says where the channels are, as in WAV;
 * 0: not told. */
void zab_probe_set_raw (ZabProbe *self, ZabByteSource *source, GstAudioFormat format, guint64 mask,
                        gint64 offset, gint64 n_frames);

/* FALSE and ZAB_LOAD_ERROR_DAMAGED when no real recording has @rate or @channels. */
gboolean zab_probe_check (const char *name, guint64 rate, guint64 channels, GError **error);

G_END_DECLS
