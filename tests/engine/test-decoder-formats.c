/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <math.h>
#include <string.h>

#include "tests/engine/clip.h"

enum
{
  N_REF = 11111, /* frames in ref.wav */
  N_SHORT = 2003,
  N_REF24 = 4500,
  N_RATE = 1111, /* in the files of each rate */
  MAX_LAG = 2500,
  N_ENDS = 400 /* frames at head and tail that are looked at by themselves */
};

/* The two sweeps as make-data wrote them, without a decoder: interleaved stereo. */
static float *
read_reference (const char *name, gsize width, gsize n_samples)
{
  g_autoptr (GByteArray) file = clip_read_file (name);
  const guint8 *data = memmem (file->data, file->len, "data", 4);
  float        *samples = g_new (float, n_samples);

  g_assert_nonnull (data);
  data += 8;
  g_assert_cmpint (file->data + file->len - data, >=, (gssize)(n_samples * width));
  for (gsize i = 0; i < n_samples; i++, data += width)
    {
      guint32 bits = width == 2
                         ? (guint32)data[0] << 16 | (guint32)data[1] << 24
                         : (guint32)data[0] << 8 | (guint32)data[1] << 16 | (guint32)data[2] << 24;

      samples[i] = (float)(gint32)bits / 2147483648.0f;
    }
  return samples;
}

typedef struct
{
  const char *file;
  gint64      n_frames;
  gboolean    length_is_known;
  double      tolerance;
} Lossless;

static const Lossless lossless[] = {
  { "wav-s8.wav", N_SHORT, TRUE, 1.0 / 128 },
  { "wav-s16.wav", N_SHORT, TRUE, 0 },
  { "wav-s24.wav", N_SHORT, TRUE, 0 },
  { "wav-s32.wav", N_SHORT, TRUE, 0 },
  { "wav-f32.wav", N_SHORT, TRUE, 0 },
  { "wav-f64.wav", N_SHORT, TRUE, 0 },
  { "wav-extensible.wav", N_SHORT, TRUE, 0 },
  { "wav-rf64.wav", N_SHORT, TRUE, 0 },
  { "aiff-s8.aiff", N_SHORT, TRUE, 1.0 / 64 },
  { "aiff-s16.aiff", N_SHORT, TRUE, 0 },
  { "aiff-s24.aiff", N_SHORT, TRUE, 0 },
  { "aiff-s32.aiff", N_SHORT, TRUE, 0 },
  { "aifc-sowt.aifc", N_SHORT, TRUE, 0 },
  { "aifc-f32.aifc", N_SHORT, TRUE, 0 },
  { "aifc-f64.aifc", N_SHORT, TRUE, 0 },
  { "flac-16.flac", N_SHORT, TRUE, 0 },
  { "flac-art.flac", N_SHORT, TRUE, 0 },
  { "flac-unknown-length.flac", N_SHORT, FALSE, 0 },
  { "m4a-alac.m4a", N_REF, TRUE, 0 },
  { "m4a-alac-short.m4a", N_SHORT, TRUE, 0 },
  { "m4a-alac-short-faststart.m4a", N_SHORT, TRUE, 0 },
  { "fallback.wv", N_SHORT, FALSE, 0 },
  { "fallback.mka", N_SHORT, FALSE, 0 },
};

static void
test_lossless (gconstpointer data)
{
  const Lossless   *expected = data;
  g_autofree float *reference = read_reference ("ref.wav", 2, N_REF * 2);
  g_autoptr (Clip) clip = clip_load (expected->file);

  g_assert_cmpuint (clip->rate, ==, 44100);
  g_assert_cmpuint (clip->channels, ==, 2);
  g_assert_cmpint (clip->n_frames, ==, expected->n_frames);
  g_assert_cmpint (clip->promised, ==, expected->length_is_known ? expected->n_frames : -1);
  g_assert_null (clip->warning);
  for (gint64 i = 0; i < clip->n_frames * 2; i++)
    g_assert_cmpfloat (fabs ((double)clip->frames[i] - (double)reference[i]), <=,
                       expected->tolerance);
}

static void
test_24_bit (gconstpointer data)
{
  g_autofree float *reference = read_reference ("wav-ref24.wav", 3, N_REF24);
  g_autoptr (Clip) clip = clip_load (data);

  g_assert_cmpuint (clip->channels, ==, 1);
  g_assert_cmpint (clip->n_frames, ==, N_REF24);
  g_assert_cmpint (clip->promised, ==, N_REF24);
  for (gint64 i = 0; i < clip->n_frames; i++)
    g_assert_cmpfloat (clip->frames[i], ==, reference[i]);
}

/* How far behind the reference's channel the clip's is. */
static int
find_lag (const Clip *clip, guint channel, const float *reference)
{
  double best = -1;
  int    best_lag = 0;

  for (int lag = -MAX_LAG; lag <= MAX_LAG; lag++)
    {
      double sum = 0;

      for (gint64 i = MAX (0, lag); i < MIN (clip->n_frames, N_REF + lag); i++)
        sum += (double)clip->frames[i * clip->channels + channel]
               * (double)reference[(i - lag) * 2 + channel];
      if (sum > best)
        {
          best = sum;
          best_lag = lag;
        }
    }
  return best_lag;
}

