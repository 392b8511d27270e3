/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tempo that someone taps. Zeroed, it knows no tap. Thread: any, one at a time. */

enum
{
  ZAB_TAP_TEMPO_N_TAPS = 8 /* the newest that count */
};

typedef struct
{
  gint64 taps[ZAB_TAP_TEMPO_N_TAPS]; /* µs, oldest first */
  guint  n_taps;
} ZabTapTempo;

/* A tap at @time, µs of a monotonic clock. Returns the tempo in beats a minute, or 0 where two taps
 * make no tempo between 20 and 999 yet. A pause of more than 3 s, or a tap that comes in less than
 * half or more than twice the time of those before, begins anew. */
double zab_tap_tempo_tap (ZabTapTempo *self, gint64 time);

G_END_DECLS
