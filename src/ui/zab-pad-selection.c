/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-selection.h"

#include <string.h>

enum
{
  COLUMNS = ZAB_PAD_SELECTION_COLUMNS,
  N = ZAB_PAD_SELECTION_N
};

void
zab_pad_selection_select (ZabPadSelection *self, guint position)
{
  g_return_if_fail (position < N);
  memset (self->selected, 0, sizeof self->selected);
  self->selected[position] = TRUE;
  self->anchor = self->cursor = position;
}

void
zab_pad_selection_toggle (ZabPadSelection *self, guint position)
{
  g_return_if_fail (position < N);
  self->selected[position] = !self->selected[position];
  self->anchor = self->cursor = position;
}

void
zab_pad_selection_extend (ZabPadSelection *self, guint position)
{
  const guint a = self->anchor, b = position;

  g_return_if_fail (position < N);
  for (guint i = 0; i < N; i++)
    self->selected[i] = i / COLUMNS >= MIN (a / COLUMNS, b / COLUMNS)
                        && i / COLUMNS <= MAX (a / COLUMNS, b / COLUMNS)
                        && i % COLUMNS >= MIN (a % COLUMNS, b % COLUMNS)
                        && i % COLUMNS <= MAX (a % COLUMNS, b % COLUMNS);
  self->cursor = position;
}

void
zab_pad_selection_select_all (ZabPadSelection *self)
{
  for (guint i = 0; i < N; i++)
    self->selected[i] = TRUE;
}

guint
zab_pad_selection_count (const ZabPadSelection *self)
{
  guint n = 0;

  for (guint i = 0; i < N; i++)
    n += self->selected[i] != FALSE;
  return n;
}

int
zab_pad_selection_get_offset (const ZabPadSelection *self, guint from, guint to)
{
  int rows = (int)(to / COLUMNS) - (int)(from / COLUMNS);
  int columns = (int)(to % COLUMNS) - (int)(from % COLUMNS);

  for (int i = 0; i < N; i++)
    if (self->selected[i])
      {
        rows = CLAMP (rows, -(i / COLUMNS), N / COLUMNS - 1 - i / COLUMNS);
        columns = CLAMP (columns, -(i % COLUMNS), COLUMNS - 1 - i % COLUMNS);
      }
  return rows * COLUMNS + columns;
}

guint
zab_pad_selection_order (const ZabPadSelection *self, int offset, guint positions[N])
{
  guint n = 0;

  for (guint i = 0; i < N; i++)
    {
      const guint position = offset > 0 ? N - 1 - i : i;

      if (self->selected[position])
        positions[n++] = position;
    }
  return n;
}

void
zab_pad_selection_shift (ZabPadSelection *self, int offset)
{
  const ZabPadSelection old = *self;

  for (int i = 0; i < N; i++)
    self->selected[i] = i - offset >= 0 && i - offset < N && old.selected[i - offset];
  self->anchor = (guint)CLAMP ((int)old.anchor + offset, 0, N - 1);
  self->cursor = (guint)CLAMP ((int)old.cursor + offset, 0, N - 1);
}
