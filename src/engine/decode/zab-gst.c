/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-gst.h"

#include <glib/gi18n-lib.h>
#include <gst/audio/audio.h>
#include <gst/pbutils/pbutils.h>

#include "engine/decode/zab-flac-element.h"
#include "engine/decode/zab-libav-element.h"
#include "engine/load/zab-load-error.h"

gboolean
zab_gst_init (GError **error)
{
  static GMutex   mutex;
  static gboolean done;
  gboolean        ok;

  g_mutex_lock (&mutex);
  ok = done || gst_init_check (NULL, NULL, error);
  if (ok && !done)
    {
      gst_pb_utils_init ();
      gst_element_register (NULL, "zabflac", GST_RANK_NONE, ZAB_TYPE_FLAC_ELEMENT);
      zab_libav_element_register_all ();
    }
  done = ok;
  g_mutex_unlock (&mutex);
  return ok;
}

static GstBusSyncReply
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  gint *n_errors = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      if (n_errors)
        g_atomic_int_inc (n_errors);
      return GST_BUS_PASS;
    }
  if (gst_is_missing_plugin_message (message))
    return GST_BUS_PASS;
  gst_message_unref (message);
  return GST_BUS_DROP;
}

GstBus *
zab_gst_bus_new (gint *n_errors)
{
  GstBus *bus = gst_bus_new ();

  gst_bus_set_sync_handler (bus, on_message, n_errors, NULL);
  return bus;
}

GstElement *
zab_gst_make_sink (void)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (
      "audio/x-raw, format = { F32LE, F32BE, F64LE, F64BE, S32LE, S32BE, S24_32LE, S24_32BE, "
      "S24LE, S24BE, S16LE, S16BE, S8, U8 }");
  GstElement *sink = gst_element_factory_make ("appsink", NULL);

  if (!sink)
    return NULL;
  g_object_set (gst_object_ref_sink (sink), "caps", caps, "sync", FALSE, "async", FALSE,
                "enable-last-sample", FALSE, "qos", FALSE, "wait-on-eos", FALSE, NULL);
  return sink;
}

void
zab_gst_set_missing (GError **error, const char *name, const char *what)
{
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NO_DECODER,
               _ ("“%s” can’t be decoded: the GStreamer plug-in for “%s” is not installed"), name,
                  what);
}

/* How much a message says: "internal data stream error" says nothing. */
static int
rank_error (const GError *error)
{
  if (g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN))
    return 3;
  if (error->domain == GST_STREAM_ERROR)
    return error->code == GST_STREAM_ERROR_FAILED ? 0 : 2;
  return error->domain == GST_RESOURCE_ERROR ? 1 : 0;
}

static void
set_from_gst (GError **error, const char *name, gboolean is_known, const GError *gst,
              const char *missing)
{
  if (missing)
    zab_gst_set_missing (error, name, missing);
  else if (!is_known
           && (g_error_matches (gst, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND)
               || g_error_matches (gst, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE)))
    g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_AUDIO,
                 _ ("“%s” contains no audio that Zabumba knows"), name);
  else
    g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                 /* Translators: the second is what the decoder said */
                 _ ("“%s” is damaged and can’t be decoded: %s"), name, gst->message);
}

gboolean
zab_gst_bus_take_error (GstBus *bus, const char *name, gboolean is_known, GError **error)
{
  g_autoptr (GError) best = NULL;
  g_autofree char *missing = NULL;
  GstMessage      *message;

  while ((message = gst_bus_pop (bus)))
    {
      g_autoptr (GError) found = NULL;

      if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
        {
          if (!missing)
            missing = gst_missing_plugin_message_get_description (message);
        }
      else
        {
          gst_message_parse_error (message, &found, NULL);
          if (!best || rank_error (found) > rank_error (best))
            {
              g_clear_error (&best);
              best = g_steal_pointer (&found);
            }
        }
      gst_message_unref (message);
    }
  if (!best && !missing)
    return FALSE;
  set_from_gst (error, name, is_known, best, missing);
  return TRUE;
}

gsize
zab_gst_get_frame_size (GstSample *sample)
{
  GstAudioInfo info;

  return gst_audio_info_from_caps (&info, gst_sample_get_caps (sample))
             ? (gsize)GST_AUDIO_INFO_BPF (&info)
             : 0;
}

gint64
zab_gst_count_frames (GstSample *sample)
{
  const gsize size = zab_gst_get_frame_size (sample);

  return size > 0 ? (gint64)(gst_buffer_get_size (gst_sample_get_buffer (sample)) / size) : 0;
}

void
zab_gst_append_header (GValue *headers, GstBuffer *buffer)
{
  GValue value = G_VALUE_INIT;

  GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_HEADER);
  g_value_init (&value, GST_TYPE_BUFFER);
  gst_value_take_buffer (&value, buffer);
  gst_value_array_append_and_take_value (headers, &value);
}
