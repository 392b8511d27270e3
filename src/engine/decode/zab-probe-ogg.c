/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-probe.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"
#include "engine/decode/zab-ogg.h"

enum
{
  MAX_STREAMS = 16,
  TAIL_SIZE = 2 * ZAB_OGG_MAX_PAGE
};

/* TRUE when the stream that begins with @packet is one that we decode. */
static gboolean
read_codec (ZabProbe *self, const guint8 *packet, gsize size)
{
  if (size >= 30 && memcmp (packet, "\001vorbis", 7) == 0)
    {
      self->codec = ZAB_CODEC_VORBIS;
      self->channels = packet[11];
      self->rate = zab_get_le32 (packet + 12);
      return TRUE;
    }
  if (size >= 19 && memcmp (packet, "OpusHead", 8) == 0)
    {
      self->codec = packet[18] == 0 ? ZAB_CODEC_OPUS : ZAB_CODEC_OPUS_SURROUND;
      self->channels = packet[9];
      self->rate = 48000;
      self->skip = zab_get_le16 (packet + 10);
      return TRUE;
    }
  return FALSE;
}

/* The first stream that we know, of those that begin together. */
static gboolean
find_stream (ZabProbe *self, ZabByteSource *source)
{
  guint8     data[ZAB_OGG_MAX_HEADER + 64];
  gint64     offset = 0;
  ZabOggPage page;

  for (int i = 0; i < MAX_STREAMS; i++)
    {
      gssize size = zab_byte_source_peek (source, offset, data, sizeof data, NULL);

      if (size < 0 || !zab_ogg_page_parse (data, (gsize)size, &page) || !page.is_first)
        return FALSE;
      self->serial = page.serial;
      if (read_codec (self, data + page.header_size,
                      (gsize)MIN ((gint64)page.size, size) - page.header_size))
        return TRUE;
      offset += (gint64)page.size;
    }
  return FALSE;
}

/* The position of the file's last page: -1 when that is another stream's. */
static gint64
find_last_granule (ZabProbe *self, ZabByteSource *source)
{
  g_autofree guint8 *tail = g_malloc (TAIL_SIZE);
  gint64             start = MAX (0, zab_byte_source_get_file_size (source) - TAIL_SIZE);
  gssize             size = zab_byte_source_peek (source, start, tail, TAIL_SIZE, NULL);
  const guint8      *end = tail + MAX (0, size);
  const guint8      *at = end;
  ZabOggPage         page;

  while ((at = memrchr (tail, 'O', (gsize)(at - tail))) != NULL)
    {
      /* A page that is not all there ends nothing. */
      if (!zab_ogg_page_parse (at, (gsize)(end - at), &page) || page.granule < 0
          || page.size > (gsize)(end - at))
        continue;
      self->is_cut = !page.is_last;
      return page.serial == self->serial ? page.granule : -1;
    }
  return -1;
}

/* Goes from page to page to the end of the file, or to where the next recording begins. */
static gint64
find_end (ZabProbe *self, ZabByteSource *source)
{
  guint8     head[ZAB_OGG_MAX_HEADER];
  gint64     offset = 0;
  gboolean   begun = FALSE;
  ZabOggPage page;

  for (;;)
    {
      gssize size = zab_byte_source_peek (source, offset, head, sizeof head, NULL);

      if (size <= 0 || !zab_ogg_page_parse (head, (gsize)size, &page))
        return zab_byte_source_get_file_size (
            source); /* what lies here is the reader's to find out */
      if (page.is_first && begun)
        {
          self->is_first = TRUE;
          return offset;
        }
      begun = !page.is_first;
      if (page.serial == self->serial && page.granule >= 0)
        {
          self->granule = page.granule;
          self->is_cut = !page.is_last;
        }
      offset += (gint64)page.size;
    }
}

gboolean
zab_probe_ogg (ZabProbe *self, ZabByteSource *source, const char *name, GError **error)
{
  gint64 end = zab_byte_source_get_file_size (source);

  if (!find_stream (self, source))
    self->codec = ZAB_CODEC_ANY;
  else
    {
      if (!zab_probe_check (name, self->rate, self->channels, error))
        return FALSE;
      self->granule = find_last_granule (self, source);
      if (self->granule < 0)
        end = find_end (self, source);
    }
  zab_byte_source_append_range (source, 0, end);
  return TRUE;
}
