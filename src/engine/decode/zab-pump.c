/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-pump.h"

#include <glib/gi18n-lib.h>
#include <gst/audio/audio.h>

#include "engine/decode/zab-framer.h"
#include "engine/decode/zab-gst.h"
#include "engine/decode/zab-ogg-caps.h"
#include "engine/decode/zab-ogg-reader.h"
#include "engine/decode/zab-ogg.h"
#include "engine/decode/zab-push-chain.h"
#include "engine/decode/zab-tail.h"
#include "engine/decode/zab-window.h"
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

/* Of files whose packets are all read before the first is decoded. */
enum
{
  MAX_AHEAD_BYTES = 2 * 1024 * 1024,
  MAX_AHEAD = 2048 /* packets */
};

/* What is known of Ogg while its beginning is decoded. */
typedef struct
{
  gint64 granule; /* of the last packet: the number of the frame that it ends with; -1: not told */
  gint64 n_coded; /* Opus: frames in the packets */
  gint64 n_decoded; /* frames that the decoder gave */
} Alignment;

struct _ZabPump
{
  char          *name;
  ZabProbe      *probe;
  ZabByteSource *source;
  ZabPushChain  *chain;
  gsize          chunk; /* bytes to push next */
  ZabFramer      framer;
  ZabWindow      window; /* of codecs that are pushed frame by frame, and of MP4's packets */
  ZabOggReader  *ogg;    /* or NULL */
  Alignment      at;
  gboolean       is_aligned;
  GQueue         pending;      /* of GstSample: decoded while Ogg was aligned */
  GQueue         ahead;        /* of GstBuffer: packets that were read before their turn, */
  guint          n_ahead;      /* at first */
  ZabTail       *tail;         /* decodes the end of them; or NULL */
  gboolean       is_continued; /* by the tail */
  gboolean       fed;          /* the chain has got all bytes, or takes no more */
  GError        *failure;      /* why it takes no more; or NULL */
};

static gsize
get_chunk_size (ZabPump *self)
{
  if (self->probe->codec == ZAB_CODEC_RAW)
    return RAW_CHUNK - RAW_CHUNK % (gsize)GST_AUDIO_INFO_BPF (&self->probe->raw);
  return self->chunk;
}

static void
set_not_readable (ZabPump *self, const GError *cause, GError **error)
{
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_READABLE,
               _ ("“%s” can’t be read: %s"), self->name, cause->message);
}

