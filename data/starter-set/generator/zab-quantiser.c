/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-quantiser.h"
#include "zab-synth.h"

unsigned
zab_coding_bytes (ZabCoding coding)
{
  switch (coding)
    {
    case ZAB_CODING_INTEGER_16:
      return 2;
    case ZAB_CODING_INTEGER_24:
      return 3;
    case ZAB_CODING_FLOAT_32:
    case ZAB_CODING_LOSSY:
      return 4;
    }
  g_assert_not_reached ();
}

static guint32
quantise (double value, ZabCoding coding, ZabNoise *dither)
{
  union
  {
    float   number;
    guint32 bits;
  } single;

  switch (coding)
    {
    case ZAB_CODING_INTEGER_16: /* triangular dither of one step */
      value = value * 32767 + 0.5 * (zab_noise (dither) + zab_noise (dither));
      return (guint32)(gint32)lround (CLAMP (value, -32768, 32767));
    case ZAB_CODING_INTEGER_24:
      return (guint32)(gint32)lround (CLAMP (value * 8388607, -8388608, 8388607));
    case ZAB_CODING_FLOAT_32:
    case ZAB_CODING_LOSSY:
      single.number = (float)value;
      return single.bits;
    }
  g_assert_not_reached ();
}

GByteArray *
zab_quantise (const ZabSound *sound, unsigned channels, ZabCoding coding, gboolean big_endian)
{
  GByteArray         *bytes = g_byte_array_new ();
  unsigned            width = zab_coding_bytes (coding);
  ZabNoise            dither = zab_noise_seed (sound->n_frames);
  const double *const sides[] = { sound->left, sound->right };

  for (size_t i = 0; i < sound->n_frames; i++)
    for (unsigned c = 0; c < channels; c++)
      {
        guint32 sample = quantise (sides[c][i], coding, &dither);
        guint8  out[4];

        for (unsigned b = 0; b < width; b++)
          out[b] = (guint8)(sample >> 8 * (big_endian ? width - 1 - b : b));
        g_byte_array_append (bytes, out, width);
      }
  return bytes;
}
