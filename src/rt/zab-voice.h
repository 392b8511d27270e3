/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-ramp.h"
#include "rt/zab-rt.h"
#include "rt/zab-sample.h"

/* One sounding of a sample, from its start to the end of its fade-out.
 *
 * The level is the product of straight-line fades, each a function of a frame count alone:
 *   attack   rises over the first frames after the start;
 *   release  falls after a stop, from whatever the level was;
 *   tail     falls over the sample's last frames where it does not loop. */
typedef struct
{
  ZabSample *sample; /* NULL: the voice is free */
  uint32_t   pad;
  bool       loop;
  bool       releasing;
  float      velocity; /* linear */
  uint64_t   position; /* the next frame of the sample */
  uint64_t   age;      /* frames since the start */
  uint64_t   order;    /* of starts in the mixer: the larger, the newer */
  uint32_t   attack;   /* frames */
  uint32_t   release;  /* frames */
  uint32_t   tail;     /* frames */
  uint32_t   left;     /* of the release, when releasing */
} ZabVoice;

/* Thread: RT. Starts @self on @sample (n_frames > 0), with fades of at most @attack and @release
 * frames: a quarter of the sample each where it is shorter than that. */
ZAB_RT void zab_voice_start (ZabVoice *self, ZabSample *sample, uint32_t attack, uint32_t release);

/* Thread: RT. Fades out from now on. */
ZAB_RT void zab_voice_release (ZabVoice *self);

/* Thread: RT. What the sample's end means from now on. In the tail it is too late to turn back: a
 * voice that ends there ends, and one that was about to wrap is released. */
ZAB_RT void zab_voice_set_loop (ZabVoice *self, bool loop);

/* Thread: RT. Adds @n_frames interleaved stereo frames to @out, at velocity x @gain. False once the
 * voice has come to its end. A mono sample sounds the same on both sides. */
ZAB_RT bool zab_voice_mix (ZabVoice *self, const ZabRamp *gain, float *out, uint32_t n_frames);
