/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-queue.h"
#include "rt/zab-rt.h"
#include "rt/zab-sample.h"
#include "rt/zab-voice.h"

/* A pad as the audio thread has it. */
typedef struct
{
  ZabSample *sample; /* NULL: empty */
  bool       loop;
  ZabRamp    gain; /* linear */

  /* Written by the audio thread, read by the main thread. */
  _Atomic uint64_t newest;   /* order of the voice started last; 0: none yet */
  _Atomic uint32_t n_voices; /* that sound */
  _Atomic uint64_t position; /* of the newest voice, in frames of the sample */
} ZabMixerPad;

/* All realtime state in one struct: pads, voices, the commands on their way in and the samples on
 * their way out. Its owner allocates it, zeroed or not, and keeps it in memory. */
typedef struct
{
  ZabQueue         queue;
  _Atomic uint32_t rate; /* Hz */
  ZabRamp          volume;
  uint64_t         n_starts;
  ZabMixerPad      pads[ZAB_N_PADS];
  ZabVoice         voices[ZAB_N_VOICES];

  _Atomic (ZabSample *) retired; /* newest first */
} ZabMixer;

enum
{
  /* Above this many sounding voices a new one fades the oldest out; the rest are for fades. */
  ZAB_MAX_SOUNDING = 96
};

/* Thread: main, before any other thread knows @self. @rate in Hz. */
void zab_mixer_init (ZabMixer *self, uint32_t rate);

/* Thread: any. The rate of the frames that render () gives; fade lengths follow. */
void zab_mixer_set_rate (ZabMixer *self, uint32_t rate);

/* Thread: main. False: the ring is full, nothing was taken. A sample in a LOAD_SAMPLE that was
 * taken is the mixer's until it comes back from take_retired (). */
bool zab_mixer_push (ZabMixer *self, const ZabCommand *command);

/* Thread: main. All samples that the mixer has done with since the last call, linked by
 * next_retired; the caller owns them. NULL: none. */
ZabSample *zab_mixer_take_retired (ZabMixer *self);

/* Thread: RT, or main while nothing renders. render () without the sound. */
ZAB_RT void zab_mixer_apply_commands (ZabMixer *self);

/* Thread: main, once nothing renders any more. Applies the commands that are left, silences all
 * voices and retires every sample. */
void zab_mixer_drain (ZabMixer *self);

/* Thread: main. */
uint32_t zab_mixer_get_n_voices (ZabMixer *self, uint32_t pad);
uint64_t zab_mixer_get_position (ZabMixer *self, uint32_t pad);

/* Thread: main. Grows with each start of the pad, by any number; 0: there was none yet. What is
 * read of n_voices after it counts that start. */
uint64_t zab_mixer_get_newest (ZabMixer *self, uint32_t pad);

/* Thread: RT. Applies the commands that have come, then overwrites @out with @n_frames interleaved
 * stereo frames of all that sounds. */
ZAB_RT void zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames);
