/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-aac-config.h"

#include <gst/base/gstbitreader.h>
#include <string.h>

/* Object types; others follow a 31. */
enum
{
  AAC_LC = 2,
  SBR = 5,
  PS = 29
};

static gboolean
read_rate (GstBitReader *bits, guint32 *rate)
{
  static const guint32 rates[]
      = { 96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350 };
  guint8 index;

  if (!gst_bit_reader_get_bits_uint8 (bits, &index, 4))
    return FALSE;
  if (index == 15)
    return gst_bit_reader_get_bits_uint32 (bits, rate, 24) && *rate > 0;
  if (index >= G_N_ELEMENTS (rates))
    return FALSE;
  *rate = rates[index];
  return TRUE;
}

gboolean
zab_aac_config_parse (ZabAacConfig *self, const guint8 *data, gsize size)
{
  static const guint8 channels[] = { 0, 1, 2, 3, 4, 5, 6, 8 };
  GstBitReader        bits;
  guint8              type, layout;
  guint32             doubled;

  if (size > sizeof self->data)
    return FALSE;
  gst_bit_reader_init (&bits, data, (guint)size);
  if (!gst_bit_reader_get_bits_uint8 (&bits, &type, 5) || !read_rate (&bits, &self->rate)
      || !gst_bit_reader_get_bits_uint8 (&bits, &layout, 4))
    return FALSE;
  if ((type == SBR || type == PS)
      && (!read_rate (&bits, &doubled) || !gst_bit_reader_get_bits_uint8 (&bits, &type, 5)))
    return FALSE;
  if (type != AAC_LC || layout == 0 || layout >= G_N_ELEMENTS (channels))
    return FALSE;
  self->channels = channels[layout];
  memcpy (self->data, data, size);
  self->size = size;
  return TRUE;
}

GstCaps *
zab_aac_config_dup_caps (const ZabAacConfig *self)
{
  g_autoptr (GstBuffer) data = gst_buffer_new_memdup (self->data, self->size);

  return gst_caps_new_simple ("audio/mpeg", "mpegversion", G_TYPE_INT, 4, "stream-format",
                              G_TYPE_STRING, "raw", "framed", G_TYPE_BOOLEAN, TRUE, "rate",
                              G_TYPE_INT, (int)self->rate, "channels", G_TYPE_INT,
                              (int)self->channels, "codec_data", GST_TYPE_BUFFER, data, NULL);
}
