/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of a pad as text to be edited. No widget is involved. Thread: any. */

/* "1:05.250" of 65.25 seconds. */
char *zab_setting_text_from_seconds (double seconds);

/* The same back; also "65.25", "1:02:03.5", and a comma for the point. FALSE: it is no time. */
gboolean zab_setting_text_to_seconds (const char *text, double *seconds);

/* "120", "97.5" of beats a minute, of which a tenth is shown. */
char *zab_setting_text_from_tempo (double tempo);

gboolean zab_setting_text_to_tempo (const char *text, double *tempo);

G_END_DECLS
