/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-playhead.h"
#include "rt/zab-rt.h"
#include "rt/zab-sample.h"

/* A straight fall to silence. */
typedef struct
{
  bool     falling;
  uint32_t left;   /* frames */
  uint32_t length; /* frames */
} ZabFall;

/* One sounding of a sample, from its start to the end of its fade-out.
 *
 * The level is the product of straight-line fades, each a function of a frame count alone:
 *   attack   rises over the first frames after the start;
 *   release  falls after a stop, over the pad's release time;
 *   cut      falls where something else takes the voice's place, just long enough not to click;
 *   tail     falls over the region's last frames where it does not loop. */
typedef struct
{
  ZabSample  *sample; /* NULL: the voice is free */
  uint32_t    pad;
  uint8_t     next;     /* of the pad's voices, or of the free ones */
  float       velocity; /* linear */
  ZabPlayhead head;
  uint64_t    order;  /* of starts in the mixer: the larger, the newer */
  uint64_t    age;    /* frames since the start */
  uint32_t    attack; /* frames */
  uint32_t    tail;   /* frames */
  ZabFall     release;
  ZabFall     cut;
} ZabVoice;

/* Thread: RT, every function. */

/* Starts @self on @sample (n_frames > 0), with fades of at most @attack and @tail frames: a quarter
 * of the region each where that is shorter. */
ZAB_RT void zab_voice_start (ZabVoice *self, ZabSample *sample, const ZabRegion *region, bool loop,
                             uint32_t attack, uint32_t tail);

/* Fade out from now on, over @length frames; no effect where the same fade runs already. */
ZAB_RT void zab_voice_release (ZabVoice *self, uint32_t length);
ZAB_RT void zab_voice_cut (ZabVoice *self, uint32_t length);
ZAB_RT bool zab_voice_is_ending (const ZabVoice *self);

/* Frames that are left at most of a voice that is ending. */
ZAB_RT uint32_t zab_voice_left (const ZabVoice *self);

/* What the region's end means from now on. In the tail it is too late to turn back: a voice that
 * ends there ends, and one that was about to wrap is cut over @cut frames. */
ZAB_RT void zab_voice_set_loop (ZabVoice *self, bool loop, uint32_t cut);

/* Adds @n_frames interleaved stereo frames to @out. False once the voice has come to its end. A
 * mono sample sounds the same on both sides. */
ZAB_RT bool zab_voice_mix (ZabVoice *self, float *out, uint32_t n_frames);
