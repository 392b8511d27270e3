/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-load-worker.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/decode/zab-gst-preload.h"
#include "engine/decode/zab-gst.h"
#include "engine/load/zab-load-error.h"
#include "engine/load/zab-load-progress.h"
#include "engine/worker/zab-sandbox.h"
#include "engine/worker/zab-wire.h"

typedef struct
{
  ZabLoadBody body;
  GMutex      lock; /* over all below */
  GCond       changed;
  gboolean    loading; /* from LOAD to SUCCESS or ERROR */
  gboolean    taken;   /* by the loading thread */
  guint32     load;    /* the current one's number */
  guint       n_granted;

  /* Set by the listening thread, used by the loading one once it has been told. */
  ZabWireMessage request;
  int            fd;
  GCancellable  *cancellable;

  /* Thread: loading. */
  guint           n_asked;
  ZabLoadProgress progress;
} Worker;

/* Whoever can't be talked to has nothing to wait for. */
static void
send_or_exit (const ZabWireMessage *message, int fd)
{
  if (zab_wire_send (ZAB_LOAD_WORKER_SOCKET, message, fd, TRUE) != ZAB_WIRE_OK)
    _exit (EXIT_FAILURE);
}

/* --- The loading thread ---------------------------------------------------------------------- */

static void
on_progress (ZabLoadStage stage, double fraction, gpointer user_data)
{
  Worker        *self = user_data;
  ZabWireMessage message;

  if (!zab_load_progress_step (&self->progress, &fraction, g_get_monotonic_time ()))
    return;
  zab_wire_message_init (&message, ZAB_WIRE_PROGRESS, self->load, NULL);
  message.progress.stage = stage;
  message.progress.fraction = fraction;
  send_or_exit (&message, -1);
}

/* ZabSampleMemoryAsk: the budget is the program's. */
static gboolean
ask_for_memory (guint64 n_bytes, gpointer user_data, GError **error)
{
  Worker        *self = user_data;
  ZabWireMessage message;
  gboolean       granted;

  zab_wire_message_init (&message, ZAB_WIRE_RESERVE, self->load, NULL);
  message.n_bytes = n_bytes;
  send_or_exit (&message, -1);
  self->n_asked++;
  g_mutex_lock (&self->lock);
  while (self->n_granted < self->n_asked && !g_cancellable_is_cancelled (self->cancellable))
    g_cond_wait (&self->changed, &self->lock);
  granted = self->n_granted >= self->n_asked;
  g_mutex_unlock (&self->lock);
  return granted || !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static void
answer (Worker *self, const ZabWireMessage *message, int fd)
{
  g_mutex_lock (&self->lock);
  self->loading = FALSE;
  g_mutex_unlock (&self->lock);
  send_or_exit (message, fd);
}

static void
answer_error (Worker *self, const GError *error)
{
  ZabWireMessage message;

  zab_wire_message_init (&message, ZAB_WIRE_ERROR, self->load, error->message);
  message.error_code
      = error->domain == ZAB_LOAD_ERROR ? (guint32)error->code : (guint32)ZAB_LOAD_ERROR_FAILED;
  answer (self, &message, -1);
}

static void
answer_success (Worker *self, ZabSampleBuffer *buffer, const ZabLoaderSuccess *success)
{
  g_autoptr (GError) error = NULL;
  const int      fd = zab_sample_buffer_seal (buffer, &error);
  ZabWireMessage message;

  if (fd < 0)
    {
      zab_load_name_the_file (&error, self->request.text);
      answer_error (self, error);
      return;
    }
  zab_wire_message_init (&message, ZAB_WIRE_SUCCESS, self->load, success->warning);
  message.success.n_frames = zab_sample_buffer_get_n_frames (buffer);
  message.success.channels = zab_sample_buffer_get_channels (buffer);
  message.success.source_rate = success->rate;
  answer (self, &message, fd);
}

static void
load (Worker *self)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new_asking (ask_for_memory, self);
  g_autoptr (ZabSampleBuffer) buffer = NULL;
  g_autoptr (GError) error = NULL;
  const ZabLoadSpec spec = {
    .rate = self->request.request.rate,
    .converter = (ZabConverter)self->request.request.converter,
    .memory = memory,
  };
  ZabLoaderSuccess success = { 0 };

  self->n_asked = 0;
  self->progress = (ZabLoadProgress){ 0 };
  buffer = self->body (self->fd, self->request.text, &spec, TRUE, on_progress, self,
                       self->cancellable, &success, &error);
  close (self->fd);
  if (buffer != NULL)
    answer_success (self, buffer, &success);
  else
    answer_error (self, error);
  g_free (success.warning);
}

