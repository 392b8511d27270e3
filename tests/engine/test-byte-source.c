/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-byte-source.h"

#include <unistd.h>

#include "engine/decode/zab-sniff.h"
#include "tests/engine/clip.h"

/* A range, memory, another range, read in pieces of every size. */
static void
test_parts (void)
{
  static const char file[] = "abcdefghij";
  static const char wanted[] = "cdeXYZab";
  int               fd = clip_make_file (file, 10);

  for (gsize piece = 1; piece <= 10; piece++)
    {
      g_autoptr (ZabByteSource) source = zab_byte_source_new (fd, 10);
      g_autoptr (GBytes) bytes = g_bytes_new_static ("XYZ", 3);
      char   got[20];
      gsize  n = 0;
      gssize some;

      zab_byte_source_append_range (source, 2, 3);
      zab_byte_source_append_bytes (source, bytes);
      zab_byte_source_append_range (source, 0, 2);
      g_assert_cmpint (zab_byte_source_get_length (source), ==, 8);
      while ((some = zab_byte_source_read (source, got + n, piece, NULL)) > 0)
        {
          n += (gsize)some;
          g_assert_cmpint (zab_byte_source_get_position (source), ==, (gint64)n);
        }
      g_assert_cmpmem (got, n, wanted, 8);
      zab_byte_source_seek (source, 4);
      g_assert_cmpint (zab_byte_source_read (source, got, 20, NULL), ==, 4);
      g_assert_cmpmem (got, 4, wanted + 4, 4);
    }
  close (fd);
}

/* The file is shorter than it was when it was measured. */
static void
test_shortened (void)
{
  int fd = clip_make_file ("abc", 3);
  g_autoptr (ZabByteSource) source = zab_byte_source_new (fd, 10);
  char got[10];

  zab_byte_source_append_range (source, 0, 10);
  g_assert_cmpint (zab_byte_source_read (source, got, 10, NULL), ==, 3);
  g_assert_cmpint (zab_byte_source_read (source, got, 10, NULL), ==, 0);
  close (fd);
}

static void
test_read_error (void)
{
  g_autoptr (ZabByteSource) source = zab_byte_source_new (-1, 10);
  g_autoptr (GError) error = NULL;
  char got[10];

  zab_byte_source_append_range (source, 0, 10);
  g_assert_cmpint (zab_byte_source_read (source, got, 10, &error), ==, -1);
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
}

static void
test_sniff (void)
{
  static const struct
  {
    const char *file;
    ZabFormat   format;
  } files[] = {
    { "wav-s16.wav", ZAB_FORMAT_WAV },      { "wav-rf64.wav", ZAB_FORMAT_WAV },
    { "aiff-s16.aiff", ZAB_FORMAT_AIFF },   { "aifc-sowt.aifc", ZAB_FORMAT_AIFF },
    { "flac-16.flac", ZAB_FORMAT_FLAC },    { "mp3-cbr.mp3", ZAB_FORMAT_MP3 },
    { "rate-8000.mp3", ZAB_FORMAT_MP3 },    { "rate-22050.mp3", ZAB_FORMAT_MP3 },
    { "ogg-vorbis.ogg", ZAB_FORMAT_OGG },   { "opus-mono.opus", ZAB_FORMAT_OGG },
    { "m4a-aac.m4a", ZAB_FORMAT_MP4 },      { "video-only.mp4", ZAB_FORMAT_MP4 },
    { "adts.aac", ZAB_FORMAT_ADTS },        { "fallback.wv", ZAB_FORMAT_UNKNOWN },
    { "fallback.mka", ZAB_FORMAT_UNKNOWN }, { "make-data", ZAB_FORMAT_NOT_AUDIO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GByteArray) bytes = clip_read_file (files[i].file);

      g_assert_cmpint (zab_sniff (bytes->data, MIN (bytes->len, ZAB_SNIFF_SIZE)), ==,
                       files[i].format);
      for (guint size = 0; size < 64; size++) /* never reads beyond */
        {
          g_autofree guint8 *head = g_memdup2 (bytes->data, size);

          zab_sniff (head, size);
          zab_sniff_id3v2_size (head, size);
        }
    }
  g_assert_cmpuint (zab_sniff_id3v2_size ((const guint8 *)"ID3\4\0\0\0\0\1\2", 10), ==, 140);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/byte-source/parts", test_parts);
  g_test_add_func ("/engine/byte-source/shortened", test_shortened);
  g_test_add_func ("/engine/byte-source/read-error", test_read_error);
  g_test_add_func ("/engine/sniff/files", test_sniff);
  return g_test_run ();
}
