/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

typedef struct _ZabSample ZabSample;

/* A loaded sound: immutable frames, and the mixer's own bookkeeping about them.
 *
 * One owner at a time: the loader while it fills it; the command ring and then the mixer from
 * LOAD_SAMPLE on; whoever empties the mixer's retired list after that. The audio thread reads the
 * frames and never frees them. */
struct _ZabSample
{
  const float *frames;   /* n_frames x channels, interleaved, full scale +-1 */
  uint64_t     n_frames; /* at @rate */
  uint32_t     channels; /* 1 or 2 */
  uint32_t     rate;     /* Hz */

  /* Written by the audio thread only. */
  uint32_t   n_voices;     /* that still read the frames */
  uint32_t   retiring;     /* no pad holds it any more; retired when the last voice ends */
  ZabSample *next_retired; /* link of the retired list */
};

enum
{
  ZAB_TO_THE_END = UINT32_MAX /* as the end of a range of frames */
};
