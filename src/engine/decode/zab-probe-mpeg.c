/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-probe.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"
#include "engine/decode/zab-mpeg.h"

enum
{
  HEAD_SIZE = 8192,
  DECODER_DELAY = 529, /* of every layer 3 decoder: 528 + 1 */
  LAME_TAG_SIZE = 24,
  MAX_BEHIND = 4096, /* bytes of one more tag */
  HAS_FRAMES = 1,
  HAS_BYTES = 2,
  HAS_TOC = 4,
  HAS_QUALITY = 8
};

/* The tag that Xing began with and LAME went on with: how many frames there are, and how many
 * samples at both ends are the encoder's own. */
static void
read_xing (ZabProbe *self, const guint8 *tag, const guint8 *end, const ZabMpegFrame *frame,
           gint64 n_bytes)
{
  guint32 flags = zab_get_be32 (tag + 4);
  gint64  frames = 0;
  gint64  bytes = 0;
  gint64  delay = 0;
  gint64  padding = 0;

  tag += 8;
  if (flags & HAS_FRAMES && end - tag >= 4)
    {
      frames = zab_get_be32 (tag);
      tag += 4;
    }
  if (flags & HAS_BYTES && end - tag >= 4)
    {
      bytes = zab_get_be32 (tag);
      tag += 4;
    }
  tag += (flags & HAS_TOC ? 100 : 0) + (flags & HAS_QUALITY ? 4 : 0);

  if (end - tag >= LAME_TAG_SIZE && (memcmp (tag, "LAME", 4) == 0 || memcmp (tag, "Lav", 3) == 0))
    {
      delay = tag[21] << 4 | tag[22] >> 4;
      padding = (tag[22] & 15) << 8 | tag[23];
      self->skip = delay + DECODER_DELAY;
    }
  /* A tag that is left from before something was appended does not know the end. */
  if (frames == 0 || (bytes != 0 && n_bytes > bytes + MAX_BEHIND))
    return;
  self->is_cut = bytes != 0 && n_bytes < bytes;
  self->n_frames = MAX (0, frames * frame->n_frames - delay - padding);
}

gboolean
zab_probe_mpeg (ZabProbe *self, ZabByteSource *source, gint64 start, gint64 end, const char *name,
                GError **error)
{
  g_autofree guint8 *head = g_malloc (HEAD_SIZE);
  gssize             size = zab_byte_source_peek (source, start, head, HEAD_SIZE, error);
  gint64             first = 0;
  ZabMpegFrame       frame = { 0 };
  const guint8      *tag;

  if (size < 0)
    return FALSE;
  self->codec = ZAB_CODEC_MPEG;
  while (first < size && !zab_mpeg_frame_parse (head + first, (gsize)(size - first), &frame))
    first++;
  if (first == size)
    frame = (ZabMpegFrame){ 0 };
  else
    {
      self->layer = frame.layer;
      self->rate = frame.rate;
      self->channels = frame.channels;
    }
  if (first + frame.size <= size && frame.layer == 3 && frame.size >= frame.side_end + 8)
    {
      tag = head + first + frame.side_end;
      if (memcmp (tag, "Xing", 4) == 0 || memcmp (tag, "Info", 4) == 0)
        {
          read_xing (self, tag, head + first + frame.size, &frame, end - start - first);
          first += frame.size; /* the tag's frame is silence that nobody made */
        }
    }
  zab_byte_source_append_range (source, start + first, MAX (0, end - start - first));
  return TRUE;
}
