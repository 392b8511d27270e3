/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-rt.h"

/* A value that moves to its target in a straight line, so that no change of it is heard as a step.
 * Each frame's value follows from the mixer's clock alone: the same whatever the block sizes are,
 * and nothing to be done for the ramps of pads that are silent.
 *
 * In single precision, each operation rounded: speeds add up to places, and two who work them out
 * come to the same ones only if they round alike. */
typedef struct
{
  float    from;
  float    target;
  uint32_t length; /* frames of the whole way */
  uint64_t end;    /* the frame that has the target */
} ZabRamp;

static inline void
zab_ramp_init (ZabRamp *self, float value)
{
  *self = (ZabRamp){ .from = value, .target = value };
}

ZAB_RT static inline bool
zab_ramp_is_settled (const ZabRamp *self, uint64_t time)
{
  return time >= self->end;
}

/* The value at frame @time, which is not before that of the last set (). */
ZAB_RT static inline float
zab_ramp_at (const ZabRamp *self, uint64_t time)
{
  if (time >= self->end)
    return self->target;
  return self->target
         + (self->from - self->target) * (float)(self->end - time) / (float)self->length;
}

ZAB_RT static inline void
zab_ramp_set (ZabRamp *self, uint64_t time, float target, uint32_t length)
{
  self->from = zab_ramp_at (self, time);
  self->target = target;
  self->length = length;
  self->end = time + length;
}
