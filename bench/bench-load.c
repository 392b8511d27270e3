/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-load [--rounds=N] [--quick] FILE...: what a load costs by the clock, from the request to
 * Success with everything between them, against others' whole way from file to frames. Warm page
 * cache; all take turns, and medians are told. Zabumba loads in its workers where ZAB_LOAD_WORKER
 * names them. */
#include <gst/gst.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "bench/bench-load-peers.h"
#include "engine/zab-engine.h"

enum
{
  RATE = 48000,
  TICK_MS = 2,
  N_WAYS = BENCH_N_LOADERS + 1 /* Zabumba is the last */
};

static const char *const suffixes[] = { ".wav", ".aiff", ".flac", ".mp3", ".ogg", ".opus", ".m4a" };
static int               n_rounds = 7;
static gboolean          is_quick;

/* A load, or as many as there are pads. */
typedef struct
{
  ZabEngine *engine;
  guint      n_left;
  guint      n_failed;
  gint64     begun;
  double     first; /* ms until the first pad could be played */
  double     stall; /* ms that the main loop was late at most */
  gint64     tick;
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
}

static gboolean
on_tick (gpointer data)
{
  Run *run = data;

  run->stall = MAX (run->stall, get_ms (run->tick) - TICK_MS);
  run->tick = g_get_monotonic_time ();
  return G_SOURCE_CONTINUE;
}

/* ms until the last of the files was playable. */
static double
load_all (Run *run, char **paths, guint n_paths)
{
  const guint tick = g_timeout_add (TICK_MS, on_tick, run);
  double      time;

  run->n_left = n_paths;
  run->first = run->stall = 0;
  run->begun = run->tick = g_get_monotonic_time ();
  for (guint i = 0; i < n_paths; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      zab_engine_load_sample_async (run->engine, i, file, NULL, NULL, NULL);
    }
  while (run->n_left > 0)
    g_main_context_iteration (NULL, TRUE);
  time = get_ms (run->begun);
  g_source_remove (tick);
  return time;
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

/* --- Tables ----------------------------------------------------------------------------------- */

static gboolean
reads (guint way, const char *path)
{
  g_auto (GStrv) known = NULL;

  if (way == BENCH_N_LOADERS)
    return TRUE;
  if (is_quick && bench_loaders[way].is_slow)
    return FALSE;
  known = g_strsplit (bench_loaders[way].suffixes, " ", -1);
  return g_strv_contains ((const char *const *)known, strrchr (path, '.'));
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
      return NAN;
  return get_ms (begun);
}

static void
measure (Run *run, char **paths, guint n_paths, double medians[N_WAYS])
{
  g_autofree double *times = g_new0 (double, N_WAYS *n_rounds);

  for (int round = 0; round < n_rounds; round++)
    for (guint turn = 0; turn < N_WAYS; turn++)
      {
        const guint way = (turn + (guint)round) % N_WAYS;

        times[(int)way * n_rounds + round] = take_turn (run, way, paths, n_paths);
      }
  for (guint way = 0; way < N_WAYS; way++)
    medians[way] = get_median (times + (int)way * n_rounds, n_rounds);
}

static void
print_head (const char *first, const char *last)
{
  g_print ("\n| %s |", first);
  for (guint way = 0; way < BENCH_N_LOADERS; way++)
    g_print (" %s |", bench_loaders[way].name);
  g_print (" Zabumba | %s |\n|---|", last);
  for (guint way = 0; way <= N_WAYS; way++)
    g_print ("---|");
  g_print ("\n");
}

static void
print_row (const char *name, const double sums[N_WAYS], guint n)
{
  double best = INFINITY;

  g_print ("| %s |", name);
  for (guint way = 0; way < N_WAYS; way++)
    {
      if (isnan (sums[way]))
        g_print (" – |");
      else
        g_print (" %.2f |", sums[way] / n);
      if (way < BENCH_N_LOADERS && sums[way] < best)
        best = sums[way];
    }
  g_print (" %.2f |\n", sums[BENCH_N_LOADERS] / best);
}

static void
print_kind (Run *run, char **paths, guint n_paths, const char *suffix, gboolean is_long)
{
  double           sums[N_WAYS] = { 0 };
  g_autofree char *name = g_strdup_printf ("%s, %s", is_long ? "track" : "one-shot", suffix + 1);
  guint            n = 0;

  for (guint i = 0; i < n_paths; i++)
    {
      double medians[N_WAYS];

      if (!g_str_has_suffix (paths[i], suffix)
          || (strstr (paths[i], "track") != NULL) != (is_long != FALSE))
        continue;
      measure (run, paths + i, 1, medians);
      for (guint way = 0; way < N_WAYS; way++)
        sums[way] += medians[way];
      n++;
    }
  if (n > 0)
    print_row (name, sums, n);
}

static void
print_set (Run *run, char **paths, guint n_paths)
{
  double medians[N_WAYS];

  measure (run, paths, n_paths, medians);
  print_head ("ms for all", "of the fastest");
  print_row ("the set", medians, 1);
  load_all (run, paths, n_paths);
  g_print ("\nOnce more: first pad after %.1f ms, main loop late by %.1f ms at most", run->first,
           run->stall);
  clear (run, n_paths);
  run->stall = 0;
  run->tick = g_get_monotonic_time ();
}

/* The same loop with nothing to do, for as long. */
static void
print_idle (Run *run)
{
  const guint  tick = g_timeout_add (TICK_MS, on_tick, run);
  const gint64 begun = g_get_monotonic_time ();

  run->tick = begun;
  while (get_ms (begun) < 1000)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  g_print ("; idle: %.1f ms.\n", run->stall);
}

int
main (int argc, char **argv)
{
  const GOptionEntry entries[]
      = { { "rounds", 'n', 0, G_OPTION_ARG_INT, &n_rounds, "How often", "N" },
          { "quick", 'q', 0, G_OPTION_ARG_NONE, &is_quick, "Without the slowest", NULL },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE…");
  g_autofree char *versions = bench_loaders_describe ();
  char           **paths;
  guint            n_paths;
  Run              run = { 0 };

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, NULL) || argc < 2 || argc > ZAB_N_PADS + 1)
    return EXIT_FAILURE;
  paths = argv + 1;
  n_paths = (guint)argc - 1;
  run.engine = zab_engine_new_offline (RATE);
  g_signal_connect (run.engine, "loader-event", G_CALLBACK (on_event), &run);
  load_all (&run, paths, n_paths); /* into the page cache, and plans made */
  clear (&run, n_paths);
  g_print ("%u files to %d Hz, %d rounds; %s, %s\n", n_paths, RATE, n_rounds, versions,
           gst_version_string ());
  print_head ("ms a file", "of the fastest");
  for (int is_long = FALSE; is_long <= TRUE; is_long++)
    for (gsize s = 0; s < G_N_ELEMENTS (suffixes); s++)
      print_kind (&run, paths, n_paths, suffixes[s], is_long);
  print_set (&run, paths, n_paths);
  print_idle (&run);
  zab_engine_shut_down (run.engine);
  g_object_unref (run.engine);
  return run.n_failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
