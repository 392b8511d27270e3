/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells in words why a load failed, and what can be done: its buttons activate the actions of the
 * pad that it belongs to (pad.retry, pad.load, pad.dismiss and, where a file is @missing,
 * pad.locate). Thread: main. */
#define ZAB_TYPE_ERROR_POPOVER (zab_error_popover_get_type ())
G_DECLARE_FINAL_TYPE (ZabErrorPopover, zab_error_popover, ZAB, ERROR_POPOVER, GtkPopover)

GtkWidget *zab_error_popover_new (const char *reason, gboolean missing);

G_END_DECLS
