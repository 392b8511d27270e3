/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <stdio.h>

#include "cli/zab-wav-writer.h"

typedef struct
{
  ZabEngine *engine;
  GMainLoop *loop;
  GFile     *out_dir; /* or NULL */
  guint      n_running;
  guint      n_failed;
} Load;

static void
print_event (const ZabLoaderEvent *event)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (zab_loader_event_to_variant (event));
  g_autofree char *json = json_gvariant_serialize_data (dict, NULL);

  puts (json);
  fflush (stdout);
}

static gboolean
write_sample (Load *self, guint pad)
{
  const ZabSample *sample = zab_engine_peek_sample (self->engine, pad);
  g_autofree char *name = g_strdup_printf ("%03u.wav", pad);
  g_autoptr (GFile) file = g_file_get_child (self->out_dir, name);
  g_autoptr (GError) error = NULL;

  if (zab_wav_write (file, sample->rate, sample->channels, sample->frames, sample->n_frames,
                     &error))
    return TRUE;
  zab_cli_fail (error->message);
  return FALSE;
}

static void
on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, Load *self)
{
  print_event (event);
}

typedef struct
{
  Load *load;
  guint pad;
} Request;

/* Ours has ended; the engine may load again by itself when the graph changes its rate. */
static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Request *request = user_data;
  Load               *self = request->load;
  gboolean            ok = zab_engine_load_sample_finish (self->engine, result, NULL);

  if (ok && self->out_dir != NULL)
    ok = write_sample (self, request->pad);
  self->n_failed += !ok;
  if (--self->n_running == 0)
    g_main_loop_quit (self->loop);
}

static gboolean
on_interrupt (gpointer data)
{
  zab_engine_cancel_all_loads (((Load *)data)->engine);
  return G_SOURCE_CONTINUE;
}

static void
start (Load *self, guint pad, const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (name);
  Request *request = g_new (Request, 1);

  *request = (Request){ .load = self, .pad = pad };
  zab_engine_load_sample_async (self->engine, pad, file, NULL, on_loaded, request);
}

static int
load_files (Load *self, char **names)
{
  const guint n_names = g_strv_length (names);
  const guint interrupt = g_unix_signal_add (SIGINT, on_interrupt, self);

  self->loop = g_main_loop_new (NULL, FALSE);
  self->n_running = n_names;
  g_signal_connect (self->engine, "loader-event", G_CALLBACK (on_loader_event), self);
  for (guint i = 0; i < n_names; i++)
    start (self, i, names[i]);
  g_main_loop_run (self->loop);
  g_source_remove (interrupt);
  g_main_loop_unref (self->loop);
  zab_engine_shut_down (self->engine);
  return self->n_failed == 0 ? ZAB_CLI_OK : ZAB_CLI_FAILED;
}

/* NULL, and it has been said: the folder can't be made. */
static GFile *
make_out_dir (const char *path)
{
  g_autoptr (GFile) dir = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;

  if (!g_file_make_directory_with_parents (dir, NULL, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      zab_cli_fail (error->message);
      return NULL;
    }
  return g_steal_pointer (&dir);
}

int
zab_cli_load (int argc, char **argv)
{
  g_autofree char   *rate_text = NULL;
  g_autofree char   *dir_name = NULL;
  g_autofree char   *name = NULL;
  ZabConverter       converter = ZAB_CONVERTER_FFT;
  guint              rate = 0;
  const GOptionEntry entries[]
      = { { "rate", 'r', 0, G_OPTION_ARG_STRING, &rate_text,
            N_ ("Load for this rate; without it for that of PipeWire’s graph"), N_ ("HZ") },
            { "out-dir", 'o', 0, G_OPTION_ARG_FILENAME, &dir_name,
              N_ ("Write what was loaded as DIR/000.wav, DIR/001.wav, …"), N_ ("DIR") },
              { "converter", 'c', 0, G_OPTION_ARG_STRING, &name,
                N_ ("The converter: fft (as a rule) or libsamplerate"), N_ ("NAME") },
                G_OPTION_ENTRY_NULL };
  g_auto (GStrv) files = zab_cli_parse (
      argc, argv,
      _ ("FILE…"),
         _ ("Loads each file on the next pad, as the window does, and prints each of the loader’s "
         "events as a line of JSON."),
            entries);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZabEngine) engine = NULL;
  g_autoptr (GFile) out_dir = NULL;
  Load load;

  if (files == NULL)
    return ZAB_CLI_USAGE;
  if (*files == NULL)
    return zab_cli_usage_error (argv[0], _ ("it takes files to load"));
  if (g_strv_length (files) > ZAB_N_PADS)
    return zab_cli_usage_error (argv[0], _ ("there are 216 pads, and more files than that"));
  if (rate_text != NULL && (rate = zab_cli_parse_rate (rate_text)) == 0)
    return zab_cli_usage_error (argv[0], _ ("the rate must be between 4000 and 384000 Hz"));
  if (!zab_cli_parse_converter (name, &converter, &error))
    return zab_cli_usage_error (argv[0], error->message);
  if (dir_name != NULL && (out_dir = make_out_dir (dir_name)) == NULL)
    return ZAB_CLI_FAILED;
  engine = rate > 0 ? zab_engine_new_offline (rate) : zab_engine_new ();
  zab_engine_set_converter (engine, converter);
  load = (Load){ .engine = engine, .out_dir = out_dir };
  return load_files (&load, files);
}
