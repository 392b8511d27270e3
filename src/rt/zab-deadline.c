/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-deadline.h"

#include <stdatomic.h>

/* One thread writes: reading back what it wrote needs no order. */
#define ADD(counter, n)                                                                            \
  atomic_store_explicit (&(counter),                                                               \
                         atomic_load_explicit (&(counter), memory_order_relaxed) + (n),            \
                         memory_order_relaxed)

void
zab_deadline_add (ZabDeadline *self, uint64_t cycle, uint64_t begin, uint64_t end,
                  uint32_t n_frames, uint32_t rate)
{
  uint64_t length;

  if (rate == 0 || n_frames == 0 || end < begin)
    return;
  length = (uint64_t)n_frames * 1000000000U / rate;
  ADD (self->busy, end - begin);
  ADD (self->time, length);
  atomic_store_explicit (&self->quantum, n_frames, memory_order_relaxed);
  atomic_store_explicit (&self->rate, rate, memory_order_relaxed);
  if (cycle != 0 && end > cycle + length)
    ADD (self->missed, 1);
}

void
zab_deadline_read (ZabDeadline *self, ZabDeadlineReading *reading)
{
  *reading = (ZabDeadlineReading){
    .busy = atomic_load_explicit (&self->busy, memory_order_relaxed),
    .time = atomic_load_explicit (&self->time, memory_order_relaxed),
    .quantum = atomic_load_explicit (&self->quantum, memory_order_relaxed),
    .rate = atomic_load_explicit (&self->rate, memory_order_relaxed),
    .missed = atomic_load_explicit (&self->missed, memory_order_relaxed),
  };
}
