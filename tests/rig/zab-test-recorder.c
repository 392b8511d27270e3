/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zab-test-recorder: writes what a sink hears to a float32 stereo WAV file, bit for bit. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib.h>

#include "lib/zab-test-wav.h"
#include "recorder.h"

typedef struct
{
  struct pw_main_loop *loop;
  Recorder            *recorder;
  gint64               limit; /* frames; 0: none */
  gboolean             failed;
} Program;

static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
}

static void
on_started (void *data)
{
  say ("recording\n");
}

static void
say_clock (Program *self)
{
  say ("at %" PRIu64 "\n", recorder_get_next_clock (self->recorder));
}

static void
on_stepped (void *data)
{
  say_clock (data);
}

static void
on_progressed (void *data)
{
  Program *self = data;
  uint64_t n_frames;

  recorder_get_frames (self->recorder, &n_frames);
  if (self->limit > 0 && n_frames >= (uint64_t)self->limit)
    pw_main_loop_quit (self->loop);
}

static void
on_failed (void *data, const char *message)
{
  Program *self = data;

  fprintf (stderr, "zab-test-recorder: %s\n", message);
  self->failed = TRUE;
  pw_main_loop_quit (self->loop);
}

static const RecorderEvents events = {
  .started = on_started,
  .progressed = on_progressed,
  .stepped = on_stepped,
  .failed = on_failed,
};

static void
on_signal (void *data, int number)
{
  Program *self = data;

  pw_main_loop_quit (self->loop);
}

/* Each line is a number of cycles. */
static void
on_steps (void *data, int fd, uint32_t mask)
{
  Program *self = data;
  char     line[64];
  ssize_t  length = read (fd, line, sizeof line - 1);

  if (length <= 0)
    {
      pw_main_loop_quit (self->loop);
      return;
    }
  line[length] = '\0';
  recorder_step (self->recorder, (uint32_t)strtoul (line, NULL, 10));
}

static gboolean
finish (Program *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  uint64_t     n_frames;
  const float *frames = recorder_get_frames (self->recorder, &n_frames);
  uint32_t     rate = recorder_get_rate (self->recorder);
  uint32_t     stuck = recorder_get_stuck (self->recorder);

  if (!zab_test_wav_write (path, frames, n_frames, 2, rate ? rate : 48000, &error))
    {
      fprintf (stderr, "zab-test-recorder: %s\n", error->message);
      return FALSE;
    }
  say ("recorded %" PRIu64 " clock %" PRIu64 " gaps %u\n", n_frames,
       recorder_get_first_clock (self->recorder), recorder_get_gaps (self->recorder));
  if (stuck > 0)
    fprintf (stderr, "zab-test-recorder: %u cycles were begun again\n", stuck);
  return !self->failed;
}

static int
record (Program *self, const char *target, RecorderMode mode, const char *path)
{
  struct pw_loop *loop;
  gboolean        done;

  pw_init (NULL, NULL);
  self->loop = pw_main_loop_new (NULL);
  loop = pw_main_loop_get_loop (self->loop);
  pw_loop_add_signal (loop, SIGINT, on_signal, self);
  pw_loop_add_signal (loop, SIGTERM, on_signal, self);
  self->recorder = recorder_new (loop, target, mode, &events, self);
  if (!self->recorder)
    {
      fprintf (stderr, "zab-test-recorder: PipeWire is not running\n");
      return 3;
    }
  if (mode == RECORDER_STEP)
    pw_loop_add_io (loop, STDIN_FILENO, SPA_IO_IN | SPA_IO_HUP, false, on_steps, self);
  pw_main_loop_run (self->loop);
  done = finish (self, path);
  recorder_free (self->recorder);
  pw_main_loop_destroy (self->loop);
  pw_deinit ();
  return done ? 0 : 1;
}

int
main (int argc, char **argv)
{
  Program          self = { 0 };
  gboolean         drive = FALSE, step = FALSE;
  RecorderMode     mode = RECORDER_FOLLOW;
  g_autofree char *target = g_strdup ("rig-sink");
  GOptionEntry     entries[] = {
        { "drive", 'd', 0, G_OPTION_ARG_NONE, &drive,
          "Drive the graph: miss nothing, as fast as the machine can", NULL },
        { "step", 's', 0, G_OPTION_ARG_NONE, &step,
          "Drive the graph N cycles for each line N on standard input; answers “at CLOCK”", NULL },
        { "frames", 'n', 0, G_OPTION_ARG_INT64, &self.limit, "End after N frames", "N" },
        { "target", 't', 0, G_OPTION_ARG_STRING, &target, "The sink to listen to", "NODE" },
        G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE.wav");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      fprintf (stderr, "zab-test-recorder: %s\n", error ? error->message : "one FILE.wav, please");
      return 2;
    }
  if (drive)
    mode = RECORDER_DRIVE;
  if (step)
    mode = RECORDER_STEP;
  return record (&self, target, mode, argv[1]);
}
