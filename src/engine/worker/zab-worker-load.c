/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-worker-private.h"

#include <glib/gi18n-lib.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "engine/worker/zab-wire.h"
#include "engine/zab-sample-parts.h"

/* Less than this is no progress: a load takes a bounded time even if it creeps. */
static const double MIN_STEP = 1.0 / 1024;

static const double MAX_TEMPO = 1000; /* beats a minute: what is more can't be true */

/* How often the work of a cancelled load is measured, µs. */
static const gint64 CANCEL_INTERVAL = G_USEC_PER_SEC / 100;

/* One load under way. */
typedef struct
{
  ZabWorker          *worker;
  const ZabLoadSpec  *spec;
  const char         *name;
  ZabLoadProgressFunc progress;
  gpointer            user_data;
  GCancellable       *cancellable;
  int                 cancel_fd; /* can be read when it is cancelled; or -1 */
  guint32             number;
  double              fraction; /* that counted as progress */
  gint64              step;     /* µs without progress that it may take */
  gint64              deadline; /* monotonic µs */
  gboolean            cancelled;
  gint64            last_work; /* µs of the process: when it has worked so much, it did not hear */
  guint64           reserved;  /* bytes of the budget */
  ZabSampleParts   *parts;     /* what came of the sample */
  GError           *error;     /* why the worker was told to stop */
  ZabSample        *sample;
  ZabLoaderSuccess *success;
} Load;

typedef enum
{
  GO_ON,
  DONE,   /* the worker may go on with another file */
  BROKEN, /* it may not */
} Verdict;

/* --- What a worker says ---------------------------------------------------------------------- */

/* What a load ends with that was told to stop is known already. */
static Verdict
break_off (Load *self, ZabLoadError code, const char *message)
{
  if (self->cancelled)
    return BROKEN;
  g_set_error (&self->error, ZAB_LOAD_ERROR, (int)code,
               /* Translators: the first is a file, the second says why */
               _ ("“%s” can’t be loaded: %s"), self->name, message);
  return BROKEN;
}

static Verdict
lied (Load *self)
{
  return break_off (self, ZAB_LOAD_ERROR_FAILED, _ ("the decoder’s answer can’t be true"));
}

static void
rearm (Load *self)
{
  self->deadline = g_get_monotonic_time () + self->step;
}

static gboolean
tell (Load *self, ZabWireType type)
{
  ZabWireMessage message;

  zab_wire_message_init (&message, type, self->number, NULL);
  return zab_wire_send (self->worker->process.socket, &message, -1, FALSE) == ZAB_WIRE_OK;
}

static void
cancel (Load *self)
{
  self->cancelled = TRUE;
  self->deadline = g_get_monotonic_time () + self->worker->patience.cancel;
  self->last_work
      = zab_worker_process_get_work (&self->worker->process) + self->worker->patience.work;
  tell (self, ZAB_WIRE_CANCEL);
}

static Verdict
on_progress (Load *self, const ZabWireMessage *message)
{
  const double fraction = message->progress.fraction;

  if (message->progress.stage > ZAB_LOAD_STAGE_RESAMPLING || !(fraction <= 1.0))
    return lied (self);
  if (self->cancelled)
    return GO_ON;
  if (fraction >= self->fraction + MIN_STEP)
    {
      self->fraction = fraction;
      rearm (self);
    }
  self->progress ((ZabLoadStage)message->progress.stage, fraction < 0 ? -1.0 : fraction,
                  self->user_data);
  return GO_ON;
}

/* The budget is asked before the worker allocates. */
static Verdict
on_reserve (Load *self, const ZabWireMessage *message)
{
  if (self->cancelled)
    return GO_ON;
  if (!zab_sample_memory_take (self->spec->memory, message->n_bytes, &self->error))
    {
      zab_load_name_the_file (&self->error, self->name);
      cancel (self);
      return GO_ON;
    }
  self->reserved += message->n_bytes;
  return tell (self, ZAB_WIRE_GRANT) ? GO_ON : lied (self);
}

/* What was not asked for while it was loaded is asked for now. */
static gboolean
take_credit (Load *self, guint64 size)
{
  const guint64 credit = size > self->reserved ? size - self->reserved : 0;

  if (!zab_sample_memory_take (self->spec->memory, credit, &self->error))
    {
      zab_load_name_the_file (&self->error, self->name);
      return FALSE;
    }
  self->reserved += credit;
  return TRUE;
}

