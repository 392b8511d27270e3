/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/worker/zab-worker-process.h"
#include "engine/worker/zab-worker.h"

G_BEGIN_DECLS

struct _ZabWorker
{
  char             *program;
  ZabWorkerPatience patience;
  ZabWorkerProcess  process;
  gboolean          ready;
  guint             n_false_starts; /* in a row */
  guint32           n_loads;        /* numbers them */
};

typedef enum
{
  ZAB_WORKER_MESSAGE,
  ZAB_WORKER_CANCELLED,
  ZAB_WORKER_TOO_LATE,
} ZabWorkerWake;

/* Until the worker says something, the load is cancelled, or it is @deadline. */
ZabWorkerWake zab_worker_wait_for_message (ZabWorker *self, int cancel_fd, gint64 deadline);

/* FALSE: there is no worker to be had, or the load was cancelled. */
gboolean zab_worker_wait_ready (ZabWorker *self, int cancel_fd);

/* Ends the process, and starts another. */
void zab_worker_replace (ZabWorker *self);

/* The same for one that has not come to a load; after some in a row there is none any more. */
void zab_worker_start_anew (ZabWorker *self);

G_END_DECLS
