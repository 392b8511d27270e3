/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-eq.h"
#include "rt/zab-limiter.h"
#include "rt/zab-meter.h"
#include "rt/zab-mixer-pad.h"
#include "rt/zab-param-table.h"
#include "rt/zab-queue.h"
#include "rt/zab-rt.h"
#include "rt/zab-sample.h"
#include "rt/zab-schedule.h"
#include "rt/zab-transport.h"
#include "rt/zab-voice.h"

enum
{
  /* Above this many voices a new one cuts another; the rest are for what is cut. */
  ZAB_MAX_SOUNDING = 128,
  ZAB_MAX_COMMANDS = ZAB_QUEUE_LENGTH, /* a block takes from the ring, at most */
  ZAB_MAX_CHANGES = 64,                /* of parameters, likewise */
  ZAB_GRID = 256,       /* frames between lines of the clock that no chunk goes across */
  ZAB_CHUNK = ZAB_GRID, /* frames that are mixed at a time, at most */
};

/* Whole numbers of a set of pads. */
typedef struct
{
  uint64_t words[(ZAB_N_SLOTS + 63) / 64];
} ZabPadSet;

/* All realtime state in one struct: pads, voices, the commands on their way in and the samples on
 * their way out. Its owner allocates it, zeroed or not, and keeps it in memory. */
typedef struct
{
  ZabQueue      queue;
  ZabParamTable params;

  /* Between the threads. */
  _Atomic uint64_t      clock;        /* first frame of the next block */
  _Atomic (ZabSample *) retired;      /* newest first */
  _Atomic uint64_t      bar_position; /* bar << 32 | tick, and ... */
  _Atomic bool          bar_runs;     /* ... whether it moves */
  _Atomic uint32_t      limiter_gain; /* the bits of a float: the lowest since it was read */
  _Atomic uint32_t      rate;         /* Hz, as it is to be from the next block on */

  /* Thread: RT, from here on, but for what the pads say of theirs. */
  uint32_t     now_rate;
  uint64_t     now; /* frames since init () */
  uint64_t     n_starts;
  uint32_t     n_sounding; /* voices that are not cut */
  uint32_t     n_solos;
  ZabQuantise  quantise;
  uint32_t     quality; /* ZabSincQuality */
  bool         exclusive;
  bool         new_grid; /* what waits has to look for its line again */
  uint16_t     free;     /* the first free voice */
  ZabEqBank    eq_bank;
  ZabTransport transport;
  ZabRamp      volume;
  ZabRamp      speed; /* of all pads */
  ZabLimiter   limiter;
  ZabMeter     meter;
  ZabPadSet    active;  /* pads with voices, or whose filters ring */
  ZabPadSet    pending; /* pads that wait for a line of the grid */
  ZabMixerPad  pads[ZAB_N_SLOTS];
  ZabVoice     voices[ZAB_N_VOICES];
  ZabSchedule  schedule;
  ZabScratch   scratch;
  float        bus[2 * ZAB_CHUNK]; /* of one pad */

  ZabSinc sincs[ZAB_SINC_N_QUALITIES]; /* the last, as most of it stays untouched */
} ZabMixer;

/* Thread: main, before any other thread knows @self. @rate in Hz. */
void zab_mixer_init (ZabMixer *self, uint32_t rate);

/* Thread: any. The rate of the frames that render () gives; fade lengths follow. */
void zab_mixer_set_rate (ZabMixer *self, uint32_t rate);

/* Thread: main. How samples are read between their frames; false: the ring is full. */
bool zab_mixer_set_quality (ZabMixer *self, ZabSincQuality quality);

/* Thread: main. False: the ring is full, nothing was taken. A sample in a LOAD_SAMPLE that was
 * taken is the mixer's until it comes back from take_retired (). */
bool zab_mixer_push (ZabMixer *self, const ZabCommand *command);

/* Thread: main. How many commands push () takes at least. */
uint32_t zab_mixer_get_room (ZabMixer *self);

/* Thread: any. The parameter has the value from the next block on, and glides there where a step
 * would be heard; if several come before that block, the last one counts. Never fails. */
void zab_mixer_set_param (ZabMixer *self, uint32_t pad, ZabParam id, float value);

/* Thread: any. Whether there are values that no block has taken yet. */
bool zab_mixer_has_changes (ZabMixer *self);

/* Thread: main. All samples that the mixer has done with since the last call, linked by
 * next_retired; the caller owns them. NULL: none. */
ZabSample *zab_mixer_take_retired (ZabMixer *self);

/* Thread: RT, or main while nothing renders. render () without the sound, and no time passes. */
ZAB_RT void zab_mixer_apply_commands (ZabMixer *self);

/* Thread: main, once nothing renders any more. Applies the commands that are left, silences all
 * voices and retires every sample. */
void zab_mixer_drain (ZabMixer *self);

/* Thread: any. The frame of the mixer's clock that the next block begins with. */
uint64_t zab_mixer_get_clock (ZabMixer *self);

/* Thread: any. False: the transport stands. */
bool zab_mixer_get_bar_position (ZabMixer *self, ZabBarPosition *position);

/* Thread: any. What a pad sounds like after gain and pan; ZAB_MASTER: all that goes out. */
void zab_mixer_read_meter (ZabMixer *self, uint32_t pad, ZabMeterReading *reading);

/* Thread: any. The lowest gain of the limiter since the last call; 1: it had nothing to do. */
float zab_mixer_read_limiter (ZabMixer *self);

/* Thread: any. */
uint32_t zab_mixer_get_n_voices (ZabMixer *self, uint32_t pad);
uint32_t zab_mixer_get_n_sounding (ZabMixer *self, uint32_t pad); /* of these, not ending */
bool     zab_mixer_get_waits (ZabMixer *self, uint32_t pad);      /* for a line of the grid */
uint64_t zab_mixer_get_position (ZabMixer *self, uint32_t pad);

/* Thread: any. Grows with each start of the pad, by any number; 0: there was none yet. What is
 * read of n_voices after it counts that start. */
uint64_t zab_mixer_get_newest (ZabMixer *self, uint32_t pad);

/* Thread: RT. Applies the commands that have come, then overwrites @out with @n_frames interleaved
 * stereo frames of all that sounds. Commands that carry a time of this block sound from exactly
 * that frame on. */
ZAB_RT void zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames);