static gssize
read_bytes (ZabPump *self, void *data, gsize size, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const gssize n = zab_byte_source_read (self->source, data, size, &cause);

  if (n < 0)
    set_not_readable (self, cause, error);
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

/* The next packet of the file's stream: an empty buffer at its end. */
static GstBuffer *
cut_packet (ZabPump *self, GCancellable *cancellable, GError **error)
{
  GstBuffer *buffer;

  while (!(buffer = zab_ogg_reader_pop (self->ogg)) && !zab_ogg_reader_has_ended (self->ogg))
    {
      gssize n = g_cancellable_set_error_if_cancelled (cancellable, error)
                     ? -1
                     : read_bytes (self, zab_ogg_reader_get_room (self->ogg, MAX_CHUNK), MAX_CHUNK,
                                   error);

      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      zab_ogg_reader_add (self->ogg, (gsize)n);
    }
  return buffer ? buffer : gst_buffer_new ();
}

static GstBuffer *
read_packet (ZabPump *self, GCancellable *cancellable, GError **error)
{
  GstBuffer *buffer = g_queue_pop_head (&self->ahead);

  return buffer ? buffer : cut_packet (self, cancellable, error);
}

/* FALSE: they can't be read, or there are too many. */
static gboolean
read_ahead (ZabPump *self, GCancellable *cancellable, GError **error)
{
  for (; self->n_ahead < MAX_AHEAD; self->n_ahead++)
    {
      g_autoptr (GstBuffer) buffer = cut_packet (self, cancellable, error);

      if (!buffer || gst_buffer_get_size (buffer) == 0)
        return buffer != NULL;
      g_queue_push_tail (&self->ahead, g_steal_pointer (&buffer));
    }
  return FALSE;
}

/* FALSE: the packets can't be read. */
static gboolean
start_tail (ZabPump *self, GstCaps *caps, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  if (self->probe->codec != ZAB_CODEC_OPUS
      || zab_byte_source_get_length (self->source) > MAX_AHEAD_BYTES)
    return TRUE;
  if (read_ahead (self, cancellable, &cause))
    self->tail = zab_tail_start (caps, &self->ahead, cancellable);
  if (cause)
    g_propagate_error (error, cause);
  return !cause;
}

/* The packet is sound. Until the stream is aligned it is counted. */
static gboolean
is_sound (ZabPump *self, GstBuffer *buffer)
{
  GstMapInfo map;
  gboolean   result;

  self->probe->is_cut |= GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  if (self->is_aligned)
    return TRUE;
  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  result = self->probe->codec == ZAB_CODEC_VORBIS || !zab_ogg_is_opus_tags (map.data, map.size);
  if (result)
    {
      self->at.granule = (gint64)GST_BUFFER_OFFSET_END (buffer);
      self->at.n_coded += zab_ogg_count_opus (map.data, map.size);
    }
  gst_buffer_unmap (buffer, &map);
  return result;
}

static GstBuffer *
read_sound (ZabPump *self, GCancellable *cancellable, GError **error)
{
  GstBuffer *buffer = read_packet (self, cancellable, error);

  while (buffer && gst_buffer_get_size (buffer) > 0 && !is_sound (self, buffer))
    {
      gst_buffer_unref (buffer);
      buffer = read_packet (self, cancellable, error);
    }
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
  g_autoptr (GError) cause = NULL;

  if (zab_window_fill (&self->window, self->source, MAX_CHUNK, &cause))
    return TRUE;
  set_not_readable (self, cause, error);
  return FALSE;
}

/* The next frame of the file: an empty buffer at its end. */
static GstBuffer *
read_frame (ZabPump *self, GError **error)
{
  ZabWindow  *window = &self->window;
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

/* The next packet of an MP4 file: an empty buffer at its end. */
static GstBuffer *
read_mp4_packet (ZabPump *self, GError **error)
{
  ZabWindow *window = &self->window;
  gint64     begin, end, offset;
  gsize      size;

  if (!zab_mp4_packets_next (self->probe->packets, &offset, &size))
    return gst_buffer_new ();
  zab_mp4_packets_get_range (self->probe->packets, &begin, &end);
  zab_window_skip_to (window, self->source, offset - begin);
  while (window->end - window->begin < size && !window->is_all)
    if (!fill_window (self, error))
      return NULL;
  size = MIN (size, window->end - window->begin); /* it has become shorter meanwhile */
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
  buffer = self->ogg              ? read_sound (self, cancellable, error)
           : self->probe->packets ? read_mp4_packet (self, error)
           : is_framed (self)     ? read_frame (self, error)
                                  : read_chunk (self, error);
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
  if (self->tail && zab_tail_is_ready (self->tail))
    zab_push_chain_drain (self->chain);
  adapt_chunk (self);
  if (cause)
    g_propagate_error (error, cause);
  return !cause;
}

/* The next raw audio that is there; NULL: not before more is fed. */
static GstSample *
pull (ZabPump *self)
{
  GstSample *sample
      = self->is_continued ? zab_tail_pull (self->tail) : zab_push_chain_pull (self->chain);

  if (sample && self->tail && !self->is_continued)
    self->is_continued = zab_tail_continues (self->tail, sample) && self->is_aligned;
  self->fed = self->fed || self->is_continued;
  return sample;
}

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

static void
set_damaged (ZabPump *self, GError **error)
{
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
               _ ("“%s” is damaged and can’t be decoded"), self->name);
}

/* Decodes until the first page with a position has come to its end. */
static gboolean
align (ZabPump *self, GCancellable *cancellable, GError **error)
{
  Alignment *at = &self->at;

  while (!self->fed && (at->n_decoded == 0 || at->granule <= 0))
    {
      GstSample *sample;

      if (!feed (self, cancellable, error))
        return FALSE;
      if (at->granule > 0)
        zab_push_chain_drain (self->chain);
      while ((sample = pull (self)))
        {
          at->n_decoded += zab_gst_count_frames (sample);
          g_queue_push_tail (&self->pending, sample);
        }
    }
  if (at->n_decoded == 0 && !zab_ogg_reader_has_ended (self->ogg))
    {
      set_damaged (self, error);
      return FALSE;
    }
  if (at->granule <= 0)
    return TRUE;
  if (self->probe->codec == ZAB_CODEC_VORBIS)
    align_vorbis (self->probe, at);
  else
    align_opus (self->probe, at);
  return TRUE;
}

/* NULL: what the stream begins with can't be read or makes no sense. */
static GstCaps *
read_ogg_caps (ZabPump *self, GCancellable *cancellable, GError **error)
{
  const gboolean is_vorbis = self->probe->codec == ZAB_CODEC_VORBIS;
  GstBuffer     *headers[ZAB_VORBIS_N_HEADERS] = { NULL };
  const gsize    n_headers = is_vorbis ? ZAB_VORBIS_N_HEADERS : 1;
  GstCaps       *caps = NULL;
  gsize          n = 0;

  self->ogg = zab_ogg_reader_new (self->probe->serial);
  while (n < n_headers && (headers[n] = read_packet (self, cancellable, error)))
    n++;
  if (n == n_headers)
    {
      caps = is_vorbis ? zab_ogg_caps_new_vorbis (headers) : zab_ogg_caps_new_opus (headers[0]);
      if (!caps)
        set_damaged (self, error);
    }
  while (n-- > 0)
    gst_buffer_unref (headers[n]);
  return caps;
}

/* What the chain is to be told before the first byte: NULL, it finds out; or an error. */
static GstCaps *
find_caps (ZabPump *self, GCancellable *cancellable, GError **error)
{
  const ZabFramer first = { .layer = self->probe->layer,
                            .rate = self->probe->rate,
                            .channels = self->probe->channels };

  switch ((int)self->probe->codec)
    {
    case ZAB_CODEC_RAW:
      return gst_audio_info_to_caps (&self->probe->raw);
    case ZAB_CODEC_FLAC:
      zab_framer_init (&self->framer, self->probe->streaminfo);
      return zab_framer_dup_caps (&self->framer);
    case ZAB_CODEC_MPEG:
      return first.layer > 0 ? zab_framer_dup_caps (&first) : NULL;
    case ZAB_CODEC_AAC:
      return zab_aac_config_dup_caps (&self->probe->aac);
    case ZAB_CODEC_VORBIS:
    case ZAB_CODEC_OPUS:
    case ZAB_CODEC_OPUS_SURROUND:
      return read_ogg_caps (self, cancellable, error);
    default:
      return NULL;
    }
}

ZabPump *
zab_pump_new (ZabProbe *probe, ZabByteSource *source, const char *name, gboolean alone,
              GCancellable *cancellable, GError **error)
{
  g_autoptr (ZabPump) self = g_new0 (ZabPump, 1);
  g_autoptr (GstCaps) caps = NULL;
  GError *cause = NULL;

  self->name = g_strdup (name);
  self->probe = probe;
  self->source = source;
  self->chunk = FIRST_CHUNK;
  caps = find_caps (self, cancellable, &cause);
  if (cause)
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  self->chain = zab_push_chain_new (probe->codec, caps, name, error);
  if (!self->chain)
    return NULL;
  zab_push_chain_set_size (self->chain, zab_byte_source_get_length (source));
  if (alone && !start_tail (self, caps, cancellable, error))
    return NULL;
  if (self->ogg && !align (self, cancellable, error))
    return NULL;
  self->is_aligned = TRUE;
  return g_steal_pointer (&self);
}

void
zab_pump_free (ZabPump *self)
{
  g_clear_pointer (&self->tail, zab_tail_free);
  g_queue_clear_full (&self->ahead, (GDestroyNotify)gst_buffer_unref);
  g_queue_clear_full (&self->pending, (GDestroyNotify)gst_sample_unref);
  g_clear_pointer (&self->chain, zab_push_chain_free);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->ogg, zab_ogg_reader_free);
  zab_window_clear (&self->window);
  g_free (self->name);
  g_free (self);
}

GstSample *
zab_pump_next (ZabPump *self, GCancellable *cancellable, GError **error)
{
  GstSample *sample = g_queue_pop_head (&self->pending);

  while (!sample && !(sample = pull (self)))
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
  const gsize left
      = self->ogg ? zab_ogg_reader_get_left (self->ogg) : self->window.end - self->window.begin;
  const double taken = (double)(zab_byte_source_get_position (self->source) - (gint64)left)
                       / (double)zab_byte_source_get_length (self->source);

  if (self->is_continued)
    return 1.0;
  return self->n_ahead > 0 ? taken * (1.0 - (double)self->ahead.length / self->n_ahead) : taken;
}
