/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench-decoder-peers.h"

#include <FLAC/stream_decoder.h>
#include <fcntl.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <mpg123.h>
#include <sndfile.h>
#include <unistd.h>
#include <vorbis/vorbisfile.h>

#include "engine/decode/zab-decoder.h"

enum
{
  BLOCK = 8192 /* frames */
};

static gint64
decode_zabumba (const char *path, float *out, gint64 max)
{
  int         fd = open (path, O_RDONLY | O_CLOEXEC);
  ZabDecoder *decoder = fd < 0 ? NULL : zab_decoder_open (fd, path, NULL, NULL);
  gint64      n_frames = 0;
  gssize      n = 0;

  while (
      decoder && n_frames + BLOCK <= max
      && (n = zab_decoder_read (decoder, out + n_frames * zab_decoder_get_info (decoder)->channels,
                                BLOCK, NULL, NULL))
             > 0)
    n_frames += n;
  g_clear_pointer (&decoder, zab_decoder_free);
  if (fd >= 0)
    close (fd);
  return n < 0 ? -1 : n_frames;
}

static gint64
decode_sndfile (const char *path, float *out, gint64 max)
{
  SF_INFO  info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  gint64   n_frames = 0;
  gint64   n;

  if (!file)
    return -1;
  while (n_frames + BLOCK <= max
         && (n = sf_readf_float (file, out + n_frames * info.channels, BLOCK)) > 0)
    n_frames += n;
  sf_close (file);
  return n_frames;
}

typedef struct
{
  float *out;
  gint64 n_frames;
  gint64 max;
} Flac;

static FLAC__StreamDecoderWriteStatus
on_flac_write (const FLAC__StreamDecoder *decoder, const FLAC__Frame *frame,
               const FLAC__int32 *const buffer[], void *user_data)
{
  Flac *flac = user_data;
  guint channels = frame->header.channels;
  float scale = 1.0f / (float)(1u << (frame->header.bits_per_sample - 1));

  if (flac->n_frames + frame->header.blocksize > flac->max)
    return FLAC__STREAM_DECODER_WRITE_STATUS_ABORT;
  for (guint c = 0; c < channels; c++)
    for (guint i = 0; i < frame->header.blocksize; i++)
      flac->out[(flac->n_frames + i) * channels + c] = (float)buffer[c][i] * scale;
  flac->n_frames += frame->header.blocksize;
  return FLAC__STREAM_DECODER_WRITE_STATUS_CONTINUE;
}

static void
on_flac_error (const FLAC__StreamDecoder *decoder, FLAC__StreamDecoderErrorStatus status,
               void *user_data)
{
}

static gint64
decode_flac (const char *path, float *out, gint64 max)
{
  Flac                 flac = { .out = out, .max = max };
  FLAC__StreamDecoder *decoder = FLAC__stream_decoder_new ();
  gboolean             ok
      = FLAC__stream_decoder_init_file (decoder, path, on_flac_write, NULL, on_flac_error, &flac)
            == FLAC__STREAM_DECODER_INIT_STATUS_OK
        && FLAC__stream_decoder_process_until_end_of_stream (decoder);

  FLAC__stream_decoder_delete (decoder);
  return ok ? flac.n_frames : -1;
}

static gint64
decode_vorbisfile (const char *path, float *out, gint64 max)
{
  OggVorbis_File file;
  gint64         n_frames = 0;
  float        **planes;
  int            section;
  long           n;

  if (ov_fopen (path, &file) < 0)
    return -1;
  while (n_frames + BLOCK <= max && (n = ov_read_float (&file, &planes, BLOCK, &section)) > 0)
    {
      int channels = ov_info (&file, -1)->channels;

      for (int c = 0; c < channels; c++)
        for (long i = 0; i < n; i++)
          out[(n_frames + i) * channels + c] = planes[c][i];
      n_frames += n;
    }
  ov_clear (&file);
  return n_frames;
}

