/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-downmix.h"
#include "engine/decode/zab-sample-format.h"

/* -1, 0, +1/2 and the largest, as each format writes them; 255 is where nothing may be written. */
typedef struct
{
  GstAudioFormat format;
  guint8         bytes[4][8];
  float          largest;
} Case;

static const Case cases[] = {
  { GST_AUDIO_FORMAT_S8, { { 0x80 }, { 0 }, { 0x40 }, { 0x7f } }, 127.0f / 128 },
  { GST_AUDIO_FORMAT_U8, { { 0 }, { 0x80 }, { 0xc0 }, { 0xff } }, 127.0f / 128 },
  { GST_AUDIO_FORMAT_S16LE, { { 0, 0x80 }, { 0 }, { 0, 0x40 }, { 0xff, 0x7f } }, 32767.0f / 32768 },
  { GST_AUDIO_FORMAT_S16BE, { { 0x80 }, { 0 }, { 0x40 }, { 0x7f, 0xff } }, 32767.0f / 32768 },
  { GST_AUDIO_FORMAT_S24LE,
    { { 0, 0, 0x80 }, { 0 }, { 0, 0, 0x40 }, { 0xff, 0xff, 0x7f } },
    8388607.0f / 8388608 },
  { GST_AUDIO_FORMAT_S24BE,
    { { 0x80 }, { 0 }, { 0x40 }, { 0x7f, 0xff, 0xff } },
    8388607.0f / 8388608 },
  { GST_AUDIO_FORMAT_S24_32LE,
    { { 0, 0, 0x80 }, { 0 }, { 0, 0, 0x40 }, { 0xff, 0xff, 0x7f } },
    8388607.0f / 8388608 },
  { GST_AUDIO_FORMAT_S24_32BE,
    { { 0, 0x80 }, { 0 }, { 0, 0x40 }, { 0, 0x7f, 0xff, 0xff } },
    8388607.0f / 8388608 },
  { GST_AUDIO_FORMAT_S32LE,
    { { 0, 0, 0, 0x80 }, { 0 }, { 0, 0, 0, 0x40 }, { 0, 0xff, 0xff, 0x7f } },
    8388607.0f / 8388608 },
  { GST_AUDIO_FORMAT_S32BE,
    { { 0x80 }, { 0 }, { 0x40 }, { 0x7f, 0xff, 0xff, 0 } },
    8388607.0f / 8388608 },
  { GST_AUDIO_FORMAT_F32LE,
    { { 0, 0, 0x80, 0xbf }, { 0 }, { 0, 0, 0, 0x3f }, { 0, 0, 0x80, 0x3f } },
    1 },
  { GST_AUDIO_FORMAT_F32BE, { { 0xbf, 0x80 }, { 0 }, { 0x3f }, { 0x3f, 0x80 } }, 1 },
  { GST_AUDIO_FORMAT_F64LE,
    { { [6] = 0xf0, [7] = 0xbf }, { 0 }, { [6] = 0xe0, [7] = 0x3f }, { [6] = 0xf0, [7] = 0x3f } },
    1 },
  { GST_AUDIO_FORMAT_F64BE, { { 0xbf, 0xf0 }, { 0 }, { 0x3f, 0xe0 }, { 0x3f, 0xf0 } }, 1 },
};

static void
test_formats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize stride = 1; stride <= 3; stride++)
      {
        const float wanted[4] = { -1, 0, 0.5f, cases[i].largest };
        gsize       width = (gsize)gst_audio_format_get_info (cases[i].format)->width / 8;
        float       out[12];
        guint8      in[32];

        for (gsize k = 0; k < G_N_ELEMENTS (out); k++)
          out[k] = 255;
        for (gsize k = 0; k < 4; k++)
          memcpy (in + k * width, cases[i].bytes[k], width);
        g_assert_true (zab_sample_format_is_known (cases[i].format));
        zab_sample_format_to_float (cases[i].format, in, 4, out, stride);
        for (gsize k = 0; k < 4 * stride; k++)
          g_assert_cmpfloat (out[k], ==, k % stride == 0 ? wanted[k / stride] : 255);
      }
  g_assert_false (zab_sample_format_is_known (GST_AUDIO_FORMAT_S20LE));
}

/* Full scale on all channels is full scale, and not more, on the louder side. */
static void
test_downmix_level (void)
{
  for (gint n_in = 1; n_in <= ZAB_MAX_FILE_CHANNELS; n_in++)
    for (guint n_out = 1; n_out <= 2; n_out++)
      {
        GstAudioChannelPosition position[ZAB_MAX_FILE_CHANNELS];
        GstAudioInfo            info;
        ZabDownmix              downmix;
        float                   in[ZAB_MAX_FILE_CHANNELS];
        float                   out[2] = { 0, 0 };

        for (int i = 0; i < n_in; i++)
          {
            position[i] = GST_AUDIO_CHANNEL_POSITION_NONE;
            in[i] = -1;
          }
        gst_audio_info_init (&info);
        gst_audio_info_set_format (&info, GST_AUDIO_FORMAT_F32, 48000, n_in,
                                   n_in > 2 ? position : NULL);
        zab_downmix_init (&downmix, &info, n_out);
        zab_downmix_run (&downmix, in, 1, out);
        g_assert_cmpfloat_with_epsilon (MIN (out[0], n_out == 2 ? out[1] : 0), -1, 1e-6);
        g_assert_cmpfloat (out[0], >=, -1.000001f);
        g_assert_cmpfloat (out[1], >=, -1.000001f);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/sample-format/formats", test_formats);
  g_test_add_func ("/engine/downmix/level", test_downmix_level);
  return g_test_run ();
}
