/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine's loads: requests in, events out. All on the main thread. */
#include "engine/zab-engine-audition.h"
#include "engine/zab-engine-private.h"

#include <glib/gi18n-lib.h>

#include "engine/load/zab-load-error.h"

enum
{
  EVENTS_A_DISPATCH = 64 /* then other sources of the main context get their turn */
};

/* Whose cancellation ends which request. */
typedef struct
{
  ZabLoader      *loader; /* borrowed: requests end before the loader does */
  ZabLoadRequest *request;
} Link;

static void
link_free (gpointer data)
{
  Link *link = data;

  zab_load_request_unref (link->request);
  g_free (link);
}

/* Thread: any. */
static void
on_outer_cancelled (GCancellable *outer, gpointer data)
{
  Link           *link = data;
  ZabLoadRequest *request = link->request;

  g_cancellable_cancel (request->cancellable);
  if (zab_loader_withdraw (link->loader, request))
    zab_loader_post (link->loader, request,
                     zab_loader_event_new_cancelled (request->pad, request->id));
}

static void
follow_cancellable (ZabEngine *self, ZabLoadRequest *request, GCancellable *cancellable)
{
  Link *link;

  if (cancellable == NULL)
    return;
  link = g_new0 (Link, 1);
  link->loader = self->loader;
  link->request = zab_load_request_ref (request);
  request->outer = g_object_ref (cancellable);
  request->outer_handler
      = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled), link, link_free);
}

/* The request's last event is on its way. */
static void
end_request (ZabEngine *self, ZabLoadRequest *request)
{
  request->ended = TRUE;
  if (request->outer != NULL)
    g_cancellable_disconnect (request->outer, request->outer_handler);
  g_clear_object (&request->outer);
  if (self->pads[request->pad].request == request)
    g_clear_pointer (&self->pads[request->pad].request, zab_load_request_unref);
}

void
zab_engine_end_load (ZabEngine *self, guint slot)
{
  ZabLoadRequest *request = self->pads[slot].request;

  if (request == NULL)
    return;
  g_cancellable_cancel (request->cancellable);
  zab_loader_withdraw (self->loader, request);
  zab_loader_post (self->loader, request, zab_loader_event_new_cancelled (slot, request->id));
  end_request (self, request);
}

void
zab_engine_cancel_load (ZabEngine *self, guint pad)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  g_return_if_fail (pad < ZAB_N_PADS);
  zab_engine_end_load (self, pad);
}

void
zab_engine_cancel_all_loads (ZabEngine *self)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  for (guint i = 0; i < ZAB_N_SLOTS; i++)
    zab_engine_end_load (self, i);
}

static gboolean
check_arguments (ZabEngine *self, guint pad, GFile *file, GError **error)
{
  if (pad >= ZAB_N_PADS)
    g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_INVALID_ARGUMENT,
                 _ ("There is no pad %u: pads are 0 to %u"), pad, ZAB_N_PADS - 1);
  else if (!G_IS_FILE (file))
    g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_INVALID_ARGUMENT,
                 _ ("There is no file to load on pad %u"), pad);
  else if (self->is_shut_down)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The engine has been shut down"));
  else
    return TRUE;
  return FALSE;
}

void
zab_engine_start_load (ZabEngine *self, guint slot, GFile *file, GCancellable *cancellable,
                       GTask *task)
{
  g_autoptr (ZabLoadRequest) request = NULL;

  zab_engine_end_load (self, slot);
  request = zab_load_request_new (slot, ++self->last_request, file, self->converter);
  request->max_seconds = slot == ZAB_PREVIEW ? ZAB_AUDITION_SECONDS : 0;
  request->task = task;
  self->pads[slot].request = zab_load_request_ref (request);
  zab_loader_submit (self->loader, request);
  follow_cancellable (self, request, cancellable);
}

void
zab_engine_load_sample_async (ZabEngine *self, guint pad, GFile *file, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ZAB_IS_ENGINE (self));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, zab_engine_load_sample_async);
  if (!check_arguments (self, pad, file, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  zab_engine_start_load (self, pad, file, cancellable, g_steal_pointer (&task));
}

gboolean
zab_engine_load_sample_finish (ZabEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

guint64
zab_engine_get_request (ZabEngine *self, guint pad)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 0);
  g_return_val_if_fail (pad < ZAB_N_PADS, 0);
  return self->pads[pad].request != NULL ? self->pads[pad].request->id : 0;
}

void
zab_engine_set_visible_bank (ZabEngine *self, guint bank)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  g_return_if_fail (bank < ZAB_N_BANKS);
  zab_loader_set_visible_bank (self->loader, bank);
}

void
zab_engine_set_converter (ZabEngine *self, ZabConverter converter)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  self->converter = converter;
}

void
zab_engine_set_memory_limit (ZabEngine *self, guint64 limit)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  zab_sample_memory_set_limit (self->memory, limit);
}

