/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-libav-element.h"

#include <gst/audio/audio.h>
#include <libavcodec/avcodec.h>
#include <string.h>

enum
{
  BATCH = 4096,     /* frames that are pushed at a time, at least: what a buffer costs on its way is
                       as much as half of a short packet's decoding */
  MIN_PACKET = 4096 /* bytes that there is room for */
};

typedef struct
{
  const char *factory;
  const char *type;
  const char *decoder;   /* by libavcodec's name */
  const char *caps;      /* of what goes in */
  guint       n_headers; /* of the "streamheader" that the decoder wants */
  gboolean    reopens;   /* its flush leaves something behind */
} Codec;

/* AAC's noise goes on where it was, and so does the upper half of HE-AAC's spectrum. */
static const Codec codecs[] = {
  { "zabaac", "ZabAacElement", "aac", "audio/mpeg, mpegversion = (int) { 2, 4 }", 0, TRUE },
  { "zabmp3", "ZabMp3Element", "mp3float", "audio/mpeg, mpegversion = (int) 1", 0, FALSE },
  { "zabopus", "ZabOpusElement", "opus", "audio/x-opus", 1, FALSE },
  { "zabvorbis", "ZabVorbisElement", "vorbis", "audio/x-vorbis", 3, FALSE },
};

typedef struct
{
  GstElement      parent_instance;
  GstPad         *src;
  const AVCodec  *codec;
  AVCodecContext *context; /* NULL: to be opened with the next packet */
  AVPacket       *packet;
  AVFrame        *frame;
  GByteArray     *headers; /* as libavcodec wants them */
  GstEvent       *segment; /* not told yet, since it goes behind the caps; or NULL */
  guint           rate;    /* of what is pushed; 0: not told yet */
  guint           channels;
  float          *batch;   /* what is to be pushed next; or NULL */
  gsize           n_batch; /* frames in it, */
  gsize           room;    /* and that it can hold */
  gboolean        is_fed;  /* something has been pushed in, since the last segment's begin */
  gboolean        has_given;
} ZabLibavElement;

typedef struct
{
  GstElementClass parent_class;
  const Codec    *codec;
} ZabLibavElementClass;

static gpointer parent_class;

/* --- What comes out --------------------------------------------------------------------------- */

static void
push_segment (ZabLibavElement *self)
{
  if (self->segment != NULL)
    gst_pad_push_event (self->src, g_steal_pointer (&self->segment));
}

/* More than two channels are in WAV's order, where they are in libav's own. */
static void
tell_format (ZabLibavElement *self)
{
  const AVChannelLayout  *layout = &self->frame->ch_layout;
  GstAudioChannelPosition positions[64];
  gboolean                is_known;
  GstAudioInfo            info;
  GstCaps                *caps;

  is_known
      = self->channels > 2 && layout->order == AV_CHANNEL_ORDER_NATIVE
        && gst_audio_channel_positions_from_mask ((gint)self->channels, layout->u.mask, positions);
  gst_audio_info_init (&info);
  gst_audio_info_set_format (&info, GST_AUDIO_FORMAT_F32, (gint)self->rate, (gint)self->channels,
                             is_known ? positions : NULL);
  caps = gst_audio_info_to_caps (&info);
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_caps_unref (caps);
}

static void
interleave (const AVFrame *frame, gsize channels, float *out)
{
  const gsize         n_frames = (gsize)frame->nb_samples;
  const float *const *planes = (const float *const *)frame->extended_data;

  if (channels == 1)
    memcpy (out, planes[0], n_frames * sizeof *out);
  else if (channels == 2)
    for (gsize i = 0; i < n_frames; i++)
      {
        out[2 * i] = planes[0][i];
        out[2 * i + 1] = planes[1][i];
      }
  else
    for (gsize c = 0; c < channels; c++)
      for (gsize i = 0; i < n_frames; i++)
        out[i * channels + c] = planes[c][i];
}

static GstFlowReturn
push_batch (ZabLibavElement *self)
{
  const gsize width = self->channels * sizeof (float);
  float      *batch = g_steal_pointer (&self->batch);
  const gsize n = self->n_batch;

  self->n_batch = 0;
  if (batch == NULL)
    return GST_FLOW_OK;
  push_segment (self);
  return gst_pad_push (self->src,
                       gst_buffer_new_wrapped_full ((GstMemoryFlags)0, batch, self->room * width, 0,
                                                    n * width, batch, g_free));
}

static void
append_frame (ZabLibavElement *self)
{
  const gsize n = (gsize)self->frame->nb_samples;

  if (self->batch == NULL || self->n_batch + n > self->room)
    {
      self->room = MAX (self->n_batch, (gsize)BATCH) + n;
      self->batch = g_renew (float, self->batch, self->room * self->channels);
    }
  interleave (self->frame, self->channels, self->batch + self->n_batch * self->channels);
  self->n_batch += n;
  self->has_given = TRUE;
}

