/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-ramp.h"
#include "rt/zab-rt.h"

/* A three-band isolator: crossovers after Linkwitz and Riley, 24 dB an octave, at 250 Hz and
 * 2.5 kHz; the low band is brought in phase with the others by an allpass. A gain of 0 kills a
 * band. While all three are 1 it does nothing at all, to the bit; it fades in and out between
 * that and the filters' phase, over two glides, and begins with empty filters.
 *
 * The lower crossover comes first: what is above it goes on to the upper one, what is below it
 * through an allpass at the upper one's frequency. Either side of a crossover is Butterworth's
 * filter of the second order twice, by the bilinear transform. */

enum
{
  ZAB_EQ_LOW,
  ZAB_EQ_MID,
  ZAB_EQ_HIGH,
  ZAB_EQ_N_BANDS
};

/* A second-order section: two poles of Butterworth's low-pass, from which high-pass and band-pass
 * come for free (A. Simper, "Solving the continuous SVF equations using trapezoidal integration").
 */
typedef struct
{
  float a1, a2, a3;
} ZabEqCoefficients;

/* Left and right side by side in each. */
typedef float ZabEqPair __attribute__ ((vector_size (8)));

typedef struct
{
  ZabEqPair one, two;
} ZabEqState;

enum
{
  ZAB_EQ_N_SECTIONS = 7
};

typedef struct
{
  ZabEqCoefficients low;  /* crossover from low to mid */
  ZabEqCoefficients high; /* from mid to high */
} ZabEqBank;

typedef struct
{
  ZabRamp    gains[ZAB_EQ_N_BANDS];
  ZabRamp    wet; /* 0: nothing; 1: filters only */
  ZabEqState states[ZAB_EQ_N_SECTIONS];
} ZabEq;

/* Thread: RT, every function. */

/* For sound of @rate Hz. */
ZAB_RT void zab_eq_bank_init (ZabEqBank *self, uint32_t rate);

ZAB_RT void zab_eq_init (ZabEq *self);
ZAB_RT void zab_eq_set_gain (ZabEq *self, uint32_t band, uint64_t now, float gain, uint32_t glide);

/* Whether it does anything at frame @now or later. */
ZAB_RT bool zab_eq_is_on (const ZabEq *self, uint64_t now);

/* Filters @n_frames interleaved stereo frames, the first of which is frame @now. */
ZAB_RT void zab_eq_process (ZabEq *self, const ZabEqBank *bank, uint64_t now, float *frames,
                            uint32_t n_frames);

/* What rang has died away. */
ZAB_RT void zab_eq_reset (ZabEq *self);
