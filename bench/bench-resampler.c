/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>
#include <time.h>

#include "bench/bench-resampler-quality.h"
#include "engine/zab-resampler.h"

/* Prints how fast and how clean the converters are. All take turns in one run, so that what else
 * the machine does hits them alike; CPU time, medians. Only ratios within one run mean anything. */

typedef struct
{
  const char *name;
  guint       in, out;
  double      seconds;
} Case;

static const Case cases[] = {
  { "44.1 → 48", 44100, 48000, 20 },
  { "48 → 44.1", 48000, 44100, 20 },
  { "44.1 → 96", 44100, 96000, 20 },
  { "96 → 44.1", 96000, 44100, 20 },
  { "96 → 48", 96000, 48000, 20 },
  { "44.1 → 47.999", 44100, 47999, 20 },
  { "11.025 → 192", 11025, 192000, 10 },
  { "44.1 → 48, 0.5 s", 44100, 48000, 0.5 },
  { "44.1 → 47.999, 0.5 s", 44100, 47999, 0.5 },
};

enum
{
  ROUNDS = 15,
  SLOW_ROUNDS = 3
};

static double
cpu_seconds (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static float *
make_music (gsize n_samples)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  float *samples = g_new (float, n_samples);

  for (gsize i = 0; i < n_samples; i++)
    samples[i] = (float)g_rand_double_range (rand, -0.5, 0.5);
  return samples;
}

/* Median CPU seconds of each peer; NAN where it can't convert these rates. */
static void
measure_speed (const Case *test, double median[BENCH_N_PEERS])
{
  const gsize       n_in = (gsize)(test->seconds * test->in);
  const gsize       room = n_in * test->out / test->in + 4096;
  g_autofree float *in = make_music (2 * n_in), *out = g_new0 (float, 2 * room);
  double            times[BENCH_N_PEERS][ROUNDS];

  for (int round = -1; round < ROUNDS; round++)
    for (int p = 0; p < BENCH_N_PEERS; p++)
      {
        double start = cpu_seconds ();
        gsize  n_out;

        if (bench_peers[p].slow && (round >= SLOW_ROUNDS || getenv ("QUICK")))
          continue;
        n_out = bench_peers[p].convert (test->in, test->out, 2, in, n_in, out, room);
        if (round >= 0)
          times[p][round] = n_out > 0 ? cpu_seconds () - start : (double)NAN;
      }
  for (int p = 0; p < BENCH_N_PEERS; p++)
    {
      int n = bench_peers[p].slow ? SLOW_ROUNDS : ROUNDS;

      qsort (times[p], (size_t)n, sizeof (double), compare_doubles);
      median[p] = times[p][n / 2];
    }
}

static void
print_case (const Case *test)
{
  double seconds[BENCH_N_PEERS];

  measure_speed (test, seconds);
  g_print ("\n%s kHz, %g s, stereo\n\n", test->name, test->seconds);
  g_print (
      "| converter | × real time | ns a frame out | Zabumba is faster by | SNR 997 Hz | SNR 0.9 "
      "| broadband 0.95 |\n|---|---|---|---|---|---|---|\n");
  for (int p = 0; p < (getenv ("QUICK") ? 3 : BENCH_N_PEERS); p++)
    if (isfinite (seconds[p]))
      g_print ("| %s | %.0f | %.1f | %.2f | %.1f | %.1f | %.1f |\n", bench_peers[p].name,
               test->seconds / seconds[p], 1e9 * seconds[p] / (test->seconds * test->out),
               seconds[p] / seconds[0],
               bench_measure_snr (&bench_peers[p], test->in, test->out, 997),
               bench_measure_snr (&bench_peers[p], test->in, test->out,
                                  0.45 * MIN (test->in, test->out)),
               bench_measure_broadband (&bench_peers[p], test->in, test->out, 0.95));
}

int
main (int argc, char **argv)
{
  for (int p = 0; p < BENCH_N_PEERS; p++)
    g_print ("%s: %s\n", bench_peers[p].name, bench_peers[p].version ());
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (argc < 2 || strstr (cases[i].name, argv[1]) != NULL)
      print_case (&cases[i]);
  return 0;
}
