/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-load-worker.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "engine/decode/zab-gst-preload.h"
#include "engine/decode/zab-gst.h"
#include "engine/decode/zab-helper.h"
#include "engine/decode/zab-push-chain.h"
#include "engine/load/zab-load-error.h"
#include "engine/load/zab-load-progress.h"
#include "engine/worker/zab-sandbox.h"
#include "engine/worker/zab-wire.h"

/* One load, of the thread that listened when it was asked for. */
typedef struct
{
  struct Worker  *worker;
  ZabWireMessage  request;
  int             fd;
  GCancellable   *cancellable;
  ZabLoadProgress progress;
  guint64         n_taken; /* bytes of the credit */
  guint           n_asked;
  guint           n_granted; /* with the worker's lock */
} Load;

typedef struct Worker
{
  ZabLoadBody body;
  GMutex      ear;  /* whoever holds it listens */
  GMutex      lock; /* over all below */
  GCond       changed;
  Load       *current; /* from LOAD to SUCCESS or ERROR */
  guint32     number;  /* the last load's */
} Worker;

/* Whoever can't be talked to has nothing to wait for. */
static void
send_or_exit (const ZabWireMessage *message, int fd)
{
  if (zab_wire_send (ZAB_LOAD_WORKER_SOCKET, message, fd, TRUE) != ZAB_WIRE_OK)
    _exit (EXIT_FAILURE);
}

/* --- Loading --------------------------------------------------------------------------------- */

/* How it begins and ends the program knows by itself. */
static void
on_progress (ZabLoadStage stage, double fraction, gpointer user_data)
{
  Load          *self = user_data;
  ZabWireMessage message;

  if (fraction >= 1.0
      || !zab_load_progress_step (&self->progress, &fraction, g_get_monotonic_time ()))
    return;
  zab_wire_message_init (&message, ZAB_WIRE_PROGRESS, self->request.load, NULL);
  message.progress.stage = stage;
  message.progress.fraction = fraction;
  send_or_exit (&message, -1);
}

/* ZabSamplePartFunc. */
static void
hand_over (int fd, gpointer user_data)
{
  Load          *self = user_data;
  ZabWireMessage message;

  zab_wire_message_init (&message, ZAB_WIRE_PART, self->request.load, NULL);
  send_or_exit (&message, fd);
}

static gboolean
wait_for_grant (Load *self)
{
  Worker  *worker = self->worker;
  gboolean granted;

  g_mutex_lock (&worker->lock);
  while (self->n_granted < self->n_asked && !g_cancellable_is_cancelled (self->cancellable))
    g_cond_wait (&worker->changed, &worker->lock);
  granted = self->n_granted >= self->n_asked;
  g_mutex_unlock (&worker->lock);
  return granted;
}

/* ZabSampleMemoryAsk: the budget is the program's. */
static gboolean
ask_for_memory (guint64 n_bytes, gpointer user_data, GError **error)
{
  Load          *self = user_data;
  ZabWireMessage message;

  if (n_bytes <= ZAB_WIRE_CREDIT - self->n_taken)
    {
      self->n_taken += n_bytes;
      return TRUE;
    }
  zab_wire_message_init (&message, ZAB_WIRE_RESERVE, self->request.load, NULL);
  message.n_bytes = n_bytes;
  send_or_exit (&message, -1);
  self->n_asked++;
  return wait_for_grant (self) || !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* The next file may come at once: the other thread loads it while this one clears up. */
static void
answer (Load *self, const ZabWireMessage *message, int fd)
{
  g_mutex_lock (&self->worker->lock);
  self->worker->current = NULL;
  g_mutex_unlock (&self->worker->lock);
  send_or_exit (message, fd);
}

static void
answer_error (Load *self, const GError *error)
{
  ZabWireMessage message;

  zab_wire_message_init (&message, ZAB_WIRE_ERROR, self->request.load, error->message);
  message.error_code
      = error->domain == ZAB_LOAD_ERROR ? (guint32)error->code : (guint32)ZAB_LOAD_ERROR_FAILED;
  answer (self, &message, -1);
}

static void
answer_success (Load *self, ZabSampleBuffer *buffer, const ZabLoaderSuccess *success)
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
  zab_wire_message_init (&message, ZAB_WIRE_SUCCESS, self->request.load, success->warning);
  message.success.n_frames = zab_sample_buffer_get_n_frames (buffer);
  message.success.file_duration = success->file_duration;
  message.success.tempo = success->tempo;
  message.success.channels = zab_sample_buffer_get_channels (buffer);
  message.success.source_rate = success->rate;
  answer (self, &message, fd);
}

