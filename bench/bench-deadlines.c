/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-deadlines: plays 32 voices through PipeWire in real time while loads run without pause, and
 * counts the deadlines that were missed: callbacks that were done after the next cycle was to
 * begin, and cycles that had none. A miss is our own where no core of the machine stood still in
 * its time (bench-sentinel.h).
 *
 * Status 1: there were misses of our own; with --control: there were none, though the callback does
 * what it must not. Run it in tests/rig/with-audio. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench-callback.h"
#include "bench-sentinel.h"
#include "engine/load/zab-load.h"
#include "engine/zab-engine.h"
#include "lib/zab-test-wav.h"

enum
{
  RATE = 48000,
  N_PLAYING = 32,
  N_LOADING = 4,           /* at a time */
  LOOP = 6 * RATE,         /* frames */
  LONG_RATE = 44100,       /* of what is loaded */
  LONG = 30 * LONG_RATE,   /* frames */
  WARM_UP = 3,             /* s */
  SHORTEST = 250 * 1000,   /* ns, of a stall of the machine */
  SLACK = 2 * 1000 * 1000, /* ns for which a stall has its aftermath */
  N_SHOWN = 10,
};

typedef struct
{
  ZabEngine *engine;
  GFile     *loop;
  GFile     *loads[16];
  guint      n_loads;
  guint      next; /* request */
  guint      n_loaded;
  guint      n_failed;
  gboolean   loading; /* without pause */

  ZabSampleMemory *memory; /* of the control */
} Bench;

static GFile *
write_tone (const char *folder, const char *name, guint64 n_frames, guint rate, double step)
{
  g_autofree char  *path = g_build_filename (folder, name, NULL);
  g_autofree float *frames = g_new (float, 2 * n_frames);
  g_autoptr (GError) error = NULL;

  for (guint64 i = 0; i < n_frames; i++)
    {
      frames[2 * i] = (float)(0.05 * sin (step * (double)i));
      frames[2 * i + 1] = (float)(0.05 * cos (step * (double)i));
    }
  if (!zab_test_wav_write (path, frames, n_frames, 2, rate, &error))
    g_error ("%s", error->message);
  return g_file_new_for_path (path);
}

static void
load_next (Bench *self)
{
  const guint pad = N_PLAYING + self->next % (ZAB_N_PADS - N_PLAYING);

  zab_engine_load_sample_async (self->engine, pad, self->loads[self->next % self->n_loads], NULL,
                                NULL, NULL);
  self->next++;
}

static void
on_event (ZabEngine *engine, ZabLoaderEvent *event, Bench *self)
{
  if (!zab_loader_event_is_end (event))
    return;
  self->n_loaded += event->type == ZAB_LOADER_EVENT_SUCCESS;
  self->n_failed += event->type == ZAB_LOADER_EVENT_ERROR;
  if (self->loading)
    load_next (self);
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (double seconds)
{
  gboolean over = FALSE;

  g_timeout_add ((guint)(seconds * 1000), on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* The stream asks for a quantum of its own; this has the last word. */
static void
force_quantum (guint quantum)
{
  g_autofree char *text = g_strdup_printf ("%u", quantum);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "pw-metadata", "-n",
                          "settings", "0", "clock.force-quantum", text, NULL);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, &error))
    g_error ("%s", error->message);
}

/* Half of them at other speeds and through the isolator, and the limiter over all. */
static void
play (Bench *self)
{
  for (guint i = 0; i < N_PLAYING; i++)
    zab_engine_load_sample_async (self->engine, i, self->loop, NULL, NULL, NULL);
  while (self->n_loaded < N_PLAYING)
    g_main_context_iteration (NULL, TRUE);
  zab_engine_set_master_param (self->engine, ZAB_PARAM_LIMITER, 1.0f);
  for (guint i = 0; i < N_PLAYING; i++)
    {
      zab_engine_set_pad_loop (self->engine, i, TRUE);
      zab_engine_set_pad_param (self->engine, i, ZAB_PARAM_PAN, (float)i / N_PLAYING);
      if (i % 2 == 1)
        {
          zab_engine_set_pad_param (self->engine, i, ZAB_PARAM_SPEED, 0.9f + 0.01f * (float)i);
          zab_engine_set_pad_param (self->engine, i, ZAB_PARAM_EQ_LOW, 0.5f);
        }
      if (!zab_engine_play_pad (self->engine, i, 1.0f))
        g_error ("pad %u can't be played", i);
    }
}

static guint
count_playing (Bench *self)
{
  guint n = 0;

  for (guint i = 0; i < N_PLAYING; i++)
    {
      ZabPadActivity activity;

      zab_engine_get_pad_activity (self->engine, i, &activity);
      n += activity.playing;
    }
  return n;
}

static void
show (const BenchMiss *miss, gboolean own)
{
  printf (
      "  %s: done %.2f ms after its cycle began, %u skipped; callback %.2f ms, working %.2f ms\n",
      own ? "own" : "machine", (double)(miss->to - miss->from) / 1e6, miss->skipped,
      (double)miss->busy / 1e6, (double)miss->working / 1e6);
}

