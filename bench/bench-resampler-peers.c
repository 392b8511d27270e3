/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench-resampler-peers.h"

#include <gst/audio/audio.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <samplerate.h>
#include <soxr.h>
#include <speex/speex_resampler.h>

#include "engine/resample/zab-resampler.h"
#include "zab-config.h"

static gsize
convert_zabumba (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_frames,
                 float *out, gsize max_out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabResampler) resampler
      = zab_resampler_new (ZAB_CONVERTER_FFT, in_rate, out_rate, channels, &error);
  gssize n;

  g_assert_no_error (error);
  g_assert_cmpuint (zab_resampler_get_length (resampler, n_frames), <=, max_out);
  n = zab_resampler_push (resampler, in, n_frames, out, &error);
  g_assert_no_error (error);
  n += zab_resampler_finish (resampler, out + (gsize)n * channels, &error);
  g_assert_no_error (error);
  return (gsize)n;
}

static const char *
zabumba_version (void)
{
  return ZAB_VERSION;
}

/* In calls of @block frames: what it has not worked on yet stays in its own memory, so that small
 * calls are faster than one. */
static gsize
convert_soxr (gulong recipe, gsize block, guint in_rate, guint out_rate, guint channels,
              const float *in, gsize n_frames, float *out, gsize max_out)
{
  soxr_quality_spec_t quality = soxr_quality_spec (recipe, 0);
  soxr_t              soxr = soxr_create (in_rate, out_rate, channels, NULL, NULL, &quality, NULL);
  gsize               given = 0, n;

  for (gsize i = 0; i < n_frames; i += block)
    {
      soxr_process (soxr, in + i * channels, MIN (block, n_frames - i), NULL,
                    out + given * channels, max_out - given, &n);
      given += n;
    }
  soxr_process (soxr, NULL, 0, NULL, out + given * channels, max_out - given, &n);
  soxr_delete (soxr);
  return given + n;
}

#define DEFINE_SOXR(name, recipe, block)                                                           \
  static gsize name (guint in_rate, guint out_rate, guint channels, const float *in,               \
                     gsize n_frames, float *out, gsize max_out)                                    \
  {                                                                                                \
    return convert_soxr (recipe, block, in_rate, out_rate, channels, in, n_frames, out, max_out);  \
  }

DEFINE_SOXR (convert_soxr_vhq, SOXR_VHQ, G_MAXSIZE / 2)
DEFINE_SOXR (convert_soxr_vhq_blocks, SOXR_VHQ, 8192)
DEFINE_SOXR (convert_soxr_hq, SOXR_HQ, G_MAXSIZE / 2)
DEFINE_SOXR (convert_soxr_hq_blocks, SOXR_HQ, 8192)

static gsize
convert_src (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_frames,
             float *out, gsize max_out)
{
  SRC_DATA data = { .data_in = in,
                    .data_out = out,
                    .input_frames = (long)n_frames,
                    .output_frames = (long)max_out,
                    .src_ratio = (double)out_rate / in_rate };

  src_simple (&data, SRC_SINC_BEST_QUALITY, (int)channels);
  return (gsize)data.output_frames_gen;
}

static gsize
convert_speex (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_frames,
               float *out, gsize max_out)
{
  int                  code = 0;
  SpeexResamplerState *state
      = speex_resampler_init (channels, in_rate, out_rate, SPEEX_RESAMPLER_QUALITY_MAX, &code);
  guint n_in = (guint)n_frames, n_out = (guint)max_out;
  gsize given;

  if (state == NULL)
    return 0;
  speex_resampler_skip_zeros (state);
  speex_resampler_process_interleaved_float (state, in, &n_in, out, &n_out);
  given = n_out;
  n_in = (guint)speex_resampler_get_input_latency (state);
  n_out = (guint)(max_out - given);
  speex_resampler_process_interleaved_float (state, NULL, &n_in, out + given * channels, &n_out);
  speex_resampler_destroy (state);
  return given + n_out;
}

/* Its frames come out max_latency () input frames late, so the first of them are the filter's
 * head. Where that is no whole number of frames out, a part of one remains. */
