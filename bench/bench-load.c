/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-load [--rounds=N] DIR: what a load costs by the clock, from the request to Success with
 * everything between them, against others' whole way from file to frames, on what make-load-corpus
 * has made in DIR. Warm page cache; all take turns, and medians are told. Zabumba loads in its
 * workers where ZAB_LOAD_WORKER names them. */
#include <fcntl.h>
#include <gst/gst.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/bench-host.h"
#include "bench/bench-load-peers.h"
#include "engine/decode/zab-decoder.h"
#include "engine/zab-engine.h"

enum
{
  RATE = 48000,
  BLOCK = 8192,                /* frames decoded at a time */
  RARELY = 3,                  /* programs run in one of so many rounds */
  N_WAYS = BENCH_N_LOADERS + 1 /* Zabumba is the last */
};

static const char *const suffixes[] = { ".wav", ".aiff", ".flac", ".mp3", ".ogg", ".opus", ".m4a" };
static int               n_rounds = 9;

/* A load, or as many as there are pads. */
typedef struct
{
  GRand     *random;
  ZabEngine *engine;
  guint      n_left;
  guint      n_failed;
  gint64     begun;
  guint      n_loads;
  double     first; /* ms until the first pad could be played, */
  double     half;  /* and half of them */
} Run;

static double
get_ms (gint64 since)
{
  return (double)(g_get_monotonic_time () - since) / 1000;
}

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *)a;
  const double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
get_median (double *values, int n)
{
  qsort (values, (gsize)n, sizeof *values, compare);
  return values[n / 2];
}

/* --- Zabumba ---------------------------------------------------------------------------------- */

static void
on_event (ZabEngine *engine, ZabLoaderEvent *event, Run *run)
{
  if (!zab_loader_event_is_end (event))
    return;
  if (event->type == ZAB_LOADER_EVENT_ERROR)
    g_printerr ("%s\n", event->error->message);
  run->n_failed += event->type != ZAB_LOADER_EVENT_SUCCESS;
  if (run->first <= 0)
    run->first = get_ms (run->begun);
  run->n_left--;
  if (run->n_left == run->n_loads / 2)
    run->half = get_ms (run->begun);
}

/* ms until the last of the files was playable. */
static double
load_all (Run *run, char **paths, guint n_paths)
{
  run->n_left = run->n_loads = n_paths;
  run->first = run->half = 0;
  run->begun = g_get_monotonic_time ();
  for (guint i = 0; i < n_paths; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      zab_engine_load_sample_async (run->engine, i, file, NULL, NULL, NULL);
    }
  while (run->n_left > 0)
    g_main_context_iteration (NULL, TRUE);
  return get_ms (run->begun);
}

