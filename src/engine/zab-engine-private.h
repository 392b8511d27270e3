/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/load/zab-loader.h"
#include "engine/output/zab-output.h"
#include "engine/zab-engine.h"
#include "rt/zab-mixer.h"

G_BEGIN_DECLS

/* What the engine's own files share, and what tests look at. Thread: main, every function. */

/* A pad as the main thread knows it. */
typedef struct
{
  ZabLoadRequest  *request;       /* the newest that has not ended; or NULL */
  GFile           *file;          /* what sample was loaded from */
  const ZabSample *sample;        /* the mixer's; for its length only */
  double           file_duration; /* seconds; 0: not known */
} EnginePad;

struct _ZabEngine
{
  GObject parent_instance;

  GMainContext    *context; /* owned while the engine lives */
  ZabSampleMemory *memory;
  gboolean         is_shut_down; /* or is about to be: no more loads */
  ZabLoader       *loader;
  ZabMixer        *mixer;
  ZabOutput       *output; /* NULL: offline */
  guint            rate;   /* Hz; 0: not known yet */
  ZabOutputState   state;
  ZabConverter     converter;
  guint64          last_request;
  guint            n_samples; /* that the mixer holds, those on their way back included */
  GSource         *collect_source;
  EnginePad        pads[ZAB_N_SLOTS];
};

/* Its id. */
extern guint zab_engine_loader_event_signal;

/* FALSE: the ring is full, or the engine is shut down. */
gboolean zab_engine_push (ZabEngine *self, const ZabCommand *command);

/* zab-engine-load.c. Ends what is loaded for @slot, a pad or the preview, and loads @file there;
 * @task is the caller's (transfer full). */
void zab_engine_start_load (ZabEngine *self, guint slot, GFile *file, GCancellable *cancellable,
                            GTask *task);
void zab_engine_end_load (ZabEngine *self, guint slot);

/* Samples come back from the mixer: take those that have, look for those that will. */
void zab_engine_collect_retired (ZabEngine *self);
void zab_engine_expect_retired (ZabEngine *self);

/* ZabLoaderNotify: emits what has come. */
void zab_engine_on_loader_notify (gpointer engine);

/* Ends the tasks of cancelled requests without telling anyone else. */
void zab_engine_return_cancelled (ZabEngine *self);

/* For tests: every worker calls @observer at each step of its job, where a test can hold it. */
void zab_engine_set_load_observer (ZabEngine *self, ZabLoadProgressFunc observer,
                                   gpointer user_data);

/* For tests: load with these workers (transfer full) from now on, or with NULL in the process. */
void zab_engine_set_load_workers (ZabEngine *self, ZabWorkerPool *workers);

/* For tests: bytes of all samples that live: loading, on a pad, or on their way back. */
guint64 zab_engine_get_memory_used (ZabEngine *self);

G_END_DECLS
