/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "rt/zab-sample.h"

/* What the main thread asks of the audio thread. Copied by value through the ring, in order. */
typedef enum
{
  ZAB_COMMAND_LOAD_SAMPLE, /* put sample on pad; what the pad had fades out and is retired */
  ZAB_COMMAND_UNLOAD,      /* take pad's sample away, likewise */
  ZAB_COMMAND_PLAY,        /* start pad with a velocity; what it plays already fades out */
  ZAB_COMMAND_STOP,        /* fade pad out */
  ZAB_COMMAND_STOP_ALL,
  ZAB_COMMAND_SET_LOOP, /* pad: 1 loop, 0 one-shot; for what plays now, too */
  ZAB_COMMAND_SET_GAIN, /* pad */
  ZAB_COMMAND_SET_VOLUME,
} ZabCommandType;

typedef struct
{
  ZabCommandType type;
  uint32_t       pad; /* 0..215, where the type says so */
  union
  {
    ZabSample *sample;   /* LOAD_SAMPLE: the mixer's until it is retired */
    float      velocity; /* PLAY: linear */
    float      gain;     /* SET_GAIN, SET_VOLUME: linear */
    uint32_t   loop;     /* SET_LOOP */
  };
} ZabCommand;
_Static_assert(sizeof (ZabCommand) == 16, "copied through the ring");
