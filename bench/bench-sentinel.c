/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-sentinel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum
{
  PRIORITY = 95,
  PERIOD = 200 * 1000, /* ns */
  MAX_STALLS = 1 << 20
};

typedef struct
{
  uint64_t from; /* ns */
  uint64_t to;
} Stall;

typedef struct
{
  BenchSentinel      *sentinel;
  pthread_t           thread;
  int                 core;
  Stall              *stalls;
  BenchSentinelReport report;
} Watch;

struct _BenchSentinel
{
  uint64_t    shortest;
  atomic_bool stopping;
  int         n_watches;
  Watch      *watches;
};

static uint64_t
to_ns (const struct timespec *time)
{
  return (uint64_t)time->tv_sec * 1000000000u + (uint64_t)time->tv_nsec;
}

static void
add_stall (Watch *self, uint64_t from, uint64_t to)
{
  const uint64_t length = to - from;

  if (length > self->report.longest)
    self->report.longest = length;
  if (length < self->sentinel->shortest || self->report.n_stalls >= MAX_STALLS)
    return;
  self->stalls[self->report.n_stalls++] = (Stall){ from, to };
  self->report.stalled += length;
}

static void *
watch (void *data)
{
  Watch          *self = data;
  struct timespec next, now;

  clock_gettime (CLOCK_MONOTONIC, &next);
  while (!atomic_load (&self->sentinel->stopping))
    {
      const uint64_t due = to_ns (&next) + PERIOD;

      next = (struct timespec){ (time_t)(due / 1000000000u), (long)(due % 1000000000u) };
      clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
      clock_gettime (CLOCK_MONOTONIC, &now);
      add_stall (self, due, to_ns (&now));
      self->report.n_wakes++;
      if (to_ns (&now) > due + PERIOD)
        next = now;
    }
  return NULL;
}

static bool
start (Watch *self)
{
  const struct sched_param param = { .sched_priority = PRIORITY };
  pthread_attr_t           attributes;
  cpu_set_t                cores;
  int                      result;

  CPU_ZERO (&cores);
  CPU_SET ((size_t)self->core, &cores);
  pthread_attr_init (&attributes);
  pthread_attr_setinheritsched (&attributes, PTHREAD_EXPLICIT_SCHED);
  pthread_attr_setschedpolicy (&attributes, SCHED_FIFO);
  pthread_attr_setschedparam (&attributes, &param);
  pthread_attr_setaffinity_np (&attributes, sizeof cores, &cores);
  result = pthread_create (&self->thread, &attributes, watch, self);
  pthread_attr_destroy (&attributes);
  return result == 0;
}

BenchSentinel *
bench_sentinel_new (uint64_t shortest)
{
  BenchSentinel *self = calloc (1, sizeof *self);
  cpu_set_t      cores;

  self->shortest = shortest;
  sched_getaffinity (0, sizeof cores, &cores);
  self->watches = calloc ((size_t)CPU_COUNT (&cores), sizeof *self->watches);
  for (int core = 0; core < CPU_SETSIZE; core++)
    {
      Watch *watch = &self->watches[self->n_watches];

      if (!CPU_ISSET ((size_t)core, &cores))
        continue;
      *watch = (Watch){ .sentinel = self, .core = core };
      watch->stalls = calloc (MAX_STALLS, sizeof *watch->stalls);
      if (!start (watch))
        {
          free (watch->stalls);
          bench_sentinel_stop (self);
          bench_sentinel_free (self);
          return NULL;
        }
      self->n_watches++;
    }
  return self;
}

void
bench_sentinel_stop (BenchSentinel *self)
{
  atomic_store (&self->stopping, true);
  for (int i = 0; i < self->n_watches; i++)
    pthread_join (self->watches[i].thread, NULL);
}

void
bench_sentinel_free (BenchSentinel *self)
{
  for (int i = 0; i < self->n_watches; i++)
    free (self->watches[i].stalls);
  free (self->watches);
  free (self);
}

BenchSentinelReport
bench_sentinel_report (const BenchSentinel *self)
{
  BenchSentinelReport all = { 0 };

  for (int i = 0; i < self->n_watches; i++)
    {
      const BenchSentinelReport *one = &self->watches[i].report;

      all.n_wakes += one->n_wakes;
      all.n_stalls += one->n_stalls;
      all.stalled += one->stalled;
      all.longest = one->longest > all.longest ? one->longest : all.longest;
    }
  return all;
}

bool
bench_sentinel_stalled (const BenchSentinel *self, uint64_t from, uint64_t to)
{
  for (int i = 0; i < self->n_watches; i++)
    for (uint64_t k = 0; k < self->watches[i].report.n_stalls; k++)
      if (self->watches[i].stalls[k].from < to && self->watches[i].stalls[k].to > from)
        return true;
  return false;
}
