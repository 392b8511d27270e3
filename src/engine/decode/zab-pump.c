/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-pump.h"

#include <glib/gi18n-lib.h>
#include <gst/audio/audio.h>
#include <string.h>

#include "engine/decode/zab-framer.h"
#include "engine/decode/zab-ogg.h"
#include "engine/decode/zab-push-chain.h"
#include "engine/load/zab-load-error.h"

/* Bytes pushed at a time. Coded audio begins with few, and goes on with as many as decode to about
 * MAX_DECODED: a kilobyte of silence can become a hundred megabytes. */
enum
{
  RAW_CHUNK = 64 * 1024,
  MIN_CHUNK = 128,
  FIRST_CHUNK = 1024,
  MAX_CHUNK = 16 * 1024,
  MAX_DECODED = 4 * 1024 * 1024
};

/* What was read and not yet pushed, of codecs that are pushed frame by frame. */
typedef struct
{
  guint8  *data;
  gsize    room;
  gsize    begin;
  gsize    end;
  gboolean is_all; /* nothing comes behind it */
} Window;

struct _ZabPump
{
  char          *name;
  ZabProbe      *probe;
  ZabByteSource *source;
  ZabPushChain  *chain;
  gsize          chunk; /* bytes to push next */
  ZabFramer      framer;
  Window         window;
  GQueue         pending; /* of GstSample: decoded while Ogg was aligned */
  gboolean       fed;     /* the chain has got all bytes, or takes no more */
  GError        *failure; /* why it takes no more; or NULL */
};

/* The page at the source's position; FALSE where there is none. */
static gboolean
peek_page (ZabPump *self, guint8 *data, gsize size, ZabOggPage *page)
{
  gssize n = zab_byte_source_peek (self->source, zab_byte_source_get_position (self->source), data,
                                   size, NULL);

  return n > 0 && zab_ogg_page_parse (data, (gsize)n, page);
}

/* Ogg goes page by page, so that what a page decodes to can be told. */
static gsize
get_chunk_size (ZabPump *self)
{
  guint8     head[ZAB_OGG_MAX_HEADER];
  ZabOggPage page;

  if (self->probe->codec == ZAB_CODEC_RAW)
    return RAW_CHUNK - RAW_CHUNK % (gsize)GST_AUDIO_INFO_BPF (&self->probe->raw);
  if (self->probe->format == ZAB_FORMAT_OGG && peek_page (self, head, sizeof head, &page))
    return page.size;
  return self->chunk;
}

static gssize
read_bytes (ZabPump *self, void *data, gsize size, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const gssize n = zab_byte_source_read (self->source, data, size, &cause);

  if (n < 0)
    g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_READABLE,
                 _ ("“%s” can’t be read: %s"), self->name, cause->message);
  return n;
}

/* The next bytes of the file: an empty buffer at its end. */
static GstBuffer *
read_chunk (ZabPump *self, GError **error)
{
  gsize      size = get_chunk_size (self);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);
  GstMapInfo map;
  gssize     n;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  n = read_bytes (self, map.data, size, error);
  gst_buffer_unmap (buffer, &map);
  if (n < 0)
    {
      gst_buffer_unref (buffer);
      return NULL;
    }
  gst_buffer_set_size (buffer, n);
  return buffer;
}

static gboolean
is_framed (ZabPump *self)
{
  return self->probe->codec == ZAB_CODEC_FLAC || self->probe->codec == ZAB_CODEC_MPEG;
}

static void
set_frame_caps (ZabPump *self)
{
  g_autoptr (GstCaps) caps = zab_framer_dup_caps (&self->framer);

  zab_push_chain_set_caps (self->chain, caps);
}

/* FALSE: it can't be read. */
static gboolean
fill_window (ZabPump *self, GError **error)
{
  Window *window = &self->window;
  gssize  n;

  if (window->data != NULL && window->begin > 0)
    memmove (window->data, window->data + window->begin, window->end - window->begin);
  window->end -= window->begin;
  window->begin = 0;
  if (window->room - window->end < MAX_CHUNK)
    {
      window->room = MAX (2 * window->room, (gsize)2 * MAX_CHUNK);
      window->data = g_realloc (window->data, window->room);
    }
  n = read_bytes (self, window->data + window->end, MAX_CHUNK, error);
  if (n < 0)
    return FALSE;
  window->end += (gsize)n;
  window->is_all = n < MAX_CHUNK;
  return TRUE;
}

/* The next frame of the file: an empty buffer at its end. */
static GstBuffer *
read_frame (ZabPump *self, GError **error)
{
  Window     *window = &self->window;
  const guint layer = self->framer.layer, rate = self->framer.rate,
              channels = self->framer.channels;
  gsize size = 0;
  gsize skip = 0;

  while (TRUE)
    {
      if (window->data != NULL)
        size = zab_framer_next (&self->framer, window->data + window->begin,
                                window->end - window->begin, window->is_all, &skip);
      window->begin += skip;
      if (size > 0 || window->is_all)
        break;
      if (!fill_window (self, error))
        return NULL;
    }
  if (layer != self->framer.layer || rate != self->framer.rate || channels != self->framer.channels)
    set_frame_caps (self);
  if (size == 0)
    return gst_buffer_new ();
  window->begin += size;
  return gst_buffer_new_memdup (window->data + window->begin - size, size);
}

