/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-set-contents.h"

G_BEGIN_DECLS

/* What the set was, is, and was before it was undone. Steps share what did not change, so that
 * hundreds of them are small. Thread: main. */
typedef struct _ZabHistory ZabHistory;

enum
{
  ZAB_HISTORY_MAX_STEPS = 500, /* that can be undone; older ones are forgotten */
};

ZabHistory *zab_history_new (ZabSetContents *now);
void        zab_history_free (ZabHistory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabHistory, zab_history_free)

ZabSetContents *zab_history_get_now (ZabHistory *self);

/* One step more; what was undone can't be redone any more. With @merge it continues the last step
 * (of the same gesture) instead. */
void zab_history_push (ZabHistory *self, ZabSetContents *now, gboolean merge);

/* The present, told in another way: no step. */
void zab_history_amend (ZabHistory *self, ZabSetContents *now);

gboolean zab_history_can_undo (ZabHistory *self);
gboolean zab_history_can_redo (ZabHistory *self);

/* FALSE when there is nothing to. */
gboolean zab_history_undo (ZabHistory *self);
gboolean zab_history_redo (ZabHistory *self);

G_END_DECLS
