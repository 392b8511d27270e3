/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/**
 * ZabDeadlineReading:
 * @busy: ns that were spent on sound
 * @time: ns that the sound lasts
 * @quantum: frames of the last cycle; 0: there was none yet
 * @rate: Hz of the last cycle
 * @missed: cycles whose sound came after their end
 *
 * How long the sound of the cycles took, against the time that there was for it: sums since the
 * start, so that the difference of two readings gives the load between them.
 */
typedef struct
{
  uint64_t busy;
  uint64_t time;
  uint32_t quantum;
  uint32_t rate;
  uint32_t missed;
} ZabDeadlineReading;
