/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-sinc.h"

#include <math.h>
#include <string.h>

static const double PI = 3.14159265358979323846;
static const double QUARTER_OCTAVE = 1.18920711500272107;

/* Half of the taps at speed 1; the window's beta; the cutoff as a part of the band. What is passed
 * ends so far below the band's end as what is stopped begins above it, at 1.1: what folds back
 * from there ends up above 0.9. */
static const struct
{
  uint32_t half;
  double   beta;
  double   cutoff;
} qualities[ZAB_SINC_N_QUALITIES] = {
  [ZAB_SINC_NORMAL] = { 16, 9.6, 0.905 },
  [ZAB_SINC_HIGH] = { 32, 12.0, 0.98 },
};

/* Modified Bessel function of the first kind, order 0, of the root of 4 @square. */
static double
bessel (double square)
{
  double term = 1.0;
  double sum = 1.0;

  for (int k = 1; fabs (term) > sum * 1e-18; k++)
    {
      term *= square / ((double)k * k);
      sum += term;
    }
  return sum;
}

/* At @u frames from the middle, of the kernel for speed 1; beyond its end, as it would go on. */
static double
kernel (double u, double half, double beta, double cutoff)
{
  const double x = u / half;
  const double angle = PI * cutoff * u;

  return (u > 0.0 ? sin (angle) / angle : 1.0) * bessel (beta * beta * (1.0 - x * x) / 4.0);
}

/* The prototype at @u frames from the middle: four of its points, and the cubic through them. */
static double
interpolate (const ZabSinc *self, double u, double half)
{
  const double  at = fabs (u) * ZAB_SINC_PHASES;
  const int     i = (int)at;
  const double  t = at - i;
  const double *p = self->prototype;
  const double  before = p[i > 0 ? i - 1 : 1];

  if (fabs (u) >= half)
    return 0.0;
  return p[i]
         + t
               * ((p[i + 1] - before / 3.0 - p[i] / 2.0 - p[i + 2] / 6.0)
                  + t
                        * ((before + p[i + 1]) / 2.0 - p[i]
                           + t * ((p[i] - p[i + 1]) / 2.0 + (p[i + 2] - before) / 6.0)));
}

/* Each row passes what does not change as it is. */
static void
fill_row (const ZabSinc *self, float *row, uint32_t taps, double part, double speed, double half)
{
  double sum = 0.0;

  for (uint32_t k = 0; k < taps; k++)
    {
      const double value = interpolate (self, ((double)k - taps / 2 + 1 - part) / speed, half);

      row[k] = (float)value;
      sum += value;
    }
  for (uint32_t k = 0; k < taps; k++)
    row[k] *= (float)(1.0 / sum);
}

/* The kernel is even: the row of what lies that far before the next frame, from back to front. */
static void
mirror_row (float *row, const float *other, uint32_t taps)
{
  for (uint32_t k = 0; k < taps; k++)
    row[k] = other[taps - 1 - k];
}

void
zab_sinc_init (ZabSinc *self, ZabSincQuality quality)
{
  const uint32_t half = qualities[quality].half;
  double         speed = 1.0;
  uint32_t       first = 0;

  for (uint32_t i = 0; i < half * ZAB_SINC_PHASES + 4; i++)
    self->prototype[i] = kernel ((double)i / ZAB_SINC_PHASES, half, qualities[quality].beta,
                                 qualities[quality].cutoff);
  for (uint32_t bank = 0; bank < ZAB_SINC_BANKS; bank++, speed *= QUARTER_OCTAVE)
    {
      const uint32_t taps = ((uint32_t)(2 * half * speed - 1e-6) / 4 + 1) * 4;

      self->taps[bank] = taps;
      self->first[bank] = first;
      self->speed[bank] = (uint64_t)(speed * 4294967296.0 + 0.5);
      for (uint32_t phase = 0; phase <= ZAB_SINC_PHASES / 2; phase++)
        {
          float *row = self->rows + first + phase * taps;

          fill_row (self, row, taps, (double)phase / ZAB_SINC_PHASES, speed, half);
          mirror_row (self->rows + first + (ZAB_SINC_PHASES - phase) * taps, row, taps);
        }
      first += (ZAB_SINC_PHASES + 1) * taps;
    }
}

ZAB_RT uint32_t
zab_sinc_bank (const ZabSinc *self, uint64_t speed)
{
  uint32_t bank = 0;

  while (bank < ZAB_SINC_BANKS - 1 && speed > self->speed[bank])
    bank++;
  return bank;
}

/* Four lanes; compilers make the machine's own of it. */
typedef float V4 __attribute__ ((vector_size (16)));

static inline V4
load (const float *in)
{
  V4 value;

  memcpy (&value, in, sizeof value);
  return value;
}

static inline float
sum (V4 value)
{
  return (value[0] + value[1]) + (value[2] + value[3]);
}

typedef struct
{
  const float *row;
  const float *next;
  V4           part;
  uint32_t     taps;
} Rows;

static inline Rows
find_rows (const ZabSinc *self, uint32_t bank, uint32_t part)
{
  const uint32_t taps = self->taps[bank];
  const uint32_t phase = part / (UINT32_MAX / ZAB_SINC_PHASES + 1);
  const float    between = (float)(part % (UINT32_MAX / ZAB_SINC_PHASES + 1)) / 8388608.0f;
  const float   *row = self->rows + self->first[bank] + phase * taps;

  return (Rows){ row, row + taps, { between, between, between, between }, taps };
}

ZAB_RT void
zab_sinc_read (const ZabSinc *self, uint32_t bank, uint32_t part, const float *left,
               const float *right, float *out_left, float *out_right)
{
  const Rows rows = find_rows (self, bank, part);
  V4         sum_left = { 0 };
  V4         sum_right = { 0 };

  for (uint32_t k = 0; k < rows.taps; k += 4)
    {
      const V4 row = load (rows.row + k);
      const V4 taps = row + (load (rows.next + k) - row) * rows.part;

      sum_left += taps * load (left + k);
      sum_right += taps * load (right + k);
    }
  *out_left = sum (sum_left);
  *out_right = sum (sum_right);
}

ZAB_RT float
zab_sinc_read_mono (const ZabSinc *self, uint32_t bank, uint32_t part, const float *in)
{
  const Rows rows = find_rows (self, bank, part);
  V4         total = { 0 };

  for (uint32_t k = 0; k < rows.taps; k += 4)
    {
      const V4 row = load (rows.row + k);

      total += (row + (load (rows.next + k) - row) * rows.part) * load (in + k);
    }
  return sum (total);
}
