/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-tail.h"

#include <string.h>

#include "engine/decode/zab-gst.h"
#include "engine/decode/zab-helper.h"
#include "engine/decode/zab-ogg-caps.h"
#include "engine/decode/zab-ogg.h"
#include "engine/decode/zab-push-chain.h"

/* Frames at 48 kHz. */
enum
{
  SETTLED = 15360,    /* that both give alike: see docs/decisions/opus-by-two.md */
  COMMON = 47040,     /* that both decode, as a rule: it takes 0.6 s until they are alike */
  MIN_FRAMES = 65280, /* of a stream that is worth it */
  MAX_FRAMES = 524288 /* of a tail: 4 MiB in stereo */
};

/* What one thread decodes and the other reads: a sample is there to be read once it is counted. */
struct _ZabTail
{
  GstCaps      *caps;
  GCancellable *cancellable; /* or NULL */
  GPtrArray    *packets;     /* of GstBuffer */
  gint64        begin;       /* frame of the stream */
  GPtrArray    *samples;     /* of GstSample, with room for all from the beginning */
  gint          n_samples;   /* atomic */
  gint          has_ended;   /* atomic: there are all samples */
  gint          is_stopped;  /* atomic: nobody wants them */

  /* Of who decodes the front. */
  gint64 position;     /* frame of the stream that comes next */
  gint64 n_alike;      /* frames before it */
  guint  sample;       /* of the tail, that is looked at */
  gint64 sample_begin; /* frame of the stream */
};

/* --- The helper ------------------------------------------------------------------------------- */

static void
clear (gpointer data)
{
  ZabTail *self = data;

  g_ptr_array_unref (self->samples);
  g_ptr_array_unref (self->packets);
  gst_caps_unref (self->caps);
  g_clear_object (&self->cancellable);
}

/* An appsink wants its own back before it is flushed. */
static GstSample *
steal (GstSample *sample)
{
  GstSample *own
      = gst_sample_new (gst_sample_get_buffer (sample), gst_sample_get_caps (sample), NULL, NULL);

  gst_sample_unref (sample);
  return own;
}

/* FALSE: more than there can be. */
static gboolean
take_samples (ZabTail *self, ZabPushChain *chain)
{
  GstSample *sample;

  while ((sample = zab_push_chain_pull (chain)))
    {
      if (self->samples->len == self->packets->len)
        {
          gst_sample_unref (sample);
          return FALSE;
        }
      g_ptr_array_add (self->samples, steal (sample));
      g_atomic_int_inc (&self->n_samples);
    }
  return TRUE;
}

static gboolean
decode_all (ZabTail *self, ZabPushChain *chain)
{
  for (guint i = 0; i < self->packets->len; i++)
    if (g_atomic_int_get (&self->is_stopped)
        || !zab_push_chain_push (chain, gst_buffer_ref (self->packets->pdata[i]), self->cancellable,
                                 NULL)
        || !take_samples (self, chain))
      return FALSE;
  return zab_push_chain_end (chain, self->cancellable, NULL) && take_samples (self, chain);
}

/* ZabHelperFunc. Nobody is told why it fails: the front goes on. */
static void
decode (gpointer data)
{
  ZabTail      *self = data;
  ZabPushChain *chain = zab_push_chain_new (ZAB_CODEC_OPUS, self->caps, "", NULL);

  if (chain && decode_all (self, chain))
    g_atomic_int_set (&self->has_ended, TRUE);
  g_clear_pointer (&chain, zab_push_chain_free);
  g_atomic_rc_box_release_full (self, clear);
}

/* --- Where it begins -------------------------------------------------------------------------- */

/* Frames in a packet; -1: something is missing before it. */
static gint64
count_frames (GstBuffer *packet)
{
  GstMapInfo map;
  gint64     n = -1;

  if (GST_BUFFER_FLAG_IS_SET (packet, GST_BUFFER_FLAG_DISCONT)
      || !gst_buffer_map (packet, &map, GST_MAP_READ))
    return -1;
  n = zab_ogg_is_opus_tags (map.data, map.size) ? 0 : zab_ogg_count_opus (map.data, map.size);
  gst_buffer_unmap (packet, &map);
  return n;
}

static gint64
count_all_frames (GQueue *packets)
{
  gint64 total = 0;
  gint64 n;

  for (GList *link = packets->head; link; link = link->next)
    {
      n = count_frames (link->data);
      if (n < 0)
        return -1;
      total += n;
    }
  return total;
}

/* Both get as much to do. */
static void
take_rear (ZabTail *self, GQueue *packets, gint64 n_frames)
{
  const gint64 begin = MAX ((n_frames - COMMON) / 2, n_frames - MAX_FRAMES);
  GList       *link = packets->head;

  for (; link && self->begin < begin; link = link->next)
    self->begin += count_frames (link->data);
  for (; link; link = link->next)
    g_ptr_array_add (self->packets, gst_buffer_ref (link->data));
}

