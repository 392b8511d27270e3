/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-tail.h"

#include <ogg/ogg.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "engine/decode/zab-bytes.h"
#include "engine/decode/zab-decoder.h"
#include "engine/decode/zab-gst.h"
#include "engine/decode/zab-helper.h"
#include "engine/decode/zab-ogg-caps.h"
#include "engine/decode/zab-ogg-reader.h"
#include "engine/decode/zab-push-chain.h"
#include "lib/zab-test.h"
#include "tests/engine/clip.h"

enum
{
  LOOP_PACKETS = 121, /* in loop.opus, of sound */
  BLOCK = 4096        /* frames */
};

/* An Opus stream, taken apart. */
typedef struct
{
  GQueue   packets; /* of GstBuffer */
  GstCaps *caps;
} Stream;

static void
stream_clear (Stream *self)
{
  g_queue_clear_full (&self->packets, (GDestroyNotify)gst_buffer_unref);
  gst_clear_caps (&self->caps);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stream, stream_clear)

static Stream
read_stream (const char *name)
{
  g_autoptr (GByteArray) file = clip_read_file (name);
  const guint32 serial = zab_get_le32 (file->data + 14);
  g_autoptr (ZabOggReader) reader = zab_ogg_reader_new (serial);
  g_autoptr (GstBuffer) head = NULL;
  Stream     self = { .packets = G_QUEUE_INIT };
  GstBuffer *packet;

  memcpy (zab_ogg_reader_get_room (reader, file->len), file->data, file->len);
  zab_ogg_reader_add (reader, file->len);
  head = zab_ogg_reader_pop (reader);
  self.caps = zab_ogg_caps_new_opus (head);
  g_assert_nonnull (self.caps);
  while ((packet = zab_ogg_reader_pop (reader)))
    g_queue_push_tail (&self.packets, packet);
  gst_buffer_unref (g_queue_pop_head (&self.packets)); /* the tags */
  return self;
}

static void
do_nothing (gpointer data)
{
}

static gboolean
has_two_cores (void)
{
  cpu_set_t cores;

  g_assert_cmpint (sched_getaffinity (0, sizeof cores, &cores), ==, 0);
  return CPU_COUNT (&cores) > 1;
}

static void
wait_for_helper (void)
{
  if (has_two_cores ())
    zab_test_wait_until (zab_helper_run (do_nothing, NULL));
}

static ZabTail *
try_to_start (Stream *stream)
{
  return zab_tail_start (stream->caps, &stream->packets, NULL);
}

/* The helper may still be busy with the last one. NULL: there is none. */
static ZabTail *
start (Stream *stream)
{
  ZabTail *tail = NULL;

  zab_test_wait_until ((tail = try_to_start (stream)) || !has_two_cores ());
  return tail;
}

static ZabPushChain *
make_chain (Stream *stream)
{
  g_autoptr (GError) error = NULL;
  ZabPushChain *chain = zab_push_chain_new (ZAB_CODEC_OPUS, stream->caps, "loop", &error);

  g_assert_no_error (error);
  return chain;
}

static void
append (GByteArray *bytes, GstSample *sample)
{
  GstMapInfo map;

  g_assert_true (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ));
  g_byte_array_append (bytes, map.data, (guint)map.size);
  gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
  gst_sample_unref (sample);
}

/* Until the tail (or NULL) continues what came out. How many packets it took. */
static guint
decode_front (Stream *stream, ZabTail *tail, GByteArray *bytes)
{
  g_autoptr (ZabPushChain) chain = make_chain (stream);
  guint n = 0;

  for (GList *link = stream->packets.head; link; link = link->next)
    {
      gboolean   continues = FALSE;
      GstSample *sample;

      g_assert_true (zab_push_chain_push (chain, gst_buffer_ref (link->data), NULL, NULL));
      n++;
      zab_push_chain_drain (chain);
      while (!continues && (sample = zab_push_chain_pull (chain)))
        {
          continues = tail && zab_tail_continues (tail, sample);
          append (bytes, sample);
        }
      if (continues)
        break;
    }
  return n;
}

static void
append_tail (GByteArray *bytes, ZabTail *tail)
{
  GstSample *sample;

  while ((sample = zab_tail_pull (tail)))
    append (bytes, sample);
}

