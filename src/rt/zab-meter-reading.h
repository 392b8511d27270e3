/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/**
 * ZabMeterReading:
 * @peak: the highest since the last time that anyone asked; left, right
 * @rms: of the last 1024 frames that are complete; left, right
 * @n_clipped: values beyond full scale so far: never goes back
 *
 * How loud something is, linear.
 */
typedef struct
{
  float    peak[2];
  float    rms[2];
  uint64_t n_clipped;
} ZabMeterReading;
