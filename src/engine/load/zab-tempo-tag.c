/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-tempo-tag.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/decode/zab-bytes.h"
#include "engine/decode/zab-ogg.h"

enum
{
  MAX_STEPS = 1000,    /* chunks, frames, blocks or atoms beside each other */
  MAX_COMMENT = 65536, /* bytes; pictures may come behind */
  MAX_NUMBER = 32,     /* bytes */
  ID3_HEADER = 10,
  OGG_HEADER = 27,
  ACID_SIZE = 24,
  ACID_ONE_SHOT = 1
};

static const double MIN_TEMPO = 20;
static const double MAX_TEMPO = 999;

static double
check (double tempo)
{
  return tempo >= MIN_TEMPO && tempo <= MAX_TEMPO ? tempo : 0;
}

static gsize
read_some (int fd, gint64 offset, void *to, gsize size)
{
  const gssize n = offset >= 0 ? pread (fd, to, size, offset) : -1;

  return n > 0 ? (gsize)n : 0;
}

static gboolean
read_all (int fd, gint64 offset, void *to, gsize size)
{
  return read_some (fd, offset, to, size) == size;
}

/* ID3's sizes: seven bits of each byte. */
static guint32
get_syncsafe (const guint8 *p)
{
  return (guint32)(p[0] & 127) << 21 | (guint32)(p[1] & 127) << 14 | (guint32)(p[2] & 127) << 7
         | (p[3] & 127);
}

/* "128", "127.5" or "127,5", in ASCII or, with the zeros and the mark of UTF-16 between, in that.
 */
static double
read_number (const guint8 *text, gsize size)
{
  char  digits[MAX_NUMBER + 1] = "";
  gsize n = 0;

  for (gsize i = 0; i < size && n < MAX_NUMBER; i++)
    {
      if (text[i] == 0 || text[i] >= 0xfe)
        continue;
      if (!g_ascii_isdigit (text[i]) && text[i] != '.' && text[i] != ',')
        break;
      digits[n++] = text[i] == ',' ? '.' : (char)text[i];
    }
  return check (g_ascii_strtod (digits, NULL));
}

/* --- ID3v2 ----------------------------------------------------------------------------------- */

static double
read_id3_text (int fd, gint64 offset, guint32 size)
{
  guint8      text[2 * MAX_NUMBER + 3];
  const gsize n = read_some (fd, offset, text, MIN (size, sizeof text));

  return n > 1 ? read_number (text + 1, n - 1) : 0; /* behind the encoding */
}

static double
read_id3 (int fd, gint64 offset)
{
  guint8   head[ID3_HEADER];
  guint    version;
  gint64   end;
  gboolean old;

  if (!read_all (fd, offset, head, sizeof head) || memcmp (head, "ID3", 3) != 0)
    return 0;
  version = head[3];
  old = version < 3;
  end = offset + ID3_HEADER + get_syncsafe (head + 6);
  offset += ID3_HEADER;
  if (head[5] & 0x40 && !old && read_all (fd, offset, head, 4))
    offset += version == 4 ? get_syncsafe (head) : (gint64)zab_get_be32 (head) + 4;
  for (guint i = 0; i < MAX_STEPS && offset < end; i++)
    {
      const gsize head_size = old ? 6 : 10;
      guint32     size;

      if (!read_all (fd, offset, head, head_size) || head[0] == 0)
        return 0;
      size = old            ? zab_get_be24 (head + 3)
             : version == 4 ? get_syncsafe (head + 4)
                            : zab_get_be32 (head + 4);
      offset += (gint64)head_size;
      if (memcmp (head, old ? "TBP" : "TBPM", old ? 3 : 4) == 0)
        return read_id3_text (fd, offset, size);
      offset += size;
    }
  return 0;
}

/* --- Vorbis comments ------------------------------------------------------------------------- */

static double
read_comment (const guint8 *text, gsize size)
{
  static const char *const keys[] = { "BPM=", "TEMPO=" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const gsize n = strlen (keys[i]);

      if (size > n && g_ascii_strncasecmp ((const char *)text, keys[i], n) == 0)
        return read_number (text + n, size - n);
    }
  return 0;
}

static double
read_comments (const guint8 *p, gsize size)
{
  const guint8 *end = p + size;
  double        tempo = 0;
  guint32       n, length;

  if (size < 8 || zab_get_le32 (p) > size - 8)
    return 0;
  p += 4 + zab_get_le32 (p);
  n = zab_get_le32 (p);
  p += 4;
  for (guint32 i = 0; i < MIN (n, (guint32)MAX_STEPS) && !(tempo > 0) && end - p >= 4; i++)
    {
      length = zab_get_le32 (p);
      p += 4;
      if (length > (gsize)(end - p))
        return 0;
      tempo = read_comment (p, length);
      p += length;
    }
  return tempo;
}

static double
read_flac (int fd)
{
  gint64 offset = 4;
  guint8 head[4] = { 0 };

  for (guint i = 0; i < MAX_STEPS && !(head[0] & 0x80) && read_all (fd, offset, head, 4); i++)
    {
      const guint32      size = zab_get_be24 (head + 1);
      g_autofree guint8 *block = NULL;

      offset += 4;
      if ((head[0] & 0x7f) == 4)
        {
          block = g_malloc (MAX_COMMENT);
          return read_comments (block, read_some (fd, offset, block, MIN (size, MAX_COMMENT)));
        }
      offset += size;
    }
  return 0;
}

