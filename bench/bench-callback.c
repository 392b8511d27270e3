/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-callback.h"

#include <pipewire/pipewire.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

enum
{
  SPIN = 3500 * 1000, /* ns */
  EVERY = 50          /* callbacks that a control acts in */
};

/* Written by the callback's thread while it runs. */
static struct
{
  atomic_bool  runs;
  atomic_bool  inside;
  BenchControl control;
  void (*load) (void *data);
  void               *data;
  struct spa_hook     hook;
  struct spa_io_clock clock;    /* in this cycle */
  uint64_t            expected; /* its position in this cycle; 0: any */
  uint64_t            began;
  uint64_t            working;
  BenchCallbackReport report;
  BenchMiss           misses[BENCH_MAX_MISSES];
} self;

static _Atomic (struct spa_io_position *) position; /* the graph's */

void              __real_pw_stream_add_listener (struct pw_stream *stream, struct spa_hook *hook,
                                                 const struct pw_stream_events *events, void *data);
void              __wrap_pw_stream_add_listener (struct pw_stream *stream, struct spa_hook *hook,
                                                 const struct pw_stream_events *events, void *data);
struct pw_buffer *__real_pw_stream_dequeue_buffer (struct pw_stream *stream);
struct pw_buffer *__wrap_pw_stream_dequeue_buffer (struct pw_stream *stream);
int __real_pw_stream_queue_buffer (struct pw_stream *stream, struct pw_buffer *buffer);
int __wrap_pw_stream_queue_buffer (struct pw_stream *stream, struct pw_buffer *buffer);

static uint64_t
now (clockid_t id)
{
  struct timespec time;

  clock_gettime (id, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void
spin (void)
{
  const uint64_t end = now (CLOCK_MONOTONIC) + SPIN;

  while (now (CLOCK_MONOTONIC) < end)
    ;
}

static void
misbehave (void)
{
  if (self.report.n_callbacks % EVERY != 0)
    return;
  switch (self.control)
    {
    case BENCH_CONTROL_SPIN:
      spin ();
      break;
    case BENCH_CONTROL_LOAD:
      self.load (self.data);
      break;
    case BENCH_CONTROL_ORDINARY:
      if (self.report.n_callbacks == 0)
        sched_setscheduler (0, SCHED_IDLE, &(struct sched_param){ 0 });
      break;
    case BENCH_CONTROL_NONE:
      break;
    }
}

static void
add_times (const BenchMiss *miss)
{
  BenchCallbackReport *report = &self.report;

  report->longest = SPA_MAX (report->longest, miss->busy);
  if (self.began > self.clock.nsec)
    report->latest = SPA_MAX (report->latest, self.began - self.clock.nsec);
}

/* The graph's clock goes on by a cycle at a time. A callback that begins after its own cycle has
 * the next one's clock, and so has the next callback. */
static void
finish_callback (void)
{
  const struct spa_io_clock *clock = &self.clock;
  const uint64_t             ended = now (CLOCK_MONOTONIC);
  const bool                 jumped = self.expected > 0 && clock->position > self.expected;
  const uint64_t  skipped = jumped ? (clock->position - self.expected) / clock->duration : 0;
  const BenchMiss miss = { .from = clock->nsec - skipped * (clock->next_nsec - clock->nsec),
                           .to = ended,
                           .busy = ended - self.began,
                           .working = now (CLOCK_THREAD_CPUTIME_ID) - self.working,
                           .skipped = (uint32_t)skipped };

  self.expected = clock->position + clock->duration;
  self.report.n_callbacks++;
  self.report.n_frames = clock->duration;
  self.report.busy += miss.busy;
  self.report.skipped += skipped;
  if (ended <= clock->next_nsec && skipped == 0)
    add_times (&miss);
  else
    self.misses[self.report.n_misses++ % BENCH_MAX_MISSES] = miss;
}

static void
on_io_changed (void *data, uint32_t id, void *area, uint32_t size)
{
  if (id == SPA_IO_Position)
    atomic_store (&position, area);
}

void
__wrap_pw_stream_add_listener (struct pw_stream *stream, struct spa_hook *hook,
                               const struct pw_stream_events *events, void *data)
{
  static const struct pw_stream_events more
      = { PW_VERSION_STREAM_EVENTS, .io_changed = on_io_changed };

  __real_pw_stream_add_listener (stream, hook, events, data);
  __real_pw_stream_add_listener (stream, &self.hook, &more, NULL);
}

/* Thread: RT. */
struct pw_buffer *
__wrap_pw_stream_dequeue_buffer (struct pw_stream *stream)
{
  const struct spa_io_position *graph = atomic_load (&position);

  atomic_store (&self.inside, true);
  if (atomic_load (&self.runs) && graph != NULL)
    {
      self.clock = graph->clock;
      self.began = now (CLOCK_MONOTONIC);
      self.working = now (CLOCK_THREAD_CPUTIME_ID);
    }
  return __real_pw_stream_dequeue_buffer (stream);
}

/* Thread: RT. */
int
__wrap_pw_stream_queue_buffer (struct pw_stream *stream, struct pw_buffer *buffer)
{
  const bool runs = atomic_load (&self.runs) && self.began > 0;
  int        result;

  if (runs)
    misbehave ();
  result = __real_pw_stream_queue_buffer (stream, buffer);
  if (runs)
    finish_callback ();
  atomic_store (&self.inside, false);
  return result;
}

void
bench_callback_start (BenchControl control, void (*load) (void *data), void *data)
{
  self.control = control;
  self.load = load;
  self.data = data;
  self.expected = 0;
  self.began = 0;
  self.report = (BenchCallbackReport){ 0 };
  atomic_store (&self.runs, true);
}

BenchCallbackReport
bench_callback_stop (const BenchMiss **misses)
{
  atomic_store (&self.runs, false);
  while (atomic_load (&self.inside))
    usleep (1000);
  *misses = self.misses;
  return self.report;
}
