/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-push-chain-private.h"

#include <glib/gi18n-lib.h>
#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>

#include "engine/decode/zab-gst.h"
#include "engine/decode/zab-recipe.h"
#include "engine/load/zab-load-error.h"

enum
{
  MAX_QUEUED = 256 * 1024 * 1024 /* bytes */
};

static gboolean
on_src_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  const ZabPushChain *self = gst_pad_get_element_private (pad);
  GstFormat           format;

  switch ((int)GST_QUERY_TYPE (query))
    {
    case GST_QUERY_DURATION:
      gst_query_parse_duration (query, &format, NULL);
      if (format != GST_FORMAT_BYTES)
        return FALSE;
      gst_query_set_duration (query, GST_FORMAT_BYTES, self->size);
      return TRUE;
    case GST_QUERY_SCHEDULING:
      gst_query_set_scheduling (query, GST_SCHEDULING_FLAG_SEQUENTIAL, 1, -1, 0);
      gst_query_add_scheduling_mode (query, GST_PAD_MODE_PUSH);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Nobody seeks here; the bytes come in the order in which they are needed. */
static gboolean
on_src_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  gst_event_unref (event);
  return FALSE;
}

static GstFlowReturn
on_new_sample (GstAppSink *sink, gpointer user_data)
{
  ZabPushChain *self = user_data;
  GstSample    *sample = gst_app_sink_pull_sample (sink);

  if (sample)
    {
      g_queue_push_tail (&self->samples, sample);
      self->n_queued += gst_buffer_get_size (gst_sample_get_buffer (sample));
    }
  /* A bomb: nothing real decodes to so much from a few kilobytes. */
  if (self->n_queued > MAX_QUEUED)
    return GST_FLOW_ERROR;
  return g_cancellable_is_cancelled (self->cancellable) ? GST_FLOW_FLUSHING : GST_FLOW_OK;
}

static gboolean
link_pads (GstPad *src, GstElement *element)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (element, "sink");

  return !gst_pad_is_linked (sink)
         && gst_pad_link_full (src, sink, GST_PAD_LINK_CHECK_CAPS) == GST_PAD_LINK_OK;
}

/* The first stream that the decoder takes is the one; all others go nowhere. */
static void
on_pad_added (GstElement *demuxer, GstPad *pad, ZabPushChain *self)
{
  link_pads (pad, self->decoder);
}

static GstElement *
make_element (ZabPushChain *self, const char *factory)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (!element)
    return NULL;
  gst_object_ref_sink (element);
  gst_element_set_bus (element, self->bus);
  return element;
}

static GstElement *
make_sink (ZabPushChain *self)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_new_sample };
  GstElement         *sink = zab_gst_make_sink ();

  if (!sink)
    return NULL;
  gst_element_set_bus (sink, self->bus);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  return sink;
}

static void
ask_for_floats (GstElement *sink)
{
  g_autoptr (GstCaps) caps
      = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, GST_AUDIO_NE (F32), NULL);

  g_object_set (sink, "caps", caps, NULL);
}

/* opusdec makes both channels alike where an encoder has turned one over, for the sake of whoever
 * makes mono of them. */
static void
ask_for_stereo (GstElement *decoder)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (decoder), "phase-inversion") != NULL)
    g_object_set (decoder, "phase-inversion", TRUE, NULL);
}

static gboolean
make_elements (ZabPushChain *self, const ZabRecipe *recipe, const char *name, GError **error)
{
  const char *made = NULL;

  if (recipe->parser && !(self->parser = make_element (self, recipe->parser)))
    {
      zab_gst_set_missing (error, name, recipe->parser);
      return FALSE;
    }
  for (int i = 0; i < ZAB_RECIPE_MAX_DECODERS && recipe->decoders[i] && !self->decoder; i++)
    {
      made = recipe->decoders[i];
      self->decoder = make_element (self, made);
    }
  self->flushes = recipe->flushes && made == recipe->decoders[0];
  if (recipe->missing && !self->decoder)
    {
      zab_gst_set_missing (error, name, recipe->missing);
      return FALSE;
    }
  self->sink = make_sink (self);
  if (!self->sink)
    {
      zab_gst_set_missing (error, name, "appsink");
      return FALSE;
    }
  if (self->decoder)
    ask_for_stereo (self->decoder);
  if (recipe->rounds != NULL && g_strcmp0 (made, recipe->rounds) == 0)
    ask_for_floats (self->sink);
  return TRUE;
}

