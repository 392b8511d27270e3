/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

static const guint  POLL_MS = 20;
static const double GRACE = 0.5; /* s, after which a sound that should have ended has */

typedef enum
{
  LOADING,
  READY,
  FAILED
} FileState;

/* Plays one file after the other, each as soon as it is loaded and its turn has come. */
typedef struct
{
  ZabEngine *engine;
  GMainLoop *loop;
  FileState  states[ZAB_N_PADS];
  double     durations[ZAB_N_PADS]; /* s */
  guint      n_files;
  guint      n_failed;
  guint      current;
  gint64     started; /* monotonic µs; 0: the current one does not play yet */
  gboolean   heard;
} Play;

static void
on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, Play *self)
{
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    {
      self->states[event->pad] = READY;
      self->durations[event->pad] = event->success.duration;
      if (event->success.warning != NULL)
        g_printerr ("zabumba-cli: %s\n", event->success.warning);
    }
  else if (zab_loader_event_is_end (event))
    {
      self->states[event->pad] = FAILED;
      self->n_failed++;
      if (event->type == ZAB_LOADER_EVENT_ERROR)
        zab_cli_fail (event->error->message);
    }
}

static void
next_file (Play *self)
{
  self->started = 0;
  self->heard = FALSE;
  if (++self->current == self->n_files)
    g_main_loop_quit (self->loop);
}

static void
start_file (Play *self, char **names)
{
  if (!zab_engine_play_pad (self->engine, self->current, 1.0f))
    return;
  g_print ("%s\n", names[self->current + 1]);
  self->started = g_get_monotonic_time ();
}

static void
watch_file (Play *self)
{
  const double   elapsed = (double)(g_get_monotonic_time () - self->started) / G_USEC_PER_SEC;
  ZabPadActivity activity;

  zab_engine_get_pad_activity (self->engine, self->current, &activity);
  self->heard |= activity.playing;
  if (!activity.playing && (self->heard || elapsed > self->durations[self->current] + GRACE))
    next_file (self);
}

typedef struct
{
  Play  *play;
  char **names;
} Poll;

static gboolean
on_poll (gpointer data)
{
  Play                *self = ((Poll *)data)->play;
  const ZabOutputState state = zab_engine_get_output_state (self->engine);

  if (state == ZAB_OUTPUT_NO_DAEMON || state == ZAB_OUTPUT_NO_DEVICE)
    {
      zab_cli_fail (zab_output_state_to_text (state));
      self->n_failed++;
      g_main_loop_quit (self->loop);
    }
  else if (self->started != 0)
    watch_file (self);
  else if (self->states[self->current] == READY)
    start_file (self, ((Poll *)data)->names);
  else if (self->states[self->current] == FAILED)
    next_file (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_interrupt (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

int
zab_cli_play (int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ZabEngine) engine = NULL;
  Play play = { .loop = loop };
  Poll poll = { .play = &play };

  if (!zab_cli_parse (&argc, &argv,
                      _ ("FILE…"), _ ("Plays the files through PipeWire, one after the other."),
                                      entries))
    return ZAB_CLI_USAGE;
  if (argc < 2 || argc - 1 > ZAB_N_PADS)
    return zab_cli_usage_error (argv[0], _ ("it takes 1 to 216 files to play"));
  engine = play.engine = zab_engine_new ();
  play.n_files = (guint)argc - 1;
  poll.names = argv;
  g_signal_connect (engine, "loader-event", G_CALLBACK (on_loader_event), &play);
  for (guint i = 0; i < play.n_files; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i + 1]);

      zab_engine_load_sample_async (engine, i, file, NULL, NULL, NULL);
    }
  g_timeout_add (POLL_MS, on_poll, &poll);
  g_unix_signal_add (SIGINT, on_interrupt, loop);
  g_main_loop_run (loop);
  zab_engine_shut_down (engine);
  return play.n_failed == 0 ? ZAB_CLI_OK : ZAB_CLI_FAILED;
}
