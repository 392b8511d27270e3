/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-pcm.h"

#include "engine/decode/zab-sample-format.h"

enum
{
  BLOCK = 256 /* frames that are mixed down at a time */
};

static void
drop_sample (ZabPcm *self)
{
  if (!self->sample)
    return;
  gst_audio_buffer_unmap (&self->buffer);
  g_clear_pointer (&self->sample, gst_sample_unref);
}

void
zab_pcm_clear (ZabPcm *self)
{
  drop_sample (self);
  gst_clear_caps (&self->caps);
}

/* The first one says how many channels there will be; later ones follow. */
static gboolean
set_caps (ZabPcm *self, GstCaps *caps)
{
  GstAudioInfo info;

  if (caps && caps == self->caps)
    return TRUE;
  if (!caps || !gst_audio_info_from_caps (&info, caps)
      || GST_AUDIO_INFO_CHANNELS (&info) > ZAB_MAX_FILE_CHANNELS
      || !zab_sample_format_is_known (GST_AUDIO_INFO_FORMAT (&info)))
    return FALSE;
  gst_caps_replace (&self->caps, caps);
  self->info = info;
  if (self->n_channels == 0)
    self->n_channels = GST_AUDIO_INFO_CHANNELS (&info) == 1 ? 1 : 2;
  zab_downmix_init (&self->downmix, &info, self->n_channels);
  return TRUE;
}

gboolean
zab_pcm_take (ZabPcm *self, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstCaps   *caps = gst_sample_get_caps (sample);

  drop_sample (self);
  if (!buffer || !set_caps (self, caps)
      || !gst_audio_buffer_map (&self->buffer, &self->info, buffer, GST_MAP_READ))
    {
      gst_sample_unref (sample);
      return FALSE;
    }
  self->sample = sample;
  self->position = 0;
  return TRUE;
}

gsize
zab_pcm_get_left (const ZabPcm *self)
{
  return self->sample ? self->buffer.n_samples - self->position : 0;
}

void
zab_pcm_skip (ZabPcm *self, gsize n_frames)
{
  g_return_if_fail (n_frames <= zab_pcm_get_left (self));

  self->position += n_frames;
}

static void
convert (const ZabPcm *self, gsize first, gsize n, float *out)
{
  GstAudioFormat format = GST_AUDIO_INFO_FORMAT (&self->info);
  gsize          width = (gsize)GST_AUDIO_INFO_BPF (&self->info);
  gsize          n_channels = (gsize)GST_AUDIO_INFO_CHANNELS (&self->info);

  if (GST_AUDIO_INFO_LAYOUT (&self->info) == GST_AUDIO_LAYOUT_INTERLEAVED)
    {
      const guint8 *in = self->buffer.planes[0];

      zab_sample_format_to_float (format, in + first * width, n * n_channels, out, 1);
      return;
    }
  for (gsize c = 0; c < n_channels; c++)
    {
      const guint8 *in = self->buffer.planes[c];

      zab_sample_format_to_float (format, in + first * (width / n_channels), n, out + c,
                                  n_channels);
    }
}

void
zab_pcm_read (ZabPcm *self, gsize n_frames, float *out)
{
  float block[BLOCK * ZAB_MAX_FILE_CHANNELS];

  g_return_if_fail (n_frames <= zab_pcm_get_left (self));

  if (self->downmix.n_in == self->n_channels)
    {
      convert (self, self->position, n_frames, out);
      self->position += n_frames;
      return;
    }
  while (n_frames > 0)
    {
      gsize n = MIN (n_frames, (gsize)BLOCK);

      convert (self, self->position, n, block);
      zab_downmix_run (&self->downmix, block, n, out);
      self->position += n;
      n_frames -= n;
      out += n * self->n_channels;
    }
}
