/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench-load-peers.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
#include <samplerate.h>
#include <sndfile.h>
#include <soxr.h>
#include <string.h>

enum
{
  BLOCK = 8192 /* frames decoded at a time */
};

/* --- libsndfile, with soxr or libsamplerate --------------------------------------------------- */

static gint64
load_sndfile_soxr (const char *path, int rate)
{
  SF_INFO             info = { 0 };
  SNDFILE            *file = sf_open (path, SFM_READ, &info);
  soxr_quality_spec_t quality = soxr_quality_spec (SOXR_HQ, 0);
  soxr_t              soxr;
  gsize               room, n_out = 0, done;
  float              *in, *out;
  sf_count_t          n;

  if (!file)
    return -1;
  soxr = soxr_create (info.samplerate, rate, (unsigned)info.channels, NULL, NULL, &quality, NULL);
  room = (gsize)((double)info.frames * rate / info.samplerate) + 2 * BLOCK;
  out = g_new (float, room *(gsize)info.channels);
  in = g_new (float, BLOCK *info.channels);
  do
    {
      n = sf_readf_float (file, in, BLOCK);
      soxr_process (soxr, n > 0 ? in : NULL, (gsize)n, NULL, out + n_out * (gsize)info.channels,
                    room - n_out, &done);
      n_out += done;
    }
  while (n > 0 || done > 0);
  g_free (in);
  g_free (out);
  soxr_delete (soxr);
  sf_close (file);
  return (gint64)n_out;
}

/* As Giada does it: all of the file, then all of the conversion. */
static gint64
load_sndfile_samplerate (const char *path, int rate)
{
  SF_INFO    info = { 0 };
  SNDFILE   *file = sf_open (path, SFM_READ, &info);
  SRC_DATA   data = { 0 };
  sf_count_t n;
  float     *in;

  if (!file)
    return -1;
  in = g_new (float, info.frames *info.channels);
  n = sf_readf_float (file, in, info.frames);
  data.src_ratio = (double)rate / info.samplerate;
  data.data_in = in;
  data.input_frames = n;
  data.output_frames = (long)((double)n * data.src_ratio) + BLOCK;
  data.data_out = g_new (float, data.output_frames *info.channels);
  src_simple (&data, SRC_SINC_BEST_QUALITY, info.channels);
  g_free (data.data_out);
  g_free (in);
  sf_close (file);
  return data.output_frames_gen;
}

/* --- libav ----------------------------------------------------------------------------------- */

typedef struct
{
  AVFormatContext *format;
  AVCodecContext  *codec;
  SwrContext      *swr;
  AVPacket        *packet;
  AVFrame         *frame;
  GByteArray      *out;
  int              stream;
} Av;

static gboolean
av_open (Av *self, const char *path, int rate)
{
  const AVCodec *codec = NULL;

  if (avformat_open_input (&self->format, path, NULL, NULL) < 0
      || avformat_find_stream_info (self->format, NULL) < 0)
    return FALSE;
  self->stream = av_find_best_stream (self->format, AVMEDIA_TYPE_AUDIO, -1, -1, &codec, 0);
  if (self->stream < 0)
    return FALSE;
  self->codec = avcodec_alloc_context3 (codec);
  avcodec_parameters_to_context (self->codec, self->format->streams[self->stream]->codecpar);
  if (avcodec_open2 (self->codec, codec, NULL) < 0)
    return FALSE;
  swr_alloc_set_opts2 (&self->swr, &self->codec->ch_layout, AV_SAMPLE_FMT_FLT, rate,
                       &self->codec->ch_layout, self->codec->sample_fmt, self->codec->sample_rate,
                       0, NULL);
  return self->swr && swr_init (self->swr) >= 0;
}

static void
av_convert (Av *self, const guint8 **data, int n_frames)
{
  const guint frame_size = (guint)self->codec->ch_layout.nb_channels * sizeof (float);
  const guint used = self->out->len;
  const int   room = swr_get_out_samples (self->swr, n_frames) + 64;
  guint8     *out;
  int         n;

  g_byte_array_set_size (self->out, used + (guint)room * frame_size);
  out = self->out->data + used;
  n = swr_convert (self->swr, &out, room, data, n_frames);
  g_byte_array_set_size (self->out, used + (guint)MAX (n, 0) * frame_size);
}

