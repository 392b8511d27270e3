/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-document.h"

G_BEGIN_DECLS

/* A setting of a pad on a scale, with its name before and its value after it. Pressed twice, or by
 * Backspace or a press on the value, it goes back to its default. One press and pull is one step to
 * undo. Thread: main.
 *
 * Properties (read-write):
 *   setting   char *          of the pad, as ui/zab-scale-unit.h knows it (construct only)
 *   title     char *          translated
 *   titles    GtkSizeGroup *  that makes titles equally wide, or NULL
 *   pad       ZabPad *        or NULL
 *   document  ZabDocument *   that the pad is of, once, or NULL */
#define ZAB_TYPE_SETTING_SCALE (zab_setting_scale_get_type ())
G_DECLARE_FINAL_TYPE (ZabSettingScale, zab_setting_scale, ZAB, SETTING_SCALE, GtkBox)

G_END_DECLS
