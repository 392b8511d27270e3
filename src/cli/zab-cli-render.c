/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli.h"

#include <glib/gi18n-lib.h>

#include "cli/zab-cli-set.h"
#include "cli/zab-render-script.h"
#include "cli/zab-wav-writer.h"
#include "model/zab-session-private.h"

enum
{
  MAX_BLOCK = 8192 /* frames */
};

typedef struct
{
  ZabEngine    *engine;
  ZabWavWriter *writer;
  GFile        *script;
  guint         block; /* frames */
  guint64       now;   /* frames */
} Render;

typedef struct
{
  gboolean done;
  GError  *error;
} Loaded;

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Loaded *loaded = user_data;

  zab_engine_load_sample_finish (ZAB_ENGINE (source), result, &loaded->error);
  loaded->done = TRUE;
}

static void
on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, gpointer user_data)
{
  if (event->type == ZAB_LOADER_EVENT_SUCCESS && event->success.warning != NULL)
    zab_cli_warn (event->success.warning);
}

/* The file is there at once, as far as the script's time goes. */
static gboolean
load (Render *self, const ZabScriptCommand *command, GError **error)
{
  g_autofree char *name = NULL;
  Loaded           loaded = { 0 };

  zab_engine_load_sample_async (self->engine, command->pad, command->file, NULL, on_loaded,
                                &loaded);
  while (!loaded.done)
    g_main_context_iteration (NULL, TRUE);
  if (loaded.error == NULL)
    return TRUE;
  name = g_file_get_parse_name (self->script);
  g_propagate_prefixed_error (error, loaded.error, _ ("%s, line %u: "), name, command->line);
  return FALSE;
}

/* Only a load can fail: room is made in the ring for all that has the same time. */
static gboolean
apply (Render *self, const ZabScriptCommand *command, GError **error)
{
  const float value = (float)command->value;

  if (zab_engine_get_room (self->engine) == 0)
    zab_engine_apply_commands (self->engine);
  switch (command->verb)
    {
    case ZAB_SCRIPT_LOAD:
      return load (self, command, error);
    case ZAB_SCRIPT_UNLOAD:
      zab_engine_unload_pad (self->engine, command->pad);
      break;
    case ZAB_SCRIPT_PLAY:
      zab_engine_play_pad (self->engine, command->pad, value);
      break;
    case ZAB_SCRIPT_STOP:
      zab_engine_stop_pad (self->engine, command->pad);
      break;
    case ZAB_SCRIPT_STOP_ALL:
      zab_engine_stop_all (self->engine);
      break;
    case ZAB_SCRIPT_LOOP:
      zab_engine_set_pad_loop (self->engine, command->pad, value > 0);
      break;
    case ZAB_SCRIPT_GAIN:
      zab_engine_set_pad_gain (self->engine, command->pad, value);
      break;
    case ZAB_SCRIPT_VOLUME:
      zab_engine_set_volume (self->engine, value);
      break;
    case ZAB_SCRIPT_SETTING:
      zab_render_setting_apply (&command->setting, self->engine);
      break;
    case ZAB_SCRIPT_END:
      break;
    }
  return TRUE;
}

/* Blocks end where commands come, so that these sound on their exact frame. */
static gboolean
render_until (Render *self, guint64 time, GError **error)
{
  float out[2 * MAX_BLOCK];

  while (self->now < time)
    {
      const guint n_frames = (guint)MIN (self->block, time - self->now);

      zab_engine_render (self->engine, out, n_frames);
      if (!zab_wav_writer_write (self->writer, out, n_frames, error))
        return FALSE;
      self->now += n_frames;
    }
  return TRUE;
}

static gboolean
render (Render *self, GArray *commands, GError **error)
{
  for (guint i = 0; i < commands->len; i++)
    {
      const ZabScriptCommand *command = &g_array_index (commands, ZabScriptCommand, i);

      if (!render_until (self, command->time, error) || !apply (self, command, error))
        return FALSE;
    }
  return zab_wav_writer_finish (self->writer, error);
}

