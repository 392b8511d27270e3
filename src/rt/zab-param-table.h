/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-param.h"
#include "rt/zab-rt.h"

enum
{
  ZAB_PARAM_WORDS = (ZAB_MASTER + 1 + 63) / 64
};

/* Where knobs meet the audio thread, beside the ring of commands: the latest value of each
 * parameter wins, so that no storm of movements fills anything or delays a trigger. */
typedef struct
{
  _Atomic uint32_t values[ZAB_MASTER + 1][ZAB_N_PARAMS]; /* the bits of a float */
  _Atomic uint64_t changed[ZAB_N_PARAMS][ZAB_PARAM_WORDS];
  _Atomic uint32_t any; /* parameters that may have changed */
} ZabParamTable;
_Static_assert(ZAB_N_PARAMS <= 32, "a bit each");

typedef struct
{
  uint32_t pad; /* or ZAB_MASTER */
  ZabParam id;
  float    value;
} ZabParamChange;

/* Thread: any. */
void zab_param_table_set (ZabParamTable *self, uint32_t pad, ZabParam id, float value);

/* Thread: RT. Writes at most @max changes to @changes and returns how many; the rest are there the
 * next time. */
ZAB_RT uint32_t zab_param_table_take (ZabParamTable *self, ZabParamChange *changes, uint32_t max);
