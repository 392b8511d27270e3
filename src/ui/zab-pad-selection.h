/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which pads of the visible bank are selected, as positions 0..35, and what becomes of them when
 * they are dragged; no widget is involved. Thread: main. */

enum
{
  ZAB_PAD_SELECTION_COLUMNS = 6,
  ZAB_PAD_SELECTION_N = 36
};

typedef struct
{
  gboolean selected[ZAB_PAD_SELECTION_N];
  guint    anchor; /* where a range begins */
  guint    cursor; /* where it ends; the pad that keys go to, selected or not */
} ZabPadSelection;

void zab_pad_selection_select (ZabPadSelection *self, guint position); /* it alone */
void zab_pad_selection_toggle (ZabPadSelection *self, guint position);
void zab_pad_selection_extend (ZabPadSelection *self,
                               guint            position); /* the block from anchor on */
void zab_pad_selection_select_all (ZabPadSelection *self);

guint zab_pad_selection_count (const ZabPadSelection *self);

/* How far a selection that is held at @from and shown at @to goes, so that all of it stays in the
 * bank: rows times six plus columns. */
int zab_pad_selection_get_offset (const ZabPadSelection *self, guint from, guint to);

/* The selected positions in the order in which each can go by @offset without running over one
 * that has not gone yet; returns their number. */
guint zab_pad_selection_order (const ZabPadSelection *self, int offset,
                               guint positions[ZAB_PAD_SELECTION_N]);

/* The same pads, further on by @offset. */
void zab_pad_selection_shift (ZabPadSelection *self, int offset);

G_END_DECLS