guint64
zab_engine_get_memory_limit (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 0);
  return zab_sample_memory_get_limit (self->memory);
}

/* Whether what the pad has is @sample at another rate: the graph's has changed. */
static gboolean
is_same_sound (const EnginePad *pad, GFile *file, const ZabSample *sample)
{
  return pad->sample != NULL && pad->file != NULL && pad->sample->rate != sample->rate
         && g_file_equal (pad->file, file);
}

/* The loaded sample becomes the mixer's; or, where the ring is full, an Error. */
static ZabLoaderEvent *
hand_over (ZabEngine *self, ZabLoaderMessage *message)
{
  EnginePad       *pad = &self->pads[message->request->pad];
  const gboolean   same = is_same_sound (pad, message->request->file, message->sample);
  const ZabCommand command = { .type = same ? ZAB_COMMAND_REPLACE_SAMPLE : ZAB_COMMAND_LOAD_SAMPLE,
                               .pad = message->request->pad,
                               .sample = message->sample };
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  if (zab_engine_push (self, &command))
    {
      pad->sample = g_steal_pointer (&message->sample);
      g_set_object (&pad->file, message->request->file);
      pad->file_duration = message->event->success.file_duration;
      self->n_samples++;
      zab_engine_expect_retired (self);
      return g_steal_pointer (&message->event);
    }
  name = g_file_get_basename (message->request->file);
  g_set_error (&error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_QUEUE_FULL,
               _ ("“%s” is loaded, but the audio thread takes no more commands; try again"), name);
  return zab_loader_event_new_error (message->request->pad, message->request->id, error);
}

/* What a message means now: an event, or NULL where it is stale. */
static ZabLoaderEvent *
settle (ZabEngine *self, ZabLoaderMessage *message)
{
  ZabLoadRequest *request = message->request;

  /* Only the Cancelled that cancel_load () posted may follow. */
  if (request->ended)
    return message->event->type == ZAB_LOADER_EVENT_CANCELLED && request->task != NULL
               ? g_steal_pointer (&message->event)
               : NULL;
  if (!zab_loader_event_is_end (message->event))
    return g_steal_pointer (&message->event);
  if (message->sample != NULL && message->sample->rate != self->rate)
    {
      zab_loader_submit (self->loader, request);
      return NULL;
    }
  end_request (self, request);
  if (message->sample != NULL && g_cancellable_is_cancelled (request->cancellable))
    return zab_loader_event_new_cancelled (request->pad, request->id);
  return message->sample != NULL ? hand_over (self, message) : g_steal_pointer (&message->event);
}

static void
return_task (GTask *task, const ZabLoaderEvent *event)
{
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    g_task_return_boolean (task, TRUE);
  else if (event->type == ZAB_LOADER_EVENT_ERROR)
    g_task_return_error (task, g_error_copy (event->error));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The load was cancelled"));
}

/* The next event, and the task that it ends, if it ends one. */
static ZabLoaderEvent *
take_event (ZabEngine *self, GTask **task)
{
  while (self->loader != NULL)
    {
      g_autoptr (ZabLoaderMessage) message = zab_loader_poll (self->loader);
      ZabLoaderEvent *event;

      if (message == NULL)
        return NULL;
      event = settle (self, message);
      if (event != NULL && zab_loader_event_is_end (event))
        *task = g_steal_pointer (&message->request->task);
      if (event != NULL)
        return event;
    }
  return NULL;
}

ZabLoaderEvent *
zab_engine_poll_loader_event (ZabEngine *self)
{
  g_autoptr (GTask) task = NULL;
  ZabLoaderEvent *event;

  g_return_val_if_fail (ZAB_IS_ENGINE (self), NULL);
  if (self->mixer != NULL)
    zab_engine_collect_retired (self);
  event = take_event (self, &task);
  if (task != NULL)
    return_task (task, event);
  return event;
}

/* On the main context: tells everyone, then the caller whose request has ended. */
void
zab_engine_on_loader_notify (gpointer data)
{
  g_autoptr (ZabEngine) self = g_object_ref (ZAB_ENGINE (data));

  for (guint i = 0; i < EVENTS_A_DISPATCH; i++)
    {
      g_autoptr (GTask) task = NULL;
      g_autoptr (ZabLoaderEvent) event = take_event (self, &task);

      if (event == NULL)
        return;
      if (event->pad != ZAB_PREVIEW) /* an audition is its caller's affair alone */
        g_signal_emit (self, zab_engine_loader_event_signal, 0, event);
      if (task != NULL)
        return_task (task, event);
    }
  if (self->loader != NULL)
    zab_loader_schedule_notify (self->loader);
}

void
zab_engine_return_cancelled (ZabEngine *self)
{
  gboolean any = TRUE;

  while (any)
    {
      g_autoptr (GTask) task = NULL;
      g_autoptr (ZabLoaderEvent) event = take_event (self, &task);

      any = event != NULL;
      if (task != NULL)
        return_task (task, event);
    }
}
