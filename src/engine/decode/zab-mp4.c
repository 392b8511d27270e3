/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-mp4.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"

enum
{
  EXTRA_SECONDS = 10, /* more than any packet lasts */
  /* ISO 14496-1 */
  ES_DESCRIPTOR = 3,
  DECODER_CONFIG = 4,
  DECODER_CONFIG_SIZE = 13, /* before the descriptors inside */
  DECODER_SPECIFIC = 5,
  MPEG4_AUDIO = 0x40, /* object types */
  MPEG2_AAC_FIRST = 0x66,
  MPEG2_AAC_LAST = 0x68
};

gboolean
zab_mp4_atom_read (ZabMp4Atom *atom, guint8 *start, guint8 *end)
{
  guint64 left = (guint64)(end - start);
  guint64 size;
  gsize   head = 8;

  if (left < 8)
    return FALSE;
  size = zab_get_be32 (start);
  if (size == 0)
    size = left;
  else if (size == 1 && left >= 16)
    {
      size = zab_get_be64 (start + 8);
      head = 16;
    }
  if (size < head || size > left)
    return FALSE;
  *atom = (ZabMp4Atom){ start, start + head, start + size };
  return TRUE;
}

gboolean
zab_mp4_atom_is (const ZabMp4Atom *atom, const char *type)
{
  return memcmp (atom->start + 4, type, 4) == 0;
}

void
zab_mp4_atom_hide (ZabMp4Atom *atom)
{
  memcpy (atom->start + 4, "free", 4);
}

gboolean
zab_mp4_atom_find (const ZabMp4Atom *parent, gsize skip, const char *type, ZabMp4Atom *atom)
{
  guint8 *at = parent->body + skip;

  if (skip > (gsize)(parent->end - parent->body))
    return FALSE;
  for (; zab_mp4_atom_read (atom, at, parent->end); at = atom->end)
    if (zab_mp4_atom_is (atom, type))
      return TRUE;
  return FALSE;
}

static gboolean
has (const ZabMp4Atom *atom, gsize size)
{
  return (gsize)(atom->end - atom->body) >= size;
}

/* The time scale and the duration of an mvhd or mdhd atom. */
static gboolean
read_times (const ZabMp4Atom *atom, guint64 *timescale, guint64 *duration)
{
  if (!has (atom, 20) || (atom->body[0] == 1 && !has (atom, 32)))
    return FALSE;
  if (atom->body[0] == 1)
    {
      *timescale = zab_get_be32 (atom->body + 20);
      *duration = zab_get_be64 (atom->body + 24);
    }
  else
    {
      *timescale = zab_get_be32 (atom->body + 12);
      *duration = zab_get_be32 (atom->body + 16);
      if (*duration == G_MAXUINT32)
        *duration = 0;
    }
  return *timescale > 0;
}

/* Moves @p behind a descriptor's head, to its content: its tag; 0 when there is none. */
static guint
read_descriptor (const guint8 **p, const guint8 *end, gsize *size)
{
  guint tag;

  *size = 0;
  if (end - *p < 2)
    return 0;
  tag = *(*p)++;
  for (int i = 0; i < 4 && *p < end; i++)
    {
      const guint8 byte = *(*p)++;

      *size = *size << 7 | (byte & 0x7f);
      if (!(byte & 0x80))
        break;
    }
  return tag;
}

/* The object type and the decoder's configuration of an esds atom (ISO 14496-1, 7.2.6): of the
 * descriptors one inside the other those that a decoder needs. */
static guint
read_esds (ZabMp4Track *track, const guint8 *p, const guint8 *end)
{
  gsize size;
  guint type;

  if (read_descriptor (&p, end, &size) != ES_DESCRIPTOR || end - p < 3)
    return 0;
  size = 3 + (p[2] & 0x80 ? 2u : 0u) + (p[2] & 0x20 ? 2u : 0u);
  if ((gsize)(end - p) < size)
    return 0;
  p += size;
  if (read_descriptor (&p, end, &size) != DECODER_CONFIG || p == end)
    return 0;
  type = *p;
  if (end - p < DECODER_CONFIG_SIZE)
    return type;
  p += DECODER_CONFIG_SIZE;
  if (read_descriptor (&p, end, &size) == DECODER_SPECIFIC && size <= (gsize)(end - p))
    {
      track->config = p;
      track->config_size = size;
    }
  return type;
}

static void
read_codec (ZabMp4Track *track, const ZabMp4Atom *stsd)
{
  const guint8 *esds;
  guint         type;

  if (!has (stsd, 16))
    return;
  track->is_alac = memcmp (stsd->body + 12, "alac", 4) == 0;
  if (memcmp (stsd->body + 12, "mp4a", 4) != 0)
    return;
  esds = memmem (stsd->body, (gsize)(stsd->end - stsd->body), "esds", 4);
  if (!esds || stsd->end - esds < 8)
    return;
  type = read_esds (track, esds + 8, stsd->end);
  track->is_aac = type == MPEG4_AUDIO || (type >= MPEG2_AAC_FIRST && type <= MPEG2_AAC_LAST);
  track->is_plain = type == MPEG4_AUDIO && zab_get_be32 (stsd->body + 4) == 1 && has (stsd, 26)
                    && zab_get_be16 (stsd->body + 24) == 0;
}

