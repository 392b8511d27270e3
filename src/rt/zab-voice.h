/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-playhead.h"
#include "rt/zab-ramp.h"
#include "rt/zab-rt.h"
#include "rt/zab-sample.h"
#include "rt/zab-sinc.h"

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
 *   tail     falls over the region's last frames where it does not loop.
 *
 * A frame's step along the number line is speed x speed of all x rate of the sample / rate, in
 * whole numbers of 2^-32 of a frame, rounded to the nearest; 8 frames at most. Where it is 1 and
 * the place is between two frames, it is so much longer or shorter that the place comes to the
 * nearer one (the one behind, if it is less than half a frame away), by 2^-12 of a frame at most.
 */
typedef struct
{
  ZabSample  *sample; /* NULL: the voice is free */
  uint32_t    pad;
  uint16_t    next;     /* of the pad's voices, or of the free ones */
  float       velocity; /* linear */
  ZabPlayhead head;
  uint64_t    order;  /* of starts in the mixer: the larger, the newer */
  uint64_t    age;    /* frames since the start */
  uint32_t    attack; /* frames */
  uint32_t    tail;   /* frames */
  ZabFall     release;
  ZabFall     cut;
} ZabVoice;

enum
{
  ZAB_SPAN = 64,     /* frames that a voice makes at a time, at most */
  ZAB_WINDOW = 1024, /* frames of a sample that they take, at most */
};

/* Room to work in; nothing in it lasts. */
typedef struct
{
  float    levels[ZAB_SPAN];
  float    left[ZAB_SPAN];
  float    right[ZAB_SPAN];
  uint32_t whole[ZAB_SPAN]; /* frames from the playhead to where the frame is read, ... */
  uint32_t part[ZAB_SPAN];  /* ... and parts of one */
  uint64_t step[ZAB_SPAN];  /* from there to the next; 2^32 is one frame */
  float    window_left[ZAB_WINDOW];
  float    window_right[ZAB_WINDOW];
} ZabScratch;

/* What a voice is played with. */
typedef struct
{
  const ZabSinc *sinc;
  const ZabRamp *speed;     /* 1: as it was recorded */
  const ZabRamp *speed_all; /* by which that is multiplied */
  uint64_t       now;       /* the clock at the first frame */
  uint32_t       rate;      /* Hz */
  ZabScratch    *scratch;
} ZabPlay;

/* Thread: RT, every function. */

/* Starts @self on what @cut says of @sample (n_frames > 0), with fades of at most @attack and @tail
 * frames: a quarter of that each where it is shorter. */
ZAB_RT void zab_voice_start (ZabVoice *self, ZabSample *sample, const ZabCut *cut, bool loop,
                             uint32_t attack, uint32_t tail);

/* Fade out from now on, over @length frames; no effect where the same fade runs already. */
ZAB_RT void zab_voice_release (ZabVoice *self, uint32_t length);
ZAB_RT void zab_voice_cut (ZabVoice *self, uint32_t length);
ZAB_RT bool zab_voice_is_ending (const ZabVoice *self);
ZAB_RT bool zab_voice_is_cut (const ZabVoice *self);

/* Frames that are left at most of a voice that is ending. */
ZAB_RT uint32_t zab_voice_left (const ZabVoice *self);

/* Goes on in another region of the sample. ON: it does so; otherwise nothing has changed, this one
 * is to be cut, and for a JUMP another one is to go on at @to. What is in its tail stays as it is;
 * what gets there all of a sudden goes nowhere. */
ZAB_RT ZabMove zab_voice_move (ZabVoice *self, const ZabRegion *region, bool loop, ZabPlayhead *to);

/* Adds @n_frames interleaved stereo frames to @out. False once the voice has come to its end. A
 * mono sample sounds the same on both sides. At speed 1 and on a whole frame of the sample its
 * values are taken as they are; all else is read between frames. */
ZAB_RT bool zab_voice_mix (ZabVoice *self, const ZabPlay *play, float *out, uint32_t n_frames);
