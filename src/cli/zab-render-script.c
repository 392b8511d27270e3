/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-render-script.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "rt/zab-rt.h"

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

static gboolean
parse_number (const char *word, double *value)
{
  char *end;

  if (word == NULL)
    return FALSE;
  *value = g_ascii_strtod (word, &end);
  return end != word && *end == '\0' && isfinite (*value) && *value >= 0;
}

static gboolean
parse_switch (const char *word, double *value)
{
  if (word == NULL)
    return FALSE;
  *value = g_str_equal (word, "on") || g_str_equal (word, "1");
  return *value > 0 || g_str_equal (word, "off") || g_str_equal (word, "0");
}

static gboolean
parse_pad (const char *word, guint *pad)
{
  guint64 value;

  if (word == NULL || !g_ascii_string_to_unsigned (word, 10, 0, ZAB_N_PADS - 1, &value, NULL))
    return FALSE;
  *pad = (guint)value;
  return TRUE;
}

static gboolean
parse_file (char **rest, GFile *folder, ZabScriptCommand *command)
{
  char *path = g_strstrip (*rest);

  if (*path == '\0')
    return FALSE;
  command->file = g_file_resolve_relative_path (folder, path);
  *rest = path + strlen (path);
  return TRUE;
}

static gboolean
parse_arguments (Arguments arguments, char **rest, GFile *folder, ZabScriptCommand *command)
{
  char *word;

  command->value = 1.0;
  if (arguments != NOTHING && arguments != NUMBER && !parse_pad (next_word (rest), &command->pad))
    return FALSE;
  switch (arguments)
    {
    case NOTHING:
    case PAD:
      return TRUE;
    case PAD_AND_FILE:
      return parse_file (rest, folder, command);
    case PAD_AND_OPTIONAL_NUMBER:
      word = next_word (rest);
      return word == NULL || parse_number (word, &command->value);
    case PAD_AND_SWITCH:
      return parse_switch (next_word (rest), &command->value);
    case PAD_AND_NUMBER:
    case NUMBER:
      return parse_number (next_word (rest), &command->value);
    }
  g_assert_not_reached ();
}

static gboolean
parse_line (char *line, GFile *folder, ZabScriptCommand *command)
{
  const char *time = next_word (&line);
  const char *name = next_word (&line);

  if (name == NULL
      || !g_ascii_string_to_unsigned (time, 10, 0, G_MAXUINT32 * 64ull, &command->time, NULL))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (name, verbs[i].name))
      {
        command->verb = verbs[i].verb;
        return parse_arguments (verbs[i].arguments, &line, folder, command)
               && next_word (&line) == NULL;
      }
  return FALSE;
}

static gboolean
add_line (GArray *commands, char *line, GFile *folder)
{
  ZabScriptCommand command = { 0 };
  guint64          before = 0;

  if (commands->len > 0)
    before = g_array_index (commands, ZabScriptCommand, commands->len - 1).time;
  if (!parse_line (line, folder, &command) || command.time < before)
    {
      command_clear (&command);
      return FALSE;
    }
  g_array_append_val (commands, command);
  return TRUE;
}

static gboolean
has_ended (GArray *commands)
{
  return commands->len > 0
         && g_array_index (commands, ZabScriptCommand, commands->len - 1).verb == ZAB_SCRIPT_END;
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
  for (guint i = 0; lines[i] != NULL && !has_ended (commands); i++)
    {
      g_autofree char *line = g_strdup (g_strstrip (lines[i]));

      if (*line == '\0' || *line == '#')
        continue;
      if (add_line (commands, line, folder))
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("%s, line %u: this is no command, or it goes back in time: %s"), name, i + 1,
                      lines[i]);
      return NULL;
    }
  if (has_ended (commands))
    return g_steal_pointer (&commands);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("%s: there is no “end” in it"), name);
  return NULL;
}
