/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-decoder.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/zab-load-error.h"

enum
{
  RATE = 22050,
  CHANNELS = 2,
  N_FRAMES = 1234,
  HEADER_SIZE = 44
};

/* A file without a name that holds @size bytes. */
static int
make_file (const void *data, gsize size)
{
  g_autofree char *path = NULL;
  int              fd = g_file_open_tmp (NULL, &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, size);
  g_unlink (path);
  return fd;
}

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
  int                 fd = make_file (wav->data, wav->len);
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
  int   fd = make_file (wav->data, HEADER_SIZE + 100 * CHANNELS * 2 + 3);
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
  int   fd = make_file (wav->data, wav->len);
  float frames[N_FRAMES * CHANNELS];

  decoder = zab_decoder_open (fd, "saw.wav", cancellable, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (zab_decoder_read (decoder, frames, N_FRAMES, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
}

static void
assert_refused (int fd, ZabLoadErrorCode code, const char *words)
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
  assert_refused (make_file ("", 0), ZAB_LOAD_ERROR_EMPTY, "empty");
  assert_refused (make_file ("hello", 5), ZAB_LOAD_ERROR_NOT_AUDIO, "not an audio file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/decoder/wav-exact", test_wav_exact);
  g_test_add_func ("/engine/decoder/wav-cut", test_wav_cut);
  g_test_add_func ("/engine/decoder/cancelled", test_cancelled);
  g_test_add_func ("/engine/decoder/no-file", test_no_file);
  return g_test_run ();
}
