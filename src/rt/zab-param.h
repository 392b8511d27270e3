/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rt/zab-rt.h"

/* What knobs turn. Pads have all of them; the master has those that say so. */
typedef enum
{
  ZAB_PARAM_GAIN,    /* linear, 1; the master's is the volume */
  ZAB_PARAM_ATTACK,  /* ms, 3; of the starts that follow */
  ZAB_PARAM_RELEASE, /* ms, 3; of the stops that follow */
  ZAB_N_PARAMS
} ZabParam;
