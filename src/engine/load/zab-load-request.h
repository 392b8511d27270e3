/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/load/zab-load-progress.h"
#include "engine/resample/zab-resampler.h"

G_BEGIN_DECLS

/* One wish to have a file on a pad, from the call to its end. Identity is what tells a stale result
 * from the one that is waited for. Reference counted; each field belongs to one thread. */
typedef struct
{
  gatomicrefcount n_refs;

  /* Frozen at the start. */
  guint         pad;
  guint64       id;
  GFile        *file;
  ZabConverter  converter;
  guint         max_seconds; /* of the file; 0: all of it */
  GCancellable *cancellable; /* its own; any thread may cancel it */

  /* Thread: main. */
  GTask        *task;  /* the caller's */
  GCancellable *outer; /* the caller's; or NULL */
  gulong        outer_handler;
  gboolean      ended; /* its last event is on its way: nothing more may follow */

  /* Thread: worker. */
  gboolean        started;
  ZabLoadProgress progress;
} ZabLoadRequest;

ZabLoadRequest *zab_load_request_new (guint pad, guint64 id, GFile *file, ZabConverter converter);
ZabLoadRequest *zab_load_request_ref (ZabLoadRequest *self);
void            zab_load_request_unref (ZabLoadRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabLoadRequest, zab_load_request_unref)

G_END_DECLS
