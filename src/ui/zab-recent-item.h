/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts @uri, of @mime_type, in @group of the desktop's list of recent files. Thread: main. */
void zab_recent_item_add (GtkRecentManager *manager, const char *uri, const char *mime_type,
                          const char *group);

G_END_DECLS
