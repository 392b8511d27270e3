/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Watches the program's own PipeWire callback from outside: linked with --wrap for the first and
 * the last of the functions that it calls. */

/* What is wrong with the callback, on purpose, so that the measurement has something to find. */
typedef enum
{
  BENCH_CONTROL_NONE,
  BENCH_CONTROL_SPIN,     /* works for 3.5 ms, every 50th time */
  BENCH_CONTROL_LOAD,     /* loads a file, every 50th time */
  BENCH_CONTROL_ORDINARY, /* in a thread that has no realtime class */
} BenchControl;

/* A deadline that was missed. */
typedef struct
{
  uint64_t from;    /* ns, CLOCK_MONOTONIC: when the cycle began, as the graph's clock has it */
  uint64_t to;      /* when the callback was done */
  uint64_t busy;    /* of that, from its first to its last step */
  uint64_t working; /* of that, processor time of the thread */
  uint32_t skipped; /* cycles that the clock had gone on by without a callback */
} BenchMiss;

enum
{
  BENCH_MAX_MISSES = 1 << 16
};

typedef struct
{
  uint64_t n_callbacks;
  uint64_t n_frames; /* of the last one */
  uint64_t skipped;  /* cycles */
  uint64_t busy;     /* ns, all together; of those that were not missed, ... */
  uint64_t longest;  /* ... the longest */
  uint64_t latest;   /* ns from a cycle's beginning to the callback's, at most, likewise */
  uint64_t n_misses;
} BenchCallbackReport;

/* Thread: main. Counts begin and end. LOAD calls @load. */
void bench_callback_start (BenchControl control, void (*load) (void *data), void *data);
BenchCallbackReport bench_callback_stop (const BenchMiss **misses);
