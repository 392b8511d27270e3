/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "engine/decode/zab-bytes.h"
#include "engine/load/zab-load-error.h"

enum
{
  MAX_BLOCK_ALIGN = 4096, /* wavparse, which reads what is not PCM, crashes beyond */
  MAX_CHUNKS = 1000,
  FORMAT_PCM = 1,
  FORMAT_FLOAT = 3,
  FORMAT_EXTENSIBLE = 0xfffe
};

typedef struct
{
  gboolean big_endian; /* RIFX */
  guint    format;
  guint    channels;
  guint    rate;
  guint    block_align;
  guint    bits;
  guint32  mask;        /* where the channels are; 0: not told */
  gint64   data_offset; /* 0: no data chunk */
  gint64   data_size;
  gint64   ds64_size; /* RF64's own data size; 0: none */
} Wav;

static guint
get_16 (const Wav *wav, const guint8 *p)
{
  return wav->big_endian ? zab_get_be16 (p) : zab_get_le16 (p);
}

static guint32
get_32 (const Wav *wav, const guint8 *p)
{
  return wav->big_endian ? zab_get_be32 (p) : zab_get_le32 (p);
}

static void
read_format (Wav *wav, ZabByteSource *source, gint64 offset, gint64 size)
{
  guint8 fmt[26] = { 0 };

  if (size < 16
      || zab_byte_source_peek (source, offset, fmt, (gsize)MIN (size, (gint64)sizeof fmt), NULL)
             < 16)
    return;
  wav->format = get_16 (wav, fmt);
  if (wav->format == FORMAT_EXTENSIBLE && size >= 26)
    {
      wav->mask = get_32 (wav, fmt + 20);
      wav->format = get_16 (wav, fmt + 24);
    }
  wav->channels = get_16 (wav, fmt + 2);
  wav->rate = get_32 (wav, fmt + 4);
  wav->block_align = get_16 (wav, fmt + 12);
  wav->bits = get_16 (wav, fmt + 14);
}

/* Walks over the chunks to the audio. */
static void
read_chunks (Wav *wav, ZabByteSource *source)
{
  gint64 offset = 12;
  guint8 head[16];

  for (int i = 0; i < MAX_CHUNKS; i++)
    {
      gint64 size;

      if (zab_byte_source_peek (source, offset, head, 8, NULL) < 8)
        return;
      size = get_32 (wav, head + 4);
      offset += 8;
      if (memcmp (head, "fmt ", 4) == 0)
        read_format (wav, source, offset, size);
      else if (memcmp (head, "ds64", 4) == 0
               && zab_byte_source_peek (source, offset, head, 16, NULL) == 16)
        wav->ds64_size = (gint64)((guint64)get_32 (wav, head + 12) << 32 | get_32 (wav, head + 8));
      else if (memcmp (head, "data", 4) == 0)
        {
          wav->data_offset = offset;
          wav->data_size = size;
          return;
        }
      offset += size + (size & 1);
    }
}

/* Raw samples fill their blocks evenly. */
static gboolean
check_raw (const Wav *wav, const char *name, GError **error)
{
  guint    width = wav->block_align / wav->channels;
  gboolean is_float = wav->format == FORMAT_FLOAT;

  if (width * wav->channels != wav->block_align || width > 8)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged: its header says that a block has %u bytes"), name,
                      wav->block_align);
      return FALSE;
    }
  if (is_float ? wav->bits != 8 * width || width < 4
               : wav->bits == 0 || wav->bits > 8 * width || width > 4)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged: its header says that samples have %u bits"), name,
                      wav->bits);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_raw (const Wav *wav)
{
  return wav->format == FORMAT_PCM || wav->format == FORMAT_FLOAT;
}

/* Samples with fewer bits than their bytes have stand at the upper end. */
static GstAudioFormat
get_sample_format (const Wav *wav)
{
  int endianness = wav->big_endian ? G_BIG_ENDIAN : G_LITTLE_ENDIAN;
  int width = 8 * (int)(wav->block_align / wav->channels);

  if (wav->format == FORMAT_FLOAT)
    return width == 32 ? (wav->big_endian ? GST_AUDIO_FORMAT_F32BE : GST_AUDIO_FORMAT_F32LE)
                       : (wav->big_endian ? GST_AUDIO_FORMAT_F64BE : GST_AUDIO_FORMAT_F64LE);
  return gst_audio_format_build_integer (width > 8, endianness, width, width);
}

static gboolean
check (const Wav *wav, const char *name, GError **error)
{
  if (wav->data_offset == 0 || wav->format == 0)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged: the WAV file has no audio in it"), name);
      return FALSE;
    }
  if (wav->block_align == 0 || wav->block_align > MAX_BLOCK_ALIGN)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged: its header says that a block has %u bytes"), name,
                      wav->block_align);
      return FALSE;
    }
  return zab_probe_check (name, wav->rate, wav->channels, error)
         && (!is_raw (wav) || check_raw (wav, name, error));
}

gboolean
zab_probe_wav (ZabProbe *self, ZabByteSource *source, const char *name, GError **error)
{
  gint64 file_size = zab_byte_source_get_file_size (source);
  Wav    wav = { 0 };
  guint8 magic[4] = { 0 };

  zab_byte_source_peek (source, 0, magic, 4, NULL);
  wav.big_endian = magic[3] == 'X';
  read_chunks (&wav, source);
  if (!check (&wav, name, error))
    return FALSE;

  self->rate = wav.rate;
  self->channels = wav.channels;
  if (!is_raw (&wav))
    {
      self->codec = ZAB_CODEC_ANY; /* ADPCM, MP3 ... in a WAV */
      zab_byte_source_append_range (source, 0, file_size);
      return TRUE;
    }
  /* Recorders that were stopped by force leave 0 or the largest number there. */
  if (wav.data_size == G_MAXUINT32)
    wav.data_size = wav.ds64_size > 0 ? wav.ds64_size : file_size - wav.data_offset;
  else if (wav.data_size == 0)
    wav.data_size = file_size - wav.data_offset;
  self->is_cut = wav.data_size > file_size - wav.data_offset;
  zab_probe_set_raw (self, source, get_sample_format (&wav), wav.mask, wav.data_offset,
                     MIN (wav.data_size, file_size - wav.data_offset) / wav.block_align);
  return TRUE;
}
