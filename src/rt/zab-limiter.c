/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-limiter.h"

#include <math.h>
#include <string.h>

static const float    CEILING = 0.94406088f; /* -0.5 dB */
static const uint32_t ONE = 1u << 30;        /* gain 1 */
static const float    PI = 3.14159265f;

enum
{
  HALF = ZAB_LIMITER_TAPS / 2,
  RELEASE_SHIFT = 12 /* the gain rises to 1 by a 4096th of the way each frame */
};

/* A sinc under Hann's window, a quarter, a half and three quarters of the way between two frames.
 */
static void
fill_taps (float *taps, float part)
{
  float sum = 0.0f;

  for (int k = 0; k < ZAB_LIMITER_TAPS; k++)
    {
      const float x = (float)(k - HALF + 1) - part;

      taps[k] = sinf (PI * x) / (PI * x) * (0.5f + 0.5f * cosf (PI * x / (float)HALF));
      sum += taps[k];
    }
  for (int k = 0; k < ZAB_LIMITER_TAPS; k++)
    taps[k] /= sum;
}

static void
reset (ZabLimiter *self)
{
  self->n = 0;
  self->held = self->lowest = ONE;
  self->sum = (uint64_t)ONE * ZAB_LIMITER_SMOOTH;
  memset (self->in, 0, sizeof self->in);
  for (int i = 0; i < ZAB_LIMITER_RING; i++)
    self->wanted[i] = self->helds[i] = ONE;
}

ZAB_RT void
zab_limiter_init (ZabLimiter *self)
{
  zab_ramp_init (&self->wet, 0.0f);
  for (int i = 0; i < 3; i++)
    fill_taps (self->between[i], 0.25f * (float)(i + 1));
  reset (self);
}

static bool
is_on (const ZabLimiter *self, uint64_t now)
{
  return self->wet.target != 0.0f || !zab_ramp_is_settled (&self->wet, now);
}

ZAB_RT void
zab_limiter_switch (ZabLimiter *self, bool on, uint64_t now, uint32_t glide)
{
  if (!is_on (self, now))
    reset (self);
  zab_ramp_set (&self->wet, now, on ? 1.0f : 0.0f, glide);
}

static inline uint32_t
slot (uint64_t n)
{
  return (uint32_t)n % ZAB_LIMITER_RING;
}

/* The highest of frame @n and of what is between it and the next; HALF more have come. */
static float
peak_at (const ZabLimiter *self, uint64_t n)
{
  float highest = fmaxf (fabsf (self->in[slot (n)][0]), fabsf (self->in[slot (n)][1]));

  for (int i = 0; i < 3; i++)
    {
      float left = 0.0f;
      float right = 0.0f;

      for (uint32_t k = 0; k < ZAB_LIMITER_TAPS; k++)
        {
          const float *in = self->in[slot (n - HALF + 1 + k)];

          left += self->between[i][k] * in[0];
          right += self->between[i][k] * in[1];
        }
      highest = fmaxf (highest, fmaxf (fabsf (left), fabsf (right)));
    }
  return highest;
}

static uint32_t
gain_for (float peak)
{
  return peak > CEILING ? (uint32_t)((double)ONE * (double)CEILING / (double)peak) : ONE;
}

static uint32_t
lowest_around (const ZabLimiter *self, uint64_t n)
{
  uint32_t lowest = ONE;

  for (uint32_t i = 0; i < ZAB_LIMITER_HOLD; i++)
    if (self->wanted[slot (n - i)] < lowest)
      lowest = self->wanted[slot (n - i)];
  return lowest;
}

/* Takes a frame, and gives the one of DELAY frames ago with its gain: the mean of SMOOTH gains each
 * of which is low enough for it. */
static void
take_frame (ZabLimiter *self, const float *frame, float *out)
{
  const uint64_t n = self->n++ + ZAB_LIMITER_RING; /* never below 0 */
  const uint64_t seen = n - HALF;
  const uint64_t last = n - ZAB_LIMITER_DELAY;
  const uint32_t risen = self->held + ((ONE - self->held) >> RELEASE_SHIFT) + (self->held < ONE);
  uint32_t       lowest, gain;

  memcpy (self->in[slot (n)], frame, sizeof self->in[0]);
  self->wanted[slot (seen)] = gain_for (peak_at (self, seen));
  lowest = lowest_around (self, seen);
  self->held = lowest < risen ? lowest : risen;
  self->sum += self->held;
  self->sum -= self->helds[slot (seen - ZAB_LIMITER_SMOOTH)];
  self->helds[slot (seen)] = self->held;
  gain = (uint32_t)(self->sum / ZAB_LIMITER_SMOOTH);
  self->lowest = gain < self->lowest ? gain : self->lowest;
  for (int i = 0; i < 2; i++)
    out[i] = self->in[slot (last)][i] * ((float)gain / (float)ONE);
}

ZAB_RT void
zab_limiter_process (ZabLimiter *self, uint64_t now, float *frames, uint32_t n_frames)
{
  if (!is_on (self, now))
    return;
  for (uint32_t i = 0; i < n_frames; i++)
    {
      const float wet = zab_ramp_at (&self->wet, now + i);
      float       out[2];

      take_frame (self, frames + 2 * i, out);
      for (int k = 0; k < 2; k++)
        frames[2 * i + (uint32_t)k]
            = wet < 1.0f ? frames[2 * i + (uint32_t)k] * (1.0f - wet) + out[k] * wet : out[k];
    }
}

ZAB_RT float
zab_limiter_take_gain (ZabLimiter *self)
{
  const float gain = (float)self->lowest / (float)ONE;

  self->lowest = ONE;
  return gain;
}
