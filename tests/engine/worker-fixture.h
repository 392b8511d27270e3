/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/load/zab-load-error.h"
#include "engine/worker/zab-worker.h"

G_BEGIN_DECLS

/* A load worker, a real process behind the real socket (zab-test-worker.c), and what was loaded
 * with it last. Thread: main, every function. */

enum
{
  RATE = 48000,
  LENGTH = 100000 /* of the files, frames */
};

/* Long enough for every honest worker on a slow machine. */
extern const ZabWorkerPatience WORKER_LONG;

/* Too short for a worker that does not answer at all. */
extern const ZabWorkerPatience WORKER_SHORT;

/* Too short only for one that works on when it was cancelled. */
extern const ZabWorkerPatience WORKER_LAZY;

typedef struct
{
  ZabWorker       *worker;
  ZabSampleMemory *memory;
  char            *folder;
  GCancellable    *cancellable;
  guint            max_seconds; /* of a file; 0: all of it */
  double           cancel_at;   /* fraction of a load; 0: never */
  double           fraction;    /* the last */
  ZabLoaderSuccess success;
  GError          *error;
} WorkerFixture;

void worker_fixture_set_up (WorkerFixture *self, const ZabWorkerPatience *patience);

/* Nothing of the budget may be left taken. */
void worker_fixture_tear_down (WorkerFixture *self);

/* A file in the folder: its path (transfer full). The counter is LENGTH frames long, or as long as
 * is said. */
char *worker_fixture_write_long_counter (WorkerFixture *self, const char *name, guint channels,
                                         guint rate, guint n_frames);
char *worker_fixture_write_counter (WorkerFixture *self, const char *name, guint channels,
                                    guint rate);
char *worker_fixture_write_bytes (WorkerFixture *self, const char *name, const char *bytes);

/* In the worker or in the process. */
ZabSample *worker_fixture_load_path (WorkerFixture *self, const char *path, gboolean in_worker);

/* In the worker: a stereo file of this name, which tells the worker what to do. */
ZabSample *worker_fixture_load (WorkerFixture *self, const char *name);

void worker_fixture_assert_counter (const ZabSample *sample, guint channels);

/* Loads a file and returns the id of the process that did it. */
int worker_fixture_assert_works (WorkerFixture *self);

G_END_DECLS
