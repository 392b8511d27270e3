/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-sniff.h"

#include <string.h>

#include "engine/decode/zab-mpeg.h"

static gboolean
has (const guint8 *head, gsize size, gsize offset, const char *magic)
{
  gsize length = strlen (magic);

  return offset + length <= size && memcmp (head + offset, magic, length) == 0;
}

static gboolean
is_mp4 (const guint8 *head, gsize size)
{
  static const char *const atoms[] = { "ftyp", "moov", "mdat", "wide", "pnot" };

  for (gsize i = 0; i < G_N_ELEMENTS (atoms); i++)
    if (has (head, size, 4, atoms[i]))
      return TRUE;
  return FALSE;
}

/* What is often dropped by mistake, and what typefinders take for audio now and then. */
static gboolean
is_not_audio (const guint8 *head, gsize size)
{
  static const char *const magics[]
      = { "\x89PNG", "\xff\xd8\xff", "GIF8",       "PK\x03\x04", "%PDF",
          "\177ELF", "\x1f\x8b",     "7z\xbc\xaf", "\3757zXZ",   "\x28\xb5\x2f\xfd" };

  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (has (head, size, 0, magics[i]))
      return TRUE;
  return FALSE;
}

/* UTF-8 or ASCII without a control character: no audio format looks like that. */
static gboolean
is_text (const guint8 *head, gsize size)
{
  const char *end = NULL;

  for (gsize i = 0; i < size; i++)
    if (head[i] < 0x20 && !memchr ("\t\n\r\f\033", head[i], 5))
      return FALSE;
  /* The last character may be cut by the end of @head. */
  return g_utf8_validate_len ((const char *)head, size, &end)
         || (size == ZAB_SNIFF_SIZE && (const char *)head + size - end < 4);
}

/* Two frame headers of one kind in a row, the first of them soon: chance hardly does that. */
static ZabFormat
find_mpeg_frames (const guint8 *head, gsize size)
{
  for (gsize i = 0; i + 4 <= size; i++)
    {
      ZabMpegFrame first;
      ZabMpegFrame second;

      if (zab_mpeg_frame_parse (head + i, size - i, &first)
          && (i + first.size + 4 > size
                  ? i == 0
                  : zab_mpeg_frame_parse (head + i + first.size, size - i - first.size, &second)
                        && second.rate == first.rate && second.layer == first.layer))
        return first.layer == 0 ? ZAB_FORMAT_ADTS : ZAB_FORMAT_MP3;
    }
  return ZAB_FORMAT_UNKNOWN;
}

ZabFormat
zab_sniff (const guint8 *head, gsize size)
{
  if ((has (head, size, 0, "RIFF") || has (head, size, 0, "RIFX") || has (head, size, 0, "RF64"))
      && has (head, size, 8, "WAVE"))
    return ZAB_FORMAT_WAV;
  if (has (head, size, 0, "FORM") && (has (head, size, 8, "AIFF") || has (head, size, 8, "AIFC")))
    return ZAB_FORMAT_AIFF;
  if (has (head, size, 0, "fLaC"))
    return ZAB_FORMAT_FLAC;
  if (has (head, size, 0, "OggS"))
    return ZAB_FORMAT_OGG;
  if (is_mp4 (head, size))
    return ZAB_FORMAT_MP4;
  if (is_not_audio (head, size) || is_text (head, size))
    return ZAB_FORMAT_NOT_AUDIO;
  return find_mpeg_frames (head, size);
}

gsize
zab_sniff_id3v2_size (const guint8 *head, gsize size)
{
  gsize length;

  if (size < 10 || !has (head, size, 0, "ID3") || head[3] == 0xff || head[4] == 0xff
      || (head[6] | head[7] | head[8] | head[9]) & 0x80)
    return 0;
  length = (gsize)head[6] << 21 | (gsize)head[7] << 14 | (gsize)head[8] << 7 | head[9];
  return length + (head[5] & 0x10 ? 20 : 10);
}
