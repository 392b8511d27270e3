/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-rt.h"
#include "rt/zab-sample.h"

/* What of a sample is played and how. All counts are frames in the order of playing: where it is
 * reversed, frame 0 is the sample's last. */
typedef struct
{
  uint64_t start;
  uint64_t end;        /* > start */
  uint64_t loop_start; /* start <= loop_start < loop_end <= end */
  uint64_t loop_end;
  uint32_t crossfade; /* frames before loop_end that blend into those before loop_start */
  uint32_t dip;       /* frames that fade before loop_end and after loop_start, where there is
                       * nothing to blend into */
  bool reverse;
  bool ping_pong;
} ZabRegion;

/* What a musician sets of it, in frames of the sample, whatever its length. */
typedef struct
{
  uint32_t start;
  uint32_t end; /* the frame after the last; ZAB_TO_THE_END */
  uint32_t loop_start;
  uint32_t loop_end;
  float    crossfade; /* ms */
  bool     reverse;
  bool     ping_pong;
} ZabCut;

/* Thread: RT. What @cut means for @sample (n_frames > 0). A range that is empty or outside is the
 * whole of what it is to be in. A crossfade needs frames before the loop; where there are not half
 * as many as it is to have, the loop's ends fade instead, half of it each. */
ZAB_RT ZabRegion zab_region_of (const ZabCut *cut, const ZabSample *sample);

/* A place in a sample, and the way on from there.
 *
 * A loop is one round of a number line: from loop_start to loop_end, and for ping-pong on to twice
 * its length, the second half being the way back. Past its end it goes on at loop_start. Where it
 * has been there, what lies before loop_start is the loop as well, round by round; until then it is
 * the sample, as it is around a region that does not loop. Around the sample is silence. */
typedef struct
{
  ZabRegion region;
  uint64_t  at;     /* the next frame, 0.. */
  uint32_t  part;   /* and how much of the way to the one after it: 2^32 is all */
  bool      loop;   /* false: runs to the region's end */
  bool      looped; /* what was before loop_start is the loop's end */
} ZabPlayhead;

/* Thread: RT, every function. */

/* At the region's start. */
ZAB_RT void zab_playhead_init (ZabPlayhead *self, const ZabRegion *region, bool loop);

/* Frames until the number line ends: that of a loop's round, or of the region. */
ZAB_RT uint64_t zab_playhead_left (const ZabPlayhead *self);

/* Goes on by @whole frames and @part of one; false at the end of the region. */
ZAB_RT bool zab_playhead_advance (ZabPlayhead *self, uint64_t whole, uint32_t part);

/* The frame of @sample that is next. */
ZAB_RT uint64_t zab_playhead_frame (const ZabPlayhead *self, const ZabSample *sample);

/* How many frames from the next one on, @limit at most, lie in @sample one after the other and are
 * played as they are; 0: use read (). */
ZAB_RT uint32_t zab_playhead_plain (const ZabPlayhead *self, uint32_t limit);

/* The @n_frames that are played from @offset frames after the next one on, be it before it, with
 * whatever loops and crossfades make of them. @right may be NULL for a mono @sample. */
ZAB_RT void zab_playhead_read (const ZabPlayhead *self, const ZabSample *sample, int64_t offset,
                               uint32_t n_frames, float *restrict left, float *restrict right);

/* How a playhead comes to another region. */
typedef enum
{
  ZAB_MOVE_ON,      /* it is there already: goes on without a step */
  ZAB_MOVE_JUMP,    /* has to leave its place, or gets into the midst of a seam */
  ZAB_MOVE_NOWHERE, /* is after the end */
} ZabMove;

/* Where @self, on its way through @sample, goes on in another region: at the same place, its part
 * of a frame included; at the start, if it would be before that; so many rounds back, if it would
 * be after the loop's end. In a ping-pong it goes on the way it goes now. */
ZAB_RT ZabMove zab_playhead_move (const ZabPlayhead *self, const ZabSample *sample,
                                  const ZabRegion *region, bool loop, ZabPlayhead *to);

/* The same place in the same sound at another rate, rounded down. */
ZAB_RT void zab_playhead_scale (ZabPlayhead *self, uint32_t from_rate, uint32_t to_rate);

/* Whether what is played next is a frame of the sample that no seam has a hand in. */
ZAB_RT bool zab_playhead_is_plain (const ZabPlayhead *self);