/* Bit by bit what one decoder makes of it, which does not have to go to the end. */
static void
test_exact (void)
{
  g_auto (Stream) stream = read_stream ("loop.opus");
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GByteArray) parts = g_byte_array_new ();
  g_autoptr (ZabTail) tail = NULL;
  guint n;

  g_assert_cmpuint (decode_front (&stream, NULL, whole), ==, LOOP_PACKETS);
  tail = start (&stream);
  if (!tail)
    return;
  wait_for_helper ();
  n = decode_front (&stream, tail, parts);
  g_test_message ("continued after %u of %u packets", n, LOOP_PACKETS);
  g_assert_cmpuint (n, <, LOOP_PACKETS - 20);
  g_assert_cmpuint (parts->len, <, whole->len);
  append_tail (parts, tail);
  g_assert_cmpmem (parts->data, parts->len, whole->data, whole->len);
}

/* The decoder, by itself: whether somebody helps, and when, makes no difference. */
static void
test_decoder (void)
{
  g_autoptr (Clip) alone = clip_load ("loop.opus");
  g_auto (Stream) stream = read_stream ("loop.opus");
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  const gsize size = (gsize)alone->n_frames * 2 * sizeof (float);

  decode_front (&stream, NULL, whole);
  g_assert_cmpuint (whole->len, >=, size);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (Clip) clip = clip_load ("loop.opus");

      g_assert_cmpint (clip->n_frames, ==, alone->n_frames);
      g_assert_cmpmem (clip->frames, size, alone->frames, size);
    }
  g_assert_nonnull (
      memmem (whole->data, whole->len, alone->frames, size)); /* behind the pre-skip */
}

static void
damage (Stream *stream, GRand *rand)
{
  GList *link = g_queue_peek_nth_link (
      &stream->packets, (guint)g_rand_int_range (rand, 0, (gint32)stream->packets.length));
  GstBuffer *packet = gst_buffer_copy_deep (link->data);
  GstMapInfo map;

  g_assert_true (gst_buffer_map (packet, &map, GST_MAP_READWRITE));
  for (guint i = 0; i < 4; i++)
    map.data[g_rand_int_range (rand, 0, (gint32)map.size)] = (guint8)g_rand_int (rand);
  gst_buffer_unmap (packet, &map);
  gst_buffer_unref (link->data);
  link->data = packet;
}

/* Packets that make no sense, or another one: the same comes of them, in front or in the tail. */
static void
test_damage (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_continued = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_auto (Stream) stream = read_stream ("loop.opus");
      g_autoptr (GByteArray) whole = g_byte_array_new ();
      g_autoptr (GByteArray) parts = g_byte_array_new ();
      ZabTail *tail;

      for (guint j = 0; j <= i % 4; j++)
        damage (&stream, rand);
      decode_front (&stream, NULL, whole);
      tail = start (&stream);
      wait_for_helper ();
      if (decode_front (&stream, tail, parts) < LOOP_PACKETS)
        {
          append_tail (parts, tail);
          n_continued++;
        }
      g_assert_cmpmem (parts->data, parts->len, whole->data, whole->len);
      g_clear_pointer (&tail, zab_tail_free);
    }
  g_test_message ("%u of 200 were continued", n_continued);
  g_assert_cmpint (n_continued > 0, ==, has_two_cores ());
}

/* Frames that a decoder had still to give when it had decoded all: the tail's. */
static gint64
count_taken (void)
{
  const ZabDecoderOptions options = { .alone = TRUE };
  const int               fd = clip_open_file ("loop.opus");
  g_autoptr (ZabDecoder) decoder = zab_decoder_open_with (fd, "loop.opus", &options, NULL, NULL);
  g_autofree float *block = g_new (float, BLOCK * 2);
  gint64            left = zab_decoder_get_info (decoder)->n_frames;
  gint64            taken = 0;
  gssize            n;

  wait_for_helper ();
  while ((n = zab_decoder_read (decoder, block, BLOCK, NULL, NULL)) > 0)
    {
      left -= n;
      if (zab_decoder_get_fraction (decoder) >= 1.0)
        taken = MAX (taken, left);
    }
  g_assert_cmpint (left, ==, 0);
  close (fd);
  return taken;
}

