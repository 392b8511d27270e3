/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-meter-reading.h"
#include "rt/zab-rt.h"

enum
{
  ZAB_METER_WINDOW = 1024 /* frames that an RMS value is of; a multiple of ZAB_GRID */
};

/* How loud stereo frames are. The audio thread counts windows and writes plain atomics. */
typedef struct
{
  float peak[2]; /* of the window so far */
  float sum[2];  /* of the squares, likewise */

  _Atomic uint32_t highest[2]; /* the bits of a float; since it was read */
  _Atomic uint32_t rms[2];     /* likewise, of the last whole window */
  _Atomic uint64_t n_clipped;  /* values beyond full scale, since the start */
} ZabMeter;

/* Thread: any. */
void zab_meter_read (ZabMeter *self, ZabMeterReading *reading);

/* Thread: RT. */
ZAB_RT void zab_meter_add (ZabMeter *self, const float *frames, uint32_t n_frames);

/* Thread: RT. The window is complete; or what it measures is silent from now on. */
ZAB_RT void zab_meter_publish (ZabMeter *self, bool silent);
