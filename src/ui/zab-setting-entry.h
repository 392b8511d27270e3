/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-pad.h"

G_BEGIN_DECLS

/* A setting of a pad as text: its name, its tempo, or a point in the sound. Enter and leaving set
 * it, Escape takes back what was typed. Of a number, Up and Down change it, less with Shift, more
 * with Control. What is not known, or is the sound's own end, is empty. Thread: main.
 *
 * Properties (read-write):
 *   setting  char *    "name", "tempo", "start", "end", "loop-start" or "loop-end" (construct only)
 *   title    char *    for who does not see, translated
 *   pad      ZabPad *  or NULL */
#define ZAB_TYPE_SETTING_ENTRY (zab_setting_entry_get_type ())
G_DECLARE_FINAL_TYPE (ZabSettingEntry, zab_setting_entry, ZAB, SETTING_ENTRY, GtkEntry)

G_END_DECLS
