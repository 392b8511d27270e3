/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-pad.h"

G_BEGIN_DECLS

/* The colours that a pad can have, one of which is chosen. Each has its name in a tooltip and for
 * screen readers. Thread: main.
 *
 * Property: pad ZabPad * (read-write), or NULL. */
#define ZAB_TYPE_COLOR_ROW (zab_color_row_get_type ())
G_DECLARE_FINAL_TYPE (ZabColorRow, zab_color_row, ZAB, COLOR_ROW, GtkBox)

G_END_DECLS
