/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-mp4.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"

enum
{
  EXTRA_SECONDS = 10 /* more than any packet lasts */
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

/* qtdemux drops a last packet that ends behind the movie's or the track's duration; and a track
 * that is far shorter than its movie: so both are raised. */
static void
raise_duration (ZabMp4Atom *atom, guint64 timescale, guint64 duration)
{
  if (duration == 0)
    return; /* of a file in fragments */
  duration += EXTRA_SECONDS * timescale;
  if (atom->body[0] == 1)
    zab_put_be64 (atom->body + 24, duration);
  else if (duration < G_MAXUINT32)
    zab_put_be32 (atom->body + 16, (guint32)duration);
}

/* The object type of an esds atom's decoder (ISO 14496-1, 7.2.6): 0 when there is none. */
static guint
read_object_type (const guint8 *p, const guint8 *end)
{
  while (end - p >= 5)
    {
      guint tag = *p++;

      while (p < end && *p & 0x80)
        p++;
      p++;
      if (tag == 4)
        return p < end ? *p : 0;
      if (tag != 3 || end - p < 3)
        return 0;
      p += 3 + (p[2] & 0x80 ? 2 : 0) + (p[2] & 0x20 ? 2 : 0);
    }
  return 0;
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
  type = read_object_type (esds + 8, stsd->end);
  track->is_aac = type == 0x40 || (type >= 0x66 && type <= 0x68);
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

static void
shift_chunks (ZabMp4Atom *stbl, guint64 from, guint64 to, guint64 shift)
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

static gboolean
is_audio (const ZabMp4Atom *trak, ZabMp4Atom *mdia)
{
  ZabMp4Atom hdlr;

  return zab_mp4_atom_find (trak, 0, "mdia", mdia) && zab_mp4_atom_find (mdia, 0, "hdlr", &hdlr)
         && has (&hdlr, 12) && memcmp (hdlr.body + 8, "soun", 4) == 0;
}

static gboolean
prepare_track (ZabMp4Track *track, ZabMp4Atom *trak, const ZabMp4Atom *mdia,
               guint64 movie_timescale, guint64 from, guint64 to, guint64 shift)
{
  ZabMp4Atom atom, edts, stbl;

  if (!zab_mp4_atom_find (mdia, 0, "mdhd", &atom)
      || !read_times (&atom, &track->timescale, &track->duration))
    return FALSE;
  raise_duration (&atom, track->timescale, track->duration);
  if (!zab_mp4_atom_find (mdia, 0, "minf", &atom) || !zab_mp4_atom_find (&atom, 0, "stbl", &stbl)
      || !zab_mp4_atom_find (&stbl, 0, "stsd", &atom))
    return FALSE;
  read_codec (track, &atom);
  shift_chunks (&stbl, from, to, shift);
  if (zab_mp4_atom_find (trak, 0, "edts", &edts))
    {
      if (zab_mp4_atom_find (&edts, 0, "elst", &atom) && has (&atom, 8))
        read_edits (track, &atom, movie_timescale);
      zab_mp4_atom_hide (&edts);
    }
  return TRUE;
}

gboolean
zab_mp4_prepare (ZabMp4Atom *moov, guint64 from, guint64 to, guint64 shift, ZabMp4Track *track)
{
  guint64    timescale = 0;
  guint64    duration = 0;
  gboolean   found = FALSE;
  ZabMp4Atom atom, mdia;

  *track = (ZabMp4Track){ 0 };
  if (zab_mp4_atom_find (moov, 0, "mvhd", &atom) && read_times (&atom, &timescale, &duration))
    raise_duration (&atom, timescale, duration);
  for (guint8 *at = moov->body; zab_mp4_atom_read (&atom, at, moov->end); at = atom.end)
    {
      if (zab_mp4_atom_is (&atom, "mvex"))
        track->is_fragmented = TRUE;
      else if (zab_mp4_atom_is (&atom, "udta") || zab_mp4_atom_is (&atom, "meta"))
        zab_mp4_atom_hide (&atom);
      else if (zab_mp4_atom_is (&atom, "trak"))
        {
          if (!found && is_audio (&atom, &mdia)
              && prepare_track (track, &atom, &mdia, timescale, from, to, shift))
            found = TRUE;
          else
            zab_mp4_atom_hide (&atom);
        }
    }
  return found;
}