/* How many of the misses nobody else can be blamed for. */
static guint64
count_own (const BenchCallbackReport *report, const BenchMiss *misses, BenchSentinel *sentinel)
{
  guint64 n = 0;

  for (guint64 i = 0; i < MIN (report->n_misses, BENCH_MAX_MISSES); i++)
    {
      const gboolean own = !bench_sentinel_stalled (sentinel, misses[i].from - SLACK, misses[i].to);

      n += own;
      if ((own && n <= N_SHOWN) || i < N_SHOWN)
        show (&misses[i], own);
    }
  return n;
}

static const char *
get_load (void)
{
  static double loads[3];
  static char   text[64];

  if (getloadavg (loads, 3) < 3)
    return "?";
  g_snprintf (text, sizeof text, "%.1f %.1f %.1f", loads[0], loads[1], loads[2]);
  return text;
}

static void
on_progress (ZabLoadStage stage, double fraction, gpointer user_data)
{
}

/* What the control does in the callback. Thread: RT, of all. */
static void
load_here (void *data)
{
  Bench            *self = data;
  const ZabLoadSpec spec = { .file = self->loads[0], .rate = RATE, .memory = self->memory };
  ZabLoaderSuccess  success = { 0 };
  g_autoptr (GError) error = NULL;

  zab_sample_unref (zab_load_file (&spec, on_progress, NULL, NULL, &success, &error));
  g_free (success.warning);
}

/* The misses of our own. */
static guint64
measure (Bench *self, BenchControl control, double seconds)
{
  BenchSentinel      *sentinel = bench_sentinel_new (SHORTEST);
  const guint         n_before = self->n_loaded;
  const BenchMiss    *misses;
  BenchCallbackReport report;
  BenchSentinelReport stalls;
  guint64             n_own;

  if (sentinel == NULL)
    g_error ("This needs leave to run realtime threads (SCHED_FIFO)");
  bench_callback_start (control, load_here, self);
  run_for (seconds);
  report = bench_callback_stop (&misses);
  bench_sentinel_stop (sentinel);
  n_own = count_own (&report, misses, sentinel);
  stalls = bench_sentinel_report (sentinel);
  printf ("quantum %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " callbacks, %" G_GUINT64_FORMAT
          " missed, %" G_GUINT64_FORMAT " of them our own; %u loads, %u failed; %u pads play\n"
          "  callback: %.1f us as a rule, %.2f ms at most; begun %.2f ms late at most\n"
          "  machine: stood still %" G_GUINT64_FORMAT " times, %.1f ms at most, %.1f ms in all; "
          "load %s\n",
          report.n_frames, report.n_callbacks, report.n_misses, n_own, self->n_loaded - n_before,
          self->n_failed, count_playing (self),
          (double)report.busy / 1e3 / (double)MAX (report.n_callbacks, 1),
          (double)report.longest / 1e6, (double)report.latest / 1e6, stalls.n_stalls,
          (double)stalls.longest / 1e6, (double)stalls.stalled / 1e6, get_load ());
  if (report.n_callbacks == 0 || self->n_loaded == n_before || count_playing (self) < N_PLAYING)
    g_error ("Nothing was measured");
  bench_sentinel_free (sentinel);
  return n_own;
}

static guint64
run (BenchControl control, guint quantum, double seconds, const char *folder, char **files)
{
  Bench   self = { .engine = zab_engine_new (),
                   .memory = zab_sample_memory_new (0),
                   .loop = write_tone (folder, "loop.wav", LOOP, RATE, 0.03) };
  guint64 n_own;

  self.loads[self.n_loads++] = write_tone (folder, "long.wav", LONG, LONG_RATE, 0.05);
  for (; files != NULL && *files != NULL && self.n_loads < G_N_ELEMENTS (self.loads); files++)
    self.loads[self.n_loads++] = g_file_new_for_commandline_arg (*files);
  g_signal_connect (self.engine, "loader-event", G_CALLBACK (on_event), &self);
  while (zab_engine_get_output_state (self.engine) != ZAB_OUTPUT_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  force_quantum (quantum);
  play (&self);
  self.loading = TRUE;
  for (guint i = 0; i < N_LOADING; i++)
    load_next (&self);
  run_for (WARM_UP);
  n_own = measure (&self, control, seconds);
  self.loading = FALSE;
  zab_engine_shut_down (self.engine);
  g_object_unref (self.engine);
  g_object_unref (self.loop);
  zab_sample_memory_unref (self.memory);
  for (guint i = 0; i < self.n_loads; i++)
    g_object_unref (self.loads[i]);
  return n_own;
}

static const char *const controls[] = { "none", "spin", "load", "ordinary" };

int
main (int argc, char **argv)
{
  int              quantum = 64;
  double           seconds = 10;
  g_autofree char *name = NULL;
  g_auto (GStrv) files = NULL;
  const GOptionEntry entries[] = {
    { "quantum", 'q', 0, G_OPTION_ARG_INT, &quantum, "Frames a cycle", "N" },
    { "seconds", 's', 0, G_OPTION_ARG_DOUBLE, &seconds, "How long", "N" },
    { "control", 'c', 0, G_OPTION_ARG_STRING, &name, "What is wrong with the callback",
      "spin|load|ordinary" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, "What is loaded", "FILE..." },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint   control = 0;
  guint64 n_own;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (name, controls[i]))
      control = i;
  if (name != NULL)
    printf ("control: %s\n", controls[control]);
  n_own = run ((BenchControl)control, (guint)quantum, seconds, g_getenv ("RIG_AUDIO"), files);
  return control == BENCH_CONTROL_NONE ? n_own > 0 : n_own == 0;
}
