/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#include "engine/decode/zab-decoder.h"
#include "engine/load/zab-load-error.h"
#include "tests/engine/clip.h"

/* A decoder that stops answering, or fails: a real element, found by decodebin in the way of all
 * others. It takes the first buffer and holds the streaming thread until the test opens the gate;
 * or it gives some frames, and then an error that is slow to come. */

static const char magic[] = "\1ZABUMBA-STALL";

static struct
{
  GMutex        mutex;
  GCond         cond;
  gboolean      is_open;
  int           n_waiting;
  GCancellable *cancellable; /* that is triggered by the first buffer; or NULL */
} gate;

enum
{
  FRAMES = 480 /* in a buffer */
};

static struct
{
  gboolean is_asked;  /* it fails, and does not hold anything */
  guint    n_buffers; /* that it gives before */
  gint     n_held;    /* atomic: errors on their way to the bus */
} failure;

typedef GstElement      Staller;
typedef GstElementClass StallerClass;
static GType            staller_get_type (void);
G_DEFINE_TYPE (Staller, staller, GST_TYPE_ELEMENT)

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("audio/x-zabumba-stall"));
static GstStaticPadTemplate src_template
    = GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("audio/x-raw"));

static GstFlowReturn
fail (GstObject *parent)
{
  g_autoptr (GstPad) src = gst_element_get_static_pad (GST_ELEMENT (parent), "src");

  for (guint i = 0; i < failure.n_buffers; i++)
    {
      GstBuffer *buffer = gst_buffer_new_allocate (NULL, FRAMES * sizeof (gint16), NULL);

      gst_buffer_memset (buffer, 0, 1, FRAMES * sizeof (gint16));
      gst_pad_push (src, buffer);
    }
  GST_ELEMENT_ERROR (parent, STREAM, DECODE, ("it is broken"), (NULL));
  return GST_FLOW_ERROR;
}

/* An error has been seen on its way to the bus, and takes its time. */
static void
on_log (GstDebugCategory *category, GstDebugLevel level, const char *file, const char *function,
        int line, GObject *object, GstDebugMessage *message, gpointer user_data)
{
  if (failure.is_asked && strstr (gst_debug_message_get (message), "pushing on async queue"))
    {
      g_atomic_int_inc (&failure.n_held);
      g_usleep (50 * 1000);
    }
}

static gboolean
on_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  g_autoptr (GstPad) src = gst_element_get_static_pad (GST_ELEMENT (parent), "src");
  g_autoptr (GstCaps) caps = NULL;
  GstSegment segment;

  switch ((int)GST_EVENT_TYPE (event))
    {
    case GST_EVENT_CAPS:
      gst_event_unref (event);
      caps = gst_caps_from_string (
          "audio/x-raw, format=S16LE, layout=interleaved, rate=48000, channels=1");
      return gst_pad_push_event (src, gst_event_new_caps (caps));
    case GST_EVENT_SEGMENT:
      gst_event_unref (event);
      gst_segment_init (&segment, GST_FORMAT_TIME);
      return gst_pad_push_event (src, gst_event_new_segment (&segment));
    default:
      return gst_pad_event_default (pad, parent, event);
    }
}

static GstFlowReturn
on_chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
  if (failure.is_asked)
    return fail (parent);
  g_mutex_lock (&gate.mutex);
  gate.n_waiting++;
  if (gate.cancellable)
    g_cancellable_cancel (gate.cancellable);
  while (!gate.is_open)
    g_cond_wait (&gate.cond, &gate.mutex);
  gate.n_waiting--;
  g_cond_broadcast (&gate.cond);
  g_mutex_unlock (&gate.mutex);
  return GST_FLOW_EOS;
}

static void
staller_init (Staller *self)
{
  GstPad *sink = gst_pad_new_from_static_template (&sink_template, "sink");

  gst_pad_set_chain_function (sink, on_chain);
  gst_pad_set_event_function (sink, on_event);
  gst_element_add_pad (self, sink);
  gst_element_add_pad (self, gst_pad_new_from_static_template (&src_template, "src"));
}

static void
staller_class_init (StallerClass *klass)
{
  gst_element_class_add_static_pad_template (klass, &sink_template);
  gst_element_class_add_static_pad_template (klass, &src_template);
  gst_element_class_set_static_metadata (klass, "Staller", "Codec/Decoder/Audio", "Stops answering",
                                         "Zabumba");
}

