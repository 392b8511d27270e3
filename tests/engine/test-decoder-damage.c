/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "engine/decode/zab-decoder.h"
#include "engine/decode/zab-ogg.h"
#include "engine/load/zab-load-error.h"
#include "tests/engine/clip.h"

enum
{
  N_SHORT = 2003, /* frames in wav-s16.wav and flac-16.flac */
  N_REF = 11111,
  /* where things are in wav-s16.wav */
  WAV_CHANNELS = 22,
  WAV_RATE = 24,
  WAV_ALIGN = 32,
  WAV_BITS = 34,
  WAV_DATA_SIZE = 40,
  WAV_HEADER = 44
};

/* Decodes bytes; takes them. */
static Clip *
load_bytes (GByteArray *bytes, GError **error)
{
  int   fd = clip_make_file (bytes->data, bytes->len);
  Clip *clip = clip_new (fd, "x", error);

  g_byte_array_unref (bytes);
  close (fd);
  return clip;
}

static void
assert_refused (GByteArray *bytes, ZabLoadError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load_bytes (bytes, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, "“x”"));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
assert_loads (GByteArray *bytes, gint64 at_least, gint64 at_most, const char *warning)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Clip) clip = load_bytes (bytes, &error);

  g_assert_no_error (error);
  g_test_message ("%" G_GINT64_FORMAT " frames: %s", clip->n_frames, clip->warning);
  g_assert_cmpint (clip->n_frames, >=, at_least);
  g_assert_cmpint (clip->n_frames, <=, at_most);
  if (warning)
    g_assert_nonnull (strstr (clip->warning, warning));
  else
    g_assert_null (clip->warning);
}

/* wav-s16.wav with @width bytes at @offset set to @value. */
static GByteArray *
patch_wav (guint offset, guint width, guint32 value)
{
  GByteArray *bytes = clip_read_file ("wav-s16.wav");
  guint32     le = GUINT32_TO_LE (value);

  memcpy (bytes->data + offset, &le, width);
  return bytes;
}

static void
test_wav_lies (void)
{
  assert_refused (patch_wav (WAV_RATE, 4, 1), ZAB_LOAD_ERROR_DAMAGED, "sample rate is 1 Hz");
  assert_refused (patch_wav (WAV_RATE, 4, 0), ZAB_LOAD_ERROR_DAMAGED, "sample rate is 0 Hz");
  assert_refused (patch_wav (WAV_RATE, 4, 3999), ZAB_LOAD_ERROR_DAMAGED, "3999 Hz");
  assert_refused (patch_wav (WAV_RATE, 4, 384001), ZAB_LOAD_ERROR_DAMAGED, "384001 Hz");
  assert_refused (patch_wav (WAV_CHANNELS, 2, 0), ZAB_LOAD_ERROR_DAMAGED, "no channels");
  assert_refused (patch_wav (WAV_CHANNELS, 2, 9), ZAB_LOAD_ERROR_DAMAGED, "9 channels");
  assert_refused (patch_wav (WAV_CHANNELS, 2, 65535), ZAB_LOAD_ERROR_DAMAGED, "65535 channels");
  assert_refused (patch_wav (WAV_ALIGN, 2, 0), ZAB_LOAD_ERROR_DAMAGED, "a block has 0 bytes");
  assert_refused (patch_wav (WAV_ALIGN, 2, 4097), ZAB_LOAD_ERROR_DAMAGED, "4097 bytes");
  assert_refused (patch_wav (WAV_ALIGN, 2, 5), ZAB_LOAD_ERROR_DAMAGED, "a block has 5 bytes");
  assert_refused (patch_wav (WAV_BITS, 2, 0), ZAB_LOAD_ERROR_DAMAGED, "samples have 0 bits");
  assert_refused (patch_wav (WAV_BITS, 2, 24), ZAB_LOAD_ERROR_DAMAGED, "samples have 24 bits");
  assert_refused (patch_wav (12, 4, 0), ZAB_LOAD_ERROR_DAMAGED, "no audio in it"); /* "fmt " */
  assert_refused (patch_wav (36, 4, 0), ZAB_LOAD_ERROR_DAMAGED, "no audio in it"); /* "data" */
}

