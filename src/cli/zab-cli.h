/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/zab-engine.h"

G_BEGIN_DECLS

/* Exit statuses. */
enum
{
  ZAB_CLI_OK = 0,
  ZAB_CLI_FAILED = 1,
  ZAB_CLI_USAGE = 2,
};

/* The commands: argv[0] is the command's name. Each returns the exit status. */
int zab_cli_load (int argc, char **argv);
int zab_cli_play (int argc, char **argv);
int zab_cli_remote (int argc, char **argv);
int zab_cli_render (int argc, char **argv);
int zab_cli_resample (int argc, char **argv);

/* Reads the options; returns what is none of them (transfer full), with nothing for none at all.
 * NULL: wrong usage, which has been said on standard error. @usage and @summary as for
 * GOptionContext. */
char **zab_cli_parse (int argc, char **argv, const char *usage, const char *summary,
                      const GOptionEntry *entries);

/* Says what is wrong with the call; returns ZAB_CLI_USAGE. */
int zab_cli_usage_error (const char *command, const char *message);

/* Says @message on standard error, with the program's name; returns ZAB_CLI_FAILED. */
int zab_cli_fail (const char *message);

/* Says what is wrong with something that works nevertheless. */
void zab_cli_warn (const char *message);

/* A rate in Hz that the converter takes, 0 when @text is none. */
guint zab_cli_parse_rate (const char *text);

/* "fft" or "libsamplerate". FALSE and an error for anything else. */
gboolean zab_cli_parse_converter (const char *name, ZabConverter *converter, GError **error);

G_END_DECLS
