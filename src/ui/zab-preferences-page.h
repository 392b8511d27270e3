/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/zab-preferences.h"

G_BEGIN_DECLS

/* All preferences on one page. Each applies at once. Thread: main. */
#define ZAB_TYPE_PREFERENCES_PAGE (zab_preferences_page_get_type ())
G_DECLARE_FINAL_TYPE (ZabPreferencesPage, zab_preferences_page, ZAB, PREFERENCES_PAGE,
                      AdwPreferencesPage)

/* @session is for showing what the sound runs at. */
GtkWidget *zab_preferences_page_new (ZabPreferences *preferences, ZabSession *session);

G_END_DECLS
