/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-mpeg.h"

static gboolean
parse_adts (const guint8 *data, gsize size, ZabMpegFrame *frame)
{
  static const guint rates[16]
      = { 96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350 };

  if (size < 7)
    return FALSE;
  frame->layer = 0;
  frame->rate = rates[data[2] >> 2 & 15];
  frame->channels = (data[2] & 1u) << 2 | data[3] >> 6;
  frame->size = (data[3] & 3u) << 11 | (guint)data[4] << 3 | data[5] >> 5;
  frame->n_frames = 1024 * ((data[6] & 3u) + 1);
  frame->side_end = 0;
  return frame->rate != 0 && frame->size > 7;
}

gboolean
zab_mpeg_frame_parse (const guint8 *data, gsize size, ZabMpegFrame *frame)
{
  /* kbit/s by index; rows: MPEG-1 layer 1, 2, 3; MPEG-2 layer 1, 2 and 3 */
  static const guint16 kbits[5][15] = {
    { 0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448 },
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384 },
    { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 },
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256 },
    { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 },
  };
  static const guint rates[3] = { 44100, 48000, 32000 };
  guint              version, layer, bitrate, rate, padding, mono;

  if (size < 4 || data[0] != 0xff || (data[1] & 0xe0) != 0xe0)
    return FALSE;
  if ((data[1] & 0xf6) == 0xf0)
    return parse_adts (data, size, frame);

  version = data[1] >> 3 & 3; /* 0: 2.5, 2: 2, 3: 1 */
  layer = 4 - (data[1] >> 1 & 3u);
  bitrate = data[2] >> 4;
  rate = data[2] >> 2 & 3;
  padding = data[2] >> 1 & 1;
  mono = data[3] >> 6 == 3;
  if (version == 1 || layer == 4 || bitrate == 0 || bitrate == 15 || rate == 3)
    return FALSE;

  frame->layer = layer;
  frame->rate = rates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  frame->channels = mono ? 1 : 2;
  frame->n_frames = layer == 1 ? 384 : layer == 3 && version != 3 ? 576 : 1152;
  bitrate = 1000u * kbits[version == 3 ? layer - 1 : layer == 1 ? 3 : 4][bitrate];
  frame->size = layer == 1 ? (12 * bitrate / frame->rate + padding) * 4
                           : frame->n_frames / 8 * bitrate / frame->rate + padding;
  frame->side_end = 4 + (version == 3 ? (mono ? 17 : 32) : (mono ? 9 : 17));
  return TRUE;
}
