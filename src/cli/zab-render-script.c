/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-render-script.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "rt/zab-rt.h"

enum
{
  MAX_VALUE = 16 /* linear: 24 dB */
};

static const guint64 MAX_TIME = G_MAXUINT32; /* frames: a WAV file holds less */

/* What a verb is followed by. */
typedef enum
{
  NOTHING,
  PAD,
  PAD_AND_FILE,
  PAD_AND_NUMBER,
  PAD_AND_OPTIONAL_NUMBER,
  PAD_AND_SWITCH,
  NUMBER,
} Arguments;

static const struct
{
  const char   *name;
  ZabScriptVerb verb;
  Arguments     arguments;
} verbs[] = {
  { "load", ZAB_SCRIPT_LOAD, PAD_AND_FILE },
  { "unload", ZAB_SCRIPT_UNLOAD, PAD },
  { "play", ZAB_SCRIPT_PLAY, PAD_AND_OPTIONAL_NUMBER },
  { "stop", ZAB_SCRIPT_STOP, PAD },
  { "stop-all", ZAB_SCRIPT_STOP_ALL, NOTHING },
  { "loop", ZAB_SCRIPT_LOOP, PAD_AND_SWITCH },
  { "gain", ZAB_SCRIPT_GAIN, PAD_AND_NUMBER },
  { "volume", ZAB_SCRIPT_VOLUME, NUMBER },
  { "end", ZAB_SCRIPT_END, NOTHING },
};

static void
command_clear (gpointer data)
{
  g_clear_object (&((ZabScriptCommand *)data)->file);
}

/* The next word of @rest, which moves behind it; NULL at the end. */
static char *
next_word (char **rest)
{
  char *word = g_strchug (*rest);
  char *end = word;

  while (*end != '\0' && !g_ascii_isspace (*end))
    end++;
  *rest = *end == '\0' ? end : end + 1;
  *end = '\0';
  return *word == '\0' ? NULL : word;
}

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error,
                     g_error_new_valist (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, format, arguments));
  va_end (arguments);
  return FALSE;
}

/* What is missing, as a word to show. */
static const char *
show (const char *word)
{
  return word != NULL ? word : "";
}

static gboolean
parse_number (const char *word, double *value, GError **error)
{
  char *end = NULL;

  if (word != NULL)
    *value = g_ascii_strtod (word, &end);
  if (word != NULL && *end == '\0' && *value >= 0 && *value <= MAX_VALUE)
    return TRUE;
  return refuse (error, _ ("“%s” is no number from 0 to %d"), show (word), MAX_VALUE);
}

static gboolean
parse_switch (const char *word, double *value, GError **error)
{
  *value = g_strcmp0 (word, "on") == 0;
  if (*value > 0 || g_strcmp0 (word, "off") == 0)
    return TRUE;
  return refuse (error, _ ("“%s” is neither “on” nor “off”"), show (word));
}

static gboolean
parse_pad (const char *word, guint *pad, GError **error)
{
  guint64 value;

  if (word == NULL || !g_ascii_string_to_unsigned (word, 10, 0, ZAB_N_PADS - 1, &value, NULL))
    return refuse (error, _ ("“%s” is no pad: pads are 0 to %d"), show (word), ZAB_N_PADS - 1);
  *pad = (guint)value;
  return TRUE;
}

static gboolean
parse_file (char **rest, GFile *folder, ZabScriptCommand *command, GError **error)
{
  char *path = g_strstrip (*rest);

  if (*path == '\0')
    return refuse (error, _ ("there is no file to load"));
  command->file = g_file_resolve_relative_path (folder, path);
  *rest = path + strlen (path);
  return TRUE;
}

static gboolean
parse_arguments (Arguments arguments, char **rest, GFile *folder, ZabScriptCommand *command,
                 GError **error)
{
  char *word;

  command->value = 1.0;
  if (arguments != NOTHING && arguments != NUMBER
      && !parse_pad (next_word (rest), &command->pad, error))
    return FALSE;
  switch (arguments)
    {
    case NOTHING:
    case PAD:
      return TRUE;
    case PAD_AND_FILE:
      return parse_file (rest, folder, command, error);
    case PAD_AND_OPTIONAL_NUMBER:
      word = next_word (rest);
      return word == NULL || parse_number (word, &command->value, error);
    case PAD_AND_SWITCH:
      return parse_switch (next_word (rest), &command->value, error);
    case PAD_AND_NUMBER:
    case NUMBER:
      return parse_number (next_word (rest), &command->value, error);
    }
  g_assert_not_reached ();
}

static gboolean
parse_setting (char **rest, ZabScriptCommand *command, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  char *word;

  do
    g_ptr_array_add (words, word = next_word (rest));
  while (word != NULL);
  command->verb = ZAB_SCRIPT_SETTING;
  return zab_render_setting_parse (&command->setting, (char **)words->pdata, error);
}

static gboolean
parse_verb (const char *name, char **rest, GFile *folder, ZabScriptCommand *command, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_strcmp0 (name, verbs[i].name) == 0)
      {
        command->verb = verbs[i].verb;
        return parse_arguments (verbs[i].arguments, rest, folder, command, error);
      }
  if (zab_render_setting_find (name, &command->setting))
    return parse_setting (rest, command, error);
  return refuse (error, _ ("there is no command “%s”"), show (name));
}

static gboolean
parse_line (char *line, GFile *folder, ZabScriptCommand *command, GError **error)
{
  const char *time = next_word (&line);
  const char *name = next_word (&line);
  const char *more;

  if (!g_ascii_string_to_unsigned (time, 10, 0, MAX_TIME, &command->time, NULL))
    return refuse (error, _ ("“%s” is no time in frames"), time);
  if (!parse_verb (name, &line, folder, command, error))
    return FALSE;
  more = next_word (&line);
  return more == NULL || refuse (error, _ ("“%s” is one word too many"), more);
}

static gboolean
add_line (GArray *commands, char *line, guint number, GFile *folder, GError **error)
{
  ZabScriptCommand command = { .line = number };
  guint64          before = 0;
  gboolean         ok;

  if (commands->len > 0)
    before = g_array_index (commands, ZabScriptCommand, commands->len - 1).time;
  ok = parse_line (line, folder, &command, error);
  if (ok && command.time < before)
    ok = refuse (error, _ ("it goes back in time, from frame %" PRIu64), before);
  if (ok)
    g_array_append_val (commands, command);
  else
    command_clear (&command);
  return ok;
}

static gboolean
has_ended (GArray *commands)
{
  return commands->len > 0
         && g_array_index (commands, ZabScriptCommand, commands->len - 1).verb == ZAB_SCRIPT_END;
}

/* Up to “end”; what comes after it is not looked at. */
static gboolean
add_lines (GArray *commands, char **lines, GFile *folder, const char *name, GError **error)
{
  for (guint i = 0; lines[i] != NULL && !has_ended (commands); i++)
    {
      g_strstrip (lines[i]);
      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      if (!add_line (commands, lines[i], i + 1, folder, error))
        {
          g_prefix_error (error, _ ("%s, line %u: "), name, i + 1);
          return FALSE;
        }
    }
  return has_ended (commands) || refuse (error, _ ("%s: there is no “end” in it"), name);
}

GArray *
zab_render_script_read (GFile *file, GError **error)
{
  g_autoptr (GArray) commands = g_array_new (FALSE, FALSE, sizeof (ZabScriptCommand));
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_array_set_clear_func (commands, command_clear);
  if (!g_file_load_contents (file, NULL, &text, NULL, NULL, error))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  return add_lines (commands, lines, folder, name, error) ? g_steal_pointer (&commands) : NULL;
}