static void
adapt_chunk (ZabPump *self)
{
  gsize decoded = zab_push_chain_get_queued (self->chain);

  if (decoded > MAX_DECODED)
    self->chunk = MAX (self->chunk * MAX_DECODED / decoded, (gsize)MIN_CHUNK);
  else if (decoded < MAX_DECODED / 4)
    self->chunk = MIN (self->chunk * 2, (gsize)MAX_CHUNK);
}

static gboolean
feed (ZabPump *self, GCancellable *cancellable, GError **error)
{
  GstBuffer *buffer;
  GError    *cause = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  buffer = is_framed (self) ? read_frame (self, error) : read_chunk (self, error);
  if (!buffer)
    return FALSE;
  if (gst_buffer_get_size (buffer) > 0)
    self->fed = !zab_push_chain_push (self->chain, buffer, cancellable, &cause);
  else
    {
      gst_buffer_unref (buffer);
      zab_push_chain_end (self->chain, cancellable, &cause);
      self->fed = TRUE;
    }
  adapt_chunk (self);
  if (cause)
    g_propagate_error (error, cause);
  return !cause;
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

/* What is known once @n_decoded frames have come out of the first pages. */
typedef struct
{
  gint64 granule;   /* of the last of these pages: the number of the frame that it ends with */
  gint64 n_coded;   /* Opus: frames in their packets */
  gint64 n_decoded; /* frames that the decoder gave */
} Alignment;

/* Where decoding gives more or fewer frames than the page's number, the stream begins before or
 * behind its own zero. */
static void
align_vorbis (ZabProbe *probe, const Alignment *at)
{
  if (at->granule < at->n_decoded && (probe->granule < 0 || at->granule < probe->granule))
    probe->skip = at->n_decoded - at->granule;
  if (probe->granule >= 0)
    probe->n_frames = probe->granule - MAX (0, at->granule - at->n_decoded);
}

/* Some decoders leave out the pre-skip themselves, some don't. */
static void
align_opus (ZabProbe *probe, const Alignment *at)
{
  gint64 pre_skip = probe->skip;

  probe->skip = CLAMP (pre_skip - (at->n_coded - at->n_decoded), 0, pre_skip);
  if (probe->granule >= 0)
    probe->n_frames = MAX (0, probe->granule - MAX (0, at->granule - at->n_coded) - pre_skip);
}

static gboolean
align (ZabPump *self, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *data = g_malloc0 (ZAB_OGG_MAX_PAGE);
  Alignment          at = { 0 };

  while (!self->fed && (at.n_decoded == 0 || at.granule <= 0))
    {
      ZabOggPage page;
      GstSample *sample;

      if (peek_page (self, data, ZAB_OGG_MAX_PAGE, &page))
        {
          at.granule = page.granule;
          if (page.granule != 0) /* 0: a header */
            at.n_coded += zab_ogg_page_count_opus (data, &page);
        }
      if (!feed (self, cancellable, error))
        return FALSE;
      while ((sample = zab_push_chain_pull (self->chain)))
        {
          at.n_decoded += count_frames (sample);
          g_queue_push_tail (&self->pending, sample);
        }
    }
  if (at.granule <= 0)
    return TRUE;
  if (self->probe->codec == ZAB_CODEC_VORBIS)
    align_vorbis (self->probe, &at);
  else
    align_opus (self->probe, &at);
  return TRUE;
}

static void
set_caps (ZabPump *self)
{
  g_autoptr (GstCaps) caps = NULL;

  if (self->probe->codec == ZAB_CODEC_RAW)
    {
      caps = gst_audio_info_to_caps (&self->probe->raw);
      zab_push_chain_set_caps (self->chain, caps);
    }
  else if (is_framed (self))
    {
      const gboolean is_flac = self->probe->codec == ZAB_CODEC_FLAC;

      zab_framer_init (&self->framer, is_flac ? self->probe->streaminfo : NULL);
      if (is_flac)
        set_frame_caps (self);
    }
}

ZabPump *
zab_pump_new (ZabProbe *probe, ZabByteSource *source, const char *name, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (ZabPump) self = g_new0 (ZabPump, 1);

  self->name = g_strdup (name);
  self->probe = probe;
  self->source = source;
  self->chunk = FIRST_CHUNK;
  self->chain = zab_push_chain_new (probe->codec, name, error);
  if (!self->chain)
    return NULL;
  set_caps (self);
  zab_push_chain_set_size (self->chain, zab_byte_source_get_length (source));
  if (probe->format == ZAB_FORMAT_OGG && !align (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
zab_pump_free (ZabPump *self)
{
  g_queue_clear_full (&self->pending, (GDestroyNotify)gst_sample_unref);
  g_clear_pointer (&self->chain, zab_push_chain_free);
  g_clear_error (&self->failure);
  g_free (self->window.data);
  g_free (self->name);
  g_free (self);
}

GstSample *
zab_pump_next (ZabPump *self, GCancellable *cancellable, GError **error)
{
  GstSample *sample = g_queue_pop_head (&self->pending);

  while (!sample && !(sample = zab_push_chain_pull (self->chain)))
    {
      if (self->failure)
        g_propagate_error (error, g_steal_pointer (&self->failure));
      if (self->fed)
        return NULL;
      if (!feed (self, cancellable, &self->failure))
        self->fed = TRUE; /* what came out before it failed is given first */
    }
  return sample;
}

double
zab_pump_get_fraction (ZabPump *self)
{
  const gsize ahead = self->window.end - self->window.begin;

  return (double)(zab_byte_source_get_position (self->source) - (gint64)ahead)
         / (double)zab_byte_source_get_length (self->source);
}
