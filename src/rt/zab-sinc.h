/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "rt/zab-rt.h"
#include "rt/zab-sinc-quality.h"

/* A windowed sinc to read a sample between its frames: for each of 512 phases a row of taps, and
 * between two phases a straight line. For speeds above 1 there are banks, a quarter of an octave
 * apart, whose rows are longer and whose cutoff is lower by that speed, so that nothing folds back.
 * After J. O. Smith, "Digital Audio Resampling", and J. F. Kaiser's window.
 *
 * A frame that lies d frames from the place that is read, |d| < h s, counts by
 *
 *   sin (pi c x) / (pi c x)  I0 (b sqrt (1 - (x / h)^2)),  x = d / s,
 *
 * divided by the sum of all that count: what does not change passes as it is. h, c and b are 16,
 * 0.905 and 9.6, or 32, 0.98 and 12 for the high quality; s is the speed of the bank, the first
 * that is not below the step of the frame. That holds for places on a 512th of a frame. */

enum
{
  ZAB_SINC_PHASES = 512,
  ZAB_SINC_BANKS = 9,      /* speeds 1, 2^(1/4), ... 4 */
  ZAB_SINC_MAX_TAPS = 256, /* of the longest row */
  ZAB_SINC_ALL_TAPS = 1300 /* of a row of each bank, at most */
};

typedef struct
{
  uint32_t taps[ZAB_SINC_BANKS];
  uint32_t first[ZAB_SINC_BANKS]; /* of the bank's rows */
  uint64_t speed[ZAB_SINC_BANKS]; /* up to which the bank is for, 2^32 is 1 */
  double   prototype[ZAB_SINC_PHASES * 32 + 8];
  float    rows[(ZAB_SINC_PHASES + 1) * ZAB_SINC_ALL_TAPS];
} ZabSinc;

/* Thread: main; milliseconds. */
void zab_sinc_init (ZabSinc *self, ZabSincQuality quality);

/* Thread: RT. The bank for a speed; 2^32 is 1. */
ZAB_RT uint32_t zab_sinc_bank (const ZabSinc *self, uint64_t speed);

/* Thread: RT. What is @part of the way (2^32: all) after @left[taps / 2 - 1], of @taps frames. */
ZAB_RT void  zab_sinc_read (const ZabSinc *self, uint32_t bank, uint32_t part, const float *left,
                            const float *right, float *out_left, float *out_right);
ZAB_RT float zab_sinc_read_mono (const ZabSinc *self, uint32_t bank, uint32_t part,
                                 const float *in);