/* Sooner or later the helper is free when a decoder asks for it. */
static void
test_taken (void)
{
  gint64 taken = 0;

  for (guint i = 0; i < (has_two_cores () ? 1000U : 1U) && taken <= 2 * BLOCK; i++)
    taken = count_taken ();
  g_test_message ("%" G_GINT64_FORMAT " frames", taken);
  g_assert_cmpint (taken > 2 * BLOCK, ==, has_two_cores ());
}

/* Asserts that one decoder has to decode all of it. */
static void
assert_not_continued (Stream *stream, ZabTail *tail)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  wait_for_helper ();
  g_assert_cmpuint (decode_front (stream, tail, bytes), ==, stream->packets.length);
}

/* The tail of something else. */
static void
test_not_alike (void)
{
  g_auto (Stream) stream = read_stream ("loop.opus");
  ZabTail *tail = start (&stream);

  gst_buffer_unref (g_queue_pop_nth (&stream.packets, 1));
  assert_not_continued (&stream, tail);
  g_clear_pointer (&tail, zab_tail_free);
}

/* Nobody knows what is in the decoder's mind, and in the packets to come. */
static void
test_silence (void)
{
  static const guint8 PACKET[] = { 0xfc, 0xff, 0xfe };
  g_auto (Stream) stream = read_stream ("loop.opus");
  ZabTail *tail;

  g_queue_clear_full (&stream.packets, (GDestroyNotify)gst_buffer_unref);
  for (guint i = 0; i < LOOP_PACKETS; i++)
    g_queue_push_tail (&stream.packets, gst_buffer_new_memdup (PACKET, sizeof PACKET));
  tail = start (&stream);
  assert_not_continued (&stream, tail);
  g_clear_pointer (&tail, zab_tail_free);
}

/* The helper has just begun, is not waited for, and may come when it is too late. */
static void
test_late (void)
{
  g_auto (Stream) stream = read_stream ("loop.opus");
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GByteArray) parts = g_byte_array_new ();
  ZabTail *tail;
  guint    n;

  decode_front (&stream, NULL, whole);
  tail = start (&stream);
  n = decode_front (&stream, tail, parts);
  g_test_message ("%u packets", n);
  if (n < LOOP_PACKETS)
    append_tail (parts, tail);
  g_assert_cmpmem (parts->data, parts->len, whole->data, whole->len);
  g_clear_pointer (&tail, zab_tail_free);
  wait_for_helper ();
}

static void
test_not_worth_it (void)
{
  g_auto (Stream) stream = read_stream ("loop.opus");

  gst_buffer_unref (g_queue_pop_tail (&stream.packets));
  GST_BUFFER_FLAG_SET ((GstBuffer *)g_queue_peek_nth (&stream.packets, 3), GST_BUFFER_FLAG_DISCONT);
  g_assert_null (try_to_start (&stream));
  GST_BUFFER_FLAG_UNSET ((GstBuffer *)g_queue_peek_nth (&stream.packets, 3),
                         GST_BUFFER_FLAG_DISCONT);
  while (stream.packets.length > LOOP_PACKETS / 2)
    gst_buffer_unref (g_queue_pop_tail (&stream.packets));
  g_assert_null (try_to_start (&stream));
}

static void
add_pages (GByteArray *file, ogg_stream_state *stream)
{
  ogg_page page;

  while (ogg_stream_flush (stream, &page))
    {
      g_byte_array_append (file, page.header, (guint)page.header_len);
      g_byte_array_append (file, page.body, (guint)page.body_len);
    }
}

