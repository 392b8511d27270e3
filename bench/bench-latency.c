/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-latency: how long it takes from a trigger, at any moment, to the first frame of its sound
 * at the sink, in real time through PipeWire: the time by the graph's clock at which that frame is
 * due. Run it in tests/rig/with-audio.
 *
 * Linked with --wrap for what the callback calls last, to look at what it gives out. */
#include <pipewire/pipewire.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/zab-engine.h"
#include "lib/zab-test-wav.h"

enum
{
  RATE = 48000,
  LENGTH = 480, /* of the sound, frames */
  TRIGGERS = 300,
};

static _Atomic (struct spa_io_position *) position; /* the graph's */
static _Atomic uint64_t                   sounded;  /* ns: when a first frame was due; 0: not yet */
static struct spa_hook                    hook;
static bool                               sounding; /* the callback's */

void __real_pw_stream_add_listener (struct pw_stream *stream, struct spa_hook *listener,
                                    const struct pw_stream_events *events, void *data);
void __wrap_pw_stream_add_listener (struct pw_stream *stream, struct spa_hook *listener,
                                    const struct pw_stream_events *events, void *data);
int  __real_pw_stream_queue_buffer (struct pw_stream *stream, struct pw_buffer *buffer);
int  __wrap_pw_stream_queue_buffer (struct pw_stream *stream, struct pw_buffer *buffer);

static void
on_io_changed (void *data, uint32_t id, void *area, uint32_t size)
{
  if (id == SPA_IO_Position)
    atomic_store (&position, area);
}

void
__wrap_pw_stream_add_listener (struct pw_stream *stream, struct spa_hook *listener,
                               const struct pw_stream_events *events, void *data)
{
  static const struct pw_stream_events more
      = { PW_VERSION_STREAM_EVENTS, .io_changed = on_io_changed };

  __real_pw_stream_add_listener (stream, listener, events, data);
  __real_pw_stream_add_listener (stream, &hook, &more, NULL);
}

/* Thread: RT. */
int
__wrap_pw_stream_queue_buffer (struct pw_stream *stream, struct pw_buffer *buffer)
{
  const struct spa_io_position *graph = atomic_load (&position);
  const struct spa_data        *block = &buffer->buffer->datas[0];
  const float                  *frames = block->data;
  const uint32_t                n_frames = block->chunk->size / (2 * sizeof (float));

  for (uint32_t i = 0; graph != NULL && i < n_frames; i++)
    {
      const bool sounds = frames[2 * i] > 0.0f;

      if (sounds && !sounding)
        atomic_store (&sounded, graph->clock.nsec + i * 1000000000ull / RATE);
      sounding = sounds;
    }
  return __real_pw_stream_queue_buffer (stream, buffer);
}

static GFile *
write_sound (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "sound.wav", NULL);
  float            frames[2 * LENGTH];

  for (guint i = 0; i < 2 * LENGTH; i++)
    frames[i] = 0.1f;
  zab_test_wav_write (path, frames, LENGTH, 2, RATE, NULL);
  return g_file_new_for_path (path);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  *(gboolean *)data = zab_engine_load_sample_finish (ZAB_ENGINE (source), result, NULL);
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
force_quantum (guint quantum)
{
  g_autofree char *output = NULL;
  g_autofree char *command
      = g_strdup_printf ("pw-metadata -n settings 0 clock.force-quantum %u", quantum);

  if (!g_spawn_command_line_sync (command, &output, NULL, NULL, NULL))
    g_error ("There is no pw-metadata");
}

/* ms; waits for some time that no clock knows of first. */
static double
measure (ZabEngine *engine)
{
  struct timespec now;
  uint64_t        start;

  run_for ((guint)g_random_int_range (30, 60));
  while (g_random_int_range (0, 2000) > 0)
    ;
  atomic_store (&sounded, 0);
  clock_gettime (CLOCK_MONOTONIC, &now);
  start = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
  if (!zab_engine_play_pad (engine, 0, 1.0f))
    g_error ("The pad can't be played");
  while (atomic_load (&sounded) == 0)
    run_for (1);
  return (double)(int64_t)(atomic_load (&sounded) - start) / 1e6;
}

static int
compare (const void *a, const void *b)
{
  return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static void
run (ZabEngine *engine, guint quantum)
{
  static double times[TRIGGERS];
  const double  period = 1000.0 * quantum / RATE;
  guint         n_late = 0;

  force_quantum (quantum);
  run_for (500);
  for (guint i = 0; i < TRIGGERS; i++)
    {
      times[i] = measure (engine);
      n_late += times[i] > period;
    }
  qsort (times, TRIGGERS, sizeof times[0], compare);
  printf ("quantum %4u (%5.2f ms): median %5.2f ms, 99 %% %5.2f ms, at most %5.2f ms; %u of %u "
          "later than a quantum\n",
          quantum, period, times[TRIGGERS / 2], times[TRIGGERS * 99 / 100], times[TRIGGERS - 1],
          n_late, TRIGGERS);
}

int
main (void)
{
  const guint quanta[] = { 64, 128, 256, 1024 };
  g_autoptr (GFile) file = write_sound (g_getenv ("RIG_AUDIO"));
  ZabEngine *engine = zab_engine_new ();
  gboolean   loaded = FALSE;

  zab_engine_load_sample_async (engine, 0, file, NULL, on_loaded, &loaded);
  while (!loaded || zab_engine_get_output_state (engine) != ZAB_OUTPUT_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  run_for (1000);
  for (guint i = 0; i < G_N_ELEMENTS (quanta); i++)
    run (engine, quanta[i]);
  zab_engine_shut_down (engine);
  g_object_unref (engine);
  return 0;
}
