/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-playhead.h"

#include <math.h>
#include <stddef.h>

static const float QUARTER_TURN = 1.57079633f;

ZAB_RT void
zab_playhead_init (ZabPlayhead *self, const ZabRegion *region, bool loop)
{
  *self = (ZabPlayhead){ .region = *region, .at = region->start, .loop = loop };
}

static uint64_t
loop_length (const ZabRegion *region)
{
  return region->loop_end - region->loop_start;
}

/* Of a round, there and, for ping-pong, back. */
static uint64_t
round_length (const ZabRegion *region)
{
  return loop_length (region) << region->ping_pong;
}

ZAB_RT uint64_t
zab_playhead_left (const ZabPlayhead *self)
{
  const ZabRegion *region = &self->region;

  return (self->loop ? region->loop_start + round_length (region) : region->end) - self->at;
}

ZAB_RT bool
zab_playhead_advance (ZabPlayhead *self, uint64_t whole, uint32_t part)
{
  const ZabRegion *region = &self->region;

  self->at += whole + (((uint64_t)self->part + part) >> 32);
  self->part += part;
  if (!self->loop)
    return self->at < region->end;
  if (self->at < region->loop_start + round_length (region))
    return true;
  self->at = region->loop_start + (self->at - region->loop_start) % round_length (region);
  self->looped = true;
  return true;
}

/* The way back of a ping-pong, straightened: where on the way there the same frame is. */
static uint64_t
fold (const ZabPlayhead *self, uint64_t at)
{
  const ZabRegion *region = &self->region;

  return self->loop && region->ping_pong && at >= region->loop_end ? 2 * region->loop_end - 1 - at
                                                                   : at;
}

ZAB_RT uint64_t
zab_playhead_frame (const ZabPlayhead *self, const ZabSample *sample)
{
  const uint64_t at = fold (self, self->at);

  return self->region.reverse ? sample->n_frames - 1 - at : at;
}

/* Frames before loop_end, and after loop_start, that a seam changes. */
static uint64_t
seam_before (const ZabPlayhead *self)
{
  const ZabRegion *region = &self->region;

  return self->loop && !region->ping_pong ? region->crossfade + region->dip : 0;
}

static uint64_t
seam_after (const ZabPlayhead *self)
{
  const ZabRegion *region = &self->region;

  return self->looped && !region->ping_pong ? region->dip : 0;
}

/* Frames from @at on that are the sample's own, up to @end. */
static uint32_t
plain_run (const ZabPlayhead *self, uint64_t at, uint64_t end, uint32_t limit)
{
  const ZabRegion *region = &self->region;

  if (self->loop)
    end = region->loop_end - seam_before (self);
  if (region->reverse || at >= end
      || (self->loop && at >= region->loop_start && at - region->loop_start < seam_after (self)))
    return 0;
  end -= at;
  return end < limit ? (uint32_t)end : limit;
}

ZAB_RT uint32_t
zab_playhead_plain (const ZabPlayhead *self, uint32_t limit)
{
  return plain_run (self, self->at, self->region.end, limit);
}

ZAB_RT bool
zab_playhead_is_plain (const ZabPlayhead *self)
{
  const ZabRegion *region = &self->region;

  if (self->loop && self->at + seam_before (self) >= region->loop_end)
    return region->ping_pong;
  return !self->loop || self->at < region->loop_start
         || self->at - region->loop_start >= seam_after (self);
}

typedef struct
{
  float left;
  float right;
} Frame;

/* Frame @at of the sample in the order of playing; silence around it. */
static Frame
fetch (const ZabPlayhead *self, const ZabSample *sample, int64_t at)
{
  const float *frame;

  if (at < 0 || (uint64_t)at >= sample->n_frames)
    return (Frame){ 0.0f, 0.0f };
  if (self->region.reverse)
    at = (int64_t)sample->n_frames - 1 - at;
  frame = sample->frames + at * sample->channels;
  return (Frame){ frame[0], frame[sample->channels - 1] };
}

/* How far frame @step of a seam of @length frames is, 0..1, as a quarter of a circle. */
static float
turn (uint64_t step, uint32_t length)
{
  return QUARTER_TURN * ((float)step + 0.5f) / (float)length;
}

/* Frame @at of a looping playhead's number line. Equal power: sin^2 + cos^2 = 1. */
static Frame
fetch_in_loop (const ZabPlayhead *self, const ZabSample *sample, uint64_t at)
{
  const ZabRegion *region = &self->region;
  Frame            frame = fetch (self, sample, (int64_t)fold (self, at));

  if (at < region->loop_end && region->loop_end - at <= seam_before (self))
    {
      const uint32_t length = region->crossfade + region->dip;
      const float    angle = turn (length - (region->loop_end - at), length);
      const Frame    next = region->crossfade > 0
                                ? fetch (self, sample, (int64_t)(at - loop_length (region)))
                                : (Frame){ 0.0f, 0.0f };

      frame.left = frame.left * cosf (angle) + next.left * sinf (angle);
      frame.right = frame.right * cosf (angle) + next.right * sinf (angle);
    }
  else if (at >= region->loop_start && at - region->loop_start < seam_after (self))
    {
      const float level = sinf (turn (at - region->loop_start, region->dip));

      frame.left *= level;
      frame.right *= level;
    }
  return frame;
}

/* Brings a place that is off the number line of a loop back to it. */
static int64_t
wrap (const ZabPlayhead *self, int64_t at)
{
  const int64_t start = (int64_t)self->region.loop_start;
  const int64_t length = (int64_t)round_length (&self->region);

  if (at >= start + length)
    return start + (at - start) % length;
  if (at < start && self->looped)
    return start + length - 1 - (start - 1 - at) % length;
  return at;
}

static void
copy_run (const ZabSample *sample, uint64_t at, uint32_t n_frames, float *restrict left,
          float *restrict right)
{
  const float *in = sample->frames + at * sample->channels;

  for (uint32_t i = 0; i < n_frames; i++)
    left[i] = in[i * sample->channels];
  if (right == NULL)
    return;
  for (uint32_t i = 0; i < n_frames; i++)
    right[i] = in[(i + 1) * sample->channels - 1];
}

ZAB_RT void
zab_playhead_read (const ZabPlayhead *self, const ZabSample *sample, int64_t offset,
                   uint32_t n_frames, float *restrict left, float *restrict right)
{
  ZabPlayhead later = *self; /* once it has been round */
  uint32_t    n;

  later.looped = true;
  for (uint32_t i = 0; i < n_frames; i += n)
    {
      int64_t            at = (int64_t)self->at + offset + i;
      const bool         is_later = offset + i >= (int64_t)zab_playhead_left (self);
      const ZabPlayhead *head = is_later ? &later : self;
      Frame              frame;

      if (self->loop)
        at = wrap (head, at);
      n = at < 0 ? 0 : plain_run (head, (uint64_t)at, sample->n_frames, n_frames - i);
      if (n > 0)
        {
          copy_run (sample, (uint64_t)at, n, left + i, right != NULL ? right + i : NULL);
          continue;
        }
      frame = self->loop && at >= 0 ? fetch_in_loop (head, sample, (uint64_t)at)
                                    : fetch (head, sample, at);
      n = 1;
      left[i] = frame.left;
      if (right != NULL)
        right[i] = frame.right;
    }
}
