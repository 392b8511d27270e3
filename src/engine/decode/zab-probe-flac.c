/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-probe.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"

enum
{
  STREAMINFO_END = 4 + 4 + 34,
  LAST_BLOCK = 0x80, /* flag of a metadata block */
  MAX_BLOCKS = 1000,
  MIN_FRAME = 10 /* bytes: the smallest that there can be, of silence */
};

/* Where the audio begins: behind the last metadata block. -1 when the blocks make no sense. */
static gint64
find_frames (ZabByteSource *source, gint64 start, gint64 end)
{
  gint64 offset = start + 4;
  guint8 head[4];

  for (int i = 0; i < MAX_BLOCKS && offset < end; i++)
    {
      if (zab_byte_source_peek (source, offset, head, sizeof head, NULL) < (gssize)sizeof head)
        return -1;
      offset += 4 + (gint64)zab_get_be24 (head + 1);
      if (head[0] & LAST_BLOCK)
        return offset <= end ? offset : -1;
    }
  return -1;
}

/* The decoder needs STREAMINFO and the frames; it would read tags and unpack pictures too. */
static void
append_frames (ZabProbe *self, ZabByteSource *source, const guint8 *block, gint64 start, gint64 end)
{
  const gint64 frames = find_frames (source, start, end);

  if (frames < 0)
    {
      self->codec = ZAB_CODEC_FLAC_ODD;
      zab_byte_source_append_range (source, start, end - start);
      return;
    }
  memcpy (self->streaminfo, block, sizeof self->streaminfo);
  self->streaminfo[0] |= LAST_BLOCK;
  zab_byte_source_append_range (source, frames, end - frames);
}

gboolean
zab_probe_flac (ZabProbe *self, ZabByteSource *source, gint64 start, gint64 end, const char *name,
                GError **error)
{
  guint8        head[STREAMINFO_END];
  const guint8 *info = head + 8;
  guint64       total, most;

  self->codec = ZAB_CODEC_FLAC;
  if (zab_byte_source_peek (source, start, head, sizeof head, NULL) < STREAMINFO_END
      || (head[4] & ~LAST_BLOCK) != 0)
    {
      self->codec = ZAB_CODEC_FLAC_ODD;
      zab_byte_source_append_range (source, start, end - start);
      return TRUE; /* the parser may still make sense of it */
    }
  append_frames (self, source, head + 4, start, end);

  self->rate = (guint)info[10] << 12 | (guint)info[11] << 4 | info[12] >> 4;
  self->channels = (info[12] >> 1 & 7u) + 1;
  total = (guint64)(info[13] & 15) << 32 | zab_get_be32 (info + 14);
  if (!zab_probe_check (name, self->rate, self->channels, error))
    return FALSE;
  /* One that can't be true would only make somebody allocate gigabytes. */
  most = (guint64)(end - start) / MIN_FRAME * MAX (16, (guint64)zab_get_be16 (info + 2));
  self->is_cut = total > most;
  self->n_frames = total > 0 && total <= most ? (gint64)total : -1;
  return TRUE;
}
