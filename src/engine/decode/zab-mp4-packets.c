/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-mp4-packets.h"

#include "engine/decode/zab-bytes.h"

enum
{
  MAX_PACKETS = 1 << 22, /* a day of sound */
  MAX_SIZE = 64 * 1024,  /* of one: eight channels take 6 kB */
  RUN = 12               /* bytes of an entry of stsc */
};

typedef struct
{
  const guint8 *entries;
  guint32       count; /* that there are said to be */
  gsize         size;  /* bytes that there are for them */
} Table;

/* Where a walk along the tables is. */
typedef struct
{
  guint32 n;     /* packets behind it */
  guint32 chunk; /* of the next packet, from 1 on; 0: before the first */
  guint32 run;
  guint32 left; /* packets in the chunk */
  guint64 offset;
} Walk;

struct _ZabMp4Packets
{
  GBytes *moov;
  Table   sizes;
  guint   size_bits;     /* of an entry; 0: there are none */
  guint32 constant_size; /* then */
  Table   runs;
  Table   chunks;
  gsize   chunk_width; /* bytes of an entry */
  Walk    walk;
  guint32 n_whole; /* packets that end inside the file */
  guint64 begin;
  guint64 end;
};

/* --- The tables ------------------------------------------------------------------------------- */

/* Of the @head bytes that an atom of @type begins with, the last four count the entries behind. */
static gboolean
find_table (Table *table, const ZabMp4Atom *stbl, const char *type, gsize head)
{
  ZabMp4Atom atom;

  if (!zab_mp4_atom_find (stbl, 0, type, &atom) || (gsize)(atom.end - atom.body) < head)
    return FALSE;
  table->entries = atom.body + head;
  table->count = zab_get_be32 (table->entries - 4);
  table->size = (gsize)(atom.end - table->entries);
  return TRUE;
}

static gboolean
holds (const Table *table, guint bits)
{
  return ((guint64)table->count * bits + 7) / 8 <= table->size;
}

static gboolean
find_sizes (ZabMp4Packets *self, const ZabMp4Atom *stbl)
{
  if (find_table (&self->sizes, stbl, "stsz", 12))
    {
      self->constant_size = zab_get_be32 (self->sizes.entries - 8);
      self->size_bits = self->constant_size == 0 ? 32 : 0;
    }
  else if (find_table (&self->sizes, stbl, "stz2", 12))
    {
      self->size_bits = self->sizes.entries[-5];
      if (self->size_bits != 4 && self->size_bits != 8 && self->size_bits != 16)
        return FALSE;
    }
  else
    return FALSE;
  return holds (&self->sizes, self->size_bits);
}

static gboolean
find_chunks (ZabMp4Packets *self, const ZabMp4Atom *stbl)
{
  if (!find_table (&self->runs, stbl, "stsc", 8) || !holds (&self->runs, 8 * RUN))
    return FALSE;
  self->chunk_width = find_table (&self->chunks, stbl, "stco", 8) ? 4 : 8;
  return (self->chunk_width == 4 || find_table (&self->chunks, stbl, "co64", 8))
         && holds (&self->chunks, (guint)(8 * self->chunk_width));
}

static guint32
get_size (const ZabMp4Packets *self, guint32 n)
{
  const guint8 *p = self->sizes.entries;

  switch (self->size_bits)
    {
    case 4:
      return n % 2 == 0 ? p[n / 2] >> 4 : p[n / 2] & 15;
    case 8:
      return p[n];
    case 16:
      return zab_get_be16 (p + (gsize)n * 2);
    case 32:
      return zab_get_be32 (p + (gsize)n * 4);
    default:
      return self->constant_size;
    }
}

static guint64
get_chunk (const ZabMp4Packets *self, guint32 n)
{
  const guint8 *p = self->chunks.entries + n * self->chunk_width;

  return self->chunk_width == 8 ? zab_get_be64 (p) : zab_get_be32 (p);
}

/* --- The walk --------------------------------------------------------------------------------- */

/* FALSE when there is no chunk any more, or its packets are of another description. */
static gboolean
enter_chunk (const ZabMp4Packets *self, Walk *walk)
{
  const guint8 *run = self->runs.entries + (gsize)walk->run * RUN;

  if (walk->chunk == self->chunks.count)
    return FALSE;
  walk->offset = get_chunk (self, walk->chunk);
  walk->chunk++;
  if (walk->run + 1 < self->runs.count && zab_get_be32 (run + RUN) == walk->chunk)
    {
      walk->run++;
      run += RUN;
    }
  walk->left = zab_get_be32 (run + 4);
  return walk->left > 0 && zab_get_be32 (run + 8) == 1;
}

/* FALSE when the tables end before all packets are told of. */
static gboolean
step (const ZabMp4Packets *self, Walk *walk, guint64 *offset, guint32 *size)
{
  if (walk->left == 0 && !enter_chunk (self, walk))
    return FALSE;
  *offset = walk->offset;
  *size = get_size (self, walk->n);
  walk->n++;
  walk->left--;
  walk->offset += *size;
  return TRUE;
}

/* Walks all the way once. */
static gboolean
check (ZabMp4Packets *self, guint64 file_size)
{
  Walk    walk = { 0 };
  guint64 last_end = 0;

  if (self->runs.count == 0 || zab_get_be32 (self->runs.entries) != 1
      || self->sizes.count > MAX_PACKETS)
    return FALSE;
  while (walk.n < self->sizes.count)
    {
      guint64 offset;
      guint32 size;

      if (!step (self, &walk, &offset, &size) || size == 0 || size > MAX_SIZE || offset < last_end
          || offset > G_MAXINT64)
        return FALSE;
      last_end = offset + size;
      if (last_end > file_size)
        continue;
      if (self->n_whole == 0)
        self->begin = offset;
      self->n_whole = walk.n;
      self->end = last_end;
    }
  return self->n_whole > 0 && walk.left == 0 && walk.chunk == self->chunks.count
         && walk.run + 1 == self->runs.count;
}

ZabMp4Packets *
zab_mp4_packets_new (GBytes *moov, const ZabMp4Atom *stbl, gint64 file_size)
{
  g_autoptr (ZabMp4Packets) self = g_new0 (ZabMp4Packets, 1);

  self->moov = g_bytes_ref (moov);
  if (!find_sizes (self, stbl) || !find_chunks (self, stbl) || !check (self, (guint64)file_size))
    return NULL;
  return g_steal_pointer (&self);
}

void
zab_mp4_packets_free (ZabMp4Packets *self)
{
  g_bytes_unref (self->moov);
  g_free (self);
}

void
zab_mp4_packets_get_range (const ZabMp4Packets *self, gint64 *begin, gint64 *end)
{
  *begin = (gint64)self->begin;
  *end = (gint64)self->end;
}

gboolean
zab_mp4_packets_is_cut (const ZabMp4Packets *self)
{
  return self->n_whole < self->sizes.count;
}

gboolean
zab_mp4_packets_next (ZabMp4Packets *self, gint64 *offset, gsize *size)
{
  guint64 at;
  guint32 length;

  if (self->walk.n == self->n_whole || !step (self, &self->walk, &at, &length))
    return FALSE;
  *offset = (gint64)at;
  *size = length;
  return TRUE;
}
