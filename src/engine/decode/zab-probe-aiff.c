/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-probe.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "engine/decode/zab-bytes.h"
#include "engine/load/zab-load-error.h"

enum
{
  MAX_CHUNKS = 1000
};

typedef struct
{
  guint  channels; /* 0: no COMM chunk */
  guint  bits;
  gint64 n_frames;
  double rate;
  char   compression[5];
  gint64 data_offset; /* 0: no SSND chunk */
  gint64 data_size;
} Aiff;

/* An 80-bit extended float, SANE's and the 8087's. */
static double
get_extended (const guint8 *p)
{
  int     exponent = (p[0] & 0x7f) << 8 | p[1];
  guint64 mantissa = zab_get_be64 (p + 2);

  return p[0] & 0x80 ? 0 : ldexp ((double)mantissa, exponent - 16383 - 63);
}

static void
read_common (Aiff *aiff, const guint8 *comm, gsize size)
{
  aiff->channels = zab_get_be16 (comm);
  aiff->n_frames = zab_get_be32 (comm + 2);
  aiff->bits = zab_get_be16 (comm + 6);
  aiff->rate = get_extended (comm + 8);
  memcpy (aiff->compression, size >= 22 ? (const char *)comm + 18 : "NONE", 4);
}

static void
read_chunks (Aiff *aiff, ZabByteSource *source)
{
  gint64 offset = 12;
  guint8 head[8];
  guint8 comm[22];

  for (int i = 0; i < MAX_CHUNKS; i++)
    {
      gint64 size;
      gssize n;

      if (zab_byte_source_peek (source, offset, head, 8, NULL) < 8)
        return;
      size = zab_get_be32 (head + 4);
      offset += 8;
      if (memcmp (head, "COMM", 4) == 0)
        {
          n = zab_byte_source_peek (source, offset, comm, (gsize)MIN (size, (gint64)sizeof comm),
                                    NULL);
          if (n >= 18)
            read_common (aiff, comm, (gsize)n);
        }
      else if (memcmp (head, "SSND", 4) == 0
               && zab_byte_source_peek (source, offset, comm, 8, NULL) == 8)
        {
          aiff->data_offset = offset + 8 + zab_get_be32 (comm);
          aiff->data_size = size - 8 - zab_get_be32 (comm);
        }
      offset += size + (size & 1);
    }
}

/* GST_AUDIO_FORMAT_UNKNOWN when it is compressed. Samples with fewer bits than their bytes have
 * stand at the upper end. */
static GstAudioFormat
get_sample_format (const Aiff *aiff)
{
  static const struct
  {
    const char     compression[5];
    GstAudioFormat format; /* UNKNOWN: integers of @endianness */
    int            endianness;
  } kinds[] = {
    { "NONE", GST_AUDIO_FORMAT_UNKNOWN, G_BIG_ENDIAN },
    { "twos", GST_AUDIO_FORMAT_UNKNOWN, G_BIG_ENDIAN },
    { "in24", GST_AUDIO_FORMAT_UNKNOWN, G_BIG_ENDIAN },
    { "in32", GST_AUDIO_FORMAT_UNKNOWN, G_BIG_ENDIAN },
    { "sowt", GST_AUDIO_FORMAT_UNKNOWN, G_LITTLE_ENDIAN },
    { "raw ", GST_AUDIO_FORMAT_U8, 0 },
    { "fl32", GST_AUDIO_FORMAT_F32BE, 0 },
    { "FL32", GST_AUDIO_FORMAT_F32BE, 0 },
    { "fl64", GST_AUDIO_FORMAT_F64BE, 0 },
    { "FL64", GST_AUDIO_FORMAT_F64BE, 0 },
  };
  int width = 8 * (int)((aiff->bits + 7) / 8);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (memcmp (aiff->compression, kinds[i].compression, 4) == 0)
      return kinds[i].format != GST_AUDIO_FORMAT_UNKNOWN || width > 32
                 ? kinds[i].format
                 : gst_audio_format_build_integer (TRUE, kinds[i].endianness, width, width);
  return GST_AUDIO_FORMAT_UNKNOWN;
}

gboolean
zab_probe_aiff (ZabProbe *self, ZabByteSource *source, const char *name, GError **error)
{
  gint64         file_size = zab_byte_source_get_file_size (source);
  gint64         present;
  GstAudioFormat format;
  Aiff           aiff = { 0 };

  read_chunks (&aiff, source);
  if (aiff.data_offset == 0 || aiff.channels == 0 || aiff.bits == 0 || aiff.bits > 64
      || aiff.data_size < 0)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged: the AIFF file has no audio in it"), name);
      return FALSE;
    }
  if (!zab_probe_check (name, (guint64)aiff.rate, aiff.channels, error))
    return FALSE;

  format = get_sample_format (&aiff);
  if (format == GST_AUDIO_FORMAT_UNKNOWN)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NO_DECODER,
                   _ ("“%s” is compressed in a way that Zabumba does not know (“%s”): export it as "
                      "plain AIFF"),
                      name, aiff.compression);
      return FALSE;
    }
  self->rate = (guint)aiff.rate;
  self->channels = aiff.channels;
  present = MAX (0, MIN (aiff.data_size, file_size - aiff.data_offset))
            / (gst_audio_format_get_info (format)->width / 8 * (gint64)aiff.channels);
  self->is_cut = present < aiff.n_frames;
  zab_probe_set_raw (self, source, format, 0, aiff.data_offset, MIN (aiff.n_frames, present));
  return TRUE;
}
