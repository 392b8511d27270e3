/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-downmix.h"

#include <math.h>

#define MINUS_3_DB 0.70710678f

/* Where the channels are when the file does not say: the order that WAV and FLAC number them in. */
static GstAudioChannelPosition
guess_position (guint n_channels, guint channel)
{
#define P(name) GST_AUDIO_CHANNEL_POSITION_##name
  static const GstAudioChannelPosition orders[][ZAB_MAX_FILE_CHANNELS] = {
    { P (FRONT_LEFT), P (FRONT_RIGHT), P (FRONT_CENTER) },
    { P (FRONT_LEFT), P (FRONT_RIGHT), P (REAR_LEFT), P (REAR_RIGHT) },
    { P (FRONT_LEFT), P (FRONT_RIGHT), P (FRONT_CENTER), P (REAR_LEFT), P (REAR_RIGHT) },
    { P (FRONT_LEFT), P (FRONT_RIGHT), P (FRONT_CENTER), P (LFE1), P (REAR_LEFT), P (REAR_RIGHT) },
    { P (FRONT_LEFT), P (FRONT_RIGHT), P (FRONT_CENTER), P (LFE1), P (REAR_CENTER), P (SIDE_LEFT),
      P (SIDE_RIGHT) },
    { P (FRONT_LEFT), P (FRONT_RIGHT), P (FRONT_CENTER), P (LFE1), P (REAR_LEFT), P (REAR_RIGHT),
      P (SIDE_LEFT), P (SIDE_RIGHT) },
  };
#undef P

  return orders[n_channels - 3][channel];
}

static void
get_gains (GstAudioChannelPosition position, float *left, float *right)
{
  switch ((int)position)
    {
    case GST_AUDIO_CHANNEL_POSITION_FRONT_LEFT:
    case GST_AUDIO_CHANNEL_POSITION_FRONT_LEFT_OF_CENTER:
    case GST_AUDIO_CHANNEL_POSITION_WIDE_LEFT:
      *left = 1;
      *right = 0;
      break;
    case GST_AUDIO_CHANNEL_POSITION_FRONT_RIGHT:
    case GST_AUDIO_CHANNEL_POSITION_FRONT_RIGHT_OF_CENTER:
    case GST_AUDIO_CHANNEL_POSITION_WIDE_RIGHT:
      *left = 0;
      *right = 1;
      break;
    case GST_AUDIO_CHANNEL_POSITION_REAR_LEFT:
    case GST_AUDIO_CHANNEL_POSITION_SIDE_LEFT:
    case GST_AUDIO_CHANNEL_POSITION_SURROUND_LEFT:
    case GST_AUDIO_CHANNEL_POSITION_TOP_FRONT_LEFT:
    case GST_AUDIO_CHANNEL_POSITION_TOP_REAR_LEFT:
    case GST_AUDIO_CHANNEL_POSITION_TOP_SIDE_LEFT:
      *left = MINUS_3_DB;
      *right = 0;
      break;
    case GST_AUDIO_CHANNEL_POSITION_REAR_RIGHT:
    case GST_AUDIO_CHANNEL_POSITION_SIDE_RIGHT:
    case GST_AUDIO_CHANNEL_POSITION_SURROUND_RIGHT:
    case GST_AUDIO_CHANNEL_POSITION_TOP_FRONT_RIGHT:
    case GST_AUDIO_CHANNEL_POSITION_TOP_REAR_RIGHT:
    case GST_AUDIO_CHANNEL_POSITION_TOP_SIDE_RIGHT:
      *left = 0;
      *right = MINUS_3_DB;
      break;
    case GST_AUDIO_CHANNEL_POSITION_LFE1:
    case GST_AUDIO_CHANNEL_POSITION_LFE2:
      *left = *right = 0;
      break;
    case GST_AUDIO_CHANNEL_POSITION_REAR_CENTER: /* a surround for both sides */
      *left = *right = MINUS_3_DB * MINUS_3_DB;
      break;
    default: /* the centre, whatever its height */
      *left = *right = MINUS_3_DB;
      break;
    }
}

static void
normalise (ZabDownmix *self)
{
  float most = 0;

  for (guint out = 0; out < self->n_out; out++)
    {
      float sum = 0;

      for (guint in = 0; in < self->n_in; in++)
        sum += self->gain[out][in];
      most = MAX (most, sum);
    }
  for (guint out = 0; out < self->n_out && most > 0; out++)
    for (guint in = 0; in < self->n_in; in++)
      self->gain[out][in] /= most;
}

void
zab_downmix_init (ZabDownmix *self, const GstAudioInfo *info, guint n_out)
{
  guint    n_in = (guint)GST_AUDIO_INFO_CHANNELS (info);
  gboolean placed = !GST_AUDIO_INFO_IS_UNPOSITIONED (info);

  g_return_if_fail (n_in >= 1 && n_in <= ZAB_MAX_FILE_CHANNELS && (n_out == 1 || n_out == 2));

  *self = (ZabDownmix){ .n_in = n_in, .n_out = n_out };
  for (guint in = 0; in < n_in; in++)
    {
      float *left = &self->gain[0][in];
      float *right = &self->gain[1][in];

      if (n_in == 1)
        *left = *right = 1;
      else if (n_in == 2) /* a pair, whatever it is called */
        *(in == 0 ? left : right) = 1;
      else
        get_gains (placed ? info->position[in] : guess_position (n_in, in), left, right);
      if (n_out == 1 && n_in > 1)
        *left += *right;
    }
  normalise (self);
}

void
zab_downmix_run (const ZabDownmix *self, const float *in, gsize n_frames, float *out)
{
  for (gsize i = 0; i < n_frames; i++, in += self->n_in)
    for (guint o = 0; o < self->n_out; o++)
      {
        float sum = 0;

        for (guint c = 0; c < self->n_in; c++)
          sum += self->gain[o][c] * in[c];
        *out++ = sum;
      }
}