/* Links what @from gives out, where it is there already. */
static gboolean
link_behind (GstElement *from, GstElement *to)
{
  g_autoptr (GstPad) src = gst_element_get_static_pad (from, "src");

  return link_pads (src, to);
}

static gboolean
link_elements (ZabPushChain *self, const ZabRecipe *recipe)
{
  GstElement *second = self->decoder ? self->decoder : self->sink;

  if (self->decoder && !link_behind (self->decoder, self->sink))
    return FALSE;
  if (!self->parser)
    return link_pads (self->src, second);
  if (recipe->is_demuxer)
    g_signal_connect (self->parser, "pad-added", G_CALLBACK (on_pad_added), self);
  else if (!link_behind (self->parser, second))
    return FALSE;
  return link_pads (self->src, self->parser);
}

/* All but the sink; what comes behind first, so that none has to wait for it. */
static void
set_state (ZabPushChain *self, GstState state)
{
  GstElement *elements[] = { self->decoder, self->parser };

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    if (elements[i])
      gst_element_set_state (elements[i], state);
  gst_pad_set_active (self->src, state >= GST_STATE_PAUSED);
}

/* The sink plays for ever: to flush it costs a third of bringing it down and up again. */
static void
flush_sink (ZabPushChain *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->sink, "sink");

  gst_pad_send_event (pad, gst_event_new_flush_start ());
  gst_pad_send_event (pad, gst_event_new_flush_stop (TRUE));
}

void
zab_push_chain_destroy (ZabPushChain *self)
{
  set_state (self, GST_STATE_NULL);
  if (self->sink)
    gst_element_set_state (self->sink, GST_STATE_NULL);
  g_clear_pointer (&self->src, gst_object_unref);
  g_clear_pointer (&self->parser, gst_object_unref);
  g_clear_pointer (&self->decoder, gst_object_unref);
  g_clear_pointer (&self->sink, gst_object_unref);
  g_queue_clear_full (&self->samples, (GDestroyNotify)gst_sample_unref);
  gst_clear_caps (&self->caps);
  g_free (self->name);
  gst_object_unref (self->bus);
  g_free (self);
}

static ZabPushChain *
create (ZabCodec codec, const char *name, GError **error)
{
  ZabPushChain    *self = g_new0 (ZabPushChain, 1);
  const ZabRecipe *recipe = zab_recipe_get (codec);

  self->codec = codec;
  self->bus = zab_gst_bus_new (NULL);
  self->src = gst_object_ref_sink (gst_pad_new ("src", GST_PAD_SRC));
  gst_pad_set_element_private (self->src, self);
  gst_pad_set_query_function (self->src, on_src_query);
  gst_pad_set_event_function (self->src, on_src_event);
  if (!make_elements (self, recipe, name, error))
    {
      zab_push_chain_destroy (self);
      return NULL;
    }
  if (!link_elements (self, recipe))
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_FAILED,
                   _ ("“%s” can’t be decoded: GStreamer’s elements don’t fit together"), name);
      zab_push_chain_destroy (self);
      return NULL;
    }
  gst_element_set_state (self->sink, GST_STATE_PLAYING);
  return self;
}

/* As it was before its first file, but for what it knows: elements that were told by caps what
 * comes are only flushed. Most codecs have to make tables of it, and the next file is often of the
 * same kind. */
void
zab_push_chain_clean (ZabPushChain *self)
{
  GstMessage *message;

  if (self->announced)
    {
      gst_pad_push_event (self->src, gst_event_new_flush_start ());
      gst_pad_push_event (self->src, gst_event_new_flush_stop (TRUE));
    }
  else
    {
      set_state (self, GST_STATE_READY);
      flush_sink (self);
    }
  while ((message = gst_bus_pop (self->bus)))
    gst_message_unref (message);
  self->is_used = FALSE;
}

