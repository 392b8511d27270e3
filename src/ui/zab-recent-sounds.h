/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sounds that were put on pads last, as the desktop's list of recent files knows them. Thread:
 * main. */

/* @files: an array of GFile; folders and what is not called like a sound are left out. */
void zab_recent_sounds_add (GPtrArray *files);

/* The last of them, the newest first: an array of GFile (transfer full). */
GPtrArray *zab_recent_sounds_dup (void);

G_END_DECLS
