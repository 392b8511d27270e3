/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-history.h"

struct _ZabHistory
{
  GPtrArray *steps; /* ZabSetContents, oldest first */
  guint      now;   /* index */
};

static void
unref_contents (gpointer data)
{
  zab_set_contents_unref (data);
}

ZabHistory *
zab_history_new (ZabSetContents *now)
{
  ZabHistory *self = g_new0 (ZabHistory, 1);

  self->steps = g_ptr_array_new_with_free_func (unref_contents);
  g_ptr_array_add (self->steps, zab_set_contents_ref (now));
  return self;
}

void
zab_history_free (ZabHistory *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

ZabSetContents *
zab_history_get_now (ZabHistory *self)
{
  return self->steps->pdata[self->now];
}

void
zab_history_amend (ZabHistory *self, ZabSetContents *now)
{
  ZabSetContents *old = zab_history_get_now (self);

  self->steps->pdata[self->now] = zab_set_contents_ref (now);
  zab_set_contents_unref (old);
}

void
zab_history_push (ZabHistory *self, ZabSetContents *now, gboolean merge)
{
  g_ptr_array_set_size (self->steps, (gint)self->now + 1);
  if (merge && self->now > 0)
    {
      zab_history_amend (self, now);
      return;
    }
  g_ptr_array_add (self->steps, zab_set_contents_ref (now));
  if (self->steps->len > ZAB_HISTORY_MAX_STEPS + 1)
    g_ptr_array_remove_index (self->steps, 0);
  self->now = self->steps->len - 1;
}

gboolean
zab_history_can_undo (ZabHistory *self)
{
  return self->now > 0;
}

gboolean
zab_history_can_redo (ZabHistory *self)
{
  return self->now + 1 < self->steps->len;
}

gboolean
zab_history_undo (ZabHistory *self)
{
  if (!zab_history_can_undo (self))
    return FALSE;
  self->now--;
  return TRUE;
}

gboolean
zab_history_redo (ZabHistory *self)
{
  if (!zab_history_can_redo (self))
    return FALSE;
  self->now++;
  return TRUE;
}