/* What recorders leave that were stopped by force, and what is only odd. */
static void
test_wav_sizes (void)
{
  g_autoptr (GByteArray) odd = patch_wav (WAV_DATA_SIZE, 4, 401);

  assert_loads (patch_wav (WAV_DATA_SIZE, 4, 0), N_SHORT, N_SHORT, NULL);
  assert_loads (patch_wav (WAV_DATA_SIZE, 4, G_MAXUINT32), N_SHORT, N_SHORT, NULL);
  assert_loads (patch_wav (WAV_DATA_SIZE, 4, 1000000), N_SHORT, N_SHORT, "cut off");
  assert_loads (g_steal_pointer (&odd), 100, 100, NULL);
}

static void
test_wav_empty (void)
{
  GByteArray *bytes = clip_read_file ("wav-s16.wav");

  g_byte_array_set_size (bytes, WAV_HEADER);
  assert_refused (bytes, ZAB_LOAD_ERROR_EMPTY, "no sound");
}

static GByteArray *
patch_aiff (guint offset, guint width, guint32 value)
{
  GByteArray *bytes = clip_read_file ("aiff-s16.aiff");
  guint8     *comm = memmem (bytes->data, bytes->len, "COMM", 4);

  g_assert_nonnull (comm);
  for (guint i = 0; i < width; i++)
    comm[8 + offset + i] = (guint8)(value >> 8 * (width - 1 - i));
  return bytes;
}

static void
test_aiff_lies (void)
{
  assert_refused (patch_aiff (0, 2, 0), ZAB_LOAD_ERROR_DAMAGED, "no audio in it");
  assert_refused (patch_aiff (0, 2, 32), ZAB_LOAD_ERROR_DAMAGED, "32 channels");
  assert_refused (patch_aiff (8, 4, 0x3fff8000), ZAB_LOAD_ERROR_DAMAGED, "1 Hz");
  assert_refused (patch_aiff (8, 4, 0x7fffffff), ZAB_LOAD_ERROR_DAMAGED, "sample rate");
  assert_loads (patch_aiff (2, 4, 5000), N_SHORT, N_SHORT, "cut off");
  assert_loads (patch_aiff (2, 4, 1000), 1000, 1000, NULL);
}

/* 36 bits of it, in the first file's STREAMINFO. */
static GByteArray *
patch_flac_total (guint8 high, guint32 low)
{
  GByteArray *bytes = clip_read_file ("flac-16.flac");
  guint32     be = GUINT32_TO_BE (low);

  bytes->data[21] = (guint8)((bytes->data[21] & 0xf0) | high);
  memcpy (bytes->data + 22, &be, sizeof be);
  return bytes;
}

static void
test_flac_lies (void)
{
  assert_loads (patch_flac_total (15, G_MAXUINT32), N_SHORT, N_SHORT, "cut off");
  assert_loads (patch_flac_total (0, 0), N_SHORT, N_SHORT, NULL);
  assert_loads (patch_flac_total (0, 3000), N_SHORT, N_SHORT, "cut off");
}

static GByteArray *
cut (const char *name, guint percent)
{
  GByteArray *bytes = clip_read_file (name);

  g_byte_array_set_size (bytes, bytes->len * percent / 100);
  return bytes;
}

static void
test_cut (void)
{
  assert_loads (cut ("wav-s16.wav", 60), 1190, 1205, "cut off");
  assert_loads (cut ("aiff-s16.aiff", 60), 1190, 1205, "cut off");
  assert_loads (cut ("m4a-faststart.m4a", 60), 2000, N_REF - 1, "cut off");
  assert_loads (cut ("mp3-vbr.mp3", 60), 2000, N_REF - 1, "cut off");
  assert_refused (cut ("m4a-aac.m4a", 60), ZAB_LOAD_ERROR_DAMAGED, "no index");
  assert_refused (cut ("flac-16.flac", 1), ZAB_LOAD_ERROR_DAMAGED, "is damaged");
}

/* Longer ones, so that there is more than one page or frame. */
static void
test_cut_long (void)
{
  assert_loads (cut ("long.flac", 60), 5000, 80000, "cut off");
  assert_loads (cut ("long.ogg", 60), 5000, 80000, "cut off");
  assert_loads (cut ("long.opus", 60), 5000, 80000, "cut off");
}