/* What was loaded goes before the next round begins. */
static void
clear (Run *run, guint n_paths)
{
  float out[512];

  for (guint i = 0; i < n_paths; i++)
    {
      zab_engine_unload_pad (run->engine, i);
      zab_engine_render (run->engine, out, G_N_ELEMENTS (out) / 2);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* ms that the decoder takes by itself. */
static double
decode_alone (const char *path)
{
  const gint64      begun = g_get_monotonic_time ();
  const int         fd = open (path, O_RDONLY | O_CLOEXEC);
  ZabDecoder       *decoder = zab_decoder_open (fd, path, NULL, NULL);
  g_autofree float *block = g_new (float, 2 * BLOCK);

  while (zab_decoder_read (decoder, block, BLOCK, NULL, NULL) > 0)
    ;
  zab_decoder_free (decoder);
  close (fd);
  return get_ms (begun);
}

/* --- Turns ------------------------------------------------------------------------------------ */

static gboolean
reads (guint way, const char *path)
{
  g_auto (GStrv) known = NULL;

  if (way == BENCH_N_LOADERS)
    return TRUE;
  known = g_strsplit (bench_loaders[way].suffixes, " ", -1);
  return g_strv_contains ((const char *const *)known, strrchr (path, '.'));
}

static BenchPace
get_pace (guint way)
{
  return way < BENCH_N_LOADERS ? bench_loaders[way].pace : BENCH_QUICK;
}

/* ms, or NaN when it does not read them. */
static double
take_turn (Run *run, guint way, char **paths, guint n_paths)
{
  const gint64 begun = g_get_monotonic_time ();

  if (way == BENCH_N_LOADERS)
    {
      const double time = load_all (run, paths, n_paths);

      clear (run, n_paths);
      return time;
    }
  for (guint i = 0; i < n_paths; i++)
    if (!reads (way, paths[i]) || bench_loaders[way].load (paths[i], RATE) < 0)
      return (double)NAN;
  return get_ms (begun);
}

/* Who takes turns after whom, anew in each round: what one leaves in the caches, another finds. */
static void
shuffle (GRand *random, guint ways[N_WAYS])
{
  for (guint i = 0; i < N_WAYS; i++)
    {
      const guint j = (guint)g_rand_int_range (random, 0, (gint32)i + 1);

      ways[i] = ways[j];
      ways[j] = i;
    }
}

/* @pace: the slowest that may take part. */
static void
measure (Run *run, char **paths, guint n_paths, BenchPace pace, double medians[N_WAYS])
{
  g_autofree double *times = g_new0 (double, N_WAYS *n_rounds);
  int                n_times[N_WAYS] = { 0 };
  guint              ways[N_WAYS] = { 0 };

  for (int round = 0; round < n_rounds; round++)
    {
      shuffle (run->random, ways);
      for (guint turn = 0; turn < N_WAYS; turn++)
        {
          const guint     way = ways[turn];
          const BenchPace its = get_pace (way);

          if (its <= pace && (its == BENCH_QUICK || round % RARELY == 0))
            times[(int)way * n_rounds + n_times[way]++] = take_turn (run, way, paths, n_paths);
        }
    }
  for (guint way = 0; way < N_WAYS; way++)
    medians[way]
        = n_times[way] > 0 ? get_median (times + (int)way * n_rounds, n_times[way]) : (double)NAN;
}

/* --- Tables ----------------------------------------------------------------------------------- */

/* Whose columns a table has: of all who are quick enough for it, those that read every one of the
 * files, or, with @some, at least one. */
static void
choose (char **paths, guint n_paths, BenchPace pace, gboolean some, gboolean shown[N_WAYS])
{
  for (guint way = 0; way < N_WAYS; way++)
    {
      guint n_read = 0;

      for (guint i = 0; i < n_paths; i++)
        n_read += reads (way, paths[i]) != FALSE;
      shown[way] = get_pace (way) <= pace && (some ? n_read > 0 : n_read == n_paths);
    }
}

/* @last: columns after Zabumba's. */
static void
print_head (const char *first, const gboolean shown[N_WAYS], const char *const *last)
{
  guint n = 2;

  g_print ("\n| %s |", first);
  for (guint way = 0; way < BENCH_N_LOADERS; way++)
    if (shown[way])
      {
        g_print (" %s |", bench_loaders[way].name);
        n++;
      }
  g_print (" Zabumba |");
  for (; *last != NULL; last++, n++)
    g_print (" %s |", *last);
  g_print ("\n|");
  for (guint i = 0; i < n; i++)
    g_print ("---|");
  g_print ("\n");
}

static double
get_best (const double times[N_WAYS])
{
  double best = (double)INFINITY;

  for (guint way = 0; way < BENCH_N_LOADERS; way++)
    if (times[way] < best)
      best = times[way];
  return best;
}

static void
print_row (const char *name, const gboolean shown[N_WAYS], const double sums[N_WAYS], guint n)
{
  g_print ("| %s |", name);
  for (guint way = 0; way < N_WAYS; way++)
    if (shown[way] && isnan (sums[way]))
      g_print (" – |");
    else if (shown[way])
      g_print (" %.2f |", sums[way] / n);
  g_print (" %.2f |", sums[BENCH_N_LOADERS] / get_best (sums));
}

/* Of the files of a kind, each by itself: the mean of their medians, and of how many Zabumba was
 * ahead of all the others, and of what programs do: Giada and Hydrogen, ffmpeg, sox. */
static void
print_kind (Run *run, char **paths, guint n_paths, const char *suffix, BenchPace pace,
            const gboolean shown[N_WAYS])
{
  double sums[N_WAYS] = { 0 };
  guint  n = 0, n_best = 0, n_ahead = 0;

  for (guint i = 0; i < n_paths; i++)
    {
      double   medians[N_WAYS];
      gboolean ahead = TRUE;

      if (!g_str_has_suffix (paths[i], suffix))
        continue;
      measure (run, paths + i, 1, pace, medians);
      for (guint way = 0; way < N_WAYS; way++)
        {
          sums[way] += medians[way];
          ahead = ahead && !(way >= BENCH_FIRST_PROGRAM && medians[way] < medians[BENCH_N_LOADERS]);
        }
      n++;
      n_best += medians[BENCH_N_LOADERS] <= get_best (medians);
      n_ahead += ahead;
    }
  if (n == 0)
    return;
  print_row (suffix + 1, shown, sums, n);
  g_print (" %u of %u | %u of %u |\n", n_best, n, n_ahead, n);
}

static void
print_kinds (Run *run, char **paths, const char *what, BenchPace pace)
{
  static const char *const last[] = { "of the fastest", "ahead of all", "of programs", NULL };
  const guint              n_paths = g_strv_length (paths);
  gboolean                 shown[N_WAYS];

  choose (paths, n_paths, pace, TRUE, shown);
  print_head (what, shown, last);
  for (gsize s = 0; s < G_N_ELEMENTS (suffixes); s++)
    print_kind (run, paths, n_paths, suffixes[s], pace, shown);
}

static void
print_set (Run *run, char **paths, const char *name, const gboolean shown[N_WAYS])
{
  const guint n_paths = g_strv_length (paths);
  double      medians[N_WAYS];

  measure (run, paths, n_paths, BENCH_QUICK, medians);
  load_all (run, paths, n_paths);
  print_row (name, shown, medians, 1);
  g_print (" %.1f | %.0f |\n", run->first, run->half);
  clear (run, n_paths);
}

/* The set as it is, and with the tracks instead of its last pads. */
static void
print_sets (Run *run, char **set, char **mixed)
{
  static const char *const last[] = { "of the fastest", "first pad", "half of them", NULL };
  gboolean                 shown[N_WAYS];

  choose (set, g_strv_length (set), BENCH_QUICK, FALSE, shown);
  print_head ("ms for all", shown, last);
  print_set (run, set, "one-shots and loops", shown);
  n_rounds = (n_rounds + 2) / 3;
  print_set (run, mixed, "with six tracks", shown);
}

/* Decoding and resampling at once: what the whole takes beside decoding by itself. */
static void
print_overlap (Run *run, char **paths)
{
  g_print ("\n| ms, ten minutes | decoder alone | Zabumba | of the decoder |\n|---|---|---|---|\n");
  for (; *paths != NULL; paths++)
    {
      g_autofree double *alone = g_new (double, n_rounds);
      g_autofree double *whole = g_new (double, n_rounds);

      for (int round = 0; round < n_rounds; round++)
        {
          alone[round] = decode_alone (*paths);
          whole[round] = take_turn (run, BENCH_N_LOADERS, paths, 1);
        }
      g_print ("| %s | %.0f | %.0f | %.2f |\n", strrchr (*paths, '.') + 1,
               get_median (alone, n_rounds), get_median (whole, n_rounds),
               get_median (whole, n_rounds) / get_median (alone, n_rounds));
    }
}

/* --- The corpus ------------------------------------------------------------------------------- */

static int
compare_paths (const void *a, const void *b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* All files in a folder, in order. */
static GPtrArray *
list (const char *corpus, const char *folder)
{
  GPtrArray       *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *path = g_build_filename (corpus, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (path, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  g_ptr_array_add (paths, NULL);
  if (paths->len == 1)
    g_error ("%s holds no files: see make-load-corpus", path);
  return paths;
}

/* The set with the tracks instead of its last pads. */
static GPtrArray *
mix (const GPtrArray *set, const GPtrArray *tracks)
{
  GPtrArray *all = g_ptr_array_new ();

  for (guint i = 0; i + tracks->len < set->len; i++)
    g_ptr_array_add (all, set->pdata[i]);
  for (guint i = 0; i < tracks->len; i++) /* its NULL as well */
    g_ptr_array_add (all, tracks->pdata[i]);
  return all;
}

static void
print_tables (Run *run, const char *corpus)
{
  g_autoptr (GPtrArray) set = list (corpus, "set");
  g_autoptr (GPtrArray) tracks = list (corpus, "tracks");
  g_autoptr (GPtrArray) ten = list (corpus, "ten");
  g_autoptr (GPtrArray) all = mix (set, tracks);

  load_all (run, (char **)all->pdata, all->len - 1); /* into the page cache, and plans made */
  clear (run, all->len - 1);
  print_kinds (run, (char **)set->pdata, "ms a one-shot", BENCH_SHORT);
  print_sets (run, (char **)set->pdata, (char **)all->pdata);
  print_kinds (run, (char **)tracks->pdata, "ms a track", BENCH_RARE);
  print_overlap (run, (char **)ten->pdata);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[]
      = { { "rounds", 'n', 0, G_OPTION_ARG_INT, &n_rounds, "How often", "N" },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("DIR");
  g_autofree char *versions = bench_loaders_describe ();
  double           load[1] = { 0 };
  Run              run = { 0 };
  BenchHost        before;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc != 2)
    return EXIT_FAILURE;
  run.random = g_rand_new_with_seed (1);
  run.engine = zab_engine_new_offline (RATE);
  g_signal_connect (run.engine, "loader-event", G_CALLBACK (on_event), &run);
  bench_host_read (&before);
  getloadavg (load, 1);
  g_print ("To %d Hz, %d rounds; %u processors, load %.1f; %s, %s\n", RATE, n_rounds,
           g_get_num_processors (), load[0], versions, gst_version_string ());
  print_tables (&run, argv[1]);
  bench_host_print (&before);
  zab_engine_shut_down (run.engine);
  g_object_unref (run.engine);
  g_rand_free (run.random);
  return run.n_failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
