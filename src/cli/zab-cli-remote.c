/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/zab-cli-remote.h"

#include <glib/gi18n-lib.h>

#include "cli/zab-cli.h"
#include "model/zab-place.h"

/* @method: of the interface, where the command is just that. */
typedef int (*Run) (GDBusConnection *bus, const char *method, char **arguments);

static int
call (GDBusConnection *bus, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = zab_remote_call (bus, method, arguments, NULL, &error);

  return reply != NULL ? ZAB_CLI_OK : zab_cli_fail (error->message);
}

static gboolean
parse_pad (const char *text, guint *pad)
{
  if (zab_place_parse_pad (text, pad))
    return TRUE;
  g_printerr (_ ("zabumba-cli remote: there is no pad “%s”: they are A1 to F36\n"), text);
  return FALSE;
}

/* 0..1 and nothing else. */
static gboolean
parse_level (const char *text, double *level)
{
  char *end = NULL;

  *level = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && *level >= 0 && *level <= 1)
    return TRUE;
  g_printerr (_ ("zabumba-cli remote: “%s” is no number from 0 to 1\n"), text);
  return FALSE;
}

/* --- The commands ---------------------------------------------------------------------------- */

static int
run_load (GDBusConnection *bus, const char *method, char **arguments)
{
  guint pad;

  return parse_pad (arguments[0], &pad) ? zab_cli_remote_load (bus, pad, arguments[1])
                                        : ZAB_CLI_USAGE;
}

static int
run_play (GDBusConnection *bus, const char *method, char **arguments)
{
  double velocity = 1;
  guint  pad;

  if (!parse_pad (arguments[0], &pad)
      || (arguments[1] != NULL && !parse_level (arguments[1], &velocity)))
    return ZAB_CLI_USAGE;
  return call (bus, method, g_variant_new ("(ud)", pad, velocity));
}

static int
run_pad (GDBusConnection *bus, const char *method, char **arguments)
{
  guint pad;

  return parse_pad (arguments[0], &pad) ? call (bus, method, g_variant_new ("(u)", pad))
                                        : ZAB_CLI_USAGE;
}

static int
run_plain (GDBusConnection *bus, const char *method, char **arguments)
{
  return call (bus, method, NULL);
}

static int
run_bank (GDBusConnection *bus, const char *method, char **arguments)
{
  guint bank;

  if (zab_place_parse_bank (arguments[0], &bank))
    return call (bus, method, g_variant_new ("(u)", bank));
  g_printerr (_ ("zabumba-cli remote: there is no bank “%s”: they are A to F\n"), arguments[0]);
  return ZAB_CLI_USAGE;
}

static int
run_volume (GDBusConnection *bus, const char *method, char **arguments)
{
  g_autoptr (GError) error = NULL;
  double volume;

  if (!parse_level (arguments[0], &volume))
    return ZAB_CLI_USAGE;
  return zab_remote_set (bus, "Volume", g_variant_new_double (volume), &error)
             ? ZAB_CLI_OK
             : zab_cli_fail (error->message);
}

static int
run_status (GDBusConnection *bus, const char *method, char **arguments)
{
  return zab_cli_remote_status (bus);
}

static int
run_monitor (GDBusConnection *bus, const char *method, char **arguments)
{
  return zab_cli_remote_monitor (bus);
}

static const struct
{
  const char *name;
  const char *arguments; /* for the help; each in brackets may be left out */
  guint       least, most;
  Run         run;
  const char *method;
  const char *summary;
} commands[] = {
  { "load", "PAD FILE", 2, 2, run_load, NULL, N_ ("load a file, and print what the loader tells") },
    { "play", "PAD [VELOCITY]", 1, 2, run_play, "PlayPad",
      N_ ("play a pad, at 0 to 1 of its force") },
      { "release", "PAD", 1, 1, run_pad, "ReleasePad",
        N_ ("let go of a pad that sounds while held") },
        { "stop", "PAD", 1, 1, run_pad, "StopPad", N_ ("stop a pad") },
          { "stop-all", "", 0, 0, run_plain, "StopAll", N_ ("stop everything") },
            { "bank", "BANK", 1, 1, run_bank, "SelectBank", N_ ("show a bank, A to F") },
              { "volume", "LEVEL", 1, 1, run_volume, NULL,
                N_ ("set the volume of everything, 0 to 1") },
                { "status", "", 0, 0, run_status, NULL,
                  N_ ("print how it is, and what is on the pads") },
                  { "monitor", "", 0, 0, run_monitor, NULL,
                    N_ ("print how it is, and then what happens") },
                };

static char *
describe_commands (void)
{
  g_autoptr (GString) text
      = g_string_new (_ ("Plays the Zabumba that runs, from outside. Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *call = g_strconcat (commands[i].name, " ", commands[i].arguments, NULL);

      g_string_append_printf (text, "\n  %-20s %s", call, _ (commands[i].summary));
    }
  g_string_append_printf (text, "\n\n%s", _ ("Pads are A1 to F36; a number alone is of bank A."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
run (guint command, char **arguments)
{
  const guint n = g_strv_length (arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = NULL;

  if (n < commands[command].least || n > commands[command].most)
    {
      g_printerr (_ ("usage: zabumba-cli remote %s %s\n"), commands[command].name,
                     commands[command].arguments);
      return ZAB_CLI_USAGE;
    }
  bus = zab_remote_connect (&error);
  if (bus == NULL)
    return zab_cli_fail (error->message);
  return commands[command].run (bus, commands[command].method, arguments);
}

int
zab_cli_remote (int argc, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autofree char   *summary = describe_commands ();
  g_auto (GStrv) arguments
      = zab_cli_parse (argc, argv, _ ("COMMAND [ARGUMENT…]"), summary, entries);

  if (arguments == NULL)
    return ZAB_CLI_USAGE;
  for (guint i = 0; arguments[0] != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (arguments[0], commands[i].name))
      return run (i, arguments + 1);
  return zab_cli_usage_error (argv[0], _ ("it takes one of the commands that --help tells"));
}
