/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-framer.h"

#include <string.h>

#include "engine/decode/zab-gst.h"
#include "engine/decode/zab-mpeg.h"

enum
{
  MPEG_HEADER = 4 /* bytes */
};

void
zab_framer_init (ZabFramer *self, const guint8 *streaminfo)
{
  *self = (ZabFramer){ .is_flac = streaminfo != NULL };
  if (streaminfo != NULL)
    memcpy (self->streaminfo, streaminfo, sizeof self->streaminfo);
}

/* --- MPEG audio ------------------------------------------------------------------------------- */

static gboolean
parse_mpeg (const guint8 *data, gsize size, ZabMpegFrame *frame)
{
  return zab_mpeg_frame_parse (data, size, frame) && frame->layer > 0;
}

typedef enum
{
  NONE,
  FRAME,
  OPEN, /* what follows would tell */
} Finding;

/* In the middle of the stream its kind is enough; elsewhere another one must follow. */
static Finding
judge_mpeg (const ZabFramer *self, const guint8 *data, gsize size, gboolean is_all,
            gboolean is_next, ZabMpegFrame *frame)
{
  ZabMpegFrame second;

  if (!parse_mpeg (data, size, frame))
    return NONE;
  if (frame->size > size)
    return is_all ? NONE : OPEN;
  if (is_next && frame->layer == self->layer && frame->rate == self->rate)
    return FRAME;
  if (frame->size + MPEG_HEADER > size)
    return is_all ? (frame->size == size ? FRAME : NONE) : OPEN;
  if (parse_mpeg (data + frame->size, size - frame->size, &second) && second.layer == frame->layer
      && second.rate == frame->rate)
    return FRAME;
  return NONE;
}

static gsize
next_mpeg (ZabFramer *self, const guint8 *data, gsize size, gboolean is_all, gsize *skip)
{
  for (*skip = 0; *skip + MPEG_HEADER <= size; ++*skip)
    {
      ZabMpegFrame  frame;
      const Finding finding
          = judge_mpeg (self, data + *skip, size - *skip, is_all, *skip == 0, &frame);

      if (finding == OPEN)
        return 0;
      if (finding == NONE)
        continue;
      self->layer = frame.layer;
      self->rate = frame.rate;
      self->channels = frame.channels;
      return frame.size;
    }
  if (is_all)
    *skip = size;
  return 0;
}

/* --- Both ------------------------------------------------------------------------------------- */

gsize
zab_framer_next (ZabFramer *self, const guint8 *data, gsize size, gboolean is_all, gsize *skip)
{
  return self->is_flac ? zab_framer_next_flac (self, data, size, is_all, skip)
                       : next_mpeg (self, data, size, is_all, skip);
}

/* The file's length, its checksum and the sizes of its frames are nothing to who is given frames,
 * and two files that differ in nothing else have equal caps. */
static void
forget_the_file (guint8 *info)
{
  memset (info + 4, 0, 6);
  info[13] &= 0xf0;
  memset (info + 14, 0, 20);
}

static GstCaps *
dup_flac_caps (const ZabFramer *self)
{
  const guint8 *info = self->streaminfo + 4;
  guint8        block[sizeof self->streaminfo];
  const int     rate = info[10] << 12 | info[11] << 4 | info[12] >> 4;
  GValue        headers = G_VALUE_INIT;
  GstCaps      *caps;

  memcpy (block, self->streaminfo, sizeof block);
  forget_the_file (block + 4);
  g_value_init (&headers, GST_TYPE_ARRAY);
  zab_gst_append_header (&headers, gst_buffer_new_memdup ("fLaC", 4));
  zab_gst_append_header (&headers, gst_buffer_new_memdup (block, sizeof block));
  caps = gst_caps_new_simple ("audio/x-flac", "framed", G_TYPE_BOOLEAN, TRUE, "rate", G_TYPE_INT,
                              rate, "channels", G_TYPE_INT, (info[12] >> 1 & 7) + 1, NULL);
  gst_structure_take_value (gst_caps_get_structure (caps, 0), "streamheader", &headers);
  return caps;
}

GstCaps *
zab_framer_dup_caps (const ZabFramer *self)
{
  if (self->is_flac)
    return dup_flac_caps (self);
  return gst_caps_new_simple (
      "audio/mpeg", "mpegversion", G_TYPE_INT, 1, "mpegaudioversion", G_TYPE_INT,
      self->rate >= 32000   ? 1
      : self->rate >= 16000 ? 2
                            : 3,
      "layer", G_TYPE_INT, (int)self->layer, "rate", G_TYPE_INT, (int)self->rate, "channels",
      G_TYPE_INT, (int)self->channels, "parsed", G_TYPE_BOOLEAN, TRUE, NULL);
}
