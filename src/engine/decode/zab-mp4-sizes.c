/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-mp4.h"

#include <string.h>

#include "engine/decode/zab-bytes.h"

enum
{
  MAX_PACKETS = 65536,
  DEPTH = 6 /* moov, trak, mdia, minf, stbl, stsz */
};

/* From @path[0], moov, down to the stsz atom of its first ALAC track. */
static gboolean
find_sizes (ZabMp4Atom path[DEPTH])
{
  static const char *const types[DEPTH] = { "moov", "trak", "mdia", "minf", "stbl", "stsz" };
  ZabMp4Atom              *trak = &path[1];
  ZabMp4Atom               stsd;

  for (guint8 *at = path[0].body; zab_mp4_atom_read (trak, at, path[0].end); at = trak->end)
    {
      int depth = 2;

      if (!zab_mp4_atom_is (trak, "trak"))
        continue;
      while (depth < DEPTH && path[depth - 1].body - path[depth - 1].start == 8
             && zab_mp4_atom_find (&path[depth - 1], 0, types[depth], &path[depth]))
        depth++;
      if (depth == DEPTH && zab_mp4_atom_find (&path[4], 0, "stsd", &stsd)
          && stsd.end - stsd.body >= 16 && memcmp (stsd.body + 12, "alac", 4) == 0)
        return TRUE;
    }
  return FALSE;
}

GBytes *
zab_mp4_spell_out_sizes (const ZabMp4Atom *moov)
{
  ZabMp4Atom path[DEPTH] = { *moov };
  gsize      old_size = (gsize)(moov->end - moov->start);
  gsize      before, extra;
  guint32    size, count;
  guint8    *data;

  if (!find_sizes (path) || path[DEPTH - 1].end - path[DEPTH - 1].body != 12)
    return NULL;
  size = zab_get_be32 (path[DEPTH - 1].body + 4);
  count = zab_get_be32 (path[DEPTH - 1].body + 8);
  if (size == 0 || count == 0 || count > MAX_PACKETS)
    return NULL;

  extra = (gsize)count * 4;
  before = (gsize)(path[DEPTH - 1].end - moov->start);
  data = g_malloc (old_size + extra);
  memcpy (data, moov->start, before);
  memcpy (data + before + extra, moov->start + before, old_size - before);
  for (gsize i = 0; i < count; i++)
    zab_put_be32 (data + before + i * 4, size);
  zab_put_be32 (data + (path[DEPTH - 1].body - moov->start) + 4, 0);
  for (int i = 0; i < DEPTH; i++)
    zab_put_be32 (data + (path[i].start - moov->start),
                  (guint32)((gsize)(path[i].end - path[i].start) + extra));
  return g_bytes_new_take (data, old_size + extra);
}