static void
av_drain (Av *self)
{
  while (avcodec_receive_frame (self->codec, self->frame) >= 0)
    av_convert (self, (const guint8 **)self->frame->extended_data, self->frame->nb_samples);
}

static gint64
load_av (const char *path, int rate)
{
  Av     self = { .packet = av_packet_alloc (), .frame = av_frame_alloc () };
  gint64 n_frames = -1;

  self.out = g_byte_array_new ();
  if (av_open (&self, path, rate))
    {
      while (av_read_frame (self.format, self.packet) >= 0)
        {
          if (self.packet->stream_index == self.stream
              && avcodec_send_packet (self.codec, self.packet) >= 0)
            av_drain (&self);
          av_packet_unref (self.packet);
        }
      avcodec_send_packet (self.codec, NULL);
      av_drain (&self);
      av_convert (&self, NULL, 0);
      n_frames = self.out->len / ((guint)self.codec->ch_layout.nb_channels * sizeof (float));
    }
  g_byte_array_unref (self.out);
  swr_free (&self.swr);
  avcodec_free_context (&self.codec);
  avformat_close_input (&self.format);
  av_packet_free (&self.packet);
  av_frame_free (&self.frame);
  return n_frames;
}

/* --- Programs -------------------------------------------------------------------------------- */

/* How many is of no use to anybody. */
static gint64
run (const char *const *command)
{
  int status;

  if (!g_spawn_sync (NULL, (char **)command, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL)
      || !g_spawn_check_wait_status (status, NULL))
    return -1;
  return 1;
}

static gint64
load_ffmpeg (const char *path, int rate)
{
  g_autofree char  *wanted = g_strdup_printf ("%d", rate);
  const char *const command[] = { "ffmpeg", "-nostdin", "-v", "error", "-i", path,        "-vn",
                                  "-ar",    wanted,     "-f", "f32le", "-y", "/dev/null", NULL };

  return run (command);
}

static gint64
load_sox (const char *path, int rate)
{
  g_autofree char  *wanted = g_strdup_printf ("%d", rate);
  const char *const command[] = { "sox", path, "-t", "f32", "-r", wanted, "/dev/null", NULL };

  return run (command);
}

const BenchLoader bench_loaders[BENCH_N_LOADERS] = {
  { "libsndfile + soxr HQ", ".wav .aiff .flac .ogg .mp3 .opus", load_sndfile_soxr, BENCH_QUICK },
  { "libav + swr", ".wav .aiff .flac .ogg .mp3 .opus .m4a", load_av, BENCH_QUICK },
  { "libsndfile + libsamplerate best", ".wav .aiff .flac .ogg .mp3 .opus", load_sndfile_samplerate,
    BENCH_SHORT },
  { "ffmpeg", ".wav .aiff .flac .ogg .mp3 .opus .m4a", load_ffmpeg, BENCH_RARE },
  { "sox", ".wav .aiff .flac .ogg .mp3 .opus", load_sox, BENCH_RARE },
};

/* The first line of what a program says to @option. */
static char *
get_version (const char *program, const char *option)
{
  const char      *command[] = { program, option, NULL };
  g_autofree char *text = NULL;
  char            *end;

  if (!g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL,
                     NULL, NULL))
    return g_strdup_printf ("no %s", program);
  end = strpbrk (text, "\n(");
  return g_strndup (text, end != NULL ? (gsize)(end - text) : strlen (text));
}

char *
bench_loaders_describe (void)
{
  const guint      av = avformat_version ();
  const guint      swr = swresample_version ();
  g_autofree char *ffmpeg = get_version ("ffmpeg", "-version");
  g_autofree char *sox = get_version ("sox", "--version");

  av_log_set_level (AV_LOG_QUIET);
  return g_strdup_printf ("%s, %s, %s, libavformat %u.%u.%u, libswresample %u.%u.%u, %s, %s",
                          sf_version_string (), soxr_version (), src_get_version (), av >> 16,
                          av >> 8 & 0xff, av & 0xff, swr >> 16, swr >> 8 & 0xff, swr & 0xff, ffmpeg,
                          sox);
}
