/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-quantiser.h"
#include "zab-writer.h"

#include <gst/app/app.h>
#include <gst/audio/audio.h>

#define BLOCK      4096 /* frames a buffer */
#define OPUS_BLOCK 960  /* frames a packet: 20 ms */

static const char *
chain_for (const char *path)
{
  if (g_str_has_suffix (path, ".flac"))
    return "flacenc quality=8";
  if (g_str_has_suffix (path, ".ogg"))
    return "vorbisenc quality=0.6 ! oggmux";
  if (g_str_has_suffix (path, ".opus"))
    return "audioconvert ! opusenc bitrate=160000 ! oggmux";
  if (g_str_has_suffix (path, ".mp3"))
    return "audioconvert ! lamemp3enc target=bitrate bitrate=192 cbr=true";
  g_assert_not_reached ();
}

static GstCaps *
caps_for (const ZabCatalogueItem *item)
{
  GstAudioFormat format = item->coding == ZAB_CODING_INTEGER_16   ? GST_AUDIO_FORMAT_S16LE
                          : item->coding == ZAB_CODING_INTEGER_24 ? GST_AUDIO_FORMAT_S24LE
                                                                  : GST_AUDIO_FORMAT_F32LE;
  GstAudioInfo   info;

  gst_audio_info_set_format (&info, format, (int)item->rate, (int)item->channels, NULL);
  return gst_audio_info_to_caps (&info);
}

/* opusenc fills its last block but does not flush its look-ahead (312 frames): a sound that ends in
 * the middle of a block loses nothing. */
static void
pad_for_opus (GByteArray *samples, gsize width)
{
  gsize n_frames = samples->len / width;
  gsize n_more = (OPUS_BLOCK + OPUS_BLOCK / 2 - n_frames % OPUS_BLOCK) % OPUS_BLOCK;
  guint at = samples->len;

  g_byte_array_set_size (samples, (guint)((n_frames + n_more) * width));
  memset (samples->data + at, 0, n_more * width);
}

static void
push_all (GstAppSrc *source, const ZabCatalogueItem *item, const ZabSound *sound)
{
  g_autoptr (GByteArray) samples = zab_quantise (sound, item->channels, item->coding, FALSE);
  gsize width = zab_coding_bytes (item->coding) * item->channels;

  if (g_str_has_suffix (item->name, ".opus"))
    pad_for_opus (samples, width);
  for (size_t frame = 0; frame < samples->len / width; frame += BLOCK)
    {
      size_t     n = MIN (BLOCK, samples->len / width - frame);
      GstBuffer *buffer = gst_buffer_new_memdup (samples->data + frame * width, n * width);

      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (frame, GST_SECOND, item->rate);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, item->rate);
      gst_app_src_push_buffer (source, buffer);
    }
  gst_app_src_end_of_stream (source);
}

static gboolean
wait_for_end (GstElement *pipeline, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message
      = gst_bus_timed_pop_filtered (bus, 60 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;
  if (message != NULL)
    gst_message_parse_error (message, error, NULL);
  else
    g_set_error (error, GST_STREAM_ERROR, GST_STREAM_ERROR_ENCODE, "the encoder does not end");
  return FALSE;
}

gboolean
zab_encode (const ZabCatalogueItem *item, const ZabSound *sound, const char *path, GError **error)
{
  g_autofree char *words = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstCaps) caps = caps_for (item);
  gboolean done;

  g_random_set_seed (1); /* the serial number of an Ogg stream is drawn from here */
  words = g_strdup_printf ("appsrc name=source format=time max-bytes=0 ! %s ! filesink name=sink",
                           chain_for (path));
  pipeline = gst_parse_launch (words, error);
  if (pipeline == NULL)
    return FALSE;
  gst_object_ref_sink (pipeline);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (sink, "location", path, NULL);
  gst_app_src_set_caps (GST_APP_SRC (source), caps);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  push_all (GST_APP_SRC (source), item, sound);
  done = wait_for_end (pipeline, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return done;
}
