/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-loader.h"

#include "rt/zab-rt.h"

/* Half of GIO's ten threads, however many cores there are. */
static const guint  MAX_JOBS = 5;
static const gint64 SHUT_DOWN_LIMIT = 3 * G_USEC_PER_SEC;

struct _ZabLoader
{
  gatomicrefcount  n_refs; /* the owner's, and one for each job and notify under way */
  ZabSampleMemory *memory;
  GMainContext    *context;
  ZabWorkerPool   *workers;  /* NULL: jobs load in the process */
  GAsyncQueue     *channel;  /* of ZabLoaderMessage: any thread in, main out */
  gint             notified; /* atomic: a notify is under way */

  /* Thread: main. */
  ZabLoaderNotify notify; /* NULL once the owner is gone */
  gpointer        user_data;

  ZabLoadProgressFunc observer;
  gpointer            observer_data;

  GMutex     lock; /* over all below */
  GCond      idle; /* running has become empty */
  GQueue     waiting;
  GPtrArray *running;
  guint      rate;
  guint      visible_bank;
  guint      max_jobs;
};

/* What a worker has in hand. */
typedef struct
{
  ZabLoader      *loader; /* a reference */
  ZabLoadRequest *request;
  guint           rate;
  gboolean        alone; /* no other ran or waited when it began */
} Job;

static void start_jobs (ZabLoader *self);

void
zab_loader_message_free (ZabLoaderMessage *message)
{
  g_clear_pointer (&message->sample, zab_sample_unref);
  g_clear_pointer (&message->event, zab_loader_event_free);
  g_clear_pointer (&message->request, zab_load_request_unref);
  g_free (message);
}

ZabLoader *
zab_loader_new (ZabSampleMemory *memory, GMainContext *context, ZabLoaderNotify notify,
                gpointer user_data)
{
  ZabLoader *self = g_new0 (ZabLoader, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->memory = zab_sample_memory_ref (memory);
  self->context = g_main_context_ref (context);
  self->channel = g_async_queue_new_full ((GDestroyNotify)zab_loader_message_free);
  self->notify = notify;
  self->user_data = user_data;
  self->max_jobs = MIN (g_get_num_processors (), MAX_JOBS);
  self->running = g_ptr_array_new_with_free_func ((GDestroyNotify)zab_load_request_unref);
  g_queue_init (&self->waiting);
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  return self;
}

static void
loader_unref (gpointer data)
{
  ZabLoader *self = data;

  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_clear_pointer (&self->workers, zab_worker_pool_free);
  g_async_queue_unref (self->channel);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)zab_load_request_unref);
  g_ptr_array_unref (self->running);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  g_main_context_unref (self->context);
  zab_sample_memory_unref (self->memory);
  g_free (self);
}

/* Jobs and notifies that hold the loader a moment longer must not hold samples. */
static void
empty_channel (ZabLoader *self)
{
  ZabLoaderMessage *message;

  while ((message = zab_loader_poll (self)) != NULL)
    zab_loader_message_free (message);
}

/* With the lock held. A disk that does not answer holds its job in the kernel, where nothing can
 * cancel it: such a job is left behind, with a reference of its own on all that it touches. */
static gboolean
wait_for_jobs (ZabLoader *self)
{
  const gint64 deadline = g_get_monotonic_time () + SHUT_DOWN_LIMIT;

  while (self->running->len > 0 && g_cond_wait_until (&self->idle, &self->lock, deadline))
    ;
  if (self->running->len > 0)
    g_message ("%u files don’t answer: left behind", self->running->len);
  return self->running->len == 0;
}

void
zab_loader_free (ZabLoader *self)
{
  gboolean idle;

  self->notify = NULL;
  g_mutex_lock (&self->lock);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)zab_load_request_unref);
  for (guint i = 0; i < self->running->len; i++)
    g_cancellable_cancel (((ZabLoadRequest *)self->running->pdata[i])->cancellable);
  idle = wait_for_jobs (self);
  g_mutex_unlock (&self->lock);
  empty_channel (self);
  if (idle)
    g_clear_pointer (&self->workers, zab_worker_pool_free);
  loader_unref (self);
}

static gboolean
on_notify (gpointer data)
{
  ZabLoader *self = data;

  g_atomic_int_set (&self->notified, FALSE);
  if (self->notify != NULL)
    self->notify (self->user_data);
  return G_SOURCE_REMOVE;
}

/* From the context's own thread g_main_context_invoke () would call at once, in the middle of
 * whatever that thread is doing. */
void
zab_loader_schedule_notify (ZabLoader *self)
{
  if (!g_atomic_int_compare_and_exchange (&self->notified, FALSE, TRUE))
    return;
  g_atomic_ref_count_inc (&self->n_refs);
  if (g_main_context_is_owner (self->context))
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, on_notify, self, loader_unref);
      g_source_attach (source, self->context);
    }
  else
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, on_notify, self, loader_unref);
}

static ZabLoaderMessage *
message_new (ZabLoadRequest *request, ZabLoaderEvent *event, ZabSample *sample)
{
  ZabLoaderMessage *message = g_new0 (ZabLoaderMessage, 1);

  message->request = zab_load_request_ref (request);
  message->event = event;
  message->sample = sample;
  return message;
}

static void
post (ZabLoader *self, ZabLoadRequest *request, ZabLoaderEvent *event, ZabSample *sample)
{
  g_async_queue_push (self->channel, message_new (request, event, sample));
  zab_loader_schedule_notify (self);
}

void
zab_loader_post (ZabLoader *self, ZabLoadRequest *request, ZabLoaderEvent *event)
{
  post (self, request, event, NULL);
}

ZabLoaderMessage *
zab_loader_poll (ZabLoader *self)
{
  return g_async_queue_try_pop (self->channel);
}

