/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-reference-private.h"

static guint64
bar_length (const ZabReference *self)
{
  return 4 * 60000ull * self->rate * self->beats / self->unit;
}

gboolean
zab_reference_is_on_line (const ZabReference *self, guint quantise)
{
  const guint64 bar = bar_length (self);
  const guint64 here = self->position - self->bar;
  const guint64 in_bar = here % bar;

  if (quantise == ZAB_QUANTISE_FOLLOW)
    quantise = self->quantise;
  if (!self->runs || quantise == ZAB_QUANTISE_FOLLOW || quantise == ZAB_QUANTISE_OFF)
    return TRUE;
  if (quantise >= ZAB_QUANTISE_1_BAR)
    return here % (bar << (quantise - ZAB_QUANTISE_1_BAR)) < self->tempo;
  return in_bar % ((240000ull * self->rate) >> (ZAB_QUANTISE_1_2 - quantise + 1)) < self->tempo;
}

void
zab_reference_start_transport (ZabReference *self)
{
  self->runs = TRUE;
  self->position = self->bar = 0;
}

void
zab_reference_set_metre (ZabReference *self, guint beats, guint unit)
{
  while (self->position - self->bar >= bar_length (self))
    self->bar += bar_length (self);
  self->beats = beats;
  self->unit = unit;
}
