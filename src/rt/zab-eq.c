/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-eq.h"

#include <math.h>
#include <string.h>

static const float LOW_CROSSOVER = 250.0f;   /* Hz */
static const float HIGH_CROSSOVER = 2500.0f; /* Hz */
static const float DAMPING = 1.41421356f;    /* Butterworth's */
static const float PI = 3.14159265f;

static ZabEqCoefficients
coefficients (float frequency, uint32_t rate)
{
  const float angle = PI * frequency / (float)rate;
  const float g = sinf (angle) / cosf (angle);
  const float a1 = 1.0f / (1.0f + g * (g + DAMPING));

  return (ZabEqCoefficients){ a1, g * a1, g * g * a1 };
}

ZAB_RT void
zab_eq_bank_init (ZabEqBank *self, uint32_t rate)
{
  const float highest = 0.4f * (float)rate;

  self->low = coefficients (LOW_CROSSOVER, rate);
  self->high = coefficients (HIGH_CROSSOVER < highest ? HIGH_CROSSOVER : highest, rate);
}

ZAB_RT void
zab_eq_init (ZabEq *self)
{
  memset (self, 0, sizeof *self);
  for (uint32_t i = 0; i < ZAB_EQ_N_BANDS; i++)
    zab_ramp_init (&self->gains[i], 1.0f);
}

ZAB_RT void
zab_eq_set_gain (ZabEq *self, uint32_t band, uint64_t now, float gain, uint32_t glide)
{
  float wet = 0.0f;

  zab_ramp_set (&self->gains[band], now, gain, glide);
  for (uint32_t i = 0; i < ZAB_EQ_N_BANDS; i++)
    if (self->gains[i].target != 1.0f)
      wet = 1.0f;
  if (!zab_eq_is_on (self, now))
    zab_eq_reset (self);
  if (self->wet.target != wet)
    zab_ramp_set (&self->wet, now, wet, 2 * glide);
}

ZAB_RT bool
zab_eq_is_on (const ZabEq *self, uint64_t now)
{
  return self->wet.target != 0.0f || !zab_ramp_is_settled (&self->wet, now);
}

ZAB_RT void
zab_eq_reset (ZabEq *self)
{
  memset (self->states, 0, sizeof self->states);
}

typedef struct
{
  ZabEqPair low, band, high;
} Bands;

/* A frame through a section. */
static inline Bands
split (ZabEqState *state, const ZabEqCoefficients *c, ZabEqPair in)
{
  const ZabEqPair v3 = in - state->two;
  const ZabEqPair v1 = c->a1 * state->one + c->a2 * v3;
  const ZabEqPair v2 = state->two + c->a2 * state->one + c->a3 * v3;

  state->one = v1 + v1 - state->one;
  state->two = v2 + v2 - state->two;
  return (Bands){ v2, v1, in - DAMPING * v1 - v2 };
}

/* A frame through a crossover of the fourth order: each half through its section twice. */
static inline void
cross (ZabEqState *states, const ZabEqCoefficients *c, ZabEqPair in, ZabEqPair *low,
       ZabEqPair *high)
{
  const Bands first = split (&states[0], c, in);

  *low = split (&states[1], c, first.low).low;
  *high = split (&states[2], c, first.high).high;
}

/* What a crossover's two outputs are together. */
static inline ZabEqPair
allpass (ZabEqState *state, const ZabEqCoefficients *c, ZabEqPair in)
{
  return in - 2.0f * DAMPING * split (state, c, in).band;
}

ZAB_RT void
zab_eq_process (ZabEq *self, const ZabEqBank *bank, uint64_t now, float *frames, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      const float wet = zab_ramp_at (&self->wet, now + i);
      ZabEqPair   in, low, mid, high, out;

      memcpy (&in, frames + 2 * i, sizeof in);
      cross (&self->states[0], &bank->low, in, &low, &high);
      low = allpass (&self->states[3], &bank->high, low);
      cross (&self->states[4], &bank->high, high, &mid, &high);
      out = low * zab_ramp_at (&self->gains[ZAB_EQ_LOW], now + i)
            + mid * zab_ramp_at (&self->gains[ZAB_EQ_MID], now + i)
            + high * zab_ramp_at (&self->gains[ZAB_EQ_HIGH], now + i);
      out = in + (out - in) * wet;
      memcpy (frames + 2 * i, &out, sizeof out);
    }
}