/* In dB, over frames of the reference. */
static double
get_snr (const Clip *clip, guint channel, const float *reference, gint64 lag, gint64 from,
         gint64 to)
{
  double signal = 0;
  double noise = 0;

  for (gint64 i = from; i < to; i++)
    {
      double wanted = (double)reference[i * 2 + channel];
      double error = (double)clip->frames[(i + lag) * clip->channels + channel] - wanted;

      signal += wanted * wanted;
      noise += error * error;
    }
  return 10 * log10 (signal / noise);
}

typedef struct
{
  const char *file;
  guint       rate;
  guint       channels;
  gint64      n_frames;
  gboolean    length_is_known;
  int         lag;
  double      snr;     /* dB, over all */
  double      end_snr; /* dB, at either end */
} Lossy;

/* Where the file says nothing about the encoder's own frames there is nothing to be known: the lag
 * and the length of these are what every decoder gives. */
static const Lossy lossy[] = {
  { "mp3-cbr.mp3", 44100, 2, N_REF, TRUE, 0, 20, 15 },
  { "mp3-vbr.mp3", 44100, 2, N_REF, TRUE, 0, 20, 15 },
  { "mp3-mono.mp3", 44100, 1, N_REF, TRUE, 0, 20, 15 },
  { "mp3-art.mp3", 44100, 2, N_REF, TRUE, 0, 20, 15 },
  { "mp3-ffmpeg.mp3", 44100, 2, N_REF, TRUE, 0, 20, 15 },
  { "mp3-untagged.mp3", 44100, 2, 11 * 1152, FALSE, 1105, 20, 15 },
  { "ogg-vorbis.ogg", 44100, 2, N_REF, TRUE, 0, 15, 10 },
  { "ogg-mono.ogg", 44100, 1, N_REF, TRUE, 0, 15, 10 },
  { "opus-stereo.opus", 48000, 2, N_REF, TRUE, 0, 15, 10 },
  { "opus-mono.opus", 48000, 1, N_REF, TRUE, 0, 15, 10 },
  { "m4a-aac.m4a", 44100, 2, N_REF, TRUE, 0, 20, 15 },
  { "m4a-faststart.m4a", 44100, 2, N_REF, TRUE, 0, 20, 15 },
  { "m4a-mono.m4a", 44100, 1, N_REF, TRUE, 0, 15, 10 },
  { "m4a-fragmented.m4a", 44100, 2, 12 * 1024, FALSE, 1024, 20, 15 },
  { "mp4-two-tracks.mp4", 44100, 2, N_REF, TRUE, 0, 15, 10 },
  { "adts.aac", 44100, 2, 12 * 1024, FALSE, 1024, 20, 15 },
};

static void
test_lossy (gconstpointer data)
{
  const Lossy      *expected = data;
  g_autofree float *reference = read_reference ("ref.wav", 2, N_REF * 2);
  g_autoptr (Clip) clip = clip_load (expected->file);

  g_assert_cmpuint (clip->rate, ==, expected->rate);
  g_assert_cmpuint (clip->channels, ==, expected->channels);
  g_assert_cmpint (clip->n_frames, ==, expected->n_frames);
  g_assert_cmpint (clip->promised, ==, expected->length_is_known ? expected->n_frames : -1);
  g_assert_null (clip->warning);
  for (guint channel = 0; channel < clip->channels; channel++)
    {
      double all = get_snr (clip, channel, reference, expected->lag, 0, N_REF);
      double head = get_snr (clip, channel, reference, expected->lag, 0, N_ENDS);
      double tail = get_snr (clip, channel, reference, expected->lag, N_REF - N_ENDS, N_REF);

      g_test_message ("%s: %.1f dB, head %.1f, tail %.1f", expected->file, all, head, tail);
      g_assert_cmpint (find_lag (clip, channel, reference), ==, expected->lag);
      g_assert_cmpfloat (all, >, expected->snr);
      g_assert_cmpfloat (head, >, expected->end_snr);
      g_assert_cmpfloat (tail, >, expected->end_snr);
    }
}

static void
test_rates (gconstpointer data)
{
  static const guint rates[]
      = { 8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000 };
  const char *suffix = data;
  guint last = g_str_equal (suffix, "mp3") ? 48000 : g_str_equal (suffix, "m4a") ? 96000 : 192000;
  gboolean is_opus = g_str_equal (suffix, "opus");

  for (gsize i = 0; i < G_N_ELEMENTS (rates) && rates[i] <= last; i++)
    {
      g_autofree char *name = g_strdup_printf ("rate-%u.%s", rates[i], suffix);
      g_autoptr (Clip) clip = clip_load (name);
      double n = is_opus ? (double)N_RATE * 48000 / rates[i] : N_RATE;

      g_assert_cmpuint (clip->rate, ==, is_opus ? 48000 : rates[i]);
      g_assert_cmpuint (clip->channels, ==, 1);
      /* opusenc itself drops the fraction of a frame here and keeps it there */
      g_assert_cmpfloat (fabs ((double)clip->n_frames - n), <=, is_opus ? 1 : 0);
      g_assert_cmpint (clip->promised, ==, clip->n_frames);
      g_assert_null (clip->warning);
    }
}

