/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-sample-format.h"

#include <string.h>

/* Each loop stands alone, with its sample's width as a constant, and once more for stride 1, so
 * that the compiler makes vectors of it. */
#define LOOP(name, width, value)                                                                   \
  static void name (const guint8 *in, gsize n, float *out, gsize stride)                           \
  {                                                                                                \
    if (stride == 1)                                                                               \
      for (gsize i = 0; i < n; i++, in += (width))                                                 \
        out[i] = (value);                                                                          \
    else                                                                                           \
      for (gsize i = 0; i < n; i++, in += (width))                                                 \
        out[i * stride] = (value);                                                                 \
  }

#define SCALE_8  (1.0f / 128)
#define SCALE_16 (1.0f / 32768)
#define SCALE_24 (1.0f / 8388608)
#define SCALE_32 (1.0f / 2147483648.0f)

static inline guint16
get_16 (const guint8 *in)
{
  guint16 bits;

  memcpy (&bits, in, sizeof bits);
  return bits;
}

static inline guint32
get_32 (const guint8 *in)
{
  guint32 bits;

  memcpy (&bits, in, sizeof bits);
  return bits;
}

static inline guint64
get_64 (const guint8 *in)
{
  guint64 bits;

  memcpy (&bits, in, sizeof bits);
  return bits;
}

static inline float
as_float (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static inline float
as_double (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return (float)value;
}

/* The lower 24 of 32 bits, with their sign. */
static inline float
from_24 (guint32 bits)
{
  return (float)((gint32)(bits << 8) >> 8) * SCALE_24;
}

#define LE_24(in) ((guint32)(in)[0] | (guint32)(in)[1] << 8 | (guint32)(in)[2] << 16)
#define BE_24(in) ((guint32)(in)[2] | (guint32)(in)[1] << 8 | (guint32)(in)[0] << 16)

LOOP (s8_to_float, 1, (float)(gint8)*in *SCALE_8)
LOOP (u8_to_float, 1, (float)(*in - 128) * SCALE_8)
LOOP (s16le_to_float, 2, (float)(gint16)GUINT16_FROM_LE (get_16 (in)) * SCALE_16)
LOOP (s16be_to_float, 2, (float)(gint16)GUINT16_FROM_BE (get_16 (in)) * SCALE_16)
LOOP (s24le_to_float, 3, from_24 (LE_24 (in)))
LOOP (s24be_to_float, 3, from_24 (BE_24 (in)))
LOOP (s24_32le_to_float, 4, from_24 (GUINT32_FROM_LE (get_32 (in))))
LOOP (s24_32be_to_float, 4, from_24 (GUINT32_FROM_BE (get_32 (in))))
LOOP (s32le_to_float, 4, (float)(gint32)GUINT32_FROM_LE (get_32 (in)) * SCALE_32)
LOOP (s32be_to_float, 4, (float)(gint32)GUINT32_FROM_BE (get_32 (in)) * SCALE_32)
LOOP (f32le_to_float, 4, as_float (GUINT32_FROM_LE (get_32 (in))))
LOOP (f32be_to_float, 4, as_float (GUINT32_FROM_BE (get_32 (in))))
LOOP (f64le_to_float, 8, as_double (GUINT64_FROM_LE (get_64 (in))))
LOOP (f64be_to_float, 8, as_double (GUINT64_FROM_BE (get_64 (in))))

typedef void (*Loop) (const guint8 *in, gsize n, float *out, gsize stride);

static Loop
find_loop (GstAudioFormat format)
{
  static const struct
  {
    GstAudioFormat format;
    Loop           loop;
  } loops[] = {
    { GST_AUDIO_FORMAT_S8, s8_to_float },
    { GST_AUDIO_FORMAT_U8, u8_to_float },
    { GST_AUDIO_FORMAT_S16LE, s16le_to_float },
    { GST_AUDIO_FORMAT_S16BE, s16be_to_float },
    { GST_AUDIO_FORMAT_S24LE, s24le_to_float },
    { GST_AUDIO_FORMAT_S24BE, s24be_to_float },
    { GST_AUDIO_FORMAT_S24_32LE, s24_32le_to_float },
    { GST_AUDIO_FORMAT_S24_32BE, s24_32be_to_float },
    { GST_AUDIO_FORMAT_S32LE, s32le_to_float },
    { GST_AUDIO_FORMAT_S32BE, s32be_to_float },
    { GST_AUDIO_FORMAT_F32LE, f32le_to_float },
    { GST_AUDIO_FORMAT_F32BE, f32be_to_float },
    { GST_AUDIO_FORMAT_F64LE, f64le_to_float },
    { GST_AUDIO_FORMAT_F64BE, f64be_to_float },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (loops); i++)
    if (loops[i].format == format)
      return loops[i].loop;
  return NULL;
}

gboolean
zab_sample_format_is_known (GstAudioFormat format)
{
  return find_loop (format) != NULL;
}

void
zab_sample_format_to_float (GstAudioFormat format, const void *in, gsize n, float *out,
                            gsize stride)
{
  Loop loop = find_loop (format);

  g_return_if_fail (loop != NULL);

  if (format == GST_AUDIO_FORMAT_F32 && stride == 1)
    memcpy (out, in, n * sizeof *out);
  else
    loop (in, n, out, stride);
}
