/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/zab-preferences.h"

G_BEGIN_DECLS

/* Where sounds may be. Thread: main. */

/* What the preferences say, or the Music folder, or the home folder (transfer full). */
GFile *zab_sounds_places_dup_folder (ZabPreferences *preferences);

/* How it is called (transfer full). */
char *zab_sounds_places_dup_name (GFile *folder);

/* As a menu (transfer full): the sounds folder, the recent sounds, the folders whose sounds are on
 * pads, and the chooser. Its actions: sounds.show-folder (s: URI), sounds.show-recent,
 * sounds.choose-folder. */
GMenuModel *zab_sounds_places_new_menu (ZabSet *set, ZabPreferences *preferences);

G_END_DECLS
