/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * ZabSincQuality:
 * @ZAB_SINC_NORMAL: 32 taps at speed 1
 * @ZAB_SINC_HIGH: 64 taps, for about twice the time
 * @ZAB_SINC_N_QUALITIES: how many there are
 *
 * How a sample is read between its frames.
 */
typedef enum
{
  ZAB_SINC_NORMAL,
  ZAB_SINC_HIGH,
  ZAB_SINC_N_QUALITIES
} ZabSincQuality;
