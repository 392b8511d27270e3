/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which of the many steps of a load are worth telling: none that goes back, none within
 * ZAB_LOAD_PROGRESS_INTERVAL of the one before, and always the last. It has no clock of its own.
 *
 * Thread: any one at a time. */
typedef struct
{
  double fraction; /* the last that was told; -1: that nothing is known; 0 at first */
  gint64 at;       /* when that was, µs */
} ZabLoadProgress;

enum
{
  ZAB_LOAD_PROGRESS_INTERVAL = G_USEC_PER_SEC / 25 /* µs: of 30 a second, some are to spare */
};

/* TRUE: at @now, µs of any clock that starts above 0 and never goes back, *@fraction is to be told,
 * which is now -1 or 0..1. */
gboolean zab_load_progress_step (ZabLoadProgress *self, double *fraction, gint64 now);

G_END_DECLS
