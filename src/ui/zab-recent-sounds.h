/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-preferences.h"

G_BEGIN_DECLS

/* The sounds that were put on pads last, as the desktop's list of recent files knows them. What the
 * session tells is used goes there, unless the musician minds. Thread: main. */
#define ZAB_TYPE_RECENT_SOUNDS (zab_recent_sounds_get_type ())
G_DECLARE_FINAL_TYPE (ZabRecentSounds, zab_recent_sounds, ZAB, RECENT_SOUNDS, GObject)

ZabRecentSounds *zab_recent_sounds_new (ZabSession *session, ZabPreferences *preferences);

/* The last of them, the newest first: an array of GFile (transfer full). */
GPtrArray *zab_recent_sounds_dup (ZabRecentSounds *self);

G_END_DECLS
