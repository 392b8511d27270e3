/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-decoder.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "tests/engine/clip.h"

enum
{
  RATE = 22050,
  CHANNELS = 2,
  N_FRAMES = 1234,
  HEADER_SIZE = 44
};

static void
put_16 (GByteArray *bytes, guint value)
{
  guint16 le = GUINT16_TO_LE ((guint16)value);

  g_byte_array_append (bytes, (guint8 *)&le, sizeof le);
}

static void
put_32 (GByteArray *bytes, guint value)
{
  guint32 le = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (guint8 *)&le, sizeof le);
}

static gint16
get_sample (guint i)
{
  return (gint16)(i * 7919u);
}

/* A 16-bit WAV with a sawtooth of no particular pitch. */
static GByteArray *
make_wav (guint rate, guint channels, guint n_frames)
{
  GByteArray *bytes = g_byte_array_new ();
  guint       size = n_frames * channels * 2;

  g_byte_array_append (bytes, (const guint8 *)"RIFF", 4);
  put_32 (bytes, size + HEADER_SIZE - 8);
  g_byte_array_append (bytes, (const guint8 *)"WAVEfmt ", 8);
  put_32 (bytes, 16);
  put_16 (bytes, 1);
  put_16 (bytes, channels);
  put_32 (bytes, rate);
  put_32 (bytes, rate * channels * 2);
  put_16 (bytes, channels * 2);
  put_16 (bytes, 16);
  g_byte_array_append (bytes, (const guint8 *)"data", 4);
  put_32 (bytes, size);
  for (guint i = 0; i < n_frames * channels; i++)
    put_16 (bytes, (guint16)get_sample (i));
  return bytes;
}

static void
test_wav_exact (void)
{
  g_autoptr (GByteArray) wav = make_wav (RATE, CHANNELS, N_FRAMES);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabDecoder) decoder = NULL;
  int                 fd = clip_make_file (wav->data, wav->len);
  float               frames[100 * CHANNELS];
  guint               n = 0;
  double              fraction = 0;
  const ZabAudioInfo *info;
  gssize              got;

  decoder = zab_decoder_open (fd, "saw.wav", NULL, &error);
  g_assert_no_error (error);
  info = zab_decoder_get_info (decoder);
  g_assert_cmpuint (info->rate, ==, RATE);
  g_assert_cmpuint (info->channels, ==, CHANNELS);
  g_assert_cmpint (info->n_frames, ==, N_FRAMES);
  while ((got = zab_decoder_read (decoder, frames, 100, NULL, &error)) > 0)
    {
      for (guint i = 0; i < (guint)got * CHANNELS; i++)
        g_assert_cmpfloat (frames[i], ==, get_sample (n * CHANNELS + i) / 32768.0f);
      n += (guint)got;
      g_assert_cmpfloat (zab_decoder_get_fraction (decoder), >=, fraction);
      fraction = zab_decoder_get_fraction (decoder);
    }
  g_assert_no_error (error);
  g_assert_cmpint (got, ==, 0);
  g_assert_cmpuint (n, ==, N_FRAMES);
  g_assert_cmpfloat (zab_decoder_get_fraction (decoder), ==, 1);
  g_assert_null (zab_decoder_get_warning (decoder));
  close (fd);
}

