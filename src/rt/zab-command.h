/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "rt/zab-param.h"
#include "rt/zab-sample.h"

/* What the main thread asks of the audio thread. Copied by value through the ring, in order.
 * A pad is 0..215 or ZAB_PREVIEW; what says "pad or master" takes ZAB_MASTER, too. */
typedef enum
{
  ZAB_COMMAND_LOAD_SAMPLE,    /* put sample on pad; what the pad had fades out and is retired */
  ZAB_COMMAND_REPLACE_SAMPLE, /* by the same sound at another rate; what plays goes on */
  ZAB_COMMAND_UNLOAD,         /* take pad's sample away; what it plays fades out */
  ZAB_COMMAND_PLAY,           /* press pad, with a velocity */
  ZAB_COMMAND_RELEASE,        /* let go of pad */
  ZAB_COMMAND_STOP,           /* fade pad out */
  ZAB_COMMAND_STOP_ALL,       /* at once, and nothing that waits for its line will start */
  ZAB_COMMAND_SET_MODE,       /* pad: ZabLaunchMode */
  ZAB_COMMAND_SET_RETRIGGER,  /* pad: ZabRetrigger */
  ZAB_COMMAND_SET_CHOKE,      /* pad: 0 none, 1..8 the group whose others its start stops */
  ZAB_COMMAND_SET_EXCLUSIVE,  /* 1: the start of a looping pad stops all others that loop */
  ZAB_COMMAND_SET_LOOP,       /* pad: 1 loop, 0 play through; for what plays now, too */
  ZAB_COMMAND_SET_PING_PONG,  /* pad: 1 loop there and back */
  ZAB_COMMAND_SET_REVERSE,    /* pad: 1 play backwards */
  ZAB_COMMAND_SET_REGION,     /* pad: the range of the sample that is played */
  ZAB_COMMAND_SET_LOOP_RANGE, /* pad: the range of the region that is looped */
  ZAB_COMMAND_SET_QUALITY,    /* ZabSincQuality */
  ZAB_COMMAND_SET_QUANTISE,   /* pad or master: ZabQuantise */
  ZAB_COMMAND_START_TRANSPORT,
  ZAB_COMMAND_STOP_TRANSPORT,
  ZAB_COMMAND_SET_TEMPO, /* value: thousandths of a quarter note a minute */
  ZAB_COMMAND_SET_METRE, /* so many notes of such a kind are a bar */
  ZAB_COMMAND_SET_PARAM, /* pad or master: a parameter, at a frame */
} ZabCommandType;

typedef struct
{
  ZabCommandType type;
  uint32_t       pad;
  uint64_t       time; /* of the mixer's clock, in frames; what is past means at once */
  union
  {
    ZabSample *sample;   /* LOAD_SAMPLE, REPLACE_SAMPLE: the mixer's until it is retired */
    float      velocity; /* PLAY: linear */
    uint32_t   value;    /* SET_...: the enumeration or 0 and 1 */
    struct
    {
      uint32_t start; /* frames of the sample */
      uint32_t end;   /* the frame after the last; ZAB_TO_THE_END */
    } range;
    struct
    {
      uint32_t beats;
      uint32_t unit; /* 4: quarter notes */
    } metre;
    struct
    {
      uint32_t id; /* ZabParam */
      float    value;
    } param;
  };
} ZabCommand;
_Static_assert(sizeof (ZabCommand) == 24, "copied through the ring");
