/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <time.h>

#include "bench/bench-resampler-plots.h"
#include "engine/resample/zab-resampler-cache.h"
#include "engine/resample/zab-resampler-tuning.h"
#include "tests/engine/test-resampler-measure.h"

/* Prints how fast and how clean the converters are. All take turns in one run, so that what else
 * the machine does hits them alike; CPU time, medians. Only ratios within one run mean anything.
 *
 * bench-resampler [OPTION...] [DIRECTORY FOR THE IMAGES]. --avx2: our kernel as on a processor
 * without AVX-512; --fftw: without it; --case=NAME: the cases whose names begin so; --plots:
 * nothing but the images that take no time. */

typedef struct
{
  const char *name;
  guint       in, out;
  double      seconds;
} Case;

static const Case cases[] = {
  { "44.1 to 48 kHz", 44100, 48000, 20 },
  { "48 to 44.1 kHz", 48000, 44100, 20 },
  { "44.1 to 96 kHz", 44100, 96000, 20 },
  { "96 to 44.1 kHz", 96000, 44100, 20 },
  { "96 to 48 kHz", 96000, 48000, 20 },
  { "44.1 to 47.999 kHz", 44100, 47999, 20 },
  { "47.999 to 44.1 kHz", 47999, 44100, 20 },
  { "11.025 to 192 kHz", 11025, 192000, 10 },
  { "44.1 to 48 kHz, one-shot", 44100, 48000, 0.5 },
};

enum
{
  ROUNDS = 11,
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
make_noise (gsize n_samples)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  float *samples = g_new (float, n_samples);

  for (gsize i = 0; i < n_samples; i++)
    samples[i] = (float)g_rand_double_range (rand, -0.5, 0.5);
  return samples;
}

/* Median CPU seconds of each peer; NAN where it can't convert these rates. The first round warms
 * up, and brings what FFTW is to be measured for. */
static void
measure_speed (const Case *test, double median[BENCH_N_PEERS])
{
  const gsize       n_in = (gsize)(test->seconds * test->in);
  const gsize       room = n_in * test->out / test->in + 4096;
  g_autofree float *in = make_noise (2 * n_in), *out = g_new0 (float, 2 * room);
  double            times[BENCH_N_PEERS][ROUNDS];

  bench_peers[0].convert (test->in, test->out, 2, in, n_in, out, room);
  zab_resampler_finish_tuning ();
  for (int round = 0; round < ROUNDS; round++)
    for (int p = 0; p < BENCH_N_PEERS; p++)
      {
        double start = cpu_seconds ();
        gsize  n_out;

        if (bench_peers[p].slow && round >= SLOW_ROUNDS)
          continue;
        n_out = bench_peers[p].convert (test->in, test->out, 2, in, n_in, out, room);
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
print_row (const Case *test, const BenchPeer *peer, double seconds, double factor)
{
  const ZabMeasure measure = {
    .convert = bench_convert_mono, .converter = peer, .in_rate = test->in, .out_rate = test->out
  };

  g_print ("| %s | %.0f | %.1f | %.2f | %.1f | %.1f | %.1f |\n", peer->name,
           test->seconds / seconds, 1e9 * seconds / (test->seconds * test->out), factor,
           zab_measure_snr (&measure, 997),
           zab_measure_snr (&measure, 0.45 * MIN (test->in, test->out) + 17.3),
           zab_measure_broadband (&measure, 0.95));
}

static void
print_case (const Case *test, const char *directory)
{
  double seconds[BENCH_N_PEERS], speed[BENCH_N_PEERS];

  measure_speed (test, seconds);
  g_print ("\n%s, %g s, stereo\n\n"
           "| converter | × real time | ns per frame out | Zabumba is faster by | SNR 997 Hz, dB | "
           "SNR at 0.9, dB | broadband to 0.95, dB |\n|---|---|---|---|---|---|---|\n",
           test->name, test->seconds);
  for (int p = 0; p < BENCH_N_PEERS; p++)
    {
      speed[p] = test->seconds / seconds[p];
      if (isfinite (seconds[p]))
        print_row (test, &bench_peers[p], seconds[p], seconds[p] / seconds[0]);
    }
  if (directory != NULL && test == cases)
    bench_plot_speed (directory, "44.1 to 48 kHz, stereo: times faster than real time", speed);
}

static gboolean
parse_options (int *argc, char ***argv, gboolean *plots, char **prefix)
{
  gboolean           fftw = FALSE, avx2 = FALSE;
  const GOptionEntry entries[]
      = { { .long_name = "fftw", .arg_data = &fftw },
          { .long_name = "avx2", .arg_data = &avx2 },
          { .long_name = "plots", .arg_data = plots },
          { .long_name = "case", .arg = G_OPTION_ARG_STRING, .arg_data = prefix },
          { 0 } };
  g_autoptr (GOptionContext) context = g_option_context_new ("[DIRECTORY]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  if (fftw || avx2)
    zab_resampler_cache_limit_lanes (fftw ? 0 : 4);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const BenchPeer *const sweepers[2] = { &bench_peers[0], &bench_peers[BENCH_N_PEERS - 1] };
  gboolean               plots = FALSE;
  g_autofree char       *prefix = NULL;
  const char            *directory;

  setlocale (LC_CTYPE, "");
  if (!parse_options (&argc, &argv, &plots, &prefix))
    return 1;
  directory = argv[1];
  zab_resampler_start_tuning (NULL);
  for (int p = 0; p < BENCH_N_PEERS; p++)
    g_print ("%s: %s\n", bench_peers[p].name, bench_peers[p].version ());
  for (gsize i = 0; i < G_N_ELEMENTS (cases) && !plots; i++)
    if (prefix == NULL || g_str_has_prefix (cases[i].name, prefix))
      print_case (&cases[i], directory);
  if (directory != NULL)
    {
      bench_plot_response (directory);
      bench_plot_sweep (directory, sweepers);
    }
  zab_resampler_stop_tuning ();
  return 0;
}
