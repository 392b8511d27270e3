/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench/bench-decoder-peers.h"

/* bench-decoder [--only=NAME] FILE...: the processor time that each decoder takes for each kind of
 * file, warm page cache, one thread; the decoders take turns, and medians are told. */

enum
{
  MAX_FRAMES = 10 * 60 * 48000,
  MIN_ROUNDS = 9,
  MAX_ROUNDS = 201,
  ROUND_NSEC = 1500000000 /* of each file and decoder, about */
};

static char *only;

static const char *const suffixes[] = { ".wav", ".aiff", ".flac", ".mp3", ".ogg", ".opus", ".m4a" };

static gint64
get_nsec (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a;
  gint64 y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

static gboolean
reads (const BenchDecoder *decoder, const char *suffix)
{
  g_auto (GStrv) known = g_strsplit (decoder->suffixes, " ", -1);

  if (only && !g_str_equal (only, decoder->name))
    return FALSE;
  return g_strv_contains ((const char *const *)known, suffix);
}

/* The median time of each decoder for one file is added to @sums. */
static void
measure_file (const char *path, const char *suffix, float *out, double sums[BENCH_N_DECODERS])
{
  gint64 *times = g_new0 (gint64, MAX_ROUNDS * BENCH_N_DECODERS);
  gint64  spent = 0;
  int     rounds = 0;

  while (rounds < MAX_ROUNDS && (rounds < MIN_ROUNDS || spent < ROUND_NSEC))
    {
      for (int turn = 0; turn < BENCH_N_DECODERS; turn++)
        {
          int     d = (turn + rounds) % BENCH_N_DECODERS;
          gint64 *time = &times[d * MAX_ROUNDS + rounds];
          gint64  start;

          if (!reads (&bench_decoders[d], suffix))
            continue;
          /* Once untimed: heap and caches are its own then, and not as the one before left them. */
          if (bench_decoders[d].decode (path, out, MAX_FRAMES) <= 0)
            g_error ("%s can't decode %s", bench_decoders[d].name, path);
          start = get_nsec ();
          bench_decoders[d].decode (path, out, MAX_FRAMES);
          *time = get_nsec () - start;
          spent += *time;
        }
      rounds++;
    }
  for (int d = 0; d < BENCH_N_DECODERS; d++)
    {
      qsort (times + d * MAX_ROUNDS, (gsize)rounds, sizeof *times, compare);
      sums[d] += (double)times[d * MAX_ROUNDS + rounds / 2] / 1000;
    }
  g_free (times);
}

static void
measure_suffix (char **paths, int n_paths, const char *suffix, const char *kind, float *out)
{
  double sums[BENCH_N_DECODERS] = { 0 };
  double best = G_MAXDOUBLE;
  int    n = 0;

  for (int i = 0; i < n_paths; i++)
    if (g_str_has_suffix (paths[i], suffix) && strstr (paths[i], kind))
      {
        measure_file (paths[i], suffix, out, sums);
        n++;
      }
  if (n == 0)
    return;
  g_print ("| %s, %s |", kind, suffix + 1);
  for (int d = 0; d < BENCH_N_DECODERS; d++)
    {
      if (sums[d] > 0)
        g_print (" %.0f |", sums[d] / n);
      else
        g_print (" |");
      if (d > 0 && sums[d] > 0)
        best = MIN (best, sums[d]);
    }
  g_print (" %.2f |\n", sums[0] / best);
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "shot", "track" };
  const GOptionEntry       entries[]
      = { { "only", 'o', 0, G_OPTION_ARG_STRING, &only, "One decoder, as to profile it", "NAME" },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE…");
  float *out = g_new0 (float, MAX_FRAMES * 2);

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return EXIT_FAILURE;
  g_print ("| µs a file |");
  for (int d = 0; d < BENCH_N_DECODERS; d++)
    g_print (" %s |", bench_decoders[d].name);
  g_print (" of the fastest |\n|---|");
  for (int d = 0; d <= BENCH_N_DECODERS; d++)
    g_print ("---|");
  g_print ("\n");
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize s = 0; s < G_N_ELEMENTS (suffixes); s++)
      measure_suffix (argv + 1, argc - 1, suffixes[s], kinds[k], out);
  g_free (out);
  return 0;
}