/* No part is mapped that was not asked for. */
static Verdict
on_part (Load *self, int fd)
{
  if (self->cancelled)
    return GO_ON;
  if (zab_sample_parts_get_size (self->parts) + ZAB_SAMPLE_PART > self->reserved + ZAB_WIRE_CREDIT
      || !zab_sample_parts_add (self->parts, fd, ZAB_SAMPLE_PART))
    return lied (self);
  return GO_ON;
}

/* The last part, and the only one of most. NULL: it can't be true. */
static ZabSample *
take_sample (Load *self, int fd, guint64 size, guint64 n_frames, guint channels)
{
  const guint64 before = zab_sample_parts_get_size (self->parts);

  if (size <= before || !zab_sample_parts_add (self->parts, fd, size - before))
    return NULL;
  return zab_sample_parts_finish (g_steal_pointer (&self->parts), self->spec->memory, n_frames,
                                  channels, self->spec->rate);
}

static Verdict
on_success (Load *self, const ZabWireMessage *message, int fd)
{
  const guint32 channels = message->success.channels;
  const guint64 n_frames = message->success.n_frames;
  guint64       size;

  if (self->cancelled)
    return DONE;
  if (fd < 0 || channels < 1 || channels > 2 || n_frames == 0
      || !(message->success.file_duration >= 0)
      || message->success.file_duration > ZAB_LOAD_MAX_DURATION
      || !(message->success.tempo >= 0 && message->success.tempo <= MAX_TEMPO))
    return lied (self);
  size = zab_sample_get_size (n_frames, channels);
  if (size == 0 || size > self->reserved + ZAB_WIRE_CREDIT)
    return lied (self);
  if (!take_credit (self, size))
    return DONE;
  self->sample = take_sample (self, fd, size, n_frames, channels);
  if (self->sample == NULL)
    return lied (self);
  self->reserved -= size; /* the sample's now */
  *self->success = (ZabLoaderSuccess){
    .n_frames = n_frames,
    .duration = (double)n_frames / self->spec->rate,
    .file_duration = message->success.file_duration,
    .tempo = message->success.tempo,
    .channels = channels,
    .rate = message->success.source_rate,
    .warning = message->text[0] != '\0' ? g_strdup (message->text) : NULL,
  };
  self->progress (ZAB_LOAD_STAGE_RESAMPLING, 1.0, self->user_data);
  return DONE;
}

static Verdict
on_error (Load *self, const ZabWireMessage *message)
{
  if (self->cancelled)
    return DONE;
  if (message->error_code > ZAB_LOAD_ERROR_QUEUE_FULL || message->text[0] == '\0')
    return lied (self);
  g_set_error_literal (&self->error, ZAB_LOAD_ERROR, (int)message->error_code, message->text);
  return DONE;
}

static Verdict
on_message (Load *self, const ZabWireMessage *message, int fd)
{
  if (message->load != self->number)
    return lied (self);
  switch ((ZabWireType)message->type)
    {
    case ZAB_WIRE_PROGRESS:
      return on_progress (self, message);
    case ZAB_WIRE_RESERVE:
      return on_reserve (self, message);
    case ZAB_WIRE_PART:
      return on_part (self, fd);
    case ZAB_WIRE_SUCCESS:
      return on_success (self, message, fd);
    case ZAB_WIRE_ERROR:
      return on_error (self, message);
    case ZAB_WIRE_LOAD:
    case ZAB_WIRE_CANCEL:
    case ZAB_WIRE_GRANT:
    case ZAB_WIRE_READY:
    case ZAB_WIRE_N_TYPES:
      return lied (self);
    }
  g_assert_not_reached ();
}

static Verdict
receive (Load *self)
{
  ZabWireMessage      message;
  int                 fd;
  const ZabWireResult result
      = zab_wire_receive (self->worker->process.socket, &message, &fd, FALSE);
  Verdict verdict;

  if (result == ZAB_WIRE_NOTHING)
    return GO_ON;
  if (result == ZAB_WIRE_INVALID)
    return lied (self);
  if (result == ZAB_WIRE_CLOSED)
    return break_off (self, ZAB_LOAD_ERROR_DAMAGED, _ ("the decoder crashed on it"));
  verdict = on_message (self, &message, fd);
  if (fd >= 0)
    close (fd);
  return verdict;
}

/* --- A load ---------------------------------------------------------------------------------- */

