/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-decoder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "engine/zab-byte-source.h"
#include "engine/zab-gst.h"
#include "engine/zab-load-error.h"
#include "engine/zab-ogg.h"
#include "engine/zab-pcm.h"
#include "engine/zab-probe.h"
#include "engine/zab-push-chain.h"

enum
{
  RAW_CHUNK = 64 * 1024,
  CODED_CHUNK = 16 * 1024 /* a few bytes can decode to a megabyte */
};

struct _ZabDecoder
{
  char          *name;
  ZabByteSource *source;
  ZabProbe       probe;
  ZabPushChain  *chain;
  ZabPcm         pcm;
  GQueue         pending; /* of GstSample: decoded while opening */
  ZabAudioInfo   info;
  gint64         skip;     /* frames still to be left out */
  gint64         n_given;  /* frames that read () gave */
  gboolean       fed;      /* the chain has got all bytes, or takes no more */
  gboolean       is_short; /* it ended before it should */
  double         fraction;
  char          *warning;
};

static gint64
check_file (int fd, const char *name, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) < 0)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_READABLE,
                   _ ("“%s” can't be read: %s"), name, g_strerror (errno));
      return -1;
    }
  if (S_ISDIR (info.st_mode))
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is a folder: choose a file in it"), name);
      return -1;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is a device or a pipe, not a file"), name);
      return -1;
    }
  if (info.st_size == 0)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_EMPTY, _ ("“%s” is empty"), name);
      return -1;
    }
  return info.st_size;
}

/* Reading fails in GIO's terms; the user is told in ours. */
static void
set_read_error (GError **error, const char *name, GError *cause)
{
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_READABLE,
               _ ("“%s” can't be read: %s"), name, cause->message);
  g_error_free (cause);
}

/* How many bytes to push next: Ogg goes page by page, so that positions can be told apart. */
static gsize
get_chunk_size (ZabDecoder *self)
{
  guint8     head[ZAB_OGG_MAX_HEADER];
  gssize     size;
  ZabOggPage page;

  if (self->probe.format != ZAB_FORMAT_OGG)
    return self->probe.codec == ZAB_CODEC_WAV || self->probe.codec == ZAB_CODEC_AIFF ? RAW_CHUNK
                                                                                     : CODED_CHUNK;
  size = zab_byte_source_peek (self->source, zab_byte_source_get_position (self->source), head,
                               sizeof head, NULL);
  return size > 0 && zab_ogg_page_parse (head, (gsize)size, &page) ? page.size : CODED_CHUNK;
}

/* The next bytes of the file: an empty buffer at its end. */
static GstBuffer *
read_chunk (ZabDecoder *self, GError **error)
{
  gsize      size = get_chunk_size (self);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);
  GError    *cause = NULL;
  GstMapInfo map;
  gssize     n;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  n = zab_byte_source_read (self->source, map.data, size, &cause);
  gst_buffer_unmap (buffer, &map);
  if (n < 0)
    {
      gst_buffer_unref (buffer);
      set_read_error (error, self->name, cause);
      return NULL;
    }
  gst_buffer_set_size (buffer, n);
  return buffer;
}

/* What went wrong behind the first sound is a warning: that sound is there, after all. */
static gboolean
end_feeding (ZabDecoder *self, GError *cause, GError **error)
{
  self->fed = TRUE;
  if (!cause)
    return TRUE;
  if (self->pcm.caps && cause->domain == ZAB_LOAD_ERROR)
    {
      self->is_short = TRUE;
      g_error_free (cause);
      return TRUE;
    }
  g_propagate_error (error, cause);
  return FALSE;
}

static gboolean
feed (ZabDecoder *self, GCancellable *cancellable, GError **error)
{
  GError    *cause = NULL;
  GstBuffer *buffer;
  gsize      size;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  buffer = read_chunk (self, error);
  if (!buffer)
    return FALSE;
  size = gst_buffer_get_size (buffer);
  if (size == 0)
    {
      gst_buffer_unref (buffer);
      zab_push_chain_end (self->chain, cancellable, &cause);
      return end_feeding (self, cause, error);
    }
  if (!zab_push_chain_push (self->chain, buffer, cancellable, &cause))
    return end_feeding (self, cause, error);
  self->fraction = (double)zab_byte_source_get_position (self->source)
                   / (double)zab_byte_source_get_length (self->source);
  return TRUE;
}

static GstSample *
pull (ZabDecoder *self)
{
  GstSample *sample = g_queue_pop_head (&self->pending);

  return sample ? sample : zab_push_chain_pull (self->chain);
}

