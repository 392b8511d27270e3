/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/load/zab-load-request.h"
#include "engine/load/zab-load.h"
#include "engine/worker/zab-worker-pool.h"

G_BEGIN_DECLS

/* Runs load requests as GTask jobs on GIO's thread pool, at most one for each core at a time (the
 * pool serves file operations too and must never be filled), and carries what they have to tell
 * over a channel to the main thread. It decides nothing: what a message means is the engine's. */
typedef struct _ZabLoader ZabLoader;

/* What a job says. Exactly one of a request's messages is its end. */
typedef struct
{
  ZabLoadRequest *request;
  ZabLoaderEvent *event;
  ZabSample      *sample; /* with SUCCESS: on its way to the mixer */
} ZabLoaderMessage;

void zab_loader_message_free (ZabLoaderMessage *message);

/* Thread: main, on the loader's context, soon after messages have come into an empty channel. */
typedef void (*ZabLoaderNotify) (gpointer user_data);

/* Thread: main. */
ZabLoader *zab_loader_new (ZabSampleMemory *memory, GMainContext *context, ZabLoaderNotify notify,
                           gpointer user_data);

/* Thread: main. Cancels everything, waits for the jobs that run to notice (they look between two
 * blocks; after three seconds, on a dead disk, they are left behind) and frees the loader; messages
 * that were not taken are lost. */
void zab_loader_free (ZabLoader *self);

/* Thread: main. The rate in Hz to load for; 0 (at first) holds all requests back. */
void zab_loader_set_rate (ZabLoader *self, guint rate);

/* Thread: main. Requests for pads of @bank go first, and those for the preview. */
void zab_loader_set_visible_bank (ZabLoader *self, guint bank);

/* Thread: main. Takes its place in the queue and keeps its own reference. */
void zab_loader_submit (ZabLoader *self, ZabLoadRequest *request);

/* Thread: any. TRUE: the request was still waiting, and no job will run for it. */
gboolean zab_loader_withdraw (ZabLoader *self, ZabLoadRequest *request);

/* Thread: any. Puts a message that no job has sent on the channel; @event is taken. */
void zab_loader_post (ZabLoader *self, ZabLoadRequest *request, ZabLoaderEvent *event);

/* Thread: main. The next message or NULL; never waits. */
ZabLoaderMessage *zab_loader_poll (ZabLoader *self);

/* Thread: main. Asks for one more notify. */
void zab_loader_schedule_notify (ZabLoader *self);

/* Thread: main. How many jobs may run at a time; one for each core, five at most, as a rule. */
void zab_loader_set_max_jobs (ZabLoader *self, guint max_jobs);

/* Thread: main, while nothing is being loaded. Jobs give their files to @workers (transfer full),
 * as many at a time as there are; NULL (at first): they load them themselves. */
void zab_loader_set_workers (ZabLoader *self, ZabWorkerPool *workers);

/* Thread: main. @observer is called by each worker at every step of its job, before what it sees is
 * told: a test holds a job there. */
void zab_loader_set_observer (ZabLoader *self, ZabLoadProgressFunc observer, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabLoaderMessage, zab_loader_message_free)

G_END_DECLS
