/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-document.h"

G_BEGIN_DECLS

/* What is below the inspector's fold. Thread: main.
 *
 * Properties (read-write), as the inspector has them:
 *   titles    GtkSizeGroup *  of the names of settings
 *   pad       ZabPad *
 *   document  ZabDocument * */
#define ZAB_TYPE_INSPECTOR_MORE (zab_inspector_more_get_type ())
G_DECLARE_FINAL_TYPE (ZabInspectorMore, zab_inspector_more, ZAB, INSPECTOR_MORE, GtkBox)

G_END_DECLS
