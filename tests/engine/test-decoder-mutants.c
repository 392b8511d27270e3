/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "tests/engine/clip.h"

/* Files that somebody damaged: each load ends, with what is left or with an error in words. The
 * mutants are the same at each run; more of them, or others, by
 *   ZAB_TEST_MUTANTS=100000 ZAB_TEST_SEED=2 test-decoder-mutants
 * A crash under a sanitizer, or meson's time limit, is how this fails. */

enum
{
  N_MUTANTS = 300,
  MAX_BYTES = 8,  /* that are changed in one */
  HEAD_SIZE = 512 /* where most of what can be wrong is */
};

static guint
get_number (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);

  return text ? (guint)g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
mutate (GByteArray *bytes, GRand *rand)
{
  static const guint8 values[] = { 0, 1, 0x7f, 0x80, 0xff };
  guint               kind = (guint)g_rand_int_range (rand, 0, 8);
  gint32              n = g_rand_int_range (rand, 1, MAX_BYTES + 1);

  if (kind == 0) /* cut */
    {
      g_byte_array_set_size (bytes, (guint)g_rand_int_range (rand, 1, (gint32)bytes->len));
      return;
    }
  if (kind == 1) /* a piece is missing */
    {
      gint32 at = g_rand_int_range (rand, 0, (gint32)bytes->len - 1);

      g_byte_array_remove_range (
          bytes, (guint)at,
          (guint)g_rand_int_range (rand, 1, MIN (100, (gint32)bytes->len - at) + 1));
      return;
    }
  while (n-- > 0)
    {
      gint32 end = kind < 6 ? MIN (HEAD_SIZE, (gint32)bytes->len) : (gint32)bytes->len;
      gint32 at = g_rand_int_range (rand, 0, end);

      bytes->data[at] = g_rand_boolean (rand) ? (guint8)g_rand_int (rand)
                                              : values[g_rand_int_range (rand, 0, 5)];
    }
}

static void
test_mutants (gconstpointer name)
{
  g_autoptr (GByteArray) whole = clip_read_file (name);
  guint  seed = get_number ("ZAB_TEST_SEED", 1);
  guint  n_mutants = get_number ("ZAB_TEST_MUTANTS", N_MUTANTS);
  GRand *rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n_mutants; i++)
    {
      g_autoptr (GByteArray) mutant = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (Clip) clip = NULL;
      int fd;

      g_byte_array_append (mutant, whole->data, whole->len);
      mutate (mutant, rand);
      fd = clip_make_file (mutant->data, mutant->len);
      clip = clip_new (fd, name, &error);
      close (fd);
      if (clip)
        continue;
      g_assert_nonnull (error);
      g_assert_cmpuint (error->domain, ==, ZAB_LOAD_ERROR);
      g_assert_nonnull (strstr (error->message, name));
    }
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  static const char *const names[]
      = { "wav-s16.wav",      "wav-extensible.wav", "wav-f32.wav",    "wav-rf64.wav",
          "aiff-s16.aiff",    "aifc-sowt.aifc",     "flac-16.flac",   "flac-art.flac",
          "mp3-vbr.mp3",      "mp3-art.mp3",        "ogg-vorbis.ogg", "ogg-chained.ogg",
          "opus-stereo.opus", "centre.opus",        "m4a-aac.m4a",    "m4a-faststart.m4a",
          "m4a-alac.m4a",     "adts.aac",           "long.flac",      "m4a-fragmented.m4a" };

  g_test_init (&argc, &argv, NULL);
  /* GStreamer may grumble about such files; we may not. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_fatal_mask (G_LOG_DOMAIN,
                        G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/decoder/mutants/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_mutants);
    }
  return g_test_run ();
}
