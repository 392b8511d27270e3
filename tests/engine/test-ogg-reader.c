/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-ogg-reader.h"

#include <string.h>

#include "engine/decode/zab-ogg-caps.h"
#include "engine/decode/zab-ogg.h"
#include "tests/engine/clip.h"

enum
{
  LONG_PACKETS = 91, /* in long.ogg */
  LONG_FRAMES = 88200
};

/* What a file is cut into. */
typedef struct
{
  GByteArray *bytes;    /* of all packets */
  guint       n;        /* packets */
  guint       n_behind; /* of them behind a hole */
  gint64      granule;  /* the last one that was told */
  gboolean    ended;
} Packets;

static void
packets_clear (Packets *self)
{
  g_byte_array_unref (self->bytes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Packets, packets_clear)

static void
take (Packets *self, GstBuffer *buffer)
{
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_assert_cmpuint (map.size, >, 0);
  g_byte_array_append (self->bytes, map.data, (guint)map.size);
  gst_buffer_unmap (buffer, &map);
  self->n++;
  if (GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_DISCONT))
    self->n_behind++;
  if (GST_BUFFER_OFFSET_END_IS_VALID (buffer))
    {
      g_assert_cmpint ((gint64)GST_BUFFER_OFFSET_END (buffer), >=, self->granule);
      self->granule = (gint64)GST_BUFFER_OFFSET_END (buffer);
    }
  gst_buffer_unref (buffer);
}

/* @file, which comes @step bytes at a time. */
static Packets
cut (const GByteArray *file, guint32 serial, gsize step)
{
  g_autoptr (ZabOggReader) reader = zab_ogg_reader_new (serial);
  Packets packets = { .bytes = g_byte_array_new (), .granule = -1 };

  for (gsize i = 0; i < file->len; i += step)
    {
      const gsize size = MIN (step, file->len - i);
      GstBuffer  *buffer;

      memcpy (zab_ogg_reader_get_room (reader, size), file->data + i, size);
      zab_ogg_reader_add (reader, size);
      while ((buffer = zab_ogg_reader_pop (reader)))
        take (&packets, buffer);
    }
  packets.ended = zab_ogg_reader_has_ended (reader);
  return packets;
}

static void
get_page (const GByteArray *file, guint number, gsize *offset, ZabOggPage *page)
{
  *offset = 0;
  g_assert_true (zab_ogg_page_parse (file->data, file->len, page));
  while (number-- > 0)
    {
      *offset += page->size;
      g_assert_true (zab_ogg_page_parse (file->data + *offset, file->len - *offset, page));
    }
}

static guint32
get_serial (const GByteArray *file)
{
  ZabOggPage page;
  gsize      offset;

  get_page (file, 0, &offset, &page);
  return page.serial;
}

/* However the bytes come, the packets are the same. */
static void
test_steps (void)
{
  static const gsize steps[] = { 1, 7, 1000, 1 << 20 };
  g_autoptr (GByteArray) file = clip_read_file ("long.ogg");
  g_auto (Packets) whole = cut (file, get_serial (file), file->len);

  g_assert_cmpuint (whole.n, ==, LONG_PACKETS);
  g_assert_cmpuint (whole.n_behind, ==, 0);
  g_assert_cmpint (whole.granule, ==, LONG_FRAMES);
  g_assert_true (whole.ended);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto (Packets) packets = cut (file, get_serial (file), steps[i]);

      g_assert_cmpuint (packets.n, ==, whole.n);
      g_assert_cmpmem (packets.bytes->data, packets.bytes->len, whole.bytes->data,
                       whole.bytes->len);
      g_assert_true (packets.ended);
    }
}

/* A page that was changed is left out, and the next packet says so. */
static void
test_hole (void)
{
  g_autoptr (GByteArray) file = clip_read_file ("long.ogg");
  g_auto (Packets) whole = cut (file, get_serial (file), file->len);
  g_auto (Packets) holed = { 0 };
  ZabOggPage page;
  gsize      offset;

  get_page (file, 4, &offset, &page);
  file->data[offset + page.size - 1] ^= 1;
  holed = cut (file, get_serial (file), 1000);
  g_assert_cmpuint (holed.n, <, whole.n);
  g_assert_cmpuint (holed.n, >, whole.n / 2);
  g_assert_cmpuint (holed.n_behind, ==, 1);
  g_assert_cmpint (holed.granule, ==, LONG_FRAMES);
  g_assert_true (holed.ended);
}