/* Makes frames ready in self->pcm: FALSE at the end or on error. */
static gboolean
fill (ZabDecoder *self, GCancellable *cancellable, GError **error)
{
  while (zab_pcm_get_left (&self->pcm) == 0)
    {
      GstSample *sample = pull (self);

      if (sample)
        {
          gsize skip;

          if (!zab_pcm_take (&self->pcm, sample))
            {
              g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                           _ ("“%s” is damaged and can't be decoded"), self->name);
              return FALSE;
            }
          skip = (gsize)MIN (self->skip, (gint64)zab_pcm_get_left (&self->pcm));
          zab_pcm_skip (&self->pcm, skip);
          self->skip -= (gint64)skip;
        }
      else if (self->fed || !feed (self, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static gint64
count_frames (GstSample *sample)
{
  GstAudioInfo info;

  if (!gst_audio_info_from_caps (&info, gst_sample_get_caps (sample)))
    return 0;
  return (gint64)(gst_buffer_get_size (gst_sample_get_buffer (sample))
                  / (gsize)GST_AUDIO_INFO_BPF (&info));
}

/* Ogg numbers the frame that each page ends with. Where decoding gives more or fewer frames up to
 * the first such page than its number, the stream begins before or behind its own zero. */
static gboolean
align_ogg (ZabDecoder *self, GCancellable *cancellable, GError **error)
{
  gint64 n_decoded = 0;
  gint64 granule = 0;

  while (!self->fed && (n_decoded == 0 || granule <= 0))
    {
      guint8     head[ZAB_OGG_MAX_HEADER];
      ZabOggPage page;
      GstSample *sample;
      gssize size = zab_byte_source_peek (self->source, zab_byte_source_get_position (self->source),
                                          head, sizeof head, NULL);

      if (size > 0 && zab_ogg_page_parse (head, (gsize)size, &page))
        granule = page.granule;
      if (!feed (self, cancellable, error))
        return FALSE;
      while ((sample = zab_push_chain_pull (self->chain)))
        {
          n_decoded += count_frames (sample);
          g_queue_push_tail (&self->pending, sample);
        }
    }
  g_debug ("%s: first granule %" G_GINT64_FORMAT ", decoded %" G_GINT64_FORMAT
           ", last %" G_GINT64_FORMAT,
           self->name, granule, n_decoded, self->probe.granule);
  if (self->probe.granule < 0 || granule <= 0)
    return TRUE;
  if (self->probe.codec == ZAB_CODEC_VORBIS)
    {
      if (granule < self->probe.granule && granule < n_decoded)
        self->probe.skip = n_decoded - granule;
      self->probe.n_frames = self->probe.granule - MAX (0, granule - n_decoded);
    }
  else
    self->probe.n_frames = self->probe.granule - self->probe.skip;
  return TRUE;
}

static gboolean
start (ZabDecoder *self, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  if (self->probe.format == ZAB_FORMAT_OGG && !align_ogg (self, cancellable, error))
    return FALSE;
  self->skip = self->probe.skip;
  if (!fill (self, cancellable, &cause))
    {
      if (cause)
        g_propagate_error (error, cause);
      else
        g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_EMPTY,
                     _ ("“%s” contains no sound: not one sample could be decoded"), self->name);
      return FALSE;
    }
  self->info.rate = (guint)GST_AUDIO_INFO_RATE (&self->pcm.info);
  self->info.channels = self->pcm.n_channels;
  self->info.n_frames = self->probe.n_frames;
  return zab_probe_check (self->name, self->info.rate,
                          (guint64)GST_AUDIO_INFO_CHANNELS (&self->pcm.info), error);
}

ZabDecoder *
zab_decoder_open (int fd, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZabDecoder) self = NULL;
  gint64 size;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  size = check_file (fd, name, error);
  if (size < 0)
    return NULL;
  self = g_new0 (ZabDecoder, 1);
  self->name = g_strdup (name);
  self->source = zab_byte_source_new (fd, size);
  if (!zab_probe_run (&self->probe, self->source, name, error) || !zab_gst_init (error))
    return NULL;
  if (self->probe.codec == ZAB_CODEC_ANY)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_AUDIO,
                   _ ("“%s” contains no audio that Zabumba knows"), name);
      return NULL;
    }
  self->chain = zab_push_chain_new (self->probe.codec, name, error);
  if (!self->chain)
    return NULL;
  zab_push_chain_set_size (self->chain, zab_byte_source_get_length (self->source));
  if (!start (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
zab_decoder_free (ZabDecoder *self)
{
  zab_pcm_clear (&self->pcm);
  g_queue_clear_full (&self->pending, (GDestroyNotify)gst_sample_unref);
  g_clear_pointer (&self->chain, zab_push_chain_free);
  zab_byte_source_free (self->source);
  g_free (self->warning);
  g_free (self->name);
  g_free (self);
}

const ZabAudioInfo *
zab_decoder_get_info (ZabDecoder *self)
{
  return &self->info;
}

static void
finish (ZabDecoder *self)
{
  self->fraction = 1;
  if (self->info.n_frames > self->n_given || self->probe.is_cut)
    self->is_short = TRUE;
  if (self->is_short && !self->warning)
    self->warning = g_strdup_printf (
        _ ("“%s” is cut off or damaged: only what is left of it has been loaded"), self->name);
}

gssize
zab_decoder_read (ZabDecoder *self, float *frames, gsize max_frames, GCancellable *cancellable,
                  GError **error)
{
  gsize   done = 0;
  GError *cause = NULL;

  g_return_val_if_fail (max_frames > 0 && max_frames <= G_MAXSSIZE, -1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  if (self->info.n_frames >= 0)
    max_frames = MIN (max_frames, (gsize)(self->info.n_frames - self->n_given));
  while (done < max_frames && fill (self, cancellable, &cause))
    {
      gsize n = MIN (max_frames - done, zab_pcm_get_left (&self->pcm));

      zab_pcm_read (&self->pcm, n, frames + done * self->info.channels);
      done += n;
    }
  if (cause)
    {
      g_propagate_error (error, cause);
      return -1;
    }
  self->n_given += (gint64)done;
  if (done == 0)
    finish (self);
  return (gssize)done;
}

double
zab_decoder_get_fraction (ZabDecoder *self)
{
  return self->fraction;
}

const char *
zab_decoder_get_warning (ZabDecoder *self)
{
  return self->warning;
}
