/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-probe.h"

#include <glib/gi18n-lib.h>

#include "engine/decode/zab-bytes.h"
#include "engine/decode/zab-mp4.h"
#include "engine/load/zab-load-error.h"

enum
{
  MAX_ATOMS = 100000, /* of a fragmented file */
  MAX_MOOV = 64 * 1024 * 1024
};

/* Where things are in the file. */
typedef struct
{
  gint64 ftyp_end;
  gint64 mdat; /* -1: none before the moov atom */
  gint64 moov; /* -1: none */
  gint64 moov_size;
} Layout;

static void
read_layout (Layout *layout, ZabByteSource *source)
{
  gint64 file_size = zab_byte_source_get_file_size (source);
  gint64 offset = 0;
  guint8 head[16];

  *layout = (Layout){ 0, -1, -1, 0 };
  for (int i = 0; i < MAX_ATOMS && offset < file_size; i++)
    {
      ZabMp4Atom atom = { head, head, head };
      gint64     size;

      if (zab_byte_source_peek (source, offset, head, sizeof head, NULL) < (gssize)sizeof head)
        return;
      size = zab_get_be32 (head);
      if (size == 1)
        size = (gint64)zab_get_be64 (head + 8);
      else if (size == 0)
        size = file_size - offset;
      if (size < 8 || size > G_MAXINT64 - offset)
        return;
      if (zab_mp4_atom_is (&atom, "moov"))
        {
          layout->moov = offset;
          layout->moov_size = size;
          return;
        }
      if (zab_mp4_atom_is (&atom, "ftyp") && offset == 0)
        layout->ftyp_end = size;
      if (zab_mp4_atom_is (&atom, "mdat") && layout->mdat < 0)
        layout->mdat = offset;
      offset += size;
    }
}

static void
set_lengths (ZabProbe *self, const ZabMp4Track *track)
{
  guint64 rest = track->duration > track->skip ? track->duration - track->skip : 0;

  self->rate = (guint)MIN (track->timescale, G_MAXUINT32);
  self->skip = (gint64)MIN (track->skip, G_MAXINT32);
  if (rest == 0 || rest > G_MAXINT64)
    return;
  /* An edit's length is rounded to the movie's time scale, often milliseconds: believe it only
   * where it is shorter by more than that. */
  if (track->length > 0 && track->length + track->timescale / 500 < rest)
    rest = track->length;
  self->n_frames = (gint64)rest;
}

static void
append_all (ZabByteSource *source, const Layout *layout, GBytes *moov)
{
  gint64 file_size = zab_byte_source_get_file_size (source);
  gint64 split = layout->mdat >= 0 ? layout->ftyp_end : layout->moov;
  gint64 moov_end = layout->moov + layout->moov_size;

  zab_byte_source_append_range (source, 0, split);
  zab_byte_source_append_bytes (source, moov);
  zab_byte_source_append_range (source, split, layout->moov - split);
  zab_byte_source_append_range (source, moov_end, file_size - moov_end);
}

/* The moov atom as it is in the file, or NULL. */
static GBytes *
read_moov (const Layout *layout, ZabByteSource *source, GError **error)
{
  g_autofree guint8 *data = g_malloc ((gsize)layout->moov_size);
  GBytes            *bytes;
  ZabMp4Atom         moov;

  if (zab_byte_source_peek (source, layout->moov, data, (gsize)layout->moov_size, error) < 0)
    return NULL;
  bytes = zab_mp4_atom_read (&moov, data, data + layout->moov_size)
              ? zab_mp4_spell_out_sizes (&moov)
              : NULL;
  return bytes ? bytes : g_bytes_new_take (g_steal_pointer (&data), (gsize)layout->moov_size);
}

/* The packets can be cut out of the file without anybody's help. */
static gboolean
take_packets (ZabProbe *self, ZabByteSource *source, const ZabMp4Track *track, GBytes *moov)
{
  gint64 begin, end;

  if (!track->is_aac || !track->is_plain || track->is_fragmented || track->config == NULL
      || !zab_aac_config_parse (&self->aac, track->config, track->config_size))
    return FALSE;
  self->packets = zab_mp4_packets_new (moov, &track->stbl, zab_byte_source_get_file_size (source));
  if (self->packets == NULL)
    return FALSE;
  self->codec = ZAB_CODEC_AAC;
  self->is_cut = self->n_frames < 0 && zab_mp4_packets_is_cut (self->packets);
  zab_mp4_packets_get_range (self->packets, &begin, &end);
  zab_byte_source_append_range (source, begin, end - begin);
  return TRUE;
}

/* Prepares @moov, of @size bytes, which goes before the audio where it was behind it. */
static void
prepare (const Layout *layout, ZabMp4Atom *moov, gsize size, ZabMp4Track *track)
{
  gint64 moov_end = layout->moov + layout->moov_size;

  if (layout->mdat >= 0)
    zab_mp4_prepare (moov, track, (guint64)layout->ftyp_end, (guint64)layout->moov, size);
  else
    zab_mp4_prepare (moov, track, (guint64)moov_end, G_MAXUINT64, size - (gsize)layout->moov_size);
}

static void
set_no_index (const char *name, GError **error)
{
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
               _ ("“%s” is damaged: the MP4 file has no index, as if its recording had been "
                  "cut off"),
                  name);
}

gboolean
zab_probe_mp4 (ZabProbe *self, ZabByteSource *source, const char *name, GError **error)
{
  gint64 file_size = zab_byte_source_get_file_size (source);
  g_autoptr (GBytes) bytes = NULL;
  guint8     *data;
  gsize       size;
  Layout      layout;
  ZabMp4Atom  moov;
  ZabMp4Track track;

  read_layout (&layout, source);
  if (layout.moov < 0 || layout.moov_size > MIN (MAX_MOOV, file_size - layout.moov))
    {
      set_no_index (name, error);
      return FALSE;
    }
  bytes = read_moov (&layout, source, error);
  if (!bytes)
    return FALSE;
  data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size); /* nobody else holds them */
  bytes = g_bytes_new_take (data, size);
  if (!zab_mp4_atom_read (&moov, data, data + size) || !zab_mp4_read (&moov, &track))
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_AUDIO,
                   _ ("“%s” contains no audio"), name);
      return FALSE;
    }
  if (!track.is_aac && !track.is_alac)
    {
      self->codec = ZAB_CODEC_ANY;
      zab_byte_source_append_range (source, 0, file_size);
      return TRUE;
    }
  set_lengths (self, &track);
  if (take_packets (self, source, &track, bytes))
    return TRUE;
  self->codec = track.is_aac ? ZAB_CODEC_MP4_AAC : ZAB_CODEC_MP4_ALAC;
  prepare (&layout, &moov, size, &track);
  append_all (source, &layout, bytes);
  return TRUE;
}
