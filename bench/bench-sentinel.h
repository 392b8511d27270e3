/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A thread on each core that does nothing but wake up five thousand times a second, before every
 * other thread (SCHED_FIFO, 95). When it comes late, the machine stood still, whatever else ran
 * there: nobody who has a deadline in that time can be blamed for missing it. */
typedef struct _BenchSentinel BenchSentinel;

typedef struct
{
  uint64_t n_wakes;
  uint64_t n_stalls; /* of at least the length that was asked for */
  uint64_t stalled;  /* ns, all together */
  uint64_t longest;  /* ns */
} BenchSentinelReport;

/* Stalls shorter than @shortest ns are forgotten. NULL: this user may not have realtime threads.
 * Thread: main. */
BenchSentinel *bench_sentinel_new (uint64_t shortest);
void           bench_sentinel_free (BenchSentinel *self);

/* Of all cores; and whether one of them stood still at a time between @from and @to
 * (CLOCK_MONOTONIC, ns). Thread: main, after stop (). */
void                bench_sentinel_stop (BenchSentinel *self);
BenchSentinelReport bench_sentinel_report (const BenchSentinel *self);
bool                bench_sentinel_stalled (const BenchSentinel *self, uint64_t from, uint64_t to);
