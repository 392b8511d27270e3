/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "rt/zab-deadline-reading.h"
#include "rt/zab-rt.h"

/* How long the sound of each cycle took, against the time that there was for it. All times are
 * nanoseconds of one monotonic clock. One thread adds, any may read; nobody waits. */
typedef struct
{
  _Atomic uint64_t busy;    /* ns spent on sound */
  _Atomic uint64_t time;    /* ns that the sound lasts */
  _Atomic uint32_t quantum; /* frames of the last cycle; 0: there was none yet */
  _Atomic uint32_t rate;    /* Hz of the last cycle */
  _Atomic uint32_t missed;  /* cycles whose sound came after their end */
} ZabDeadline;

/* A cycle of @n_frames at @rate that was due from @cycle on (0: not known), on which the callback
 * worked from @begin to @end. Thread: RT. */
void zab_deadline_add (ZabDeadline *self, uint64_t cycle, uint64_t begin, uint64_t end,
                       uint32_t n_frames, uint32_t rate);

/* Thread: any. */
void zab_deadline_read (ZabDeadline *self, ZabDeadlineReading *reading);
