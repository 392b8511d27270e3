/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-autoplug.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include "engine/decode/zab-gst.h"
#include "engine/load/zab-load-error.h"

enum
{
  CHUNK = 64 * 1024,
  MAX_BUFFERS = 64, /* that wait in the sink; few make it slow */
  POLL_USEC = 5000  /* how soon a cancel and an error are seen */
};

struct _ZabAutoplug
{
  char          *name;
  gint64         stall_limit; /* microseconds */
  GstElement    *pipeline;
  GstElement    *sink;
  GstBus        *bus;
  GMutex         mutex;  /* of source: its position is set by whatever thread decodebin reads in */
  ZabByteSource *source; /* read by GStreamer's threads; NULL: no longer there */
  gint64         furthest; /* bytes taken, under mutex */
  gboolean       is_busy;  /* a thread of GStreamer's may not come back soon */
  gint           n_steps;  /* atomic: grows with whatever moves on */
  gint           n_errors; /* atomic: never less */
  gint           n_linked; /* atomic: audio streams found */
  gint           no_more;  /* atomic: all streams have been found */
};

static void
on_need_data (GstAppSrc *src, guint length, gpointer user_data)
{
  ZabAutoplug *self = user_data;
  GstBuffer   *buffer = gst_buffer_new_allocate (NULL, CHUNK, NULL);
  GstMapInfo   map;
  gint64       position;
  gssize       n;

  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  g_mutex_lock (&self->mutex);
  position = self->source ? zab_byte_source_get_position (self->source) : 0;
  n = self->source ? zab_byte_source_read (self->source, map.data, CHUNK, NULL) : 0;
  self->furthest = MAX (self->furthest, position + MAX (0, n));
  g_mutex_unlock (&self->mutex);
  gst_buffer_unmap (buffer, &map);
  g_atomic_int_inc (&self->n_steps);

  if (n <= 0)
    {
      gst_buffer_unref (buffer);
      gst_app_src_end_of_stream (src);
      return;
    }
  gst_buffer_set_size (buffer, n);
  GST_BUFFER_OFFSET (buffer) = (guint64)position;
  gst_app_src_push_buffer (src, buffer);
}

static gboolean
on_seek_data (GstAppSrc *src, guint64 offset, gpointer user_data)
{
  ZabAutoplug *self = user_data;

  g_mutex_lock (&self->mutex);
  if (self->source)
    zab_byte_source_seek (self->source, (gint64)offset);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static gboolean
is_audio (const GstCaps *caps)
{
  return g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/");
}

/* Nothing is plugged behind what can't be heard. */
static gboolean
on_autoplug_continue (GstElement *decodebin, GstPad *pad, GstCaps *caps, ZabAutoplug *self)
{
  const char *type = gst_structure_get_name (gst_caps_get_structure (caps, 0));

  return !g_str_has_prefix (type, "video/") && !g_str_has_prefix (type, "image/")
         && !g_str_has_prefix (type, "text/") && !g_str_has_prefix (type, "subpicture/");
}

/* The first audio stream is the one. */
static void
on_pad_added (GstElement *decodebin, GstPad *pad, ZabAutoplug *self)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->sink, "sink");
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

  if (caps && is_audio (caps) && !gst_pad_is_linked (sink)
      && gst_pad_link (pad, sink) == GST_PAD_LINK_OK)
    g_atomic_int_inc (&self->n_linked);
}

static void
on_no_more_pads (GstElement *decodebin, ZabAutoplug *self)
{
  g_atomic_int_set (&self->no_more, TRUE);
}

static GstElement *
make_src (ZabAutoplug *self)
{
  GstAppSrcCallbacks callbacks = { .need_data = on_need_data, .seek_data = on_seek_data };
  GstElement        *src = gst_element_factory_make ("appsrc", NULL);

  if (!src)
    return NULL;
  g_object_set (src, "stream-type", GST_APP_STREAM_TYPE_SEEKABLE, "format", GST_FORMAT_BYTES,
                "size", zab_byte_source_get_length (self->source), "emit-signals", FALSE, NULL);
  gst_app_src_set_callbacks (GST_APP_SRC (src), &callbacks, self, NULL);
  return src;
}