static void
find_type (GstTypeFind *find, gpointer user_data)
{
  const guint8 *data = gst_type_find_peek (find, 0, sizeof magic);

  if (data && memcmp (data, magic, sizeof magic) == 0)
    gst_type_find_suggest_simple (find, GST_TYPE_FIND_MAXIMUM, "audio/x-zabumba-stall", NULL, NULL);
}

static int
make_file (void)
{
  guint8 data[5000] = { 0 };

  memcpy (data, magic, sizeof magic);
  return clip_make_file (data, sizeof data);
}

static void
close_gate (GCancellable *cancellable)
{
  g_mutex_lock (&gate.mutex);
  gate.is_open = FALSE;
  gate.cancellable = cancellable;
  g_mutex_unlock (&gate.mutex);
}

/* It stays open: on a busy machine somebody may come late. */
static void
open_gate (void)
{
  g_mutex_lock (&gate.mutex);
  gate.is_open = TRUE;
  gate.cancellable = NULL;
  g_cond_broadcast (&gate.cond);
  while (gate.n_waiting > 0)
    g_cond_wait (&gate.cond, &gate.mutex);
  g_mutex_unlock (&gate.mutex);
}

/* The load ends although the decoder never does, and the file may be closed behind it. */
static void
test_stall (void)
{
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  close_gate (NULL);
  g_assert_null (zab_decoder_open_with (
      fd, "x.stall", &(ZabDecoderOptions){ .stall_limit = 500 * 1000 }, NULL, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, "x.stall"));
  g_assert_nonnull (strstr (error->message, "stopped answering"));
  close (fd);
  open_gate ();
}

static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  close_gate (cancellable);
  g_assert_null (zab_decoder_open (fd, "x.stall", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
  open_gate ();
}

/* Nothing could be decoded, and why is told. */
static void
test_late_error (void)
{
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  failure.is_asked = TRUE;
  failure.n_buffers = 0;
  failure.n_held = 0;
  g_assert_null (zab_decoder_open (fd, "x.stall", NULL, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "it is broken"));
  g_assert_cmpint (g_atomic_int_get (&failure.n_held), >, 0);
  failure.is_asked = FALSE;
  close (fd);
}

/* What came before it is there, with a warning. */
static void
test_frames_and_late_error (void)
{
  g_autoptr (ZabDecoder) decoder = NULL;
  g_autoptr (GError) error = NULL;
  float  frames[FRAMES];
  gssize n_frames = 0;
  gssize n;
  int    fd = make_file ();

  failure.is_asked = TRUE;
  failure.n_buffers = 10;
  failure.n_held = 0;
  decoder = zab_decoder_open (fd, "x.stall", NULL, &error);
  g_assert_no_error (error);
  while ((n = zab_decoder_read (decoder, frames, FRAMES, NULL, &error)) > 0)
    n_frames += n;
  g_assert_no_error (error);
  g_assert_cmpint (n_frames, ==, failure.n_buffers * FRAMES);
  g_assert_nonnull (zab_decoder_get_warning (decoder));
  g_assert_cmpint (g_atomic_int_get (&failure.n_held), >, 0);
  failure.is_asked = FALSE;
  close (fd);
}

int
main (int argc, char **argv)
{
  g_autoptr (GstCaps) caps = NULL;

  g_test_init (&argc, &argv, NULL);
  clip_free (clip_load ("wav-s16.wav")); /* starts GStreamer */
  caps = gst_caps_from_string ("audio/x-zabumba-stall");
  gst_element_register (NULL, "zabstaller", GST_RANK_PRIMARY, staller_get_type ());
  gst_type_find_register (NULL, "zabstall-type", GST_RANK_PRIMARY, find_type, NULL, caps, NULL,
                          NULL);
  g_test_add_func ("/engine/decoder/stall", test_stall);
  g_test_add_func ("/engine/decoder/stall-cancelled", test_cancel);
  gst_debug_remove_log_function (gst_debug_log_default);
  gst_debug_add_log_function (on_log, NULL, NULL);
  gst_debug_set_threshold_for_name ("GST_BUS", GST_LEVEL_DEBUG);
  gst_debug_set_active (TRUE);
  g_test_add_func ("/engine/decoder/late-error", test_late_error);
  g_test_add_func ("/engine/decoder/frames-and-late-error", test_frames_and_late_error);
  return g_test_run ();
}