ZabTail *
zab_tail_start (GstCaps *caps, GQueue *packets, GCancellable *cancellable)
{
  const gint64 n_frames = count_all_frames (packets);
  ZabTail     *self;

  if (n_frames < MIN_FRAMES)
    return NULL;
  self = g_atomic_rc_box_new0 (ZabTail);
  self->caps = gst_caps_ref (caps);
  self->cancellable = cancellable ? g_object_ref (cancellable) : NULL;
  self->packets = g_ptr_array_new_with_free_func ((GDestroyNotify)gst_buffer_unref);
  take_rear (self, packets, n_frames);
  self->samples = g_ptr_array_new_full (self->packets->len, (GDestroyNotify)gst_sample_unref);
  self->sample_begin = self->begin;
  if (!zab_helper_run (decode, g_atomic_rc_box_acquire (self)))
    {
      g_atomic_rc_box_release (self);
      g_clear_pointer (&self, zab_tail_free);
    }
  return self;
}

void
zab_tail_free (ZabTail *self)
{
  g_atomic_int_set (&self->is_stopped, TRUE);
  g_atomic_rc_box_release_full (self, clear);
}

/* --- Where it continues the front ------------------------------------------------------------- */

/* The tail's sample that holds the position: NULL, it is not decoded yet. */
static GstSample *
find (ZabTail *self)
{
  while (self->sample < (guint)g_atomic_int_get (&self->n_samples))
    {
      GstSample   *sample = self->samples->pdata[self->sample];
      const gint64 n = zab_gst_count_frames (sample);

      if (self->sample_begin + n > self->position)
        return sample;
      self->sample_begin += n;
      self->sample++;
    }
  return NULL;
}

/* Silence tells nothing of what a decoder has in mind. */
static gboolean
is_silent (const guint8 *data, gsize size)
{
  return data[0] == 0 && memcmp (data, data + 1, size - 1) == 0;
}

/* @data is what the front has at the position, and @size not more than the sample has there. */
static void
compare (ZabTail *self, GstSample *sample, const guint8 *data, gsize size, gsize width)
{
  const gsize offset = (gsize)(self->position - self->sample_begin) * width;
  GstBuffer  *buffer = gst_sample_get_buffer (sample);

  if (gst_buffer_memcmp (buffer, offset, data, size) != 0)
    self->n_alike = 0;
  else if (!is_silent (data, size))
    self->n_alike += (gint64)(size / width);
}

/* Compares as much of @n_frames as one of the tail's samples has; how many there were. */
static gint64
step (ZabTail *self, GstSample *front, const guint8 *data, gint64 n_frames, gsize width)
{
  GstSample *sample = find (self);
  gint64     n = n_frames;

  if (self->position < self->begin)
    n = MIN (n, self->begin - self->position);
  else if (sample)
    n = MIN (n, self->sample_begin + zab_gst_count_frames (sample) - self->position);
  if (self->position >= self->begin && sample
      && gst_caps_is_equal (gst_sample_get_caps (sample), gst_sample_get_caps (front)))
    compare (self, sample, data, (gsize)n * width, width);
  else
    self->n_alike = 0;
  self->position += n;
  return n;
}

gboolean
zab_tail_continues (ZabTail *self, GstSample *sample)
{
  const gsize  width = zab_gst_get_frame_size (sample);
  const gint64 n_frames = zab_gst_count_frames (sample);
  GstBuffer   *buffer = gst_sample_get_buffer (sample);
  gint64       done = 0;
  GstMapInfo   map;

  if (width == 0 || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  while (done < n_frames)
    done += step (self, sample, map.data + (gsize)done * width, n_frames - done, width);
  gst_buffer_unmap (buffer, &map);
  return zab_tail_is_ready (self);
}

gboolean
zab_tail_is_ready (ZabTail *self)
{
  return self->n_alike >= SETTLED && g_atomic_int_get (&self->has_ended);
}

static GstSample *
cut (GstSample *sample, gint64 n_frames)
{
  const gsize begin = (gsize)n_frames * zab_gst_get_frame_size (sample);
  GstBuffer  *whole = gst_sample_get_buffer (sample);
  GstBuffer  *rest = gst_buffer_copy_region (whole, GST_BUFFER_COPY_MEMORY, begin,
                                             gst_buffer_get_size (whole) - begin);
  GstSample  *result = gst_sample_new (rest, gst_sample_get_caps (sample), NULL, NULL);

  gst_buffer_unref (rest);
  return result;
}

GstSample *
zab_tail_pull (ZabTail *self)
{
  GstSample   *sample = find (self);
  const gint64 skip = self->position - self->sample_begin;

  if (!sample)
    return NULL;
  self->position = self->sample_begin + zab_gst_count_frames (sample);
  return skip > 0 ? cut (sample, skip) : gst_sample_ref (sample);
}
