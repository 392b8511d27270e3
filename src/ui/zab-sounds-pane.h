/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-preferences.h"
#include "ui/zab-recent-sounds.h"

G_BEGIN_DECLS

/* Sounds to choose from, beside the pads: a folder, those used last, or what a search finds. What
 * is highlighted is heard at once, until another is, Escape, or the pane is left. Thread: main.
 *
 * Signals:
 *   chosen (GPtrArray *files)  GFiles that are to go on pads */
#define ZAB_TYPE_SOUNDS_PANE (zab_sounds_pane_get_type ())
G_DECLARE_FINAL_TYPE (ZabSoundsPane, zab_sounds_pane, ZAB, SOUNDS_PANE, GtkBox)

GtkWidget *zab_sounds_pane_new (ZabSession *session, ZabPreferences *preferences,
                                ZabRecentSounds *recent);

/* The search gets the keyboard; the first time, the sounds folder is read. */
void zab_sounds_pane_enter (ZabSoundsPane *self);

/* All that is shown is the sounds folder's, or another's from now on; the sounds used last. */
void zab_sounds_pane_show_folder (ZabSoundsPane *self, GFile *folder);
void zab_sounds_pane_show_recent (ZabSoundsPane *self);

G_END_DECLS
