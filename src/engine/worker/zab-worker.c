/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-worker-private.h"

#include <poll.h>
#include <unistd.h>

#include "engine/worker/zab-wire.h"

const ZabWorkerPatience ZAB_WORKER_PATIENCE = {
  .start = 20 * G_USEC_PER_SEC,
  .step = 10 * G_USEC_PER_SEC,
  .step_of_mb = G_USEC_PER_SEC / 10,
  .cancel = 2 * G_USEC_PER_SEC,
  .work = G_USEC_PER_SEC / 20,
};

enum
{
  MAX_FALSE_STARTS = 3
};

gint64
zab_worker_patience_for (const ZabWorkerPatience *patience, guint64 n_bytes)
{
  return patience->step + (gint64)(n_bytes / 1000000) * patience->step_of_mb;
}

/* --- The process ----------------------------------------------------------------------------- */

static void
start (ZabWorker *self)
{
  g_autoptr (GError) error = NULL;

  self->ready = FALSE;
  self->n_loads = 0;
  if (zab_worker_process_start (&self->process, self->program, &error))
    return;
  self->n_false_starts = MAX_FALSE_STARTS;
  g_warning ("Files are loaded without a worker process: %s", error->message);
}

void
zab_worker_replace (ZabWorker *self)
{
  zab_worker_process_stop (&self->process);
  self->ready = FALSE;
  if (self->n_false_starts < MAX_FALSE_STARTS)
    start (self);
}

void
zab_worker_start_anew (ZabWorker *self)
{
  self->n_false_starts++;
  if (self->n_false_starts == MAX_FALSE_STARTS)
    g_warning ("Files are loaded without a worker process: %s does not start", self->program);
  zab_worker_replace (self);
}

ZabWorker *
zab_worker_new (const char *program, const ZabWorkerPatience *patience)
{
  ZabWorker *self = g_new0 (ZabWorker, 1);

  self->program = g_strdup (program);
  self->patience = *patience;
  start (self);
  return self;
}

void
zab_worker_free (ZabWorker *self)
{
  zab_worker_process_stop (&self->process);
  g_free (self->program);
  g_free (self);
}

gboolean
zab_worker_is_usable (ZabWorker *self)
{
  return self->n_false_starts < MAX_FALSE_STARTS;
}

int
zab_worker_get_pid (ZabWorker *self)
{
  return self->process.pid;
}

/* --- Waiting --------------------------------------------------------------------------------- */

ZabWorkerWake
zab_worker_wait_for_message (ZabWorker *self, int cancel_fd, gint64 deadline)
{
  struct pollfd fds[2]
      = { { .fd = self->process.socket, .events = POLLIN }, { .fd = cancel_fd, .events = POLLIN } };
  gint64 left;
  int    n;

  do
    {
      left = MAX (0, deadline - g_get_monotonic_time ());
      n = poll (fds, 2, (int)MIN (left / 1000 + 1, G_MAXINT));
    }
  while (n < 0);
  if (fds[1].revents != 0)
    return ZAB_WORKER_CANCELLED;
  return n > 0 ? ZAB_WORKER_MESSAGE : ZAB_WORKER_TOO_LATE;
}

/* TRUE: it said that it is ready, and it speaks our language. */
static gboolean
take_ready (ZabWorker *self)
{
  ZabWireMessage message;
  int            fd;

  if (zab_wire_receive (self->process.socket, &message, &fd, FALSE) != ZAB_WIRE_OK)
    return FALSE;
  if (fd >= 0)
    close (fd);
  if (message.type != ZAB_WIRE_READY || message.ready.version != ZAB_WIRE_VERSION)
    return FALSE;
  g_debug ("load worker %d is ready: Landlock %d, seccomp %u", self->process.pid,
           message.ready.landlock, message.ready.seccomp);
  self->ready = TRUE;
  return TRUE;
}

gboolean
zab_worker_wait_ready (ZabWorker *self, int cancel_fd)
{
  while (!self->ready && zab_worker_is_usable (self))
    {
      const gint64        deadline = g_get_monotonic_time () + self->patience.start;
      const ZabWorkerWake wake = zab_worker_wait_for_message (self, cancel_fd, deadline);

      if (wake == ZAB_WORKER_CANCELLED)
        return FALSE;
      if (wake == ZAB_WORKER_MESSAGE && take_ready (self))
        return TRUE;
      zab_worker_start_anew (self);
    }
  return self->ready;
}
