/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli.h"

#include <glib/gi18n-lib.h>

#include "cli/zab-wav-writer.h"
#include "engine/worker/zab-worker-pool.h"

static void
on_progress (ZabLoadStage stage, double fraction, gpointer user_data)
{
}

/* As the program does it: in a worker, out of harm's way, where there is one. */
static ZabSample *
load (const ZabLoadSpec *spec, ZabLoaderSuccess *success, GError **error)
{
  g_autofree char *program = zab_worker_pool_find_program ();
  g_autoptr (ZabWorkerPool) pool = NULL;

  if (program == NULL)
    return zab_load_file (spec, on_progress, NULL, NULL, success, error);
  pool = zab_worker_pool_new (program, 1, NULL);
  return zab_worker_pool_load_file (pool, spec, on_progress, NULL, NULL, success, error);
}

static gboolean
resample (const ZabLoadSpec *spec, GFile *out, GError **error)
{
  ZabLoaderSuccess success = { 0 };
  g_autoptr (ZabSample) sample = load (spec, &success, error);

  if (success.warning != NULL)
    zab_cli_warn (success.warning);
  g_free (success.warning);
  return sample != NULL
         && zab_wav_write (out, sample->rate, sample->channels, sample->frames, sample->n_frames,
                           error);
}

int
zab_cli_resample (int argc, char **argv)
{
  g_autofree char   *converter = NULL;
  const GOptionEntry entries[] = {
    { "converter", 'c', 0, G_OPTION_ARG_STRING, &converter,
      N_ ("The converter: fft (as a rule) or libsamplerate"), N_ ("NAME") }, G_OPTION_ENTRY_NULL };
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
  g_autoptr (GFile) in = NULL;
  g_autoptr (GFile) out = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = zab_cli_parse (
      argc, argv,
      _ ("IN OUT HZ"), _ ("Converts an audio file to a float32 WAV file of HZ frames a second."),
                          entries);
  ZabLoadSpec spec = { .memory = memory, .alone = TRUE };

  if (arguments == NULL)
    return ZAB_CLI_USAGE;
  if (g_strv_length (arguments) != 3)
    return zab_cli_usage_error (argv[0], _ ("it takes an input file, an output file and a rate"));
  spec.rate = zab_cli_parse_rate (arguments[2]);
  if (spec.rate == 0)
    return zab_cli_usage_error (argv[0], _ ("the rate must be between 4000 and 384000 Hz"));
  if (!zab_cli_parse_converter (converter, &spec.converter, &error))
    return zab_cli_usage_error (argv[0], error->message);
  spec.file = in = g_file_new_for_commandline_arg (arguments[0]);
  out = g_file_new_for_commandline_arg (arguments[1]);
  return resample (&spec, out, &error) ? ZAB_CLI_OK : zab_cli_fail (error->message);
}