static gpointer
load_thread (gpointer data)
{
  Worker *self = data;

  while (TRUE)
    {
      g_mutex_lock (&self->lock);
      while (!self->loading || self->taken)
        g_cond_wait (&self->changed, &self->lock);
      self->taken = TRUE;
      g_mutex_unlock (&self->lock);
      load (self);
    }
  return NULL;
}

/* --- The listening thread -------------------------------------------------------------------- */

/* FALSE: that can't be, the program is not the one we know. */
static gboolean
take_message (Worker *self, const ZabWireMessage *message, int fd)
{
  if (message->type == ZAB_WIRE_LOAD)
    {
      if (self->loading || fd < 0)
        return FALSE;
      g_set_object (&self->cancellable, NULL);
      self->cancellable = g_cancellable_new ();
      self->request = *message;
      self->fd = fd;
      self->load = message->load;
      self->n_granted = 0;
      self->loading = TRUE;
      self->taken = FALSE;
      return TRUE;
    }
  if (self->load != message->load)
    return FALSE;
  if (message->type == ZAB_WIRE_CANCEL)
    g_cancellable_cancel (self->cancellable);
  else if (message->type == ZAB_WIRE_GRANT)
    self->n_granted++;
  else
    return FALSE;
  return TRUE;
}

G_NORETURN static void
listen (Worker *self)
{
  while (TRUE)
    {
      ZabWireMessage message;
      gboolean       ok;
      int            fd;

      if (zab_wire_receive (ZAB_LOAD_WORKER_SOCKET, &message, &fd, TRUE) != ZAB_WIRE_OK)
        _exit (EXIT_SUCCESS);
      g_mutex_lock (&self->lock);
      ok = take_message (self, &message, fd);
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->lock);
      if (!ok)
        _exit (EXIT_FAILURE);
    }
}

/* --- Getting ready --------------------------------------------------------------------------- */

/* What is opened by path must be open before the sandbox closes: plug-ins with their libraries, and
 * the translations of what may have to be said. */
static void
open_everything (void)
{
  g_autoptr (GError) error = NULL;

  if (!zab_gst_init (&error))
    g_warning ("GStreamer does not start: %s", error->message);
  else
    zab_gst_preload ();
  g_debug ("translations of this language: %s, %s", _ ("The load was cancelled"), g_strerror (EIO));
}

void
zab_load_worker_run (ZabLoadBody body)
{
  Worker        *self = g_new0 (Worker, 1); /* for good */
  ZabSandbox     sandbox;
  ZabWireMessage ready;

  syscall (SYS_close_range, ZAB_LOAD_WORKER_SOCKET + 1, ~0U, 0);
  fcntl (ZAB_LOAD_WORKER_SOCKET, F_SETFD, FD_CLOEXEC);
  zab_sandbox_lower_priority ();
  open_everything ();
  sandbox = zab_sandbox_enter ();
  self->body = body;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_thread_unref (g_thread_new ("load", load_thread, self));
  zab_wire_message_init (&ready, ZAB_WIRE_READY, 0, NULL);
  ready.ready.version = ZAB_WIRE_VERSION;
  ready.ready.landlock = sandbox.landlock;
  ready.ready.seccomp = sandbox.seccomp != FALSE;
  send_or_exit (&ready, -1);
  listen (self);
}