static gsize
convert_gst (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_frames,
             float *out, gsize max_out)
{
  GstStructure      *options = gst_structure_new_empty ("options");
  GstAudioResampler *resampler;
  gpointer           from = (gpointer)in, to = out;
  gsize              given, rest;

  gst_audio_resampler_options_set_quality (GST_AUDIO_RESAMPLER_METHOD_KAISER,
                                           GST_AUDIO_RESAMPLER_QUALITY_MAX, (int)in_rate,
                                           (int)out_rate, options);
  resampler = gst_audio_resampler_new (GST_AUDIO_RESAMPLER_METHOD_KAISER,
                                       GST_AUDIO_RESAMPLER_FLAG_NONE, GST_AUDIO_FORMAT_F32,
                                       (int)channels, (int)in_rate, (int)out_rate, options);
  gst_structure_free (options);
  given = MIN (gst_audio_resampler_get_out_frames (resampler, n_frames), max_out);
  gst_audio_resampler_resample (resampler, &from, n_frames, &to, given);
  rest = MIN (gst_audio_resampler_get_out_frames (resampler,
                                                  gst_audio_resampler_get_max_latency (resampler)),
              max_out - given);
  to = out + given * channels;
  gst_audio_resampler_resample (resampler, NULL, gst_audio_resampler_get_max_latency (resampler),
                                &to, rest);
  gst_audio_resampler_free (resampler);
  return given + rest;
}

static gsize
convert_swr (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_frames,
             float *out, gsize max_out)
{
  AVChannelLayout layout;
  SwrContext     *swr = NULL;
  const uint8_t  *from[] = { (const uint8_t *)in };
  uint8_t        *to[] = { (uint8_t *)out };
  int             given, rest;

  av_channel_layout_default (&layout, (int)channels);
  if (swr_alloc_set_opts2 (&swr, &layout, AV_SAMPLE_FMT_FLT, (int)out_rate, &layout,
                           AV_SAMPLE_FMT_FLT, (int)in_rate, 0, NULL)
          < 0
      || swr_init (swr) < 0)
    return 0;
  given = swr_convert (swr, to, (int)max_out, from, (int)n_frames);
  to[0] = (uint8_t *)(out + (gsize)given * channels);
  rest = swr_convert (swr, to, (int)max_out - given, NULL, 0);
  swr_free (&swr);
  return (gsize)(given + rest);
}

static const char *
swr_version (void)
{
  static char version[16];

  g_snprintf (version, sizeof version, "%d.%d.%d", LIBSWRESAMPLE_VERSION_MAJOR,
              LIBSWRESAMPLE_VERSION_MINOR, LIBSWRESAMPLE_VERSION_MICRO);
  return version;
}

static const char *
gst_version_short (void)
{
  static char version[16];
  guint       major, minor, micro, nano;

  gst_version (&major, &minor, &micro, &nano);
  g_snprintf (version, sizeof version, "%u.%u.%u", major, minor, micro);
  return version;
}

static const char *
speex_version (void)
{
  return BENCH_SPEEXDSP_VERSION;
}

const BenchPeer bench_peers[BENCH_N_PEERS] = {
  { "Zabumba", zabumba_version, convert_zabumba, FALSE },
  { "soxr VHQ", soxr_version, convert_soxr_vhq, FALSE },
  { "soxr VHQ, in blocks", soxr_version, convert_soxr_vhq_blocks, FALSE },
  { "soxr HQ", soxr_version, convert_soxr_hq, FALSE },
  { "soxr HQ, in blocks", soxr_version, convert_soxr_hq_blocks, FALSE },
  { "libsamplerate BEST", src_get_version, convert_src, TRUE },
  { "zita-resampler 96", bench_zita_version, bench_zita_convert, TRUE },
  { "speexdsp 10", speex_version, convert_speex, TRUE },
  { "GStreamer 10", gst_version_short, convert_gst, TRUE },
  { "swresample", swr_version, convert_swr, FALSE },
};

float *
bench_convert_mono (gconstpointer peer, guint in_rate, guint out_rate, const float *in, gsize n_in,
                    gsize *n_out)
{
  const BenchPeer *self = peer;
  gsize            room = (gsize)((guint64)n_in * out_rate / in_rate) + 4096;
  float           *out = g_new0 (float, room);

  *n_out = self->convert (in_rate, out_rate, 1, in, n_in, out, room);
  if (*n_out == 0)
    g_clear_pointer (&out, g_free);
  return out;
}