/* Thread: worker. When all is done the end follows at once: to wake the main thread for this as
 * well would only hold that up. */
static void
on_progress (ZabLoadStage stage, double fraction, gpointer user_data)
{
  Job            *job = user_data;
  ZabLoader      *self = job->loader;
  ZabLoadRequest *request = job->request;
  ZabLoaderEvent *event;

  if (self->observer != NULL)
    self->observer (stage, fraction, self->observer_data);
  if (!zab_load_progress_step (&request->progress, &fraction, g_get_monotonic_time ()))
    return;
  event = zab_loader_event_new_progress (request->pad, request->id, stage, fraction);
  g_async_queue_push (self->channel, message_new (request, event, NULL));
  if (fraction < 1.0)
    zab_loader_schedule_notify (self);
}

static ZabLoaderEvent *
event_from_error (ZabLoadRequest *request, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return zab_loader_event_new_cancelled (request->pad, request->id);
  return zab_loader_event_new_error (request->pad, request->id, error);
}

static ZabSample *
load (Job *job, ZabLoaderSuccess *success, GError **error)
{
  ZabLoader        *self = job->loader;
  GCancellable     *cancellable = job->request->cancellable;
  const ZabLoadSpec spec = {
    .file = job->request->file,
    .rate = job->rate,
    .converter = job->request->converter,
    .max_seconds = job->request->max_seconds,
    .alone = job->alone,
    .memory = self->memory,
  };

  if (self->workers == NULL)
    return zab_load_file (&spec, on_progress, job, cancellable, success, error);
  return zab_worker_pool_load_file (self->workers, &spec, on_progress, job, cancellable, success,
                                    error);
}

/* Thread: worker. */
static void
run_job (Job *job)
{
  ZabLoadRequest  *request = job->request;
  ZabLoaderSuccess success = { 0 };
  g_autoptr (GError) error = NULL;
  ZabSample *sample = NULL;

  if (!g_cancellable_set_error_if_cancelled (request->cancellable, &error))
    {
      if (!request->started)
        post (job->loader, request, zab_loader_event_new_started (request->pad, request->id), NULL);
      request->started = TRUE;
      sample = load (job, &success, &error);
    }
  if (sample != NULL)
    post (job->loader, request, zab_loader_event_new_success (request->pad, request->id, &success),
          sample);
  else
    post (job->loader, request, event_from_error (request, error), NULL);
  g_free (success.warning);
}

/* Thread: worker. */
static void
job_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job       *job = task_data;
  ZabLoader *self = job->loader;

  run_job (job);
  g_mutex_lock (&self->lock);
  g_ptr_array_remove_fast (self->running, job->request);
  start_jobs (self);
  if (self->running->len == 0)
    g_cond_signal (&self->idle);
  g_mutex_unlock (&self->lock);
  loader_unref (self);
  g_task_return_boolean (task, TRUE);
}

static ZabLoadRequest *
pop_next (ZabLoader *self)
{
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    {
      ZabLoadRequest *request = link->data;

      if (request->pad / ZAB_PADS_PER_BANK != self->visible_bank && request->pad != ZAB_PREVIEW)
        continue;
      g_queue_delete_link (&self->waiting, link);
      return request;
    }
  return g_queue_pop_head (&self->waiting);
}

/* With the lock held. */
static void
start_jobs (ZabLoader *self)
{
  while (self->rate > 0 && self->running->len < self->max_jobs
         && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
      Job *job = g_new0 (Job, 1);

      *job = (Job){ .loader = self,
                    .request = pop_next (self),
                    .rate = self->rate,
                    .alone = self->running->len == 0 && g_queue_is_empty (&self->waiting) };
      g_atomic_ref_count_inc (&self->n_refs);
      g_ptr_array_add (self->running, job->request);
      g_task_set_task_data (task, job, g_free);
      g_task_run_in_thread (task, job_in_thread);
    }
}

void
zab_loader_submit (ZabLoader *self, ZabLoadRequest *request)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->waiting, zab_load_request_ref (request));
  start_jobs (self);
  g_mutex_unlock (&self->lock);
}

gboolean
zab_loader_withdraw (ZabLoader *self, ZabLoadRequest *request)
{
  gboolean waiting;

  g_mutex_lock (&self->lock);
  waiting = g_queue_remove (&self->waiting, request);
  g_mutex_unlock (&self->lock);
  if (waiting)
    zab_load_request_unref (request);
  return waiting;
}

void
zab_loader_set_rate (ZabLoader *self, guint rate)
{
  g_mutex_lock (&self->lock);
  self->rate = rate;
  start_jobs (self);
  g_mutex_unlock (&self->lock);
}

void
zab_loader_set_visible_bank (ZabLoader *self, guint bank)
{
  g_mutex_lock (&self->lock);
  self->visible_bank = bank;
  g_mutex_unlock (&self->lock);
}

void
zab_loader_set_max_jobs (ZabLoader *self, guint max_jobs)
{
  g_mutex_lock (&self->lock);
  self->max_jobs = max_jobs;
  g_mutex_unlock (&self->lock);
}

void
zab_loader_set_workers (ZabLoader *self, ZabWorkerPool *workers)
{
  g_assert (self->running->len == 0);
  g_clear_pointer (&self->workers, zab_worker_pool_free);
  self->workers = workers;
  zab_loader_set_max_jobs (self, workers != NULL ? zab_worker_pool_get_n_workers (workers)
                                                 : MIN (g_get_num_processors (), MAX_JOBS));
}

void
zab_loader_set_observer (ZabLoader *self, ZabLoadProgressFunc observer, gpointer user_data)
{
  self->observer_data = user_data;
  self->observer = observer;
}