/* The first edit that is not a pause says where the encoder's own samples end. */
static void
read_edits (ZabMp4Track *track, const ZabMp4Atom *elst, guint64 movie_timescale)
{
  gsize   width = elst->body[0] == 1 ? 20 : 12;
  guint32 count = has (elst, 8) ? zab_get_be32 (elst->body + 4) : 0;

  for (gsize i = 0; i < count && has (elst, 8 + (i + 1) * width); i++)
    {
      const guint8 *p = elst->body + 8 + i * width;
      guint64       length = width == 20 ? zab_get_be64 (p) : zab_get_be32 (p);
      gint64 time = width == 20 ? (gint64)zab_get_be64 (p + 8) : (gint32)zab_get_be32 (p + 4);

      if (time < 0)
        continue;
      track->skip = (guint64)time;
      if (movie_timescale > 0 && length < G_MAXUINT64 / track->timescale)
        track->length = (length * track->timescale + movie_timescale / 2) / movie_timescale;
      return;
    }
}

static gboolean
is_audio (const ZabMp4Atom *trak, ZabMp4Atom *mdia)
{
  ZabMp4Atom hdlr;

  return zab_mp4_atom_find (trak, 0, "mdia", mdia) && zab_mp4_atom_find (mdia, 0, "hdlr", &hdlr)
         && has (&hdlr, 12) && memcmp (hdlr.body + 8, "soun", 4) == 0;
}

static gboolean
read_track (ZabMp4Track *track, const ZabMp4Atom *mdia, guint64 movie_timescale)
{
  ZabMp4Atom atom, edts;

  if (!zab_mp4_atom_find (mdia, 0, "mdhd", &track->mdhd)
      || !read_times (&track->mdhd, &track->timescale, &track->duration))
    return FALSE;
  if (!zab_mp4_atom_find (mdia, 0, "minf", &atom)
      || !zab_mp4_atom_find (&atom, 0, "stbl", &track->stbl)
      || !zab_mp4_atom_find (&track->stbl, 0, "stsd", &atom))
    return FALSE;
  read_codec (track, &atom);
  if (zab_mp4_atom_find (&track->trak, 0, "edts", &edts)
      && zab_mp4_atom_find (&edts, 0, "elst", &atom) && has (&atom, 8))
    read_edits (track, &atom, movie_timescale);
  return TRUE;
}

gboolean
zab_mp4_read (const ZabMp4Atom *moov, ZabMp4Track *track)
{
  guint64    timescale = 0;
  guint64    duration;
  ZabMp4Atom atom, mdia;

  *track = (ZabMp4Track){ 0 };
  if (zab_mp4_atom_find (moov, 0, "mvhd", &atom))
    read_times (&atom, &timescale, &duration);
  for (guint8 *at = moov->body; zab_mp4_atom_read (&atom, at, moov->end); at = atom.end)
    {
      if (!zab_mp4_atom_is (&atom, "trak") || !is_audio (&atom, &mdia))
        continue;
      *track = (ZabMp4Track){ .trak = atom };
      if (!read_track (track, &mdia, timescale))
        continue;
      track->is_fragmented = zab_mp4_atom_find (moov, 0, "mvex", &atom);
      return TRUE;
    }
  return FALSE;
}

/* --- For a demultiplexer ---------------------------------------------------------------------- */

/* qtdemux drops a last packet that ends behind the movie's or the track's duration; and a track
 * that is far shorter than its movie: so both are raised. */
static void
raise_duration (ZabMp4Atom *atom)
{
  guint64 timescale, duration;

  if (!read_times (atom, &timescale, &duration) || duration == 0)
    return; /* of a file in fragments */
  duration += EXTRA_SECONDS * timescale;
  if (atom->body[0] == 1)
    zab_put_be64 (atom->body + 24, duration);
  else if (duration < G_MAXUINT32)
    zab_put_be32 (atom->body + 16, (guint32)duration);
}

static void
shift_chunks (const ZabMp4Atom *stbl, guint64 from, guint64 to, guint64 shift)
{
  ZabMp4Atom atom;
  gboolean   wide = zab_mp4_atom_find (stbl, 0, "co64", &atom);
  gsize      width = wide ? 8 : 4;
  guint32    count;

  if ((!wide && !zab_mp4_atom_find (stbl, 0, "stco", &atom)) || !has (&atom, 8))
    return;
  count = zab_get_be32 (atom.body + 4);
  for (gsize i = 0; i < count && has (&atom, 8 + (i + 1) * width); i++)
    {
      guint8 *p = atom.body + 8 + i * width;
      guint64 offset = wide ? zab_get_be64 (p) : zab_get_be32 (p);

      if (offset < from || offset >= to)
        continue;
      if (wide)
        zab_put_be64 (p, offset + shift);
      else
        zab_put_be32 (p, (guint32)(offset + shift));
    }
}

static void
prepare_track (ZabMp4Track *track, guint64 from, guint64 to, guint64 shift)
{
  ZabMp4Atom edts;

  raise_duration (&track->mdhd);
  shift_chunks (&track->stbl, from, to, shift);
  if (zab_mp4_atom_find (&track->trak, 0, "edts", &edts))
    zab_mp4_atom_hide (&edts);
}

void
zab_mp4_prepare (ZabMp4Atom *moov, ZabMp4Track *track, guint64 from, guint64 to, guint64 shift)
{
  ZabMp4Atom atom;

  if (zab_mp4_atom_find (moov, 0, "mvhd", &atom))
    raise_duration (&atom);
  prepare_track (track, from, to, shift);
  for (guint8 *at = moov->body; zab_mp4_atom_read (&atom, at, moov->end); at = atom.end)
    if (zab_mp4_atom_is (&atom, "udta") || zab_mp4_atom_is (&atom, "meta")
        || (zab_mp4_atom_is (&atom, "trak") && atom.start != track->trak.start))
      zab_mp4_atom_hide (&atom);
}
