/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>
#include <stdint.h>

#include <glib.h>

/* The few parts that every sound here is built of. All state is the caller's, all is exact to the
 * bit from run to run on one machine. */

/* White noise in -1..1: Marsaglia's xorshift32. The state is never 0. */
typedef uint32_t ZabNoise;

static inline ZabNoise
zab_noise_seed (size_t number)
{
  return (uint32_t)number * 2654435761u | 1u;
}

static inline double
zab_noise (ZabNoise *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return *state / 2147483648.0 - 1;
}

/* A sawtooth whose step is rounded with a polynomial (PolyBLEP: Välimäki and Huovilainen,
 * "Antialiasing oscillators in subtractive synthesis", 2007). @phase is in 0..1. */
static inline double
zab_poly_blep (double phase, double step)
{
  if (phase < step)
    {
      phase /= step;
      return phase + phase - phase * phase - 1;
    }
  if (phase > 1 - step)
    {
      phase = (phase - 1) / step;
      return phase * phase + phase + phase + 1;
    }
  return 0;
}

static inline double
zab_saw (double *phase, double step)
{
  double value = 2 * *phase - 1 - zab_poly_blep (*phase, step);

  *phase += step;
  *phase -= floor (*phase);
  return value;
}

/* Two sawtooths half a period (or @width) apart. */
static inline double
zab_pulse (double *phase, double step, double width)
{
  double other = *phase + width - floor (*phase + width);
  double value
      = 2 * *phase - 2 * other - zab_poly_blep (*phase, step) + zab_poly_blep (other, step);

  *phase += step;
  *phase -= floor (*phase);
  return value;
}

static inline double
zab_sine (double *phase, double step)
{
  double value = sin (2 * G_PI * *phase);

  *phase += step;
  *phase -= floor (*phase);
  return value;
}

/* A state variable filter with trapezoidal integrators (Zavalishin, "The Art of VA Filter
 * Design"): stable while its cutoff moves. */
typedef struct
{
  double band;
  double low;
} ZabFilterState;

typedef struct
{
  double low;
  double band; /* 1 at the cutoff */
  double high;
} ZabFilterOutput;

static inline ZabFilterOutput
zab_filter (ZabFilterState *state, double in, double cutoff, double q, double rate)
{
  double g = tan (G_PI * MIN (cutoff, 0.45 * rate) / rate);
  double k = 1 / q;
  double band = (state->band + g * (in - state->low)) / (1 + g * (g + k));
  double low = state->low + g * band;

  state->band = 2 * band - state->band;
  state->low = 2 * low - state->low;
  return (ZabFilterOutput){ low, k * band, in - k * band - low };
}

/* Rises linearly for @attack, then halves every @half_life. Seconds. */
static inline double
zab_strike (double t, double attack, double half_life)
{
  return t < attack ? t / attack : exp2 (-(t - attack) / half_life);
}

/* Rises smoothly for @attack, holds until @length, falls smoothly for @release. Seconds. */
static inline double
zab_swell (double t, double attack, double length, double release)
{
  double rise = t < attack ? 0.5 - 0.5 * cos (G_PI * t / attack) : 1;

  if (t < length)
    return rise;
  if (t > length + release)
    return 0;
  return rise * (0.5 + 0.5 * cos (G_PI * (t - length) / release));
}

/* The frequency of a note numbered as in MIDI (69 is A4, 440 Hz). */
static inline double
zab_note (double number)
{
  return 440 * exp2 ((number - 69) / 12);
}