static guint64
get_size (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode) ? (guint64)info.st_size : 0;
}

/* FALSE: the worker died while it had nothing to do, or says what nobody has asked. */
static gboolean
send_file (Load *self, int fd)
{
  struct pollfd  said = { .fd = self->worker->process.socket, .events = POLLIN };
  ZabWireMessage message;

  if (poll (&said, 1, 0) != 0)
    return FALSE;
  zab_wire_message_init (&message, ZAB_WIRE_LOAD, self->number, self->name);
  message.request.rate = self->spec->rate;
  message.request.converter = self->spec->converter;
  message.request.max_seconds = self->spec->max_seconds;
  message.request.alone = self->spec->alone != FALSE;
  return zab_wire_send (self->worker->process.socket, &message, fd, FALSE) == ZAB_WIRE_OK;
}

static gboolean
is_too_late (Load *self)
{
  return g_get_monotonic_time () >= self->deadline
         || (self->cancelled
             && zab_worker_process_get_work (&self->worker->process) > self->last_work);
}

/* A cancelled load's work is measured now and then. */
static ZabWorkerWake
wait (Load *self)
{
  gint64 deadline = self->deadline;

  if (self->cancelled)
    deadline = MIN (deadline, g_get_monotonic_time () + CANCEL_INTERVAL);
  return zab_worker_wait_for_message (self->worker, self->cancelled ? -1 : self->cancel_fd,
                                      deadline);
}

static Verdict
step (Load *self)
{
  const ZabWorkerWake wake = wait (self);
  Verdict             verdict = GO_ON;

  if (wake == ZAB_WORKER_CANCELLED)
    cancel (self);
  else if (wake == ZAB_WORKER_MESSAGE)
    verdict = receive (self);
  if (verdict == GO_ON && is_too_late (self))
    return break_off (self, ZAB_LOAD_ERROR_TIMED_OUT, _ ("the decoder has stopped answering"));
  return verdict;
}

static void
run (Load *self)
{
  Verdict verdict = GO_ON;

  rearm (self);
  self->progress (ZAB_LOAD_STAGE_READING, 0.0, self->user_data);
  while (verdict == GO_ON)
    verdict = step (self);
  self->worker->n_false_starts = 0;
  if (verdict == BROKEN)
    zab_worker_replace (self->worker);
}

/* FALSE as zab_worker_wait_ready (). */
static gboolean
begin (Load *self, int fd)
{
  ZabWorker *worker = self->worker;

  while (zab_worker_wait_ready (worker, self->cancel_fd))
    {
      self->number = ++worker->n_loads;
      if (send_file (self, fd))
        return TRUE;
      zab_worker_start_anew (worker);
    }
  return FALSE;
}

/* The sample; NULL and an error; NULL alone: there is no worker to be had. A load that was
 * cancelled gives none, however far it had come. */
static ZabSample *
finish (Load *self, GError **error)
{
  g_autoptr (ZabSample) sample = g_steal_pointer (&self->sample);

  g_clear_pointer (&self->parts, zab_sample_parts_free);
  zab_sample_memory_give_back (self->spec->memory, self->reserved);
  if (self->error != NULL)
    g_propagate_error (error, self->error);
  else if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return g_steal_pointer (&sample);
  return NULL;
}

ZabSample *
zab_worker_load_file (ZabWorker *self, const ZabLoadSpec *spec, ZabLoadProgressFunc progress,
                      gpointer user_data, GCancellable *cancellable, ZabLoaderSuccess *success,
                      GError **error)
{
  g_autofree char *name = zab_load_dup_name (spec->file);
  GPollFD          cancel = { .fd = -1 };
  Load             load = { .worker = self,
                            .spec = spec,
                            .name = name,
                            .progress = progress,
                            .user_data = user_data,
                            .cancellable = cancellable,
                            .success = success };
  const int        fd = zab_load_open (spec->file, error);
  gboolean         watched;

  if (fd < 0)
    return NULL;
  watched = cancellable != NULL && g_cancellable_make_pollfd (cancellable, &cancel);
  load.cancel_fd = cancel.fd;
  load.step = zab_worker_patience_for (&self->patience, get_size (fd));
  load.parts = zab_sample_parts_new ();
  if (begin (&load, fd))
    run (&load);
  if (watched)
    g_cancellable_release_fd (cancellable);
  close (fd);
  return finish (&load, error);
}
