/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-framer.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"

enum
{
  MIN_HEADER = 6, /* bytes */
  MAX_HEADER = 16,
  MAX_LOST = 16,      /* frames in a row whose headers may be damaged */
  MAX_FRAME = 4 << 20 /* bytes: none that is true is half as large */
};

typedef struct
{
  gsize    size;   /* of the header, bytes */
  guint64  number; /* of the frame, or of its first sample */
  guint    block;  /* frames of audio */
  gboolean by_sample;
  guint8   rate_code;
  guint8   bits_code;
} Header;

/* x^8 + x^2 + x + 1 */
static guint8
get_crc_8 (const guint8 *data, gsize size)
{
  guint crc = 0;

  while (size-- > 0)
    {
      crc ^= *data++;
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 0x80 ? (crc << 1 ^ 0x07) & 0xff : crc << 1;
    }
  return (guint8)crc;
}

/* As in UTF-8, but up to 36 bits. The bytes that it takes; 0: that is no number. */
static gsize
read_number (const guint8 *data, guint64 *number)
{
  const guint first = data[0];
  gsize       n = 0;

  while (n < 8 && first & 0x80u >> n)
    n++;
  if (n == 1 || n == 8)
    return 0;
  if (n == 0)
    {
      *number = first;
      return 1;
    }
  *number = first & (0x7fu >> n);
  for (gsize i = 1; i < n; i++)
    {
      if ((data[i] & 0xc0) != 0x80)
        return 0;
      *number = *number << 6 | (data[i] & 0x3f);
    }
  return n;
}

/* @data has MAX_HEADER bytes. */
static gboolean
parse_header (const guint8 *data, Header *header)
{
  const guint block_code = data[2] >> 4;
  const guint rate_code = data[2] & 15;
  const guint bits_code = data[3] >> 1 & 7;
  gsize       n;

  if (data[0] != 0xff || (data[1] & 0xfe) != 0xf8 || block_code == 0 || rate_code == 15
      || data[3] >> 4 > 10 || bits_code == 3 || data[3] & 1)
    return FALSE;
  n = read_number (data + 4, &header->number);
  if (n == 0)
    return FALSE;
  n += 4;
  header->block = block_code == 1  ? 192
                  : block_code < 6 ? 576u << (block_code - 2)
                                   : 256u << ((block_code - 8) & 7);
  if (block_code == 6)
    header->block = data[n++] + 1u;
  else if (block_code == 7)
    {
      header->block = (guint)zab_get_be16 (data + n) + 1;
      n += 2;
    }
  n += rate_code == 12 ? 1 : rate_code > 12 ? 2 : 0;
  header->size = n + 1;
  header->by_sample = data[1] & 1;
  header->rate_code = (guint8)rate_code;
  header->bits_code = (guint8)bits_code;
  return get_crc_8 (data, n) == data[n];
}

/* Whether what begins with @next can be what follows @header: nearly always it has the next number;
 * where damage has swallowed frames, one soon after, or any where nothing better has come for
 * longer than a frame can be. */
static gboolean
follows (const Header *header, const Header *next, gsize distance)
{
  const guint64 step = header->by_sample ? header->block : 1;
  const guint64 wanted = header->number + step;
  const gsize   longest = (gsize)header->block * 8 * 4 + 256;

  if (next->by_sample != header->by_sample || next->rate_code != header->rate_code
      || next->bits_code != header->bits_code || next->number < wanted)
    return FALSE;
  return next->number - wanted <= step * MAX_LOST || distance > longest;
}

/* The place of the first header at @from or behind it; G_MAXSIZE: none, and before *@from that is
 * certain. */
static gsize
find_header (const guint8 *data, gsize size, gboolean is_all, gsize *from, Header *header)
{
  const gsize needed = is_all ? MIN_HEADER : MAX_HEADER;

  while (*from + needed <= size)
    {
      const guint8 *found = memchr (data + *from, 0xff, size - *from - (needed - 1));
      guint8        head[MAX_HEADER] = { 0 };

      if (found == NULL)
        {
          *from = size - (needed - 1);
          break;
        }
      *from = (gsize)(found - data);
      memcpy (head, found, MIN (size - *from, sizeof head));
      if (parse_header (head, header))
        return *from;
      ++*from;
    }
  return G_MAXSIZE;
}

gsize
zab_framer_next_flac (ZabFramer *self, const guint8 *data, gsize size, gboolean is_all, gsize *skip)
{
  Header header;
  Header next;
  gsize  from = 0;
  gsize  end;

  *skip = 0;
  if (find_header (data, size, is_all, &from, &header) == G_MAXSIZE)
    {
      *skip = is_all ? size : from;
      self->n_scanned = 0;
      return 0;
    }
  *skip = from;
  if (from > 0)
    self->n_scanned = 0;
  from += MAX (header.size, self->n_scanned);
  while ((end = find_header (data, size, is_all, &from, &next)) != G_MAXSIZE
         && !follows (&header, &next, end - *skip))
    from++;
  if (end == G_MAXSIZE && !is_all && size - *skip < MAX_FRAME)
    {
      self->n_scanned = MAX (from, *skip) - *skip;
      return 0;
    }
  self->n_scanned = 0;
  return MIN (end, size) - *skip;
}
