/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-ogg.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"

gboolean
zab_ogg_page_parse (const guint8 *data, gsize size, ZabOggPage *page)
{
  gsize n_segments;

  if (size < 27 || memcmp (data, "OggS", 4) != 0 || data[4] != 0)
    return FALSE;
  n_segments = data[26];
  if (size < 27 + n_segments)
    return FALSE;
  page->is_first = (data[5] & 2) != 0;
  page->is_last = (data[5] & 4) != 0;
  page->granule = (gint64)zab_get_le64 (data + 6);
  page->serial = zab_get_le32 (data + 14);
  page->header_size = 27 + n_segments;
  page->size = page->header_size;
  for (gsize i = 0; i < n_segments; i++)
    page->size += data[27 + i];
  return TRUE;
}

gint64
zab_ogg_count_opus (const guint8 *packet, gsize size)
{
  static const gint64 silk[4] = { 480, 960, 1920, 2880 };
  static const gint64 celt[4] = { 120, 240, 480, 960 };
  guint               config;
  gint64              per_frame;

  if (size == 0)
    return 0;
  config = packet[0] >> 3;
  per_frame = config < 12 ? silk[config & 3] : config < 16 ? silk[config & 1] : celt[config & 3];
  switch (packet[0] & 3)
    {
    case 0:
      return per_frame;
    case 3:
      return size < 2 ? 0 : (packet[1] & 63) * per_frame;
    default:
      return 2 * per_frame;
    }
}
