/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An atom (ISO 14496-12) in memory, and what is inside it. */
typedef struct
{
  guint8 *start; /* of its head */
  guint8 *body;
  guint8 *end;
} ZabMp4Atom;

/* Thread: any. Moves on to the atom at @start: FALSE at the end of the @end - @start bytes, and at
 * one that reaches beyond. */
gboolean zab_mp4_atom_read (ZabMp4Atom *atom, guint8 *start, guint8 *end);

/* The first atom of @type inside @parent's body, from @skip bytes into it on. */
gboolean zab_mp4_atom_find (const ZabMp4Atom *parent, gsize skip, const char *type,
                            ZabMp4Atom *atom);

gboolean zab_mp4_atom_is (const ZabMp4Atom *atom, const char *type);

/* Makes it one that everybody skips. */
void zab_mp4_atom_hide (ZabMp4Atom *atom);

/* What the atoms of a file tell about the first audio track. */
typedef struct
{
  ZabMp4Atom    trak;
  ZabMp4Atom    mdhd;
  ZabMp4Atom    stbl;
  gboolean      is_aac;
  gboolean      is_alac;
  gboolean      is_plain;      /* AAC: MPEG-4's, in one manner from the first packet to the last */
  gboolean      is_fragmented; /* there are packets that no table of this track's tells of */
  const guint8 *config;        /* AAC: for the decoder, in the moov atom; NULL: none found */
  gsize         config_size;
  guint64       timescale; /* per second */
  guint64       duration;  /* in @timescale, of all that is coded; 0: unknown */
  guint64       skip;      /* in @timescale: what the encoder put before */
  guint64       length;    /* in @timescale: what is to be heard; 0: the rest */
} ZabMp4Track;

/* Thread: any. FALSE when there is no audio track in @moov. */
gboolean zab_mp4_read (const ZabMp4Atom *moov, ZabMp4Track *track);

/* A table of sizes for packets that are all alike: qtdemux takes an ALAC track without one for
 * plain samples, and one that is a single packet has none. The new moov atom (transfer full),
 * longer than @moov; NULL when it can stay as it is. */
GBytes *zab_mp4_spell_out_sizes (const ZabMp4Atom *moov);

/* Makes changes in @moov, so that a demultiplexer gives @track's packets from the first to the last
 * and nothing else: no edit list, no other track, no tags, and a movie that is long enough. Chunks
 * between @from and @to are moved by @shift bytes. */
void zab_mp4_prepare (ZabMp4Atom *moov, ZabMp4Track *track, guint64 from, guint64 to,
                      guint64 shift);

G_END_DECLS