/* What lies between the pages is passed over. */
static void
test_junk (void)
{
  g_autoptr (GByteArray) file = clip_read_file ("long.ogg");
  g_autoptr (GByteArray) mixed = g_byte_array_new ();
  g_auto (Packets) whole = cut (file, get_serial (file), file->len);
  g_auto (Packets) packets = { 0 };

  for (gsize offset = 0; offset < file->len;)
    {
      ZabOggPage page;

      g_assert_true (zab_ogg_page_parse (file->data + offset, file->len - offset, &page));
      g_byte_array_append (mixed, file->data + offset, (guint)page.size);
      g_byte_array_append (mixed, (const guint8 *)"no page at all", 14);
      offset += page.size;
    }
  packets = cut (mixed, get_serial (file), 1000);
  g_assert_cmpmem (packets.bytes->data, packets.bytes->len, whole.bytes->data, whole.bytes->len);
  g_assert_cmpuint (packets.n_behind, ==, 0);
}

/* Pages of two streams in turns: each has its own packets. */
static void
test_two_streams (void)
{
  g_autoptr (GByteArray) a = clip_read_file ("long.ogg");
  g_autoptr (GByteArray) b = clip_read_file ("long.opus");
  g_autoptr (GByteArray) mixed = g_byte_array_new ();
  const GByteArray *files[] = { a, b };
  gsize             offsets[2] = { 0 };

  g_assert_cmpuint (get_serial (a), !=, get_serial (b));
  for (guint i = 0; offsets[0] < a->len || offsets[1] < b->len; i = !i)
    {
      ZabOggPage page;

      if (!zab_ogg_page_parse (files[i]->data + offsets[i], files[i]->len - offsets[i], &page))
        continue;
      g_byte_array_append (mixed, files[i]->data + offsets[i], (guint)page.size);
      offsets[i] += page.size;
    }
  for (guint i = 0; i < 2; i++)
    {
      g_auto (Packets) alone = cut (files[i], get_serial (files[i]), 1000);
      g_auto (Packets) packets = cut (mixed, get_serial (files[i]), 1000);

      g_assert_cmpuint (packets.n, ==, alone.n);
      g_assert_cmpmem (packets.bytes->data, packets.bytes->len, alone.bytes->data,
                       alone.bytes->len);
      g_assert_true (packets.ended);
    }
}

/* A second recording is none of its business, whoever numbered it, and whether the first one says
 * that it ends or not. */
static void
test_in_a_row (void)
{
  g_autoptr (GByteArray) file = clip_read_file ("long.ogg");
  g_autoptr (GByteArray) twice = clip_read_file ("long.ogg");
  g_auto (Packets) one = cut (file, get_serial (file), file->len);
  g_auto (Packets) packets = { 0 };
  g_auto (Packets) short_packets = { 0 };
  ZabOggPage page;
  gsize      offset;

  g_byte_array_append (twice, file->data, file->len);
  packets = cut (twice, get_serial (file), 1000);
  g_assert_cmpuint (packets.n, ==, one.n);
  g_assert_true (packets.ended);

  get_page (file, 5, &offset, &page);
  g_byte_array_remove_range (twice, (guint)offset, (guint)(file->len - offset));
  short_packets = cut (twice, get_serial (file), 1000);
  g_assert_cmpuint (short_packets.n, <, one.n);
  g_assert_true (short_packets.ended);
}

static void
test_cut (void)
{
  g_autoptr (GByteArray) file = clip_read_file ("long.ogg");
  const guint32 serial = get_serial (file);
  g_auto (Packets) packets = { 0 };

  g_byte_array_set_size (file, file->len * 3 / 4);
  packets = cut (file, serial, 1000);
  g_assert_cmpuint (packets.n, >, 10);
  g_assert_cmpuint (packets.n_behind, ==, 0);
  g_assert_false (packets.ended);
}

/* A head that was cut short is no head. */
static void
test_opus_head (void)
{
  static const guint8 head[] = "OpusHead\1\2\70\1\200\273\0\0\0\0\0";

  for (gsize size = 1; size < sizeof head; size++)
    {
      g_autoptr (GstBuffer) buffer = gst_buffer_new_memdup (head, size);
      GstCaps *caps = zab_ogg_caps_new_opus (buffer);

      g_assert_cmpint (caps != NULL, ==, size == sizeof head - 1);
      gst_clear_caps (&caps);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/ogg-reader/steps", test_steps);
  g_test_add_func ("/engine/ogg-reader/hole", test_hole);
  g_test_add_func ("/engine/ogg-reader/junk", test_junk);
  g_test_add_func ("/engine/ogg-reader/two-streams", test_two_streams);
  g_test_add_func ("/engine/ogg-reader/in-a-row", test_in_a_row);
  g_test_add_func ("/engine/ogg-reader/cut", test_cut);
  g_test_add_func ("/engine/ogg-reader/opus-head", test_opus_head);
  return g_test_run ();
}
