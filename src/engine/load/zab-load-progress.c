/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-load-progress.h"

gboolean
zab_load_progress_step (ZabLoadProgress *self, double *fraction, gint64 now)
{
  const gboolean early = self->at > 0 && now - self->at < ZAB_LOAD_PROGRESS_INTERVAL;

  if (self->fraction >= 1.0 || (*fraction < 0 && self->fraction > 0))
    return FALSE;
  *fraction = *fraction < 0 ? -1.0 : CLAMP (*fraction, MAX (0.0, self->fraction), 1.0);
  if (early && *fraction < 1.0)
    return FALSE;
  self->at = now;
  self->fraction = *fraction;
  return TRUE;
}
