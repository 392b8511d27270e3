/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-ramp.h"
#include "rt/zab-rt.h"

/* Keeps the true peak, the one between the samples, below -0.5 dB. It looks ahead: sound is delayed
 * by 64 frames while it is on, so that the gain has gone down along a line when a peak comes. What
 * stays below goes through to the bit. Gains are whole numbers, so that no rounding adds up.
 *
 * True peaks as ITU-R BS.1770-4, annex 2, looks for them: at four times as many samples. Those
 * between frames n and n + 1 come from frames n - 5 to n + 6, by a sinc under Hann's window,
 * divided by its sum; the peak of n is the highest of its own and of these three, of both sides.
 *
 *   wanted (n)  the gain that brings the peak of n down to the ceiling; 1 where it is below
 *   held (n)    the lowest wanted of frames n - 60 to n, but no more than held (n - 1) and a 4096th
 *               of what that lacks to 1, rounded down, and 2^-30
 *   gain (n)    the mean of held (n + 11) to held (n + 58), rounded down
 *
 * All of it counts from silence and gain 1 when it is switched on. Gains are multiples of 2^-30. */

enum
{
  ZAB_LIMITER_DELAY = 64,  /* frames from in to out */
  ZAB_LIMITER_TAPS = 12,   /* of the interpolation between two frames */
  ZAB_LIMITER_SMOOTH = 48, /* frames in which the gain goes down */
  ZAB_LIMITER_HOLD = 61,   /* frames around a peak that have its gain */
  ZAB_LIMITER_RING = 128,
};

typedef struct
{
  ZabRamp  wet;    /* 0: off, sound is not delayed */
  uint64_t n;      /* frames that have come since it was switched on */
  uint32_t held;   /* the gain that rises slowly; 2^30 is 1 */
  uint64_t sum;    /* of the last SMOOTH of these */
  uint32_t lowest; /* gain since it was asked for */
  float    between[3][ZAB_LIMITER_TAPS];
  float    in[ZAB_LIMITER_RING][2];
  uint32_t wanted[ZAB_LIMITER_RING]; /* gains that bring frames down to the ceiling */
  uint32_t helds[ZAB_LIMITER_RING];
} ZabLimiter;

/* Thread: RT, every function. */

ZAB_RT void zab_limiter_init (ZabLimiter *self);

/* Sound fades from undelayed to delayed or back over @glide frames. */
ZAB_RT void zab_limiter_switch (ZabLimiter *self, bool on, uint64_t now, uint32_t glide);

/* @frames: @n_frames interleaved stereo frames, the first of which is frame @now. */
ZAB_RT void zab_limiter_process (ZabLimiter *self, uint64_t now, float *frames, uint32_t n_frames);

/* The lowest gain, 1 or less, since the last call. */
ZAB_RT float zab_limiter_take_gain (ZabLimiter *self);
