/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/zab-cli.h"
#include "engine/zab-locale.h"
#include "zab-config.h"

static const struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary;
} commands[] = {
  { "load", zab_cli_load, N_ ("load files and print what the loader tells") },
    { "play", zab_cli_play, N_ ("play files through PipeWire") },
      { "remote", zab_cli_remote, N_ ("play the Zabumba that runs, from outside") },
        { "render", zab_cli_render, N_ ("mix a script of timed commands into a file") },
          { "resample", zab_cli_resample, N_ ("convert a file to another rate") },
        };

static char *
dup_help (void)
{
  g_autoptr (GString) help
      = g_string_new (_ ("Usage: zabumba-cli COMMAND [OPTION…] [ARGUMENT…]\n\nCommands:\n"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (help, "  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append (help, _ ("\n“zabumba-cli COMMAND --help” tells more about each.\n"));
  return g_string_free (g_steal_pointer (&help), FALSE);
}

int
main (int argc, char **argv)
{
  g_autofree char *help = NULL;

  zab_locale_init ();
  help = dup_help ();
  if (argc < 2)
    {
      g_printerr ("%s", help);
      return ZAB_CLI_USAGE;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      g_print ("%s", help);
      return ZAB_CLI_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("zabumba-cli %s\n", ZAB_VERSION);
      return ZAB_CLI_OK;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (argc - 1, argv + 1);
  g_printerr (_ ("zabumba-cli: there is no command “%s”; try “zabumba-cli --help”\n"), argv[1]);
  return ZAB_CLI_USAGE;
}