static void
load (Load *self)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new_asking (ask_for_memory, self);
  g_autoptr (ZabSampleBuffer) buffer = NULL;
  g_autoptr (GError) error = NULL;
  const ZabLoadSpec spec = {
    .rate = self->request.request.rate,
    .converter = (ZabConverter)self->request.request.converter,
    .max_seconds = self->request.request.max_seconds,
    .alone = self->request.request.alone != FALSE,
    .memory = memory,
  };
  ZabLoaderSuccess success = { 0 };

  self->progress.at = g_get_monotonic_time ();
  buffer = self->worker->body (self->fd, self->request.text, &spec, hand_over, on_progress, self,
                               self->cancellable, &success, &error);
  if (buffer != NULL)
    answer_success (self, buffer, &success);
  else
    answer_error (self, error);
  close (self->fd);
  g_object_unref (self->cancellable);
  g_free (success.warning);
  zab_push_chain_clean_idle ();
}

/* --- Listening ------------------------------------------------------------------------------- */

/* With the lock held. FALSE: that can't be, the program is not the one we know. */
static gboolean
take_file (Worker *self, Load *load)
{
  if (self->current != NULL || load->fd < 0)
    return FALSE;
  load->worker = self;
  load->cancellable = g_cancellable_new ();
  self->number = load->request.load;
  self->current = load;
  return TRUE;
}

/* The same. */
static gboolean
take_word (Worker *self, const ZabWireMessage *message)
{
  if (self->number != message->load
      || (message->type != ZAB_WIRE_CANCEL && message->type != ZAB_WIRE_GRANT))
    return FALSE;
  if (self->current == NULL)
    return TRUE; /* it came too late */
  if (message->type == ZAB_WIRE_CANCEL)
    g_cancellable_cancel (self->current->cancellable);
  else
    self->current->n_granted++;
  g_cond_signal (&self->changed);
  return TRUE;
}

/* Until there is a file to load. */
static void
listen (Worker *self, Load *load)
{
  gboolean is_file;
  gboolean ok;

  do
    {
      if (zab_wire_receive (ZAB_LOAD_WORKER_SOCKET, &load->request, &load->fd, TRUE) != ZAB_WIRE_OK)
        _exit (EXIT_SUCCESS);
      is_file = load->request.type == ZAB_WIRE_LOAD;
      g_mutex_lock (&self->lock);
      ok = is_file ? take_file (self, load) : take_word (self, &load->request);
      g_mutex_unlock (&self->lock);
      if (!ok)
        _exit (EXIT_FAILURE);
    }
  while (!is_file);
}

/* Both threads: who hears of a file loads it and lets the other listen, so that no file waits for a
 * thread to wake up. */
static gpointer
serve (gpointer data)
{
  Worker *self = data;

  while (TRUE)
    {
      Load file = { 0 };

      g_mutex_lock (&self->ear);
      listen (self, &file);
      g_mutex_unlock (&self->ear);
      load (&file);
    }
  return NULL;
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

/* What a load gives back the next one needs: to return it to the kernel and to fault it in again is
 * a fifth of what a short load asks of the kernel. And codecs ask for many small pieces that are
 * aligned, and leave the rests of them: those are joined at once, not all together at each block of
 * frames. */
static void
keep_memory (void)
{
#ifdef __GLIBC__
  /* NOLINTBEGIN(concurrency-mt-unsafe): there is one thread */
  mallopt (M_TRIM_THRESHOLD, 16 << 20);
  mallopt (M_MMAP_THRESHOLD, 1 << 20);
  mallopt (M_MXFAST, 0);
  /* NOLINTEND(concurrency-mt-unsafe) */
#endif
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
  keep_memory ();
  open_everything ();
  sandbox = zab_sandbox_enter (zab_helper_start);
  self->body = body;
  g_mutex_init (&self->ear);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  zab_wire_message_init (&ready, ZAB_WIRE_READY, 0, NULL);
  ready.ready.version = ZAB_WIRE_VERSION;
  ready.ready.landlock = sandbox.landlock;
  ready.ready.seccomp = sandbox.seccomp != FALSE;
  send_or_exit (&ready, -1);
  g_thread_unref (g_thread_new ("load", serve, self));
  serve (self);
  g_assert_not_reached ();
}