static GstFlowReturn
take_frame (ZabLibavElement *self)
{
  const AVFrame *frame = self->frame;
  const guint    rate = (guint)frame->sample_rate;
  const guint    channels = (guint)frame->ch_layout.nb_channels;
  GstFlowReturn  flow = GST_FLOW_OK;

  if (frame->format != AV_SAMPLE_FMT_FLTP || channels > 64)
    return GST_FLOW_NOT_NEGOTIATED;
  if (self->rate != rate || self->channels != channels)
    {
      flow = push_batch (self);
      self->rate = rate;
      self->channels = channels;
      tell_format (self);
    }
  append_frame (self);
  return flow == GST_FLOW_OK && self->n_batch >= BATCH ? push_batch (self) : flow;
}

/* --- Headers ---------------------------------------------------------------------------------- */

static void
append_buffer (GByteArray *bytes, GstBuffer *buffer)
{
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  g_byte_array_append (bytes, map.data, (guint)map.size);
  gst_buffer_unmap (buffer, &map);
}

static void
append_byte (GByteArray *bytes, gsize value)
{
  const guint8 byte = (guint8)value;

  g_byte_array_append (bytes, &byte, 1);
}

static GstBuffer *
get_header (const GValue *headers, guint i)
{
  return gst_value_get_buffer (gst_value_array_get_value (headers, i));
}

/* Xiph's lacing: how many but the last, the sizes of all but the last, and all of them. One goes
 * alone. */
static gboolean
lace (GByteArray *bytes, const GValue *headers, guint n)
{
  if (headers == NULL || gst_value_array_get_size (headers) < n)
    return FALSE;
  if (n > 1)
    append_byte (bytes, n - 1);
  for (guint i = 0; i + 1 < n; i++)
    {
      gsize size = gst_buffer_get_size (get_header (headers, i));

      for (; size >= 255; size -= 255)
        append_byte (bytes, 255);
      append_byte (bytes, size);
    }
  for (guint i = 0; i < n; i++)
    append_buffer (bytes, get_header (headers, i));
  return TRUE;
}

static gboolean
set_caps (ZabLibavElement *self, const Codec *codec, const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const GValue       *data = gst_structure_get_value (structure, "codec_data");

  push_batch (self);
  avcodec_free_context (&self->context);
  self->rate = 0;
  g_byte_array_set_size (self->headers, 0);
  if (codec->n_headers > 0)
    return lace (self->headers, gst_structure_get_value (structure, "streamheader"),
                 codec->n_headers);
  if (data != NULL)
    append_buffer (self->headers, gst_value_get_buffer (data));
  return TRUE;
}

/* --- Decoding --------------------------------------------------------------------------------- */

static gboolean
open_decoder (ZabLibavElement *self)
{
  AVCodecContext *context = avcodec_alloc_context3 (self->codec);
  const gsize     size = self->headers->len;

  context->thread_count = 1;
  if (size > 0)
    {
      context->extradata = av_mallocz (size + AV_INPUT_BUFFER_PADDING_SIZE);
      context->extradata_size = (int)size;
      memcpy (context->extradata, self->headers->data, size);
    }
  if (avcodec_open2 (context, self->codec, NULL) < 0)
    avcodec_free_context (&context);
  self->context = context;
  return context != NULL;
}

/* A packet, or with NULL what the decoder has kept to the end. What is damaged is missing in the
 * end, and that is told. */
static GstFlowReturn
decode (ZabLibavElement *self, AVPacket *packet)
{
  GstFlowReturn flow = GST_FLOW_OK;

  avcodec_send_packet (self->context, packet);
  while (flow == GST_FLOW_OK && avcodec_receive_frame (self->context, self->frame) >= 0)
    flow = take_frame (self);
  return flow;
}

/* In memory that libavcodec need not copy, with the zeros behind it that it may read. */
static gboolean
fill_packet (AVPacket *packet, const guint8 *data, gsize size)
{
  const gsize needed = size + AV_INPUT_BUFFER_PADDING_SIZE;

  if (packet->buf == NULL || packet->buf->size < needed || !av_buffer_is_writable (packet->buf))
    {
      av_buffer_unref (&packet->buf);
      packet->buf = av_buffer_alloc (MAX (needed, (gsize)MIN_PACKET));
    }
  if (packet->buf == NULL)
    return FALSE;
  packet->data = packet->buf->data;
  packet->size = (int)size;
  memcpy (packet->data, data, size);
  memset (packet->data + size, 0, AV_INPUT_BUFFER_PADDING_SIZE);
  return TRUE;
}

static GstFlowReturn
on_chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  ZabLibavElement *self = (ZabLibavElement *)parent;
  GstFlowReturn    flow = GST_FLOW_ERROR;
  GstMapInfo       map;

  self->is_fed = TRUE;
  if (self->context == NULL && !open_decoder (self))
    GST_ELEMENT_ERROR (self, STREAM, DECODE, (NULL), ("its head makes no sense"));
  else if (gst_buffer_map (buffer, &map, GST_MAP_READ))
    {
      if (fill_packet (self->packet, map.data, map.size))
        flow = decode (self, self->packet);
      gst_buffer_unmap (buffer, &map);
    }
  gst_buffer_unref (buffer);
  return flow;
}

