/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rt/zab-rt.h"

/**
 * ZabParam:
 * @ZAB_PARAM_GAIN: linear, 1; the master's is the volume
 * @ZAB_PARAM_ATTACK: ms, 3; of the starts that follow
 * @ZAB_PARAM_RELEASE: ms, 3; of the stops that follow
 * @ZAB_PARAM_SPEED: 0.25..4, 1; the master's multiplies all
 * @ZAB_PARAM_CROSSFADE: ms, 0..100, of the loop's seam, 0
 * @ZAB_PARAM_PAN: -1 left .. 1 right, 0; constant power, 3 dB more on the louder side
 * @ZAB_PARAM_EQ_LOW: linear, 1; 0 kills the band
 * @ZAB_PARAM_EQ_MID: likewise
 * @ZAB_PARAM_EQ_HIGH: likewise
 * @ZAB_PARAM_MUTE: 0 or 1
 * @ZAB_PARAM_SOLO: 0 or 1; while there are any, all other pads are mute
 * @ZAB_PARAM_LIMITER: 0 or 1; the master's only; 1 delays all sound by 64 frames
 * @ZAB_N_PARAMS: how many there are
 *
 * What knobs turn. Pads have all of them; the master has those that say so.
 */
typedef enum
{
  ZAB_PARAM_GAIN,
  ZAB_PARAM_ATTACK,
  ZAB_PARAM_RELEASE,
  ZAB_PARAM_SPEED,
  ZAB_PARAM_CROSSFADE,
  ZAB_PARAM_PAN,
  ZAB_PARAM_EQ_LOW,
  ZAB_PARAM_EQ_MID,
  ZAB_PARAM_EQ_HIGH,
  ZAB_PARAM_MUTE,
  ZAB_PARAM_SOLO,
  ZAB_PARAM_LIMITER,
  ZAB_N_PARAMS
} ZabParam;
