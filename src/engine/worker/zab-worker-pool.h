/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/worker/zab-worker.h"

G_BEGIN_DECLS

/* The load workers of a loader: made once, lent to its jobs one by one. */
typedef struct _ZabWorkerPool ZabWorkerPool;

/* Where the worker's program is (transfer full), or NULL: then files are loaded in the process.
 * The environment's ZAB_LOAD_WORKER goes before all, and is NULL where it is empty; then comes
 * ../libexec as seen from this program, then where it was installed. Thread: any. */
char *zab_worker_pool_find_program (void);

/* Starts @n_workers and returns at once. @patience NULL: as a rule. Thread: main. */
ZabWorkerPool *zab_worker_pool_new (const char *program, guint n_workers,
                                    const ZabWorkerPatience *patience);

/* Ends them all; none may be lent. Thread: main. */
void zab_worker_pool_free (ZabWorkerPool *self);

guint zab_worker_pool_get_n_workers (ZabWorkerPool *self); /* Thread: any. */

/* As zab_load_file (): in a worker, or in the process where there is none. Waits for a free worker
 * if all are lent. Thread: worker. */
ZabSample *zab_worker_pool_load_file (ZabWorkerPool *self, const ZabLoadSpec *spec,
                                      ZabLoadProgressFunc progress, gpointer user_data,
                                      GCancellable *cancellable, ZabLoaderSuccess *success,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabWorkerPool, zab_worker_pool_free)

G_END_DECLS
