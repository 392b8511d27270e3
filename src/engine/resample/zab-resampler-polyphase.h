/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The interpolator's filter: for a signal that fills no more than its lower @pass cycles per
 * sample. Immutable.
 *
 * Every function: Thread: any. */
typedef struct _ZabPolyphaseTable ZabPolyphaseTable;

ZabPolyphaseTable *zab_polyphase_table_new (double pass);
void               zab_polyphase_table_free (ZabPolyphaseTable *self);

/* The second stage of odd ratios: interpolates at any moments in time, @in_step / @out_step samples
 * apart. Positions are whole numbers throughout, so nothing drifts. The table is borrowed.
 *
 * Every function: Thread: any one at a time. */
typedef struct _ZabPolyphase ZabPolyphase;

ZabPolyphase *zab_polyphase_new (const ZabPolyphaseTable *table, guint64 in_step, guint64 out_step);
void          zab_polyphase_free (ZabPolyphase *self);

/* The samples that a frame needs before and after its place. */
gsize zab_polyphase_get_reach (const ZabPolyphase *self);

/* How many frames come next before the position, which starts at 0, reaches @end. */
gsize zab_polyphase_count (const ZabPolyphase *self, guint64 end);

/* Makes the next @n_frames frames, interleaved; what is too large for a float becomes the largest
 * one. in[c][@origin] is channel c's sample at position 0; what the
 * reach asks for around the frames must be there. */
void zab_polyphase_run (ZabPolyphase *self, double *const *in, gsize origin, guint channels,
                        gsize n_frames, float *out);

/* The whole samples before the next frame's place. */
guint64 zab_polyphase_get_position (const ZabPolyphase *self);

/* Counts positions from @n samples later on: the caller moved its samples. */
void zab_polyphase_move (ZabPolyphase *self, guint64 n);

G_END_DECLS
