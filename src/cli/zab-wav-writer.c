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
  GFileOutputStream *stream;
  guint              rate;
  guint              channels;
  guint64            n_frames;
};

static gboolean
write_header (ZabWavWriter *self, GError **error)
{
  const guint32 block = self->channels * (guint32)sizeof (float);
  const guint32 size = (guint32)self->n_frames * block;
  const Header  header = {
     .riff = { 'R', 'I', 'F', 'F' },
     .riff_size = GUINT32_TO_LE (size + (guint32)sizeof (Header) - 8),
     .wave = { 'W', 'A', 'V', 'E' },
     .fmt = { 'f', 'm', 't', ' ' },
     .fmt_size = GUINT32_TO_LE (18),
     .format = GUINT16_TO_LE (FORMAT_FLOAT),
     .channels = GUINT16_TO_LE ((guint16)self->channels),
     .rate = GUINT32_TO_LE (self->rate),
     .bytes_per_second = GUINT32_TO_LE (self->rate * block),
     .block_align = GUINT16_TO_LE ((guint16)block),
     .bits = GUINT16_TO_LE (32),
     .fact = { 'f', 'a', 'c', 't' },
     .fact_size = GUINT32_TO_LE (4),
     .n_frames = GUINT32_TO_LE ((guint32)self->n_frames),
     .data = { 'd', 'a', 't', 'a' },
     .data_size = GUINT32_TO_LE (size),
  };

  return g_output_stream_write_all (G_OUTPUT_STREAM (self->stream), &header, sizeof header, NULL,
                                    NULL, error);
}

ZabWavWriter *
zab_wav_writer_new (GFile *file, guint rate, guint channels, GError **error)
{
  g_autoptr (ZabWavWriter) self = g_new0 (ZabWavWriter, 1);

  self->rate = rate;
  self->channels = channels;
  self->stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);
  if (self->stream == NULL || !write_header (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
zab_wav_writer_write (ZabWavWriter *self, const float *frames, guint64 n_frames, GError **error)
{
  const gsize block = self->channels * sizeof (float);

  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  if ((self->n_frames + n_frames) * block > MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _ ("a WAV file can’t be longer than 4 GiB"));
      return FALSE;
    }
  self->n_frames += n_frames;
  return n_frames == 0
         || g_output_stream_write_all (G_OUTPUT_STREAM (self->stream), frames, n_frames * block,
                                       NULL, NULL, error);
}

gboolean
zab_wav_writer_finish (ZabWavWriter *self, GError **error)
{
  return g_seekable_seek (G_SEEKABLE (self->stream), 0, G_SEEK_SET, NULL, error)
         && write_header (self, error)
         && g_output_stream_close (G_OUTPUT_STREAM (self->stream), NULL, error);
}

void
zab_wav_writer_free (ZabWavWriter *self)
{
  g_clear_object (&self->stream);
  g_free (self);
}

gboolean
zab_wav_write (GFile *file, guint rate, guint channels, const float *frames, guint64 n_frames,
               GError **error)
{
  g_autoptr (ZabWavWriter) writer = zab_wav_writer_new (file, rate, channels, error);

  return writer != NULL && zab_wav_writer_write (writer, frames, n_frames, error)
         && zab_wav_writer_finish (writer, error);
}
