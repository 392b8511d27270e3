/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/load/zab-load.h"

G_BEGIN_DECLS

/* One load worker, seen from the program: a process that loads one file at a time, and is replaced
 * when it crashes, stops answering or says what can't be true. What it says is checked, not
 * trusted. */
typedef struct _ZabWorker ZabWorker;

typedef struct
{
  gint64 start;      /* µs to get ready in: the first start of GStreamer reads every plug-in */
  gint64 step;       /* µs without progress that a load may take */
  gint64 step_of_mb; /* µs more for each 10^6 bytes of the file */
  gint64 cancel;     /* µs from a cancellation to its effect; then the process is killed, */
  gint64 work;       /* or after so many µs of its work, which on a busy machine take longer */
} ZabWorkerPatience;

extern const ZabWorkerPatience ZAB_WORKER_PATIENCE; /* as a rule */

/* µs without progress that a file of @n_bytes may take. Thread: any. */
gint64 zab_worker_patience_for (const ZabWorkerPatience *patience, guint64 n_bytes);

/* Starts the process and returns at once. Thread: any, every function; one at a time. */
ZabWorker *zab_worker_new (const char *program, const ZabWorkerPatience *patience);

/* Kills it. */
void zab_worker_free (ZabWorker *self);

/* FALSE: it could not be started, several times over. A file can't bring this about. */
gboolean zab_worker_is_usable (ZabWorker *self);

/* The process's id, for tests; 0: there is none. */
int zab_worker_get_pid (ZabWorker *self);

/* As zab_load_file (), in the worker. A load that does not end by itself ends within the worker's
 * patience. NULL without an error: no worker could be had, load the file yourself. Thread: worker.
 */
ZabSample *zab_worker_load_file (ZabWorker *self, const ZabLoadSpec *spec,
                                 ZabLoadProgressFunc progress, gpointer user_data,
                                 GCancellable *cancellable, ZabLoaderSuccess *success,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabWorker, zab_worker_free)

G_END_DECLS
