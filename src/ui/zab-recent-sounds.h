/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-preferences.h"

G_BEGIN_DECLS

/* The sounds that were put on pads last, as the desktop's list of recent files knows them. Thread:
 * main. */

/* What the session tells is used goes there, unless the musician minds. */
void zab_recent_sounds_follow (ZabSession *session, ZabPreferences *preferences);

/* The last of them, the newest first: an array of GFile (transfer full). */
GPtrArray *zab_recent_sounds_dup (void);

G_END_DECLS
