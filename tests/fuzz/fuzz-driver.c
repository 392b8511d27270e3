/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where there is no libFuzzer: the seeds, and the same mutants of them each time. */
#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/zab-test.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum
{
  N_MUTANTS = 2000, /* of each seed */
};

static void
mutate (GRand *rand, guint8 *data, gsize *size)
{
  static const char interesting[] = "{}[]\",:0-e.\\\xff\x00\x7f/PK";
  const gsize       at = (gsize)g_rand_int_range (rand, 0, (gint32)*size);
  const gsize       length = (gsize)g_rand_int_range (rand, 1, 9);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      data[at] ^= (guint8)(1u << g_rand_int_range (rand, 0, 8));
      break;
    case 1:
      data[at] = (guint8)interesting[g_rand_int_range (rand, 0, sizeof interesting - 1)];
      break;
    case 2:
      if (at + length < *size)
        {
          memmove (data + at, data + at + length, *size - at - length);
          *size -= length;
        }
      break;
    default:
      if (g_rand_int_range (rand, 0, 20) == 0)
        *size = at + 1;
    }
}

static void
run_seed (const char *path)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autofree char *data = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (length, >, 0);
  LLVMFuzzerTestOneInput ((const uint8_t *)data, length);
  for (guint i = 0; i < N_MUTANTS; i++)
    {
      g_autofree guint8 *mutant = g_memdup2 (data, length);
      gsize              size = length;

      for (gint n = g_rand_int_range (rand, 1, 8); n > 0; n--)
        mutate (rand, mutant, &size);
      LLVMFuzzerTestOneInput (mutant, size);
    }
}

/* Each argument is a folder of seeds. */
int
main (int argc, char **argv)
{
  zab_test_watch ();
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GDir) dir = g_dir_open (argv[i], 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (argv[i], name, NULL);

          run_seed (path);
        }
    }
  return EXIT_SUCCESS;
}
