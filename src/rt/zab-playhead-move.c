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

typedef struct
{
  int64_t  at;
  uint32_t part;
} Place;

/* The same place counted from the other end: frame 0 becomes @last. */
static Place
turn (Place place, uint64_t last)
{
  return (Place){ (int64_t)last - place.at - (place.part > 0), -place.part };
}

/* Where in the sample @self is, in the order of playing that is @reverse or not, and whether it
 * goes against that order. */
static Place
find_place (const ZabPlayhead *self, const ZabSample *sample, bool reverse, bool *against)
{
  const bool back = is_on_the_way_back (self);
  Place      place = { (int64_t)self->at, self->part };

  if (back)
    place = turn (place, 2 * self->region.loop_end - 1);
  if (self->region.reverse != reverse)
    place = turn (place, sample->n_frames - 1);
  *against = back != (self->region.reverse != reverse);
  return place;
}

ZAB_RT ZabMove
zab_playhead_move (const ZabPlayhead *self, const ZabSample *sample, const ZabRegion *region,
                   bool loop, ZabPlayhead *to)
{
  const int64_t loop_start = (int64_t)region->loop_start;
  const int64_t loop_end = (int64_t)region->loop_end;
  bool          jumps = !zab_playhead_is_plain (self);
  bool          against;
  Place         place = find_place (self, sample, region->reverse, &against);

  if (!loop && place.at >= (int64_t)region->end)
    return ZAB_MOVE_NOWHERE;
  if (place.at < (int64_t)region->start)
    {
      place = (Place){ (int64_t)region->start, 0 };
      jumps = true;
    }
  *to = (ZabPlayhead){ .region = *region, .loop = loop };
  to->looped = loop && self->loop && self->looped && place.at >= loop_start;
  if (loop && place.at >= loop_end)
    {
      place.at = loop_start + (place.at - loop_start) % (loop_end - loop_start);
      jumps = true;
    }
  if (loop && region->ping_pong && against && place.at >= loop_start)
    place = turn (place, 2 * region->loop_end - 1);
  to->at = (uint64_t)place.at;
  to->part = place.part;
  return jumps || !zab_playhead_is_plain (to) ? ZAB_MOVE_JUMP : ZAB_MOVE_ON;
}

ZAB_RT void
zab_playhead_scale (ZabPlayhead *self, uint32_t from_rate, uint32_t to_rate)
{
  const uint64_t place = self->at * to_rate;
  const uint64_t part = (place % from_rate << 32) + (uint64_t)self->part * to_rate;

  self->at = place / from_rate + (part / from_rate >> 32);
  self->part = (uint32_t)(part / from_rate);
}
