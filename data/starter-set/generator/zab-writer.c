/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-writer.h"
#include "zab-quantiser.h"

static void
put_tag (GByteArray *out, const char *tag)
{
  g_byte_array_append (out, (const guint8 *)tag, 4);
}

static void
put_little (GByteArray *out, guint32 value, guint width)
{
  for (guint b = 0; b < width; b++)
    g_byte_array_append (out, &(guint8){ (guint8)(value >> 8 * b) }, 1);
}

static void
put_big (GByteArray *out, guint32 value, guint width)
{
  for (guint b = width; b > 0; b--)
    g_byte_array_append (out, &(guint8){ (guint8)(value >> 8 * (b - 1)) }, 1);
}

static GByteArray *
wav_header (const ZabCatalogueItem *item, guint32 n_bytes)
{
  GByteArray *out = g_byte_array_new ();
  guint       width = zab_coding_bytes (item->coding);

  put_tag (out, "RIFF");
  put_little (out, 36 + n_bytes + n_bytes % 2, 4);
  put_tag (out, "WAVE");
  put_tag (out, "fmt ");
  put_little (out, 16, 4);
  put_little (out, item->coding == ZAB_CODING_FLOAT_32 ? 3 : 1, 2);
  put_little (out, item->channels, 2);
  put_little (out, item->rate, 4);
  put_little (out, item->rate * item->channels * width, 4);
  put_little (out, item->channels * width, 2);
  put_little (out, 8 * width, 2);
  put_tag (out, "data");
  put_little (out, n_bytes, 4);
  return out;
}

/* An 80-bit extended float, which AIFF wants for the rate; whole numbers below 2^31. */
static void
put_extended (GByteArray *out, guint32 value)
{
  guint shift = 0;

  while (!(value >> (31 - shift) & 1))
    shift++;
  put_big (out, 16383 + 31 - shift, 2);
  put_big (out, value << shift, 4);
  put_big (out, 0, 4);
}

static GByteArray *
aiff_header (const ZabCatalogueItem *item, guint32 n_bytes)
{
  GByteArray *out = g_byte_array_new ();
  guint       width = zab_coding_bytes (item->coding);

  put_tag (out, "FORM");
  put_big (out, 46 + n_bytes + n_bytes % 2, 4);
  put_tag (out, "AIFF");
  put_tag (out, "COMM");
  put_big (out, 18, 4);
  put_big (out, item->channels, 2);
  put_big (out, n_bytes / width / item->channels, 4);
  put_big (out, 8 * width, 2);
  put_extended (out, item->rate);
  put_tag (out, "SSND");
  put_big (out, 8 + n_bytes, 4);
  put_big (out, 0, 4);
  put_big (out, 0, 4);
  return out;
}

gboolean
zab_write (const ZabCatalogueItem *item, const ZabSound *sound, const char *path, GError **error)
{
  gboolean aiff = g_str_has_suffix (path, ".aiff");
  g_autoptr (GByteArray) samples = NULL;
  g_autoptr (GByteArray) file = NULL;

  if (!aiff && !g_str_has_suffix (path, ".wav"))
    return zab_encode (item, sound, path, error);
  samples = zab_quantise (sound, item->channels, item->coding, aiff);
  file = aiff ? aiff_header (item, samples->len) : wav_header (item, samples->len);
  g_byte_array_append (file, samples->data, samples->len);
  if (samples->len % 2 > 0)
    g_byte_array_append (file, (const guint8 *)"", 1);
  return g_file_set_contents (path, (const char *)file->data, (gssize)file->len, error);
}
