/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rt/zab-rt.h"

/* What knobs turn. Pads have all of them; the master has those that say so. */
typedef enum
{
  ZAB_PARAM_GAIN,      /* linear, 1; the master's is the volume */
  ZAB_PARAM_ATTACK,    /* ms, 3; of the starts that follow */
  ZAB_PARAM_RELEASE,   /* ms, 3; of the stops that follow */
  ZAB_PARAM_SPEED,     /* 0.25..4, 1; the master's multiplies all */
  ZAB_PARAM_CROSSFADE, /* ms, 0..100, of the loop's seam, 0 */
  ZAB_N_PARAMS
} ZabParam;