/* A page a second. */
static GByteArray *
write_silence (guint n_packets)
{
  static guint8    head[] = "OpusHead\1\2\0\0\200\273\0\0\0\0";
  static guint8    tags[] = "OpusTags\0\0\0\0\0\0\0";
  static guint8    silence[] = { 0xfc, 0xff, 0xfe };
  GByteArray      *file = g_byte_array_new ();
  ogg_packet       packet = { .packet = head, .bytes = sizeof head, .b_o_s = 1 };
  ogg_stream_state stream;

  ogg_stream_init (&stream, 1);
  ogg_stream_packetin (&stream, &packet);
  add_pages (file, &stream);
  packet = (ogg_packet){ .packet = tags, .bytes = sizeof tags };
  ogg_stream_packetin (&stream, &packet);
  add_pages (file, &stream);
  for (guint i = 1; i <= n_packets; i++)
    {
      packet = (ogg_packet){
        .packet = silence, .bytes = sizeof silence, .granulepos = i * 960, .e_o_s = i == n_packets
      };
      ogg_stream_packetin (&stream, &packet);
      if (i % 50 == 0)
        add_pages (file, &stream);
    }
  add_pages (file, &stream);
  ogg_stream_clear (&stream);
  return file;
}

/* What was read before its turn is not done. More packets than are read so. */
static void
test_progress (void)
{
  const ZabDecoderOptions options = { .alone = TRUE };
  g_autoptr (GByteArray) file = write_silence (5000);
  const int fd = clip_make_file (file->data, file->len);
  g_autoptr (ZabDecoder) decoder = zab_decoder_open_with (fd, "silence", &options, NULL, NULL);
  g_autofree float *block = g_new (float, BLOCK * 2);
  gint64            done = 0;
  gssize            n;

  while ((n = zab_decoder_read (decoder, block, BLOCK, NULL, NULL)) > 0)
    {
      done += n;
      g_assert_cmpfloat_with_epsilon (zab_decoder_get_fraction (decoder),
                                      (double)done / (5000 * 960), 0.05);
    }
  g_assert_cmpint (done, ==, 5000 * 960);
  close (fd);
}

/* --- The helper ------------------------------------------------------------------------------- */

typedef struct
{
  GMutex lock; /* held by the test: it has to wait */
  gint   n_cores;
} Task;

static void
count_cores (gpointer data)
{
  Task     *self = data;
  cpu_set_t cores;

  g_mutex_lock (&self->lock);
  sched_getaffinity (0, sizeof cores, &cores);
  self->n_cores = CPU_COUNT (&cores);
  g_mutex_unlock (&self->lock);
}

/* One thing at a time, and not where it is asked from. */
static void
test_helper (void)
{
  Task      task = { .n_cores = 0 };
  cpu_set_t cores;
  gboolean  helps;

  wait_for_helper ();
  wait_for_helper ();
  sched_getaffinity (0, sizeof cores, &cores);
  g_mutex_init (&task.lock);
  g_mutex_lock (&task.lock);
  zab_test_wait_until ((helps = zab_helper_run (count_cores, &task)) || !has_two_cores ());
  g_assert_cmpint (helps, ==, has_two_cores ());
  g_assert_false (zab_helper_run (do_nothing, NULL));
  g_mutex_unlock (&task.lock);
  wait_for_helper ();
  g_assert_cmpint (task.n_cores, ==, helps ? CPU_COUNT (&cores) - 1 : 0);
  g_mutex_clear (&task.lock);
}

/* A file that comes while the helper has something to do goes without. */
static void
test_busy (void)
{
  g_auto (Stream) stream = read_stream ("loop.opus");
  Task task = { .n_cores = 0 };

  g_mutex_init (&task.lock);
  g_mutex_lock (&task.lock);
  zab_test_wait_until (zab_helper_run (count_cores, &task) || !has_two_cores ());
  g_assert_null (try_to_start (&stream));
  g_mutex_unlock (&task.lock);
  wait_for_helper ();
  g_mutex_clear (&task.lock);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  g_assert_true (zab_gst_init (NULL));
  zab_test_add ("/engine/tail/exact", test_exact);
  zab_test_add ("/engine/tail/decoder", test_decoder);
  zab_test_add ("/engine/tail/damage", test_damage);
  zab_test_add ("/engine/tail/taken", test_taken);
  zab_test_add ("/engine/tail/not-alike", test_not_alike);
  zab_test_add ("/engine/tail/silence", test_silence);
  zab_test_add ("/engine/tail/late", test_late);
  zab_test_add ("/engine/tail/not-worth-it", test_not_worth_it);
  zab_test_add ("/engine/tail/progress", test_progress);
  zab_test_add ("/engine/tail/helper", test_helper);
  zab_test_add ("/engine/tail/busy", test_busy);
  return g_test_run ();
}
