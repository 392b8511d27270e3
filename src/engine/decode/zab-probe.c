/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-probe.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "engine/decode/zab-downmix.h"
#include "engine/load/zab-load-error.h"

enum
{
  MIN_RATE = 4000,
  MAX_RATE = 384000,
  ID3V1_SIZE = 128,
  APE_FOOTER_SIZE = 32
};

gboolean
zab_probe_check (const char *name, guint64 rate, guint64 channels, GError **error)
{
  if (rate < MIN_RATE || rate > MAX_RATE)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged: it says that its sample rate is %" PRIu64
                      " Hz, but 4000 to 384000 Hz is what there can be"),
                      name, rate);
      return FALSE;
    }
  if (channels < 1)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” is damaged: it says that it has no channels"), name);
      return FALSE;
    }
  if (channels > ZAB_MAX_FILE_CHANNELS)
    {
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_DAMAGED,
                   _ ("“%s” has %" PRIu64
                      " channels, and Zabumba mixes down at most 8: export it as stereo"),
                      name, channels);
      return FALSE;
    }
  return TRUE;
}

/* FALSE when @mask does not say where exactly so many channels are. */
static gboolean
get_positions (guint64 mask, guint n_channels, GstAudioChannelPosition *position)
{
#define P(name) GST_AUDIO_CHANNEL_POSITION_##name
  /* by WAV's bits */
  static const GstAudioChannelPosition positions[] = {
    P (FRONT_LEFT),      P (FRONT_RIGHT),      P (FRONT_CENTER),         P (LFE1),
    P (REAR_LEFT),       P (REAR_RIGHT),       P (FRONT_LEFT_OF_CENTER), P (FRONT_RIGHT_OF_CENTER),
    P (REAR_CENTER),     P (SIDE_LEFT),        P (SIDE_RIGHT),           P (TOP_CENTER),
    P (TOP_FRONT_LEFT),  P (TOP_FRONT_CENTER), P (TOP_FRONT_RIGHT),      P (TOP_REAR_LEFT),
    P (TOP_REAR_CENTER), P (TOP_REAR_RIGHT)
  };
#undef P
  guint n = 0;

  for (guint bit = 0; bit < G_N_ELEMENTS (positions); bit++)
    if (mask >> bit & 1 && n++ < n_channels)
      position[n - 1] = positions[bit];
  return n == n_channels && gst_audio_check_valid_channel_positions (position, (gint)n, TRUE);
}

void
zab_probe_set_raw (ZabProbe *self, ZabByteSource *source, GstAudioFormat format, guint64 mask,
                   gint64 offset, gint64 n_frames)
{
  GstAudioChannelPosition  position[ZAB_MAX_FILE_CHANNELS];
  GstAudioChannelPosition *given = self->channels > 2 ? position : NULL;

  if (given && !get_positions (mask, self->channels, position))
    for (guint i = 0; i < self->channels; i++)
      position[i] = GST_AUDIO_CHANNEL_POSITION_NONE;
  gst_audio_info_set_format (&self->raw, format, (gint)self->rate, (gint)self->channels, given);
  self->codec = ZAB_CODEC_RAW;
  self->n_frames = n_frames;
  zab_byte_source_append_range (source, offset, n_frames * GST_AUDIO_INFO_BPF (&self->raw));
}

static gboolean
peek (ZabByteSource *source, gint64 offset, void *data, gsize size)
{
  return offset >= 0 && zab_byte_source_peek (source, offset, data, size, NULL) == (gssize)size;
}

/* Tags behind the audio are none of the decoder's business. */
static gint64
find_end (ZabByteSource *source, gint64 start)
{
  gint64 end = zab_byte_source_get_file_size (source);
  guint8 tail[ID3V1_SIZE];

  if (end - ID3V1_SIZE >= start && peek (source, end - ID3V1_SIZE, tail, 3)
      && memcmp (tail, "TAG", 3) == 0)
    end -= ID3V1_SIZE;
  if (end - APE_FOOTER_SIZE >= start && peek (source, end - APE_FOOTER_SIZE, tail, APE_FOOTER_SIZE)
      && memcmp (tail, "APETAGEX", 8) == 0)
    {
      guint32 size = GUINT32_FROM_LE (*(guint32 *)(void *)(tail + 12));
      guint32 flags = GUINT32_FROM_LE (*(guint32 *)(void *)(tail + 20));
      gint64  whole = (gint64)size + (flags >> 31 ? APE_FOOTER_SIZE : 0);

      if (end - whole >= start)
        end -= whole;
    }
  return end;
}

/* Where the file begins behind its ID3v2 tags. */
static gint64
find_start (ZabByteSource *source)
{
  gint64 start = 0;
  gsize  size;
  guint8 head[10];

  while (peek (source, start, head, sizeof head)
         && (size = zab_sniff_id3v2_size (head, sizeof head)) > 0)
    start += (gint64)size;
  return start;
}

static gboolean
run_format (ZabProbe *self, ZabByteSource *source, gint64 start, const char *name, GError **error)
{

  switch (self->format)
    {
    case ZAB_FORMAT_WAV:
      return zab_probe_wav (self, source, name, error);
    case ZAB_FORMAT_AIFF:
      return zab_probe_aiff (self, source, name, error);
    case ZAB_FORMAT_FLAC:
      return zab_probe_flac (self, source, start, find_end (source, start), name, error);
    case ZAB_FORMAT_MP3:
      return zab_probe_mpeg (self, source, start, find_end (source, start), name, error);
    case ZAB_FORMAT_ADTS:
      self->codec = ZAB_CODEC_ADTS;
      zab_byte_source_append_range (source, start, find_end (source, start) - start);
      return TRUE;
    case ZAB_FORMAT_OGG:
      return zab_probe_ogg (self, source, name, error);
    case ZAB_FORMAT_MP4:
      return zab_probe_mp4 (self, source, name, error);
    case ZAB_FORMAT_NOT_AUDIO:
      g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_AUDIO,
                   _ ("“%s” is not an audio file"), name);
      return FALSE;
    case ZAB_FORMAT_UNKNOWN:
      self->codec = ZAB_CODEC_ANY;
      zab_byte_source_append_range (source, 0, find_end (source, 0));
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

gboolean
zab_probe_run (ZabProbe *self, ZabByteSource *source, const char *name, GError **error)
{
  g_autofree guint8 *head = g_malloc (ZAB_SNIFF_SIZE);
  gint64             start = find_start (source);
  gssize             size = zab_byte_source_peek (source, start, head, ZAB_SNIFF_SIZE, error);

  if (size < 0)
    return FALSE;
  *self = (ZabProbe){ .n_frames = -1, .granule = -1 };
  self->format = size == 0 ? ZAB_FORMAT_NOT_AUDIO : zab_sniff (head, (gsize)size);
  return run_format (self, source, start, name, error);
}

void
zab_probe_clear (ZabProbe *self)
{
  g_clear_pointer (&self->packets, zab_mp4_packets_free);
}
