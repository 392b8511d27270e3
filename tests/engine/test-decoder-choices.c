/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which elements decode a file, and what comes where some of them are not installed. */
#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "engine/decode/zab-push-chain.h"
#include "engine/load/zab-load-error.h"
#include "tests/engine/clip.h"

enum
{
  MAX_CHOICES = 4
};

/* Takes an element away; NULL when it was not there. */
static GstPluginFeature *
take_away (const char *element)
{
  GstRegistry      *registry = gst_registry_get ();
  GstPluginFeature *feature
      = gst_registry_find_feature (registry, element, GST_TYPE_ELEMENT_FACTORY);

  if (feature)
    gst_registry_remove_feature (registry, feature);
  zab_push_chain_free_idle ();
  return feature;
}

static void
bring_back (GstPluginFeature *feature)
{
  if (feature)
    gst_registry_add_feature (gst_registry_get (), feature);
  zab_push_chain_free_idle ();
}

static void
assert_missing (const char *const elements[MAX_CHOICES], const char *file, const char *words)
{
  GstPluginFeature *gone[MAX_CHOICES] = { NULL };
  g_autoptr (GError) error = NULL;
  const int fd = clip_open_file (file);

  for (gsize i = 0; i < MAX_CHOICES && elements[i]; i++)
    gone[i] = take_away (elements[i]);
  g_assert_null (clip_new (fd, file, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NO_DECODER);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, file));
  g_assert_nonnull (strstr (error->message, words));
  for (gsize i = 0; i < MAX_CHOICES; i++)
    bring_back (gone[i]);
  close (fd);
}

static void
test_missing (void)
{
  static const char *const flac[MAX_CHOICES] = { "zabflac", "flacdec", "avdec_flac" };
  static const char *const vorbis[MAX_CHOICES] = { "zabvorbis", "vorbisdec", "ivorbisdec" };
  static const char *const aac[MAX_CHOICES] = { "zabaac", "avdec_aac", "fdkaacdec", "faad" };
  static const char *const mp4[MAX_CHOICES] = { "qtdemux" };
  static const char *const matroska[MAX_CHOICES] = { "matroskademux", "avdemux_matroska,webm" };

  assert_missing (flac, "flac-16.flac", "FLAC");
  assert_missing (vorbis, "ogg-vorbis.ogg", "Vorbis");
  assert_missing (aac, "m4a-aac.m4a", "AAC");
  assert_missing (mp4, "m4a-alac.m4a", "qtdemux");
  assert_missing (matroska, "fallback.mka", "Matroska");
}

static double
get_difference (const Clip *a, const Clip *b)
{
  double most = 0;

  g_assert_cmpuint (a->rate, ==, b->rate);
  g_assert_cmpuint (a->channels, ==, b->channels);
  g_assert_cmpint (a->n_frames, ==, b->n_frames);
  for (gsize i = 0; i < (gsize)a->n_frames * a->channels; i++)
    most = MAX (most, fabs ((double)a->frames[i] - (double)b->frames[i]));
  return most;
}

/* The next choice, when the first is not there, gives the same: as many frames, and none of them
 * differs by more than @tolerance. */
static void
assert_same (const char *file, const char *const choices[MAX_CHOICES], double tolerance)
{
  GstPluginFeature *gone[MAX_CHOICES] = { NULL };
  g_autoptr (Clip) first = clip_load (file);

  for (gsize i = 0; choices[i + 1]; i++)
    {
      g_autoptr (Clip) other = NULL;
      double difference;

      gone[i] = take_away (choices[i]);
      g_assert_nonnull (gone[i]);
      other = clip_load (file);
      difference = get_difference (first, other);
      g_test_message ("%s, %s: %g", file, choices[i + 1], difference);
      g_assert_cmpfloat (difference, <=, tolerance);
    }
  for (gsize i = 0; i < MAX_CHOICES; i++)
    bring_back (gone[i]);
}

static void
test_others (void)
{
  static const char *const flac[MAX_CHOICES] = { "zabflac", "flacdec", "avdec_flac" };
  static const char *const mp3[MAX_CHOICES] = { "zabmp3", "mpg123audiodec", "avdec_mp3float" };
  static const char *const vorbis[MAX_CHOICES] = { "zabvorbis", "vorbisdec" };
  static const char *const opus[MAX_CHOICES] = { "zabopus", "avdec_opus", "opusdec" };
  static const char *const aac[MAX_CHOICES] = { "zabaac", "avdec_aac" };

  assert_same ("flac-16.flac", flac, 0);
  assert_same ("mp3-cbr.mp3", mp3, 1e-5);
  assert_same ("mp3-vbr.mp3", mp3, 1e-5);
  assert_same ("mp3-mono.mp3", mp3, 1e-5);
  assert_same ("rate-8000.mp3", mp3, 1e-5);
  assert_same ("ogg-vorbis.ogg", vorbis, 1e-6);
  assert_same ("ogg-mono.ogg", vorbis, 1e-6);
  assert_same ("ogg-tiny.ogg", vorbis, 1e-6);
  assert_same ("centre.ogg", vorbis, 1e-6);
  /* opusdec rounds to 16 bits, and by libopus's version a little more */
  assert_same ("opus-stereo.opus", opus, 1e-4);
  assert_same ("opus-mono.opus", opus, 1e-4);
  assert_same ("loop.opus", opus, 1e-4);
  assert_same ("m4a-aac.m4a", aac, 0);
  assert_same ("centre.m4a", aac, 0);
  assert_same ("he-aac.m4a", aac, 0);
  assert_same ("he-aac-ps.m4a", aac, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  clip_free (clip_load ("wav-s16.wav")); /* starts GStreamer */
  g_test_add_func ("/engine/decoder/missing", test_missing);
  g_test_add_func ("/engine/decoder/other-choices", test_others);
  return g_test_run ();
}