/* Frames: END is the last. */
static guint64
get_length (GArray *commands)
{
  return g_array_index (commands, ZabScriptCommand, commands->len - 1).time;
}

/* What the script begins with: empty pads, or those of a set. */
static gboolean
open_engine (const char *set_name, guint rate, ZabSession **session, ZabEngine **engine,
             GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (set_name == NULL)
    {
      *engine = zab_engine_new_offline (rate);
      return TRUE;
    }
  file = g_file_new_for_commandline_arg (set_name);
  *session = zab_cli_open_set (file, rate, error);
  if (*session == NULL)
    return FALSE;
  *engine = g_object_ref (zab_session_peek_engine (*session));
  return TRUE;
}

static int
render_script (const char *script, const char *out_name, const char *set_name, guint rate,
               guint block)
{
  g_autoptr (GFile) in = g_file_new_for_commandline_arg (script);
  g_autoptr (GFile) out = g_file_new_for_commandline_arg (out_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) commands = zab_render_script_read (in, &error);
  g_autoptr (ZabWavWriter) writer = NULL;
  g_autoptr (ZabSession) session = NULL;
  g_autoptr (ZabEngine) engine = NULL;
  Render   self;
  gboolean ok;

  if (commands == NULL || !open_engine (set_name, rate, &session, &engine, &error))
    return zab_cli_fail (error->message);
  g_signal_connect (engine, "loader-event", G_CALLBACK (on_loader_event), NULL);
  writer = zab_wav_writer_new (out, rate, 2, get_length (commands), &error);
  self = (Render){ .engine = engine, .writer = writer, .script = in, .block = block };
  ok = writer != NULL && render (&self, commands, &error);
  if (session != NULL)
    zab_session_shut_down (session);
  else
    zab_engine_shut_down (engine);
  return ok ? ZAB_CLI_OK : zab_cli_fail (error->message);
}

static char *
describe_script (void)
{
  g_autofree char *settings = zab_render_setting_describe ();

  return g_strconcat (
      _ ("Mixes offline what a script of timed commands plays, one command a line "
         "(times in frames):\n"
         "  0 load 0 kick.wav\n  48000 play 0 1.0\n  96000 stop 0\n  144000 end\n"
         "Others: unload PAD, stop-all, loop PAD on|off, gain PAD GAIN, volume GAIN, and"),
         settings, NULL);
}

int
zab_cli_render (int argc, char **argv)
{
  g_autofree char   *rate_text = NULL;
  g_autofree char   *set_name = NULL;
  int                block = 256;
  guint              rate = 48000;
  const GOptionEntry entries[] = {
    { "set", 's', 0, G_OPTION_ARG_FILENAME, &set_name,
      N_ ("Begin with the pads of this set"), N_ ("SET") },
      { "rate", 'r', 0, G_OPTION_ARG_STRING, &rate_text,
        N_ ("Of the output; 48000 as a rule"), N_ ("HZ") },
        { "block", 'b', 0, G_OPTION_ARG_INT, &block,
          N_ ("Mix so many at a time, 1 to 8192; 256 as a rule. It changes no bit of the output."),
              N_ ("FRAMES") },
          G_OPTION_ENTRY_NULL };

  g_autofree char *summary = describe_script ();
  g_auto (GStrv) arguments = zab_cli_parse (argc, argv, _ ("SCRIPT OUT.wav"), summary, entries);

  if (arguments == NULL)
    return ZAB_CLI_USAGE;
  if (g_strv_length (arguments) != 2)
    return zab_cli_usage_error (argv[0], _ ("it takes a script and an output file"));
  if (rate_text != NULL && (rate = zab_cli_parse_rate (rate_text)) == 0)
    return zab_cli_usage_error (argv[0], _ ("the rate must be between 4000 and 384000 Hz"));
  if (block < 1 || block > MAX_BLOCK)
    return zab_cli_usage_error (argv[0], _ ("a block is 1 to 8192 frames"));
  return render_script (arguments[0], arguments[1], set_name, rate, (guint)block);
}
