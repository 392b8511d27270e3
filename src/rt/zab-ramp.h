/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "rt/zab-rt.h"

/* A value that moves to its target in a straight line, so that no change of it is heard as a step.
 * Each frame's value follows from a counter alone: the same whatever the block sizes are. */
typedef struct
{
  float    from;
  float    target;
  uint32_t left;   /* frames until the target is reached */
  uint32_t length; /* frames of the whole way */
} ZabRamp;

static inline void
zab_ramp_init (ZabRamp *self, float value)
{
  *self = (ZabRamp){ .from = value, .target = value };
}

/* The value @offset frames from now. */
ZAB_RT static inline float
zab_ramp_at (const ZabRamp *self, uint32_t offset)
{
  if (offset >= self->left)
    return self->target;
  return self->target
         + (self->from - self->target) * (float)(self->left - offset) / (float)self->length;
}

ZAB_RT static inline void
zab_ramp_advance (ZabRamp *self, uint32_t n_frames)
{
  self->left -= n_frames < self->left ? n_frames : self->left;
}

ZAB_RT static inline void
zab_ramp_set (ZabRamp *self, float target, uint32_t length)
{
  self->from = zab_ramp_at (self, 0);
  self->target = target;
  self->length = length;
  self->left = length;
}
