/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-meter.h"

#include <math.h>
#include <string.h>

/* Two frames: left, right, left, right. */
typedef float   V4 __attribute__ ((vector_size (16)));
typedef int32_t I4 __attribute__ ((vector_size (16)));

static float
to_float (uint32_t bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static uint32_t
to_bits (float value)
{
  uint32_t bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

void
zab_meter_read (ZabMeter *self, ZabMeterReading *reading)
{
  for (int i = 0; i < 2; i++)
    {
      reading->peak[i]
          = to_float (atomic_exchange_explicit (&self->highest[i], 0, memory_order_relaxed));
      reading->rms[i] = to_float (atomic_load_explicit (&self->rms[i], memory_order_relaxed));
    }
  reading->n_clipped = atomic_load_explicit (&self->n_clipped, memory_order_relaxed);
}

/* Without their sign, floats are in the order of their bits. */
static inline I4
higher (I4 a, I4 b)
{
  const I4 is_higher = a > b;

  return (a & is_higher) | (b & ~is_higher);
}

static void
count_clipped (ZabMeter *self, const float *frames, uint32_t n_frames)
{
  uint64_t n = atomic_load_explicit (&self->n_clipped, memory_order_relaxed);

  for (uint32_t i = 0; i < 2 * n_frames; i++)
    n += fabsf (frames[i]) > 1.0f;
  atomic_store_explicit (&self->n_clipped, n, memory_order_relaxed);
}

ZAB_RT void
zab_meter_add (ZabMeter *self, const float *frames, uint32_t n_frames)
{
  const I4 magnitude = { 0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff };
  I4       peak = { 0 };
  V4       sum = { 0 };

  for (uint32_t i = 0; i < n_frames; i += 2)
    {
      V4 value = { 0 };
      I4 bits;

      memcpy (&value, frames + 2 * i, i + 1 < n_frames ? sizeof value : sizeof value / 2);
      memcpy (&bits, &value, sizeof bits);
      peak = higher (bits & magnitude, peak);
      sum += value * value;
    }
  for (int i = 0; i < 2; i++)
    {
      const float highest = fmaxf (to_float ((uint32_t)peak[i]), to_float ((uint32_t)peak[i + 2]));

      self->peak[i] = fmaxf (self->peak[i], highest);
      self->sum[i] += sum[i] + sum[i + 2];
    }
  if (self->peak[0] > 1.0f || self->peak[1] > 1.0f)
    count_clipped (self, frames, n_frames);
}

/* A peak that the reader takes at this very moment may be told twice, and none is lost but to a
 * higher one. */
ZAB_RT void
zab_meter_publish (ZabMeter *self, bool silent)
{
  for (int i = 0; i < 2; i++)
    {
      const float    rms = silent ? 0.0f : sqrtf (self->sum[i] / ZAB_METER_WINDOW);
      const uint32_t before = atomic_load_explicit (&self->highest[i], memory_order_relaxed);

      atomic_store_explicit (&self->rms[i], to_bits (rms), memory_order_relaxed);
      if (to_float (before) < self->peak[i])
        atomic_store_explicit (&self->highest[i], to_bits (self->peak[i]), memory_order_relaxed);
      self->peak[i] = self->sum[i] = 0.0f;
    }
}