static gboolean
make_pipeline (ZabAutoplug *self, GError **error)
{
  GstElement *src, *decodebin;

  self->bus = zab_gst_bus_new (&self->n_errors);
  self->pipeline = gst_object_ref_sink (gst_bin_new (NULL));
  gst_element_set_bus (self->pipeline, self->bus);
  if ((src = make_src (self)))
    gst_bin_add (GST_BIN (self->pipeline), src);
  if ((decodebin = gst_element_factory_make ("decodebin", NULL)))
    gst_bin_add (GST_BIN (self->pipeline), decodebin);
  if ((self->sink = zab_gst_make_sink ()))
    gst_bin_add (GST_BIN (self->pipeline), self->sink);
  if (!src || !decodebin || !self->sink)
    {
      zab_gst_set_missing (error, self->name, "appsrc, decodebin, appsink");
      return FALSE;
    }
  g_object_set (self->sink, "max-buffers", MAX_BUFFERS, NULL);
  g_signal_connect (decodebin, "autoplug-continue", G_CALLBACK (on_autoplug_continue), self);
  g_signal_connect (decodebin, "pad-added", G_CALLBACK (on_pad_added), self);
  g_signal_connect (decodebin, "no-more-pads", G_CALLBACK (on_no_more_pads), self);
  return gst_element_link (src, decodebin);
}

ZabAutoplug *
zab_autoplug_new (ZabByteSource *source, const char *name, gint64 stall_limit, GError **error)
{
  g_autoptr (ZabAutoplug) self = g_new0 (ZabAutoplug, 1);

  self->name = g_strdup (name);
  self->stall_limit = stall_limit;
  self->source = source;
  g_mutex_init (&self->mutex);
  if (!make_pipeline (self, error))
    return NULL;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return g_steal_pointer (&self);
}

static gpointer
destroy (gpointer data)
{
  ZabAutoplug *self = data;

  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  gst_clear_object (&self->sink);
  gst_object_unref (self->bus);
  g_mutex_clear (&self->mutex);
  g_free (self->name);
  g_free (self);
  return NULL;
}

void
zab_autoplug_free (ZabAutoplug *self)
{
  if (!self->is_busy)
    {
      destroy (self);
      return;
    }
  /* To end a decoder that does not answer may take for ever: let somebody else wait for it. */
  g_mutex_lock (&self->mutex);
  self->source = NULL;
  g_mutex_unlock (&self->mutex);
  g_thread_unref (g_thread_new ("zab-abandoned", destroy, self));
}

/* Why there is nothing more to come; FALSE when there may be. @has_failed: there had been an error
 * before nothing more was found. What was decoded before an error is taken first, and an end that
 * comes with one is none. It is counted before it is in the bus, and waited for. */
static gboolean
has_ended (ZabAutoplug *self, gboolean has_failed, GError **error)
{
  const gboolean is_eos = gst_app_sink_is_eos (GST_APP_SINK (self->sink));

  if (has_failed)
    return zab_gst_bus_take_error (self->bus, self->name, FALSE, error);
  if (g_atomic_int_get (&self->n_errors) > 0)
    return FALSE;
  if (g_atomic_int_get (&self->no_more) && g_atomic_int_get (&self->n_linked) == 0)
    {
      if (!zab_gst_bus_take_error (self->bus, self->name, FALSE, error))
        g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_AUDIO,
                     _ ("“%s” contains no audio"), self->name);
      return TRUE;
    }
  return is_eos;
}

GstSample *
zab_autoplug_next (ZabAutoplug *self, GCancellable *cancellable, GError **error)
{
  gint   n_steps = g_atomic_int_get (&self->n_steps);
  gint64 since = g_get_monotonic_time ();

  while (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      const gboolean has_failed = g_atomic_int_get (&self->n_errors) > 0;
      GstSample     *sample
          = gst_app_sink_try_pull_sample (GST_APP_SINK (self->sink), POLL_USEC * GST_USECOND);
      gint64 now = g_get_monotonic_time ();

      if (sample || has_ended (self, has_failed, error))
        return sample;
      if (n_steps != g_atomic_int_get (&self->n_steps))
        {
          n_steps = g_atomic_int_get (&self->n_steps);
          since = now;
        }
      else if (now - since > self->stall_limit)
        {
          self->is_busy = TRUE;
          g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TIMED_OUT,
                       _ ("“%s” can’t be decoded: the decoder has stopped answering"), self->name);
          return NULL;
        }
    }
  self->is_busy = TRUE;
  return NULL;
}

double
zab_autoplug_get_fraction (ZabAutoplug *self)
{
  double fraction;

  g_mutex_lock (&self->mutex);
  fraction = (double)self->furthest / (double)zab_byte_source_get_length (self->source);
  g_mutex_unlock (&self->mutex);
  return fraction;
}
