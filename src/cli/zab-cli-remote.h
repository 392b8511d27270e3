/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

G_BEGIN_DECLS

/* The Zabumba that runs, as the session bus offers it. Thread: main. */

#define ZAB_REMOTE_NAME      "io.github.zabumba.Zabumba"
#define ZAB_REMOTE_PATH      "/io/github/zabumba/Zabumba"
#define ZAB_REMOTE_INTERFACE ZAB_REMOTE_NAME ".Pads1"

/* Takes @arguments, and @fds, which are borrowed or NULL. NULL: @error says in words for the user
 * why not. */
GVariant *zab_remote_call (GDBusConnection *bus, const char *method, GVariant *arguments,
                           GUnixFDList *fds, GError **error);

/* Its properties, as a{sv} (transfer full); one of them. */
GVariant *zab_remote_get_all (GDBusConnection *bus, GError **error);
gboolean  zab_remote_set (GDBusConnection *bus, const char *property, GVariant *value,
                          GError **error);

/* The bus, on which a Zabumba is; NULL and @error: there is none. */
GDBusConnection *zab_remote_connect (GError **error);

/* zab-cli-remote-watch.c: what goes on for a while. Each returns the program's exit status. */
int zab_cli_remote_load (GDBusConnection *bus, guint pad, const char *name);
int zab_cli_remote_monitor (GDBusConnection *bus);

/* Prints the properties, and each pad with something on it. */
int zab_cli_remote_status (GDBusConnection *bus);

/* One line of JSON on standard output, at once. */
void zab_remote_print (GVariant *value);

G_END_DECLS
