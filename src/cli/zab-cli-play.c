/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>

static const guint POLL_MS = 20;

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
  char     **names;
  FileState  states[ZAB_N_PADS];
  guint      n_files;
  guint      n_failed;
  guint      current;
  gboolean   asked; /* for the current one to be played */
} Play;

static void
on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, Play *self)
{
  if (!zab_loader_event_is_end (event) || self->states[event->pad] != LOADING)
    return; /* the engine loads again by itself when the graph changes its rate */
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    {
      self->states[event->pad] = READY;
      if (event->success.warning != NULL)
        zab_cli_warn (event->success.warning);
    }
  else
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
  self->asked = FALSE;
  if (++self->current == self->n_files)
    g_main_loop_quit (self->loop);
}

static void
start_file (Play *self)
{
  if (!zab_engine_play_pad (self->engine, self->current, 1.0f))
    return;
  g_print ("%s\n", self->names[self->current]);
  self->asked = TRUE;
}

static void
watch_file (Play *self)
{
  ZabPadActivity activity;

  zab_engine_get_pad_activity (self->engine, self->current, &activity);
  if (activity.start > 0 && !activity.playing)
    next_file (self);
}

static gboolean
on_poll (gpointer data)
{
  Play                *self = data;
  const ZabOutputState state = zab_engine_get_output_state (self->engine);

  if (state == ZAB_OUTPUT_NO_DAEMON || state == ZAB_OUTPUT_NO_DEVICE)
    {
      zab_cli_fail (zab_output_state_to_text (state));
      self->n_failed++;
      g_main_loop_quit (self->loop);
    }
  else if (self->asked)
    watch_file (self);
  else if (self->states[self->current] == READY)
    start_file (self);
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

static void
load_files (Play *self)
{
  for (guint i = 0; i < self->n_files; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->names[i]);

      zab_engine_load_sample_async (self->engine, i, file, NULL, NULL, NULL);
    }
}

int
zab_cli_play (int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_auto (GStrv) files = zab_cli_parse (
      argc, argv,
      _ ("FILE…"), _ ("Plays the files through PipeWire, one after the other."), entries);
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (ZabEngine) engine = NULL;
  Play  play;
  guint poll, interrupt;

  if (files == NULL)
    return ZAB_CLI_USAGE;
  if (*files == NULL || g_strv_length (files) > ZAB_N_PADS)
    return zab_cli_usage_error (argv[0], _ ("it takes 1 to 216 files to play"));
  loop = g_main_loop_new (NULL, FALSE);
  engine = zab_engine_new ();
  play = (Play){ .engine = engine, .loop = loop, .names = files, .n_files = g_strv_length (files) };
  g_signal_connect (engine, "loader-event", G_CALLBACK (on_loader_event), &play);
  load_files (&play);
  poll = g_timeout_add (POLL_MS, on_poll, &play);
  interrupt = g_unix_signal_add (SIGINT, on_interrupt, loop);
  g_main_loop_run (loop);
  g_source_remove (poll);
  g_source_remove (interrupt);
  zab_engine_shut_down (engine);
  return play.n_failed == 0 ? ZAB_CLI_OK : ZAB_CLI_FAILED;
}