/* Adds what of the second packet is in the page to @packet; TRUE when its end is. */
static gboolean
add_second_packet (const guint8 *page, const guint8 *body, const guint8 *end, guint *n_ended,
                   GByteArray *packet)
{
  const guint n_segments = page[26];

  for (guint i = 0; i < n_segments && *n_ended < 2; i++)
    {
      const guint8 size = page[OGG_HEADER + i];

      if (*n_ended == 1)
        g_byte_array_append (packet, body, (guint)MIN ((gssize)size, end - body));
      if (end - body < size)
        return TRUE;
      body += size;
      *n_ended += size < 255;
    }
  return *n_ended == 2;
}

static double
read_ogg (int fd)
{
  g_autofree guint8 *head = g_malloc (MAX_COMMENT);
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  const guint8 *page = head;
  const guint8 *end = head + read_some (fd, 0, head, MAX_COMMENT);
  guint         n_ended = 0;
  ZabOggPage    info;

  while (zab_ogg_page_parse (page, (gsize)(end - page), &info))
    {
      if (add_second_packet (page, page + info.header_size, end, &n_ended, packet)
          || info.size > (gsize)(end - page))
        break;
      page += info.size;
    }
  if (packet->len > 7 && memcmp (packet->data, "\003vorbis", 7) == 0)
    return read_comments (packet->data + 7, packet->len - 7);
  if (packet->len > 8 && memcmp (packet->data, "OpusTags", 8) == 0)
    return read_comments (packet->data + 8, packet->len - 8);
  return 0;
}

/* --- Chunks and atoms ------------------------------------------------------------------------ */

/* A hit is none of the loops that the chunk is for, whatever tempo it tells. */
static double
read_acid (int fd, gint64 offset)
{
  guint8  acid[ACID_SIZE];
  guint32 bits;
  float   tempo;

  if (!read_all (fd, offset, acid, sizeof acid) || zab_get_le32 (acid) & ACID_ONE_SHOT)
    return 0;
  bits = zab_get_le32 (acid + 20);
  memcpy (&tempo, &bits, sizeof tempo);
  return check ((double)tempo);
}

static double
read_chunks (int fd, gboolean big_endian)
{
  gint64 offset = 12;
  double tempo = 0;
  guint8 head[8];

  for (guint i = 0; i < MAX_STEPS && !(tempo > 0) && read_all (fd, offset, head, 8); i++)
    {
      const guint32 size = big_endian ? zab_get_be32 (head + 4) : zab_get_le32 (head + 4);

      offset += 8;
      if (memcmp (head, "acid", 4) == 0 && size >= ACID_SIZE)
        tempo = read_acid (fd, offset);
      else if (g_ascii_strncasecmp ((const char *)head, "ID3 ", 4) == 0)
        tempo = read_id3 (fd, offset);
      offset += (gint64)size + (size & 1);
    }
  return tempo;
}

/* Narrows @begin and @end to what is in the atom called @type. */
static gboolean
enter_atom (int fd, const char *type, gint64 *begin, gint64 *end)
{
  gint64 offset = *begin;
  guint8 head[16];

  for (guint i = 0; i < MAX_STEPS && offset < *end && read_all (fd, offset, head, 8); i++)
    {
      guint64 size = zab_get_be32 (head), used = 8;

      if (size == 1 && read_all (fd, offset + 8, head + 8, 8))
        {
          size = zab_get_be64 (head + 8);
          used = 16;
        }
      else if (size == 0)
        size = (guint64)(*end - offset);
      if (size < used || size > (guint64)(*end - offset))
        return FALSE;
      if (memcmp (head + 4, type, 4) == 0)
        {
          *begin = offset + (gint64)used;
          *end = offset + (gint64)size;
          return TRUE;
        }
      offset += (gint64)size;
    }
  return FALSE;
}

static double
read_mp4 (int fd)
{
  gint64      begin = 0, end;
  guint8      data[10];
  struct stat info;

  if (fstat (fd, &info) != 0)
    return 0;
  end = info.st_size;
  if (!enter_atom (fd, "moov", &begin, &end) || !enter_atom (fd, "udta", &begin, &end)
      || !enter_atom (fd, "meta", &begin, &end))
    return 0;
  begin += 4; /* its version */
  if (!enter_atom (fd, "ilst", &begin, &end) || !enter_atom (fd, "tmpo", &begin, &end)
      || !enter_atom (fd, "data", &begin, &end) || end - begin < 10
      || !read_all (fd, begin, data, sizeof data))
    return 0;
  return check ((double)zab_get_be16 (data + 8)); /* behind its kind and its language */
}

double
zab_tempo_tag_read (int fd)
{
  guint8 head[12];

  if (!read_all (fd, 0, head, sizeof head))
    return 0;
  if (memcmp (head, "RIFF", 4) == 0 || memcmp (head, "RF64", 4) == 0)
    return read_chunks (fd, FALSE);
  if (memcmp (head, "FORM", 4) == 0)
    return read_chunks (fd, TRUE);
  if (memcmp (head, "fLaC", 4) == 0)
    return read_flac (fd);
  if (memcmp (head, "OggS", 4) == 0)
    return read_ogg (fd);
  if (memcmp (head + 4, "ftyp", 4) == 0)
    return read_mp4 (fd);
  return read_id3 (fd, 0);
}
