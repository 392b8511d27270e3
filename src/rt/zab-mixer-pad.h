/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-eq.h"
#include "rt/zab-launch.h"
#include "rt/zab-meter.h"
#include "rt/zab-playhead.h"
#include "rt/zab-ramp.h"
#include "rt/zab-sample.h"

/* What a pad waits for its line of the grid with. */
typedef enum
{
  ZAB_PENDING_NOTHING,
  ZAB_PENDING_START,
  ZAB_PENDING_STOP,
} ZabPending;

/* A pad as the audio thread has it. */
typedef struct
{
  ZabSample    *sample; /* NULL: empty */
  ZabLaunchMode mode;
  ZabRetrigger  retrigger;
  ZabQuantise   quantise;
  uint32_t      choke; /* group; 0: none */
  bool          loop;
  float         attack;  /* ms */
  float         release; /* ms */
  ZabCut        cut;
  float         wanted; /* gain, linear */
  bool          mute;
  bool          solo;
  ZabRamp       gain; /* as wanted, or 0 where mute or another's solo says so */
  ZabRamp       left; /* pan */
  ZabRamp       right;
  ZabEq         eq;
  uint32_t      n_rests; /* steps of the grid for which it has had no voice */
  ZabRamp       speed;   /* 1: as it was recorded */

  uint16_t first; /* of its voices, the oldest; ZAB_NO_VOICE */
  uint16_t last;

  ZabPending pending;
  uint64_t   pending_position; /* of the transport */
  float      velocity;         /* of the next start */

  /* Written by the audio thread, read by the main thread. */
  _Atomic uint32_t n_voices;   /* that sound */
  _Atomic uint32_t n_sounding; /* of these, that are not ending */
  _Atomic uint32_t waits;      /* pending is not NOTHING */
  _Atomic uint64_t newest;     /* order of the voice started last; 0: none yet */
  ZabMeter         meter;
  _Atomic uint64_t position; /* of the newest voice, in frames of the sample */
} ZabMixerPad;

enum
{
  ZAB_NO_VOICE = UINT16_MAX
};
