/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/zab-document.h"
#include "model/zab-preferences.h"
#include "ui/zab-recent-sets.h"
#include "ui/zab-recent-sounds.h"
#include "ui/zab-set-status.h"

G_BEGIN_DECLS

/* The window: banks and volume above, the pads, a quiet line below. Thread: main.
 *
 * Properties: edit-mode gboolean (read-write), show-inspector gboolean (read-write), selected-pad
 * guint: the pad that was touched last or, in edit mode, has the cursor, as an index in the set.
 *
 * Its actions: win.load-pad (u: index in the set) asks for sounds for that pad and those after it;
 * win.locate-pad (u) asks where its missing file is; win.edit-mode is whether pads are edited,
 * win.inspector whether the inspector shows;
 * win.paste loads what files the clipboard holds on the selected pad and those after it. */
#define ZAB_TYPE_WINDOW (zab_window_get_type ())
G_DECLARE_FINAL_TYPE (ZabWindow, zab_window, ZAB, WINDOW, AdwApplicationWindow)

GtkWidget *zab_window_new (GtkApplication *application, ZabSession *session, ZabDocument *document,
                           ZabSetStatus *status);

/* Follows them from now on. Once. */
void zab_window_set_preferences (ZabWindow *self, ZabPreferences *preferences,
                                 ZabRecentSounds *sounds);

/* Shows them in the main menu. */
void zab_window_set_recent (ZabWindow *self, ZabRecentSets *recent);

/* Asks for sounds for the selected pad, or for the first empty one when that is taken. */
void zab_window_open (ZabWindow *self);

G_END_DECLS
