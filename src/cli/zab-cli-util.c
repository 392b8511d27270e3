/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli.h"

#include <glib/gi18n-lib.h>

static const guint64 MIN_RATE = 4000;
static const guint64 MAX_RATE = 384000;

char **
zab_cli_parse (int argc, char **argv, const char *usage, const char *summary,
               const GOptionEntry *entries)
{
  g_auto (GStrv) arguments = NULL;
  const GOptionEntry rest[]
      = { { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, NULL },
          G_OPTION_ENTRY_NULL };
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("zabumba-cli %s", argv[0]);

  g_set_prgname (program); /* for the help text */
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, rest, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      zab_cli_usage_error (argv[0], error->message);
      return NULL;
    }
  return arguments != NULL ? g_steal_pointer (&arguments) : g_new0 (char *, 1);
}

int
zab_cli_usage_error (const char *command, const char *message)
{
  g_printerr (_ ("zabumba-cli %s: %s\nTry “zabumba-cli %s --help”.\n"), command, message, command);
  return ZAB_CLI_USAGE;
}

int
zab_cli_fail (const char *message)
{
  g_printerr ("zabumba-cli: %s\n", message);
  return ZAB_CLI_FAILED;
}

void
zab_cli_warn (const char *message)
{
  g_printerr ("zabumba-cli: %s\n", message);
}

guint
zab_cli_parse_rate (const char *text)
{
  guint64 rate;

  if (!g_ascii_string_to_unsigned (text, 10, MIN_RATE, MAX_RATE, &rate, NULL))
    return 0;
  return (guint)rate;
}

gboolean
zab_cli_parse_converter (const char *name, ZabConverter *converter, GError **error)
{
  if (name == NULL || g_str_equal (name, "fft"))
    *converter = ZAB_CONVERTER_FFT;
  else if (g_str_equal (name, "libsamplerate"))
    *converter = ZAB_CONVERTER_LIBSAMPLERATE;
  else
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is no converter: “fft” and “libsamplerate” are"), name);
      return FALSE;
    }
  return TRUE;
}