/* --- Events ----------------------------------------------------------------------------------- */

static void
finish (ZabLibavElement *self)
{
  if (self->context != NULL && self->is_fed)
    decode (self, NULL);
  if (self->is_fed && !self->has_given)
    GST_ELEMENT_ERROR (self, STREAM, DECODE, (NULL), ("not one packet is whole"));
  push_batch (self);
  push_segment (self);
}

/* Whoever counts what has been decoded wants all of it. */
static gboolean
on_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  if (GST_QUERY_TYPE (query) != GST_QUERY_DRAIN)
    return gst_pad_query_default (pad, parent, query);
  push_batch ((ZabLibavElement *)parent);
  return TRUE;
}

static void
forget_the_sound (ZabLibavElement *self, const Codec *codec)
{
  gst_clear_event (&self->segment);
  g_clear_pointer (&self->batch, g_free);
  self->n_batch = 0;
  if (self->context == NULL)
    return;
  if (codec->reopens)
    {
      avcodec_free_context (&self->context);
      open_decoder (self);
    }
  else
    avcodec_flush_buffers (self->context);
}

static gboolean
on_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  ZabLibavElement *self = (ZabLibavElement *)parent;
  const Codec     *codec = G_TYPE_INSTANCE_GET_CLASS (self, , ZabLibavElementClass)->codec;
  GstCaps         *caps;
  gboolean         ok;

  switch ((int)GST_EVENT_TYPE (event))
    {
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      ok = set_caps (self, codec, caps);
      gst_event_unref (event);
      return ok;
    case GST_EVENT_SEGMENT:
      self->is_fed = self->has_given = FALSE;
      gst_clear_event (&self->segment);
      self->segment = event;
      return TRUE;
    case GST_EVENT_FLUSH_STOP:
      forget_the_sound (self, codec);
      break;
    case GST_EVENT_EOS:
      finish (self);
      break;
    default:
      break;
    }
  return gst_pad_event_default (pad, parent, event);
}

/* --- The elements ----------------------------------------------------------------------------- */

static void
on_finalize (GObject *object)
{
  ZabLibavElement *self = (ZabLibavElement *)object;

  gst_clear_event (&self->segment);
  g_free (self->batch);
  avcodec_free_context (&self->context);
  av_packet_free (&self->packet);
  av_frame_free (&self->frame);
  g_byte_array_unref (self->headers);
  G_OBJECT_CLASS (parent_class)->finalize (object);
}

static void
class_init (gpointer klass, gconstpointer data)
{
  GstElementClass *element_class = klass;
  const Codec     *codec = data;
  GstCaps         *in = gst_caps_from_string (codec->caps);
  GstCaps         *out
      = gst_caps_from_string ("audio/x-raw, layout = interleaved, format = " GST_AUDIO_NE (F32));

  ((ZabLibavElementClass *)klass)->codec = codec;
  parent_class = g_type_class_peek_parent (klass);
  G_OBJECT_CLASS (klass)->finalize = on_finalize;
  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("sink", GST_PAD_SINK, GST_PAD_ALWAYS, in));
  gst_element_class_add_pad_template (
      element_class, gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, out));
  gst_element_class_set_static_metadata (element_class, codec->factory, "Codec/Decoder/Audio",
                                         "libavcodec without a detour", "The Zabumba project");
  gst_caps_unref (in);
  gst_caps_unref (out);
}

static void
instance_init (GTypeInstance *instance, gpointer klass)
{
  ZabLibavElement *self = (ZabLibavElement *)instance;
  GstPad          *sink
      = gst_pad_new_from_template (gst_element_class_get_pad_template (klass, "sink"), "sink");

  gst_pad_set_chain_function (sink, on_chain);
  gst_pad_set_event_function (sink, on_event);
  gst_pad_set_query_function (sink, on_query);
  self->src = gst_pad_new_from_template (gst_element_class_get_pad_template (klass, "src"), "src");
  gst_element_add_pad (GST_ELEMENT (self), sink);
  gst_element_add_pad (GST_ELEMENT (self), self->src);
  self->codec = avcodec_find_decoder_by_name (((ZabLibavElementClass *)klass)->codec->decoder);
  self->packet = av_packet_alloc ();
  self->frame = av_frame_alloc ();
  self->headers = g_byte_array_new ();
}

void
zab_libav_element_register_all (void)
{
  av_log_set_level (AV_LOG_QUIET);
  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      const GTypeInfo info = {
        .class_size = sizeof (ZabLibavElementClass),
        .class_init = (GClassInitFunc)class_init,
        .class_data = &codecs[i],
        .instance_size = sizeof (ZabLibavElement),
        .instance_init = instance_init,
      };

      if (avcodec_find_decoder_by_name (codecs[i].decoder) != NULL)
        gst_element_register (
            NULL, codecs[i].factory, GST_RANK_NONE,
            g_type_register_static (GST_TYPE_ELEMENT, codecs[i].type, &info, (GTypeFlags)0));
    }
}