static void
test_wav_cut (void)
{
  g_autoptr (GByteArray) wav = make_wav (RATE, CHANNELS, N_FRAMES);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabDecoder) decoder = NULL;
  int   fd = clip_make_file (wav->data, HEADER_SIZE + 100 * CHANNELS * 2 + 3);
  float frames[N_FRAMES * CHANNELS];

  decoder = zab_decoder_open (fd, "saw.wav", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (zab_decoder_read (decoder, frames, N_FRAMES, NULL, &error), ==, 100);
  g_assert_cmpint (zab_decoder_read (decoder, frames, N_FRAMES, NULL, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (zab_decoder_get_warning (decoder), "cut off"));
  close (fd);
}

static void
test_cancelled (void)
{
  g_autoptr (GByteArray) wav = make_wav (RATE, CHANNELS, N_FRAMES);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabDecoder) decoder = NULL;
  int   fd = clip_make_file (wav->data, wav->len);
  float frames[N_FRAMES * CHANNELS];

  decoder = zab_decoder_open (fd, "saw.wav", cancellable, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (zab_decoder_read (decoder, frames, N_FRAMES, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

static void
assert_refused (int fd, ZabLoadError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zab_decoder_open (fd, "x.wav", NULL, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, "x.wav"));
  g_assert_nonnull (strstr (error->message, words));
  close (fd);
}

static void
test_no_file (void)
{
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  assert_refused (fds[0], ZAB_LOAD_ERROR_NOT_REGULAR_FILE, "pipe");
  close (fds[1]);
  assert_refused (open ("/", O_RDONLY), ZAB_LOAD_ERROR_NOT_REGULAR_FILE, "folder");
  assert_refused (open ("/dev/zero", O_RDONLY), ZAB_LOAD_ERROR_NOT_REGULAR_FILE, "device");
  assert_refused (clip_make_file ("", 0), ZAB_LOAD_ERROR_EMPTY, "empty");
  assert_refused (clip_make_file ("hello", 5), ZAB_LOAD_ERROR_NOT_AUDIO, "not an audio file");
}

/* Any kind of decoder stops within a chunk. */
static void
test_cancelled_formats (void)
{
  static const char *const files[]
      = { "wav-s16.wav", "flac-16.flac", "mp3-cbr.mp3",      "ogg-vorbis.ogg",
          "adts.aac",    "m4a-aac.m4a",  "opus-stereo.opus", "fallback.mka" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) again = NULL;
      g_autoptr (ZabDecoder) decoder = NULL;
      int   fd = clip_open_file (files[i]);
      float frames[2];

      decoder = zab_decoder_open (fd, files[i], cancellable, &error);
      g_assert_no_error (error);
      g_assert_cmpint (zab_decoder_read (decoder, frames, 1, cancellable, &error), ==, 1);
      g_cancellable_cancel (cancellable);
      g_assert_cmpint (zab_decoder_read (decoder, frames, 1, cancellable, &error), ==, -1);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (zab_decoder_open (fd, files[i], cancellable, &again));
      g_assert_error (again, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      close (fd);
    }
}

/* What was decoded before, or not to its end, or was damaged, leaves no trace. */
static void
test_reuse (void)
{
  static const char *const files[]
      = { "flac-16.flac", "mp3-vbr.mp3", "ogg-vorbis.ogg", "opus-stereo.opus",
          "m4a-aac.m4a",  "adts.aac",    "m4a-alac.m4a",   "wav-s24.wav" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GByteArray) damaged = clip_read_file (files[i]);
      g_autoptr (Clip) first = clip_load (files[i]);
      g_autoptr (Clip) second = NULL;
      g_autoptr (Clip) third = NULL;
      g_autoptr (ZabDecoder) decoder = NULL;
      int fd = clip_open_file (files[i]);

      decoder = zab_decoder_open (fd, files[i], NULL, NULL);
      g_assert_nonnull (decoder);
      g_clear_pointer (&decoder, zab_decoder_free);
      close (fd);
      second = clip_load (files[i]);

      memset (damaged->data + damaged->len / 2, 0x55, damaged->len / 4);
      fd = clip_make_file (damaged->data, damaged->len);
      decoder = zab_decoder_open (fd, files[i], NULL, NULL);
      g_clear_pointer (&decoder, zab_decoder_free);
      close (fd);
      third = clip_load (files[i]);

      g_assert_cmpmem (first->frames, (gsize)first->n_frames * first->channels * sizeof (float),
                       second->frames, (gsize)second->n_frames * second->channels * sizeof (float));
      g_assert_cmpmem (first->frames, (gsize)first->n_frames * first->channels * sizeof (float),
                       third->frames, (gsize)third->n_frames * third->channels * sizeof (float));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/decoder/wav-exact", test_wav_exact);
  g_test_add_func ("/engine/decoder/wav-cut", test_wav_cut);
  g_test_add_func ("/engine/decoder/cancelled", test_cancelled);
  g_test_add_func ("/engine/decoder/cancelled-formats", test_cancelled_formats);
  g_test_add_func ("/engine/decoder/reuse", test_reuse);
  g_test_add_func ("/engine/decoder/no-file", test_no_file);
  return g_test_run ();
}
