/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#include "engine/decode/zab-decoder.h"
#include "engine/load/zab-load-error.h"
#include "tests/engine/clip.h"

/* A decoder that stops answering: a real element, found by decodebin in the way of all others. It
 * takes the first buffer and holds the streaming thread until the test opens the gate. */

static const char magic[] = "\1ZABUMBA-STALL";

static struct
{
  GMutex        mutex;
  GCond         cond;
  gboolean      is_open;
  int           n_waiting;
  GCancellable *cancellable; /* that is triggered by the first buffer; or NULL */
} gate;

typedef GstElement      Staller;
typedef GstElementClass StallerClass;
static GType            staller_get_type (void);
G_DEFINE_TYPE (Staller, staller, GST_TYPE_ELEMENT)

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE (
    "sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS ("audio/x-zabumba-stall"));
static GstStaticPadTemplate src_template
    = GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("audio/x-raw"));

static GstFlowReturn
on_chain (GstPad *pad, GstObject *parent, GstBuffer *buffer)
{
  gst_buffer_unref (buffer);
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
  return g_test_run ();
}
