/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-load-request.h"

ZabLoadRequest *
zab_load_request_new (guint pad, guint64 id, GFile *file, ZabConverter converter)
{
  ZabLoadRequest *self = g_new0 (ZabLoadRequest, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->pad = pad;
  self->id = id;
  self->file = g_object_ref (file);
  self->converter = converter;
  self->cancellable = g_cancellable_new ();
  return self;
}

ZabLoadRequest *
zab_load_request_ref (ZabLoadRequest *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
zab_load_request_unref (ZabLoadRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->task);
  g_clear_object (&self->outer);
  g_free (self);
}
