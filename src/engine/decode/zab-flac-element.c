/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-flac-element.h"

#include <FLAC/stream_decoder.h>
#include <gst/audio/audio.h>
#include <string.h>

struct _ZabFlacElement
{
  GstElement           parent_instance;
  GstPad              *src;
  FLAC__StreamDecoder *decoder;
  const guint8        *data; /* of the frame that is being decoded */
  gsize                size; /* what the decoder has not read of it */
  guint                rate; /* of what is pushed; 0: not told yet */
  guint                channels;
  gboolean             is_fed; /* something has been pushed in, since the last segment's begin */
  gboolean             has_given;
  GstFlowReturn        flow;
};

G_DEFINE_FINAL_TYPE (ZabFlacElement, zab_flac_element, GST_TYPE_ELEMENT)

static FLAC__StreamDecoderReadStatus
on_read (const FLAC__StreamDecoder *decoder, FLAC__byte *out, size_t *size, void *user_data)
{
  ZabFlacElement *self = user_data;

  *size = MIN (*size, self->size);
  if (*size == 0)
    return FLAC__STREAM_DECODER_READ_STATUS_END_OF_STREAM;
  memcpy (out, self->data, *size);
  self->data += *size;
  self->size -= *size;
  return FLAC__STREAM_DECODER_READ_STATUS_CONTINUE;
}

/* The order of more than two channels is left to who takes them: it is WAV's. */
static void
tell_format (ZabFlacElement *self, guint rate, guint channels)
{
  GstAudioInfo info;
  GstCaps     *caps;

  if (self->rate == rate && self->channels == channels)
    return;
  self->rate = rate;
  self->channels = channels;
  gst_audio_info_init (&info);
  gst_audio_info_set_format (&info, GST_AUDIO_FORMAT_F32, (gint)rate, (gint)channels, NULL);
  caps = gst_audio_info_to_caps (&info);
  gst_pad_push_event (self->src, gst_event_new_caps (caps));
  gst_caps_unref (caps);
}

static void
convert (const FLAC__int32 *const planes[], guint channels, gsize n_frames, float scale, float *out)
{
  if (channels == 2)
    for (gsize i = 0; i < n_frames; i++)
      {
        out[2 * i] = (float)planes[0][i] * scale;
        out[2 * i + 1] = (float)planes[1][i] * scale;
      }
  else
    for (guint c = 0; c < channels; c++)
      for (gsize i = 0; i < n_frames; i++)
        out[i * channels + c] = (float)planes[c][i] * scale;
}

static FLAC__StreamDecoderWriteStatus
on_write (const FLAC__StreamDecoder *decoder, const FLAC__Frame *frame,
          const FLAC__int32 *const planes[], void *user_data)
{
  ZabFlacElement          *self = user_data;
  const FLAC__FrameHeader *header = &frame->header;
  const gsize              n_samples = (gsize)header->blocksize * header->channels;
  float                   *samples = g_new (float, n_samples);

  convert (planes, header->channels, header->blocksize,
           1.0f / (float)(1u << (header->bits_per_sample - 1)), samples);
  tell_format (self, header->sample_rate, header->channels);
  self->has_given = TRUE;
  self->flow
      = gst_pad_push (self->src, gst_buffer_new_wrapped (samples, n_samples * sizeof *samples));
  return self->flow == GST_FLOW_OK ? FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE
                                   : FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
}

/* What is damaged is missing in the end, and that is told. */
static void
on_error (const FLAC__StreamDecoder *decoder, FLAC__StreamDecoderErrorStatus status,
          void *user_data)
{
}

/* Decodes @buffer (transfer full), which ends where something ends. */
static void
decode (ZabFlacElement *self, GstBuffer *buffer)
{
  GstMapInfo map;

  if (gst_buffer_map (buffer, &map, GST_MAP_READ))
    {
      self->data = map.data;
      self->size = map.size;
      FLAC__stream_decoder_process_until_end_of_stream (self->decoder);
      FLAC__stream_decoder_flush (self->decoder);
      gst_buffer_unmap (buffer, &map);
    }
  gst_buffer_unref (buffer);
}

static GstFlowReturn
on_chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  ZabFlacElement *self = ZAB_FLAC_ELEMENT (parent);

  self->flow = GST_FLOW_OK;
  self->is_fed = TRUE;
  decode (self, buffer);
  return self->flow;
}

/* The caps have the rate and the channels, and the file's head as it would be there. */
static gboolean
set_caps (ZabFlacElement *self, const GstCaps *caps)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const GValue       *headers = gst_structure_get_value (structure, "streamheader");
  GstBuffer          *head = gst_buffer_new ();
  gint                rate, channels;

  if (headers == NULL || !gst_structure_get_int (structure, "rate", &rate)
      || !gst_structure_get_int (structure, "channels", &channels))
    {
      gst_buffer_unref (head);
      return FALSE;
    }
  for (guint i = 0; i < gst_value_array_get_size (headers); i++)
    {
      const GValue *value = gst_value_array_get_value (headers, i);

      head = gst_buffer_append (head, gst_buffer_ref (gst_value_get_buffer (value)));
    }
  FLAC__stream_decoder_reset (self->decoder);
  decode (self, head);
  self->rate = 0; /* to be told again */
  tell_format (self, (guint)rate, (guint)channels);
  return TRUE;
}

static gboolean
on_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  ZabFlacElement *self = ZAB_FLAC_ELEMENT (parent);
  GstCaps        *caps;
  gboolean        ok;

  switch ((int)GST_EVENT_TYPE (event))
    {
    case GST_EVENT_CAPS:
      gst_event_parse_caps (event, &caps);
      ok = set_caps (self, caps);
      gst_event_unref (event);
      return ok;
    case GST_EVENT_SEGMENT:
      self->is_fed = self->has_given = FALSE;
      break;
    case GST_EVENT_EOS:
      if (self->is_fed && !self->has_given)
        GST_ELEMENT_ERROR (self, STREAM, DECODE, (NULL), ("no frame is whole"));
      break;
    default:
      break;
    }
  return gst_pad_event_default (pad, parent, event);
}

static void
zab_flac_element_finalize (GObject *object)
{
  FLAC__stream_decoder_delete (ZAB_FLAC_ELEMENT (object)->decoder);
  G_OBJECT_CLASS (zab_flac_element_parent_class)->finalize (object);
}

static GstStaticPadTemplate sink_template
    = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                               GST_STATIC_CAPS ("audio/x-flac, framed = (boolean) true"));
static GstStaticPadTemplate src_template = GST_STATIC_PAD_TEMPLATE (
    "src", GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS ("audio/x-raw, layout = interleaved, format = " GST_AUDIO_NE (F32)));

static void
zab_flac_element_class_init (ZabFlacElementClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = zab_flac_element_finalize;
  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "FLAC frames to floats",
                                         "Codec/Decoder/Audio", "libFLAC without a detour",
                                         "The Zabumba project");
}

static void
zab_flac_element_init (ZabFlacElement *self)
{
  GstPad *sink = gst_pad_new_from_static_template (&sink_template, "sink");

  gst_pad_set_chain_function (sink, on_chain);
  gst_pad_set_event_function (sink, on_event);
  self->src = gst_pad_new_from_static_template (&src_template, "src");
  gst_element_add_pad (GST_ELEMENT (self), sink);
  gst_element_add_pad (GST_ELEMENT (self), self->src);
  self->decoder = FLAC__stream_decoder_new ();
  FLAC__stream_decoder_init_stream (self->decoder, on_read, NULL, NULL, NULL, NULL, on_write, NULL,
                                    on_error, self);
}
