/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regions, and how a playhead comes from one to another. */
#include "rt/zab-playhead.h"

static uint64_t
min_u64 (uint64_t a, uint64_t b)
{
  return a < b ? a : b;
}

/* The order of playing, and back: frame 0 becomes the last. */
static void
mirror (uint64_t *start, uint64_t *end, uint64_t n_frames)
{
  const uint64_t old_start = *start;

  *start = n_frames - *end;
  *end = n_frames - old_start;
}

ZAB_RT ZabRegion
zab_region_of (const ZabCut *cut, const ZabSample *sample)
{
  const uint64_t wanted = (uint64_t)((double)cut->crossfade * sample->rate / 1000.0);
  uint64_t       length;
  ZabRegion      region = { .start = cut->start,
                            .end = min_u64 (cut->end, sample->n_frames),
                            .reverse = cut->reverse,
                            .ping_pong = cut->ping_pong };

  if (region.start >= region.end)
    {
      region.start = 0;
      region.end = sample->n_frames;
    }
  region.loop_start = cut->loop_start > region.start ? cut->loop_start : region.start;
  region.loop_end = min_u64 (cut->loop_end, region.end);
  if (region.loop_start >= region.loop_end)
    {
      region.loop_start = region.start;
      region.loop_end = region.end;
    }
  if (region.reverse)
    {
      mirror (&region.start, &region.end, sample->n_frames);
      mirror (&region.loop_start, &region.loop_end, sample->n_frames);
    }
  length = region.loop_end - region.loop_start;
  region.crossfade = (uint32_t)min_u64 (min_u64 (wanted, length), region.loop_start);
  if (2 * region.crossfade < min_u64 (wanted, length))
    {
      region.crossfade = 0;
      region.dip = (uint32_t)min_u64 (wanted / 2, length / 4);
    }
  return region;
}

static bool
is_on_the_way_back (const ZabPlayhead *self)
{
  return self->loop && self->region.ping_pong && self->at >= self->region.loop_end;
}

ZAB_RT ZabMove
zab_playhead_move (const ZabPlayhead *self, const ZabSample *sample, const ZabRegion *region,
                   bool loop, ZabPlayhead *to)
{
  const uint64_t length = region->loop_end - region->loop_start;
  const bool     went_back = is_on_the_way_back (self);
  const bool     backwards = self->region.reverse != went_back;
  const uint64_t frame = zab_playhead_frame (self, sample);
  const bool     goes_back = loop && region->ping_pong && backwards != region->reverse;
  const bool     turns = backwards != (region->reverse != goes_back);
  uint64_t       at = region->reverse ? sample->n_frames - 1 - frame : frame;
  bool           jumps = false;

  *to = (ZabPlayhead){ .region = *region, .part = self->part, .loop = loop };
  if (turns && self->part > 0)
    {
      at -= at > 0; /* what was ahead of the frame is now behind the one before */
      to->part = -self->part;
    }
  if (!loop && at >= region->end)
    return ZAB_MOVE_NOWHERE;
  if (at < region->start)
    {
      at = region->start;
      jumps = true;
    }
  to->looped = loop && self->loop && self->looped && at >= region->loop_start;
  if (loop && at >= region->loop_end && length > 0)
    {
      at = region->loop_start + (at - region->loop_start) % length;
      jumps = true;
    }
  to->at = goes_back && at >= region->loop_start ? 2 * region->loop_end - 1 - at : at;
  jumps = jumps || !zab_playhead_is_plain (self) || !zab_playhead_is_plain (to);
  return jumps ? ZAB_MOVE_JUMP : ZAB_MOVE_ON;
}

ZAB_RT void
zab_playhead_scale (ZabPlayhead *self, uint32_t from_rate, uint32_t to_rate)
{
  const uint64_t place = self->at * to_rate;
  const uint64_t part = (place % from_rate << 32) + (uint64_t)self->part * to_rate;

  self->at = place / from_rate + (part / from_rate >> 32);
  self->part = (uint32_t)(part / from_rate);
}
