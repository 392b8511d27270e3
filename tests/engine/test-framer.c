/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-framer.h"

#include <string.h>

#include "tests/engine/clip.h"

enum
{
  STREAMINFO = 4,     /* where it is in a FLAC file */
  N_FLAC_FRAMES = 87, /* in long.flac: 88200 of audio, 1024 in each */
  CBR_FRAMES = 12     /* in mp3-cbr.mp3 with the one that holds the tag */
};

static void
init_for (ZabFramer *framer, const GByteArray *bytes)
{
  const gboolean is_flac = memcmp (bytes->data, "fLaC", 4) == 0;

  zab_framer_init (framer, is_flac ? bytes->data + STREAMINFO : NULL);
}

/* The sizes of all frames, in order, of what comes @step bytes at a time. */
static GArray *
cut (const GByteArray *bytes, gsize step)
{
  GArray   *sizes = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize     begin = 0;
  gsize     end = 0;
  ZabFramer framer;

  init_for (&framer, bytes);
  while (TRUE)
    {
      gsize skip;
      gsize size
          = zab_framer_next (&framer, bytes->data + begin, end - begin, end == bytes->len, &skip);

      g_assert_cmpuint (begin + skip + size, <=, end);
      begin += skip + size;
      if (size > 0)
        g_array_append_val (sizes, size);
      else if (end == bytes->len)
        return sizes;
      else
        end = MIN (end + step, bytes->len);
    }
}

static gsize
sum (const GArray *sizes)
{
  gsize all = 0;

  for (guint i = 0; i < sizes->len; i++)
    all += g_array_index (sizes, gsize, i);
  return all;
}

/* However the bytes come, the frames are the same. */
static void
test_pieces (gconstpointer name)
{
  static const gsize steps[] = { 1, 7, 417, 1000, 16384 };
  g_autoptr (GByteArray) bytes = clip_read_file (name);
  g_autoptr (GArray) whole = cut (bytes, bytes->len);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GArray) sizes = cut (bytes, steps[i]);

      g_assert_cmpmem (sizes->data, sizes->len * sizeof (gsize), whole->data,
                       whole->len * sizeof (gsize));
    }
}

static void
test_flac (void)
{
  g_autoptr (GByteArray) bytes = clip_read_file ("long.flac");
  g_autoptr (GArray) sizes = cut (bytes, bytes->len);

  g_assert_cmpuint (sizes->len, ==, N_FLAC_FRAMES);
}

/* One header that is wrong costs one frame's border; the audio of both stays together. */
static void
test_flac_header_gone (void)
{
  g_autoptr (GByteArray) bytes = clip_read_file ("long.flac");
  g_autoptr (GArray) before = cut (bytes, bytes->len);
  g_autoptr (GArray) after = NULL;
  gsize begin = bytes->len - sum (before); /* frames are all that follows the metadata */

  begin += g_array_index (before, gsize, 0) + g_array_index (before, gsize, 1);
  bytes->data[begin + 4] ^= 0x40;
  after = cut (bytes, bytes->len);
  g_assert_cmpuint (after->len, ==, before->len - 1);
  g_assert_cmpuint (sum (after), ==, sum (before));
  g_assert_cmpuint (g_array_index (after, gsize, 1), ==,
                    g_array_index (before, gsize, 1) + g_array_index (before, gsize, 2));
}

static void
test_mpeg (void)
{
  g_autoptr (GByteArray) bytes = clip_read_file ("mp3-cbr.mp3");
  g_autoptr (GArray) sizes = cut (bytes, bytes->len);
  ZabFramer framer;
  gsize     skip;
  g_autoptr (GstCaps) caps = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (sizes->len, ==, CBR_FRAMES);
  init_for (&framer, bytes);
  zab_framer_next (&framer, bytes->data, bytes->len, TRUE, &skip);
  caps = zab_framer_dup_caps (&framer);
  text = gst_caps_to_string (caps);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "rate=(int)44100, channels=(int)2"));
}

/* What is no frame is left out, and the frames behind it are found again. */
static void
test_mpeg_garbage (void)
{
  g_autoptr (GByteArray) bytes = clip_read_file ("mp3-cbr.mp3");
  g_autoptr (GByteArray) dirty = g_byte_array_new ();
  g_autoptr (GArray) before = cut (bytes, bytes->len);
  g_autoptr (GArray) after = NULL;
  static const guint8 garbage[] = "\377\373\220 and \377\377\377 other things that are no frame";
  const gsize         first = g_array_index (before, gsize, 0) + bytes->len - sum (before);

  g_byte_array_append (dirty, bytes->data, (guint)first);
  g_byte_array_append (dirty, garbage, sizeof garbage);
  g_byte_array_append (dirty, bytes->data + first, bytes->len - (guint)first);
  after = cut (dirty, 100);
  g_assert_cmpmem (after->data, after->len * sizeof (gsize), before->data,
                   before->len * sizeof (gsize));
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "long.flac", "flac-16.flac", "mp3-cbr.mp3", "mp3-vbr.mp3" };

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/framer/pieces/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_pieces);
    }
  g_test_add_func ("/engine/framer/flac", test_flac);
  g_test_add_func ("/engine/framer/flac-header-gone", test_flac_header_gone);
  g_test_add_func ("/engine/framer/mpeg", test_mpeg);
  g_test_add_func ("/engine/framer/mpeg-garbage", test_mpeg_garbage);
  return g_test_run ();
}