ZabPushChain *
zab_push_chain_new (ZabCodec codec, GstCaps *caps, const char *name, GError **error)
{
  ZabPushChain *self;

  g_return_val_if_fail (codec < ZAB_CODEC_ANY, NULL);

  self = zab_push_chain_take_idle (codec, caps);
  if (!self)
    self = create (codec, name, error);
  if (!self)
    return NULL;
  if (self->is_used)
    zab_push_chain_clean (self);
  self->name = g_strdup (name);
  if (self->announced && caps && gst_caps_is_equal (self->caps, caps))
    return self;
  if (self->announced)
    set_state (self, GST_STATE_READY);
  self->announced = FALSE;
  gst_caps_replace (&self->caps, caps);
  set_state (self, GST_STATE_PAUSED);
  return self;
}

/* Forgets the file, and what it was told of it when the elements have to. */
static void
forget (ZabPushChain *self)
{
  g_queue_clear_full (&self->samples, (GDestroyNotify)gst_sample_unref);
  self->n_queued = 0;
  self->size = 0;
  self->started = FALSE;
  self->cancellable = NULL;
  self->is_used = TRUE;
  g_clear_pointer (&self->name, g_free);
  self->announced = self->announced && self->flushes;
  if (!self->announced)
    gst_clear_caps (&self->caps);
}

void
zab_push_chain_free (ZabPushChain *self)
{
  if (self->failed)
    {
      zab_push_chain_destroy (self);
      return;
    }
  forget (self);
  zab_push_chain_put_idle (self);
}

void
zab_push_chain_set_size (ZabPushChain *self, gint64 size)
{
  self->size = size;
}

void
zab_push_chain_set_caps (ZabPushChain *self, GstCaps *caps)
{
  if (self->caps && gst_caps_is_equal (self->caps, caps))
    return;
  gst_caps_replace (&self->caps, caps);
  if (self->announced)
    gst_pad_push_event (self->src, gst_event_new_caps (caps));
}

static void
start (ZabPushChain *self)
{
  GstSegment segment;

  gst_segment_init (&segment, self->caps ? GST_FORMAT_TIME : GST_FORMAT_BYTES);
  if (!self->announced)
    gst_pad_push_event (self->src, gst_event_new_stream_start ("zabumba"));
  if (!self->announced && self->caps)
    gst_pad_push_event (self->src, gst_event_new_caps (self->caps));
  self->announced = self->caps != NULL;
  gst_pad_push_event (self->src, gst_event_new_segment (&segment));
  self->started = TRUE;
}

/* Why the chain went no further. */
static gboolean
explain (ZabPushChain *self, GstFlowReturn flow, GError **error)
{
  self->failed = flow != GST_FLOW_EOS;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
      || zab_gst_bus_take_error (self->bus, self->name, TRUE, error))
    return FALSE;
  if (flow == GST_FLOW_EOS)
    return FALSE;
  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
               _ ("“%s” is damaged and can’t be decoded"), self->name);
  return FALSE;
}

gboolean
zab_push_chain_push (ZabPushChain *self, GstBuffer *buffer, GCancellable *cancellable,
                     GError **error)
{
  GstFlowReturn flow;

  self->cancellable = cancellable;
  if (!self->started)
    start (self);
  flow = gst_pad_push (self->src, buffer);
  return flow == GST_FLOW_OK || explain (self, flow, error);
}

gboolean
zab_push_chain_end (ZabPushChain *self, GCancellable *cancellable, GError **error)
{
  self->cancellable = cancellable;
  if (!self->started)
    start (self);
  gst_pad_push_event (self->src, gst_event_new_eos ());
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  self->failed = self->failed || zab_gst_bus_take_error (self->bus, self->name, TRUE, error);
  return !self->failed;
}

void
zab_push_chain_drain (ZabPushChain *self)
{
  g_autoptr (GstQuery) query = gst_query_new_drain ();

  gst_pad_peer_query (self->src, query);
}

GstSample *
zab_push_chain_pull (ZabPushChain *self)
{
  GstSample *sample = g_queue_pop_head (&self->samples);

  if (sample)
    self->n_queued -= gst_buffer_get_size (gst_sample_get_buffer (sample));
  return sample;
}

gsize
zab_push_chain_get_queued (ZabPushChain *self)
{
  return self->n_queued;
}
