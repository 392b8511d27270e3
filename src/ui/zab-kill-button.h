/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-pad.h"

G_BEGIN_DECLS

/* Down, a band of a pad's isolator is silent; up again, it is as loud as it was. Thread: main.
 *
 * Properties (read-write):
 *   setting  char *    "eq-low", "eq-mid" or "eq-high" (construct only)
 *   pad      ZabPad *  or NULL */
#define ZAB_TYPE_KILL_BUTTON (zab_kill_button_get_type ())
G_DECLARE_FINAL_TYPE (ZabKillButton, zab_kill_button, ZAB, KILL_BUTTON, GtkToggleButton)

G_END_DECLS
