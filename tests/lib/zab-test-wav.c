/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-wav.h"

#include <string.h>

enum
{
  FORMAT_FLOAT = 3,
  FORMAT_EXTENSIBLE = 0xfffe,
};

static void
append_u16 (GByteArray *bytes, guint value)
{
  guint16 little = GUINT16_TO_LE ((guint16)value);

  g_byte_array_append (bytes, (const guint8 *)&little, sizeof little);
}

static void
append_u32 (GByteArray *bytes, gsize value)
{
  guint32 little = GUINT32_TO_LE ((guint32)value);

  g_byte_array_append (bytes, (const guint8 *)&little, sizeof little);
}

static void
append_tag (GByteArray *bytes, const char *tag)
{
  g_byte_array_append (bytes, (const guint8 *)tag, 4);
}

/* Samples are written as they lie in memory: little-endian machines only. */
gboolean
zab_test_wav_write (const char *path, const float *frames, gsize n_frames, guint channels,
                    guint rate, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint stride = channels * (guint)sizeof (float);
  gsize size = n_frames * stride;

  append_tag (bytes, "RIFF");
  append_u32 (bytes, 50 + size);
  append_tag (bytes, "WAVE");
  append_tag (bytes, "fmt ");
  append_u32 (bytes, 18);
  append_u16 (bytes, FORMAT_FLOAT);
  append_u16 (bytes, channels);
  append_u32 (bytes, rate);
  append_u32 (bytes, (gsize)rate * stride);
  append_u16 (bytes, stride);
  append_u16 (bytes, 32);
  append_u16 (bytes, 0);
  append_tag (bytes, "fact");
  append_u32 (bytes, 4);
  append_u32 (bytes, n_frames);
  append_tag (bytes, "data");
  append_u32 (bytes, size);
  if (size)
    g_byte_array_append (bytes, (const guint8 *)frames, (guint)size);
  return g_file_set_contents (path, (const char *)bytes->data, bytes->len, error);
}

static guint
get_u16 (const guint8 *at)
{
  return (guint)at[0] | (guint)at[1] << 8;
}

static guint32
get_u32 (const guint8 *at)
{
  return get_u16 (at) | get_u16 (at + 2) << 16;
}

static gboolean
parse_format (ZabTestWav *self, const guint8 *chunk, gsize size)
{
  guint format = size >= 16 ? get_u16 (chunk) : 0;

  if (format == FORMAT_EXTENSIBLE && size >= 26)
    format = get_u16 (chunk + 24);
  if (format != FORMAT_FLOAT || get_u16 (chunk + 14) != 32)
    return FALSE;
  self->channels = get_u16 (chunk + 2);
  self->rate = get_u32 (chunk + 4);
  return self->channels > 0;
}

static gboolean
parse (ZabTestWav *self, const guint8 *data, gsize length)
{
  gsize at = 12;

  if (length < 12 || memcmp (data, "RIFF", 4) != 0 || memcmp (data + 8, "WAVE", 4) != 0)
    return FALSE;
  while (length - at >= 8)
    {
      const guint8 *chunk = data + at + 8;
      gsize         size = MIN (get_u32 (data + at + 4), length - at - 8);

      if (memcmp (data + at, "fmt ", 4) == 0 && !parse_format (self, chunk, size))
        return FALSE;
      if (memcmp (data + at, "data", 4) == 0 && self->channels > 0)
        {
          self->n_frames = size / sizeof (float) / self->channels;
          self->frames = g_memdup2 (chunk, self->n_frames * self->channels * sizeof (float));
          return TRUE;
        }
      at += MIN (8 + size + size % 2, length - at);
    }
  return FALSE;
}

ZabTestWav *
zab_test_wav_read (const char *path, GError **error)
{
  g_autoptr (ZabTestWav) self = g_new0 (ZabTestWav, 1);
  g_autofree char *data = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &data, &length, error))
    return NULL;
  if (!parse (self, (const guint8 *)data, length))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s is no float32 WAV file", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
zab_test_wav_free (ZabTestWav *self)
{
  g_free (self->frames);
  g_free (self);
}
