/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-wav-writer.h"

#include <glib/gi18n-lib.h>

static const guint16 FORMAT_FLOAT = 3;
static const guint64 MAX_BYTES = G_MAXUINT32 - 1024;

/* As it lies in the file: little-endian, no gaps. */
typedef struct __attribute__ ((packed))
{
  char    riff[4];
  guint32 riff_size;
  char    wave[4];
  char    fmt[4];
  guint32 fmt_size;
  guint16 format;
  guint16 channels;
  guint32 rate;
  guint32 bytes_per_second;
  guint16 block_align;
  guint16 bits;
  guint16 extension;
  char    fact[4];
  guint32 fact_size;
  guint32 n_frames;
  char    data[4];
  guint32 data_size;
} Header;
G_STATIC_ASSERT (sizeof (Header) == 58);

struct _ZabWavWriter
{
  GFile             *file;
  GFileOutputStream *stream;
  gboolean           is_new; /* there was no such file before */
  guint              channels;
  guint64            left; /* frames */
};

static gboolean
write_all (ZabWavWriter *self, const void *data, gsize size, GError **error)
{
  return g_output_stream_write_all (G_OUTPUT_STREAM (self->stream), data, size, NULL, NULL, error);
}

static gboolean
write_header (ZabWavWriter *self, guint rate, GError **error)
{
  const guint32 block = self->channels * (guint32)sizeof (float);
  const guint32 size = (guint32)self->left * block;
  const Header  header = {
     .riff = { 'R', 'I', 'F', 'F' },
     .riff_size = GUINT32_TO_LE (size + (guint32)sizeof (Header) - 8),
     .wave = { 'W', 'A', 'V', 'E' },
     .fmt = { 'f', 'm', 't', ' ' },
     .fmt_size = GUINT32_TO_LE (18),
     .format = GUINT16_TO_LE (FORMAT_FLOAT),
     .channels = GUINT16_TO_LE ((guint16)self->channels),
     .rate = GUINT32_TO_LE (rate),
     .bytes_per_second = GUINT32_TO_LE (rate * block),
     .block_align = GUINT16_TO_LE ((guint16)block),
     .bits = GUINT16_TO_LE (32),
     .fact = { 'f', 'a', 'c', 't' },
     .fact_size = GUINT32_TO_LE (4),
     .n_frames = GUINT32_TO_LE ((guint32)self->left),
     .data = { 'd', 'a', 't', 'a' },
     .data_size = GUINT32_TO_LE (size),
  };

  return write_all (self, &header, sizeof header, error);
}

static gboolean
check_length (GFile *file, guint channels, guint64 n_frames, GError **error)
{
  g_autofree char *name = NULL;

  if (n_frames <= MAX_BYTES / (channels * sizeof (float)))
    return TRUE;
  name = g_file_get_parse_name (file);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
               _ ("%s: a WAV file can’t be longer than 4 GiB"), name);
  return FALSE;
}

ZabWavWriter *
zab_wav_writer_new (GFile *file, guint rate, guint channels, guint64 n_frames, GError **error)
{
  g_autoptr (ZabWavWriter) self = NULL;

  if (!check_length (file, channels, n_frames, error))
    return NULL;
  self = g_new0 (ZabWavWriter, 1);
  self->file = g_object_ref (file);
  self->is_new = !g_file_query_exists (file, NULL);
  self->channels = channels;
  self->left = n_frames;
  self->stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  if (self->stream == NULL || !write_header (self, rate, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
zab_wav_writer_write (ZabWavWriter *self, const float *frames, guint64 n_frames, GError **error)
{
  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  g_return_val_if_fail (n_frames <= self->left, FALSE);
  self->left -= n_frames;
  return n_frames == 0
         || write_all (self, frames, n_frames * self->channels * sizeof (float), error);
}

gboolean
zab_wav_writer_finish (ZabWavWriter *self, GError **error)
{
  g_return_val_if_fail (self->left == 0, FALSE);
  if (!g_output_stream_close (G_OUTPUT_STREAM (self->stream), NULL, error))
    return FALSE;
  g_clear_object (&self->stream);
  return TRUE;
}

/* A stream that is closed with a cancelled cancellable does not replace the file. */
static void
abandon (ZabWavWriter *self)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();

  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (self->stream), cancelled, NULL);
  if (self->is_new)
    g_file_delete (self->file, NULL, NULL);
}

void
zab_wav_writer_free (ZabWavWriter *self)
{
  if (self->stream != NULL)
    abandon (self);
  g_clear_object (&self->stream);
  g_clear_object (&self->file);
  g_free (self);
}

gboolean
zab_wav_write (GFile *file, guint rate, guint channels, const float *frames, guint64 n_frames,
               GError **error)
{
  g_autoptr (ZabWavWriter) writer = zab_wav_writer_new (file, rate, channels, n_frames, error);

  return writer != NULL && zab_wav_writer_write (writer, frames, n_frames, error)
         && zab_wav_writer_finish (writer, error);
}
