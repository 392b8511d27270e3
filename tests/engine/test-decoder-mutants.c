/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "tests/engine/clip.h"
#include "tests/engine/mutant.h"

/* Files that somebody damaged: each load ends, with what is left or with an error in words. The
 * mutants are the same at each run; more of them, or others, by
 *   ZAB_TEST_MUTANTS=100000 ZAB_TEST_SEED=2 test-decoder-mutants
 * A crash under a sanitizer, or meson's time limit, is how this fails. */

enum
{
  N_MUTANTS = 300,
  WHOLE_EVERY = 10 /* mutants */
};

static guint
get_number (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);

  return text ? (guint)g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* What was damaged leaves nothing behind in a decoder that goes on to the next file. */
static void
assert_loads_as (const Clip *before, const char *name)
{
  g_autoptr (Clip) clip = clip_load (name);

  g_assert_cmpmem (clip->frames, (gsize)clip->n_frames * clip->channels * sizeof (float),
                   before->frames, (gsize)before->n_frames * before->channels * sizeof (float));
}

static void
test_mutants (gconstpointer name)
{
  g_autoptr (GByteArray) whole = clip_read_file (name);
  g_autoptr (Clip) before = clip_load (name);
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
      mutant_damage (mutant, rand);
      fd = clip_make_file (mutant->data, mutant->len);
      clip = clip_new (fd, name, &error);
      close (fd);
      if (i % WHOLE_EVERY == 0)
        assert_loads_as (before, name);
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
  g_test_init (&argc, &argv, NULL);
  /* GStreamer may grumble about such files; we may not. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_fatal_mask (G_LOG_DOMAIN,
                        G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  for (const char *const *name = MUTANT_SOURCES; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat ("/engine/decoder/mutants/", *name, NULL);

      g_test_add_data_func (path, *name, test_mutants);
    }
  return g_test_run ();
}