static gint64
decode_mpg123 (const char *path, float *out, gint64 max)
{
  mpg123_handle *handle = mpg123_new (NULL, NULL);
  gint64         n_frames = -1;
  gsize          done = 0;
  long           rate;
  int            channels, encoding;

  mpg123_param (handle, MPG123_ADD_FLAGS, MPG123_FORCE_FLOAT | MPG123_QUIET, 0);
  if (mpg123_open (handle, path) == MPG123_OK
      && mpg123_getformat (handle, &rate, &channels, &encoding) == MPG123_OK)
    for (n_frames = 0; n_frames + BLOCK <= max;)
      {
        gsize size = BLOCK * (gsize)channels * sizeof (float);
        int   status = mpg123_read (handle, (guint8 *)(out + n_frames * channels), size, &done);

        n_frames += (gint64)(done / ((gsize)channels * sizeof (float)));
        if (status != MPG123_OK && status != MPG123_NEW_FORMAT)
          break;
      }
  mpg123_delete (handle);
  return n_frames;
}

/* Into interleaved floats, whatever it gives. */
static void
convert_av (const AVFrame *frame, float *out)
{
  int channels = frame->ch_layout.nb_channels;

  for (int i = 0; i < frame->nb_samples; i++)
    for (int c = 0; c < channels; c++)
      switch (frame->format)
        {
        case AV_SAMPLE_FMT_FLTP:
          *out++ = ((const float *)(const void *)frame->extended_data[c])[i];
          break;
        case AV_SAMPLE_FMT_S16:
          *out++ = ((const gint16 *)(const void *)frame->data[0])[i * channels + c] / 32768.0f;
          break;
        case AV_SAMPLE_FMT_S16P:
          *out++ = ((const gint16 *)(const void *)frame->extended_data[c])[i] / 32768.0f;
          break;
        default:
          *out++ = 0;
        }
}

static AVCodecContext *
open_av (AVFormatContext *format, int *stream)
{
  const AVCodec  *codec;
  AVCodecContext *context;

  if (avformat_find_stream_info (format, NULL) < 0)
    return NULL;
  *stream = av_find_best_stream (format, AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
  if (*stream < 0)
    return NULL;
  context = avcodec_alloc_context3 (codec);
  avcodec_parameters_to_context (context, format->streams[*stream]->codecpar);
  context->thread_count = 1;
  avcodec_open2 (context, codec, NULL);
  return context;
}

static gint64
decode_libav (const char *path, float *out, gint64 max)
{
  AVFormatContext *format = NULL;
  AVCodecContext  *context = NULL;
  AVPacket        *packet = av_packet_alloc ();
  AVFrame         *frame = av_frame_alloc ();
  gint64           n_frames = 0;
  gboolean         more = TRUE;
  int              stream;

  av_log_set_level (AV_LOG_QUIET);
  if (avformat_open_input (&format, path, NULL, NULL) < 0 || !(context = open_av (format, &stream)))
    more = FALSE;
  while (more)
    {
      more = av_read_frame (format, packet) >= 0;
      if (!more || packet->stream_index == stream)
        avcodec_send_packet (context, more ? packet : NULL);
      while (avcodec_receive_frame (context, frame) >= 0 && n_frames + frame->nb_samples <= max)
        {
          convert_av (frame, out + n_frames * frame->ch_layout.nb_channels);
          n_frames += frame->nb_samples;
        }
      av_packet_unref (packet);
    }
  av_frame_free (&frame);
  av_packet_free (&packet);
  avcodec_free_context (&context);
  avformat_close_input (&format);
  return n_frames;
}

const BenchDecoder bench_decoders[BENCH_N_DECODERS] = {
  { "Zabumba", ".wav .aiff .flac .mp3 .ogg .opus .m4a", decode_zabumba },
  { "libsndfile", ".wav .aiff .flac .mp3 .ogg .opus", decode_sndfile },
  { "libFLAC", ".flac", decode_flac },
  { "vorbisfile", ".ogg", decode_vorbisfile },
  { "mpg123", ".mp3", decode_mpg123 },
  { "libav", ".wav .aiff .flac .mp3 .ogg .opus .m4a", decode_libav },
};
