/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pads and banks as people write them in commands. Thread: any. */

/* "B12", "b12", or "12" for the first bank's; 0..215. */
gboolean zab_place_parse_pad (const char *text, guint *pad);

/* "A".."F", "a".."f"; 0..5. */
gboolean zab_place_parse_bank (const char *text, guint *bank);

G_END_DECLS
