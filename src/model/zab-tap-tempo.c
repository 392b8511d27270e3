/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-tap-tempo.h"

#include <string.h>

static const gint64 PAUSE = 3 * G_USEC_PER_SEC;
static const double MIN_TEMPO = 20, MAX_TEMPO = 999;

/* Mean time between the taps; 0 before there are two. */
static gint64
get_interval (const ZabTapTempo *self)
{
  if (self->n_taps < 2)
    return 0;
  return (self->taps[self->n_taps - 1] - self->taps[0]) / (self->n_taps - 1);
}

static gboolean
goes_on (const ZabTapTempo *self, gint64 time)
{
  const gint64 interval = get_interval (self);
  const gint64 passed = self->n_taps > 0 ? time - self->taps[self->n_taps - 1] : 0;

  if (self->n_taps == 0 || passed <= 0 || passed > PAUSE)
    return FALSE;
  return interval == 0 || (passed >= interval / 2 && passed <= interval * 2);
}

double
zab_tap_tempo_tap (ZabTapTempo *self, gint64 time)
{
  double tempo;

  if (!goes_on (self, time))
    self->n_taps = 0;
  else if (self->n_taps == ZAB_TAP_TEMPO_N_TAPS)
    memmove (self->taps, self->taps + 1, --self->n_taps * sizeof *self->taps);
  self->taps[self->n_taps++] = time;
  if (self->n_taps < 2)
    return 0;
  tempo = 60.0 * G_USEC_PER_SEC / (double)get_interval (self);
  return tempo >= MIN_TEMPO && tempo <= MAX_TEMPO ? tempo : 0;
}