/* What is computed in floats is not rounded to 16 bits on the way. */
static void
test_floats (void)
{
  g_autoptr (Clip) clip = clip_load ("mp3-cbr.mp3");
  guint n_between = 0;

  for (gint64 i = 0; i < clip->n_frames * clip->channels; i++)
    if (clip->frames[i] * 32768.0f != rintf (clip->frames[i] * 32768.0f))
      n_between++;
  g_assert_cmpuint (n_between, >, clip->n_frames);
}

static void
test_tiny (void)
{
  g_autoptr (Clip) clip = clip_load ("ogg-tiny.ogg");

  g_assert_cmpint (clip->promised, ==, 100);
  g_assert_cmpint (clip->n_frames, ==, 100);
}

/* What a level of its own on each channel, (c + 1) / 32, is mixed to by hand. */
static void
test_channels (gconstpointer data)
{
  static const double a = 0.70710678; /* 3 dB lower */
  const char         *suffix = data;
  const struct
  {
    double left, right, sum;
  } expected[] = {
    { 1 + 3 * a, 2 + 3 * a, 1 + a },
    { 1 + 3 * a, 2 + 4 * a, 1 + a },
    { 1 + 3 * a + 4 * a, 2 + 3 * a + 5 * a, 1 + 2 * a },
    { 1 + 3 * a + 5 * a, 2 + 3 * a + 6 * a, 1 + 2 * a },
    /* Of seven, the rear centre comes before the other two. */
    { 1 + 3 * a + 5 * a * a + 6 * a, 2 + 3 * a + 5 * a * a + 7 * a, 1.5 + 2 * a },
    { 1 + 3 * a + 5 * a + 7 * a, 2 + 3 * a + 6 * a + 8 * a, 1 + 3 * a },
  };

  for (guint n = 3; n <= 8; n++)
    {
      g_autofree char *name = g_strdup_printf ("channels-%u.%s", n, suffix);
      g_autoptr (Clip) clip = clip_load (name);
      double left = expected[n - 3].left / expected[n - 3].sum / 32;
      double right = expected[n - 3].right / expected[n - 3].sum / 32;

      g_assert_cmpuint (clip->channels, ==, 2);
      g_assert_cmpint (clip->n_frames, ==, 500);
      for (gint64 i = 0; i < clip->n_frames; i++)
        {
          g_assert_cmpfloat_with_epsilon ((double)clip->frames[i * 2], left, 1e-4);
          g_assert_cmpfloat_with_epsilon ((double)clip->frames[i * 2 + 1], right, 1e-4);
        }
    }
}

/* A codec's own order of six channels: what is in the centre comes out on both sides alike. */
static void
test_centre (gconstpointer data)
{
  g_autofree float *reference = read_reference ("ref.wav", 2, N_REF * 2);
  g_autoptr (Clip) clip = clip_load (data);
  double gain = 0.70710678 / (1 + 2 * 0.70710678);
  double signal = 0;
  double noise = 0;

  g_assert_cmpuint (clip->channels, ==, 2);
  g_assert_cmpint (clip->n_frames, ==, N_REF);
  for (gint64 i = 0; i < N_REF; i++)
    {
      double wanted = gain * (double)reference[i * 2];

      signal += 2 * wanted * wanted;
      noise += pow ((double)clip->frames[i * 2] - wanted, 2)
               + pow ((double)clip->frames[i * 2 + 1] - wanted, 2);
    }
  g_test_message ("%s: %.1f dB", (const char *)data, 10 * log10 (signal / noise));
  g_assert_cmpfloat (10 * log10 (signal / noise), >, 10);
}

static void
add_tests (const char *group, const char *const *names, GTestDataFunc function)
{
  for (gsize i = 0; names[i]; i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/decoder/%s/%s", group, names[i]);

      g_test_add_data_func (path, names[i], function);
    }
}

int
main (int argc, char **argv)
{
  static const char *const names_24[] = { "wav-ref24.wav", "flac-24.flac", "m4a-alac24.m4a", NULL };
  static const char *const rates[] = { "wav", "flac", "ogg", "opus", "m4a", "mp3", NULL };
  static const char *const channels[] = { "wav", "flac", NULL };
  static const char *const centres[] = { "centre.ogg", "centre.opus", "centre.m4a", NULL };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lossless); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/decoder/lossless/", lossless[i].file, NULL);

      g_test_add_data_func (path, &lossless[i], test_lossless);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (lossy); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/decoder/lossy/", lossy[i].file, NULL);

      g_test_add_data_func (path, &lossy[i], test_lossy);
    }
  add_tests ("24-bit", names_24, test_24_bit);
  add_tests ("rates", rates, test_rates);
  add_tests ("channels", channels, test_channels);
  add_tests ("centre", centres, test_centre);
  g_test_add_func ("/engine/decoder/floats", test_floats);
  g_test_add_func ("/engine/decoder/tiny", test_tiny);
  return g_test_run ();
}