static void
test_hole (void)
{
  GByteArray *bytes = clip_read_file ("long.flac");

  memset (bytes->data + bytes->len / 2, 0, bytes->len / 8);
  assert_loads (bytes, 20000, 88200, "cut off or damaged");
  assert_refused (cut ("flac-16.flac", 60), ZAB_LOAD_ERROR_DAMAGED, "is damaged"); /* one frame */
}

/* One byte of a file's page, which is then left out. */
static GByteArray *
damage_page (const char *name, guint number)
{
  GByteArray *bytes = clip_read_file (name);
  ZabOggPage  page = { 0 };
  gsize       offset = 0;

  for (guint i = 0; i <= number; i++)
    {
      offset += page.size;
      g_assert_true (zab_ogg_page_parse (bytes->data + offset, bytes->len - offset, &page));
    }
  bytes->data[offset + page.size - 1] ^= 1;
  return bytes;
}

static void
test_ogg_pages (void)
{
  assert_loads (damage_page ("long.ogg", 6), 60000, 88199, "cut off or damaged");
  assert_loads (damage_page ("long.opus", 6), 60000, 95999, "cut off or damaged");
  assert_loads (damage_page ("long.opus", 2), 60000, 95999,
                "cut off or damaged");                                  /* the first of sound */
  assert_loads (damage_page ("long.opus", 1), 96000, 96000, "damaged"); /* the tags alone */
  assert_refused (damage_page ("long.ogg", 1), ZAB_LOAD_ERROR_DAMAGED, "is damaged");
  assert_refused (damage_page ("ogg-mono.ogg", 2), ZAB_LOAD_ERROR_DAMAGED, "is damaged");
  assert_refused (damage_page ("opus-mono.opus", 2), ZAB_LOAD_ERROR_DAMAGED, "is damaged");
}

static void
test_not_audio (void)
{
  static const guint8 png[] = "\x89PNG\r\n\x1a\n and so on";
  GByteArray         *noise = g_byte_array_new ();
  GRand              *rand = g_rand_new_with_seed (1);

  for (int i = 0; i < 20000; i++)
    {
      guint8 byte = (guint8)g_rand_int (rand);

      g_byte_array_append (noise, &byte, 1);
    }
  g_rand_free (rand);
  assert_refused (g_byte_array_append (g_byte_array_new (), png, sizeof png),
                  ZAB_LOAD_ERROR_NOT_AUDIO, "not an audio file");
  assert_refused (clip_read_file ("make-data"), ZAB_LOAD_ERROR_NOT_AUDIO, "not an audio file");
  assert_refused (clip_read_file ("video-only.mp4"), ZAB_LOAD_ERROR_NOT_AUDIO, "no audio");
  assert_refused (noise, ZAB_LOAD_ERROR_NOT_AUDIO, "no audio");
  assert_refused (g_byte_array_new_take (g_malloc0 (5000), 5000), ZAB_LOAD_ERROR_NOT_AUDIO,
                  "no audio");
}

static void
test_in_a_row (void)
{
  assert_loads (clip_read_file ("ogg-chained.ogg"), N_REF, N_REF, "only the first");
  assert_loads (clip_read_file ("mp3-two-rates.mp3"), N_REF, N_REF + 2304,
                "changes its sample rate");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/decoder/wav-lies", test_wav_lies);
  g_test_add_func ("/engine/decoder/wav-sizes", test_wav_sizes);
  g_test_add_func ("/engine/decoder/wav-empty", test_wav_empty);
  g_test_add_func ("/engine/decoder/aiff-lies", test_aiff_lies);
  g_test_add_func ("/engine/decoder/flac-lies", test_flac_lies);
  g_test_add_func ("/engine/decoder/cut", test_cut);
  g_test_add_func ("/engine/decoder/cut-long", test_cut_long);
  g_test_add_func ("/engine/decoder/hole", test_hole);
  g_test_add_func ("/engine/decoder/ogg-pages", test_ogg_pages);
  g_test_add_func ("/engine/decoder/not-audio", test_not_audio);
  g_test_add_func ("/engine/decoder/in-a-row", test_in_a_row);
  return g_test_run ();
}
