/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-voice.h"

enum
{
  SPAN = 64 /* frames whose levels are worked out before they are mixed */
};

static inline uint32_t
min_u32 (uint64_t a, uint32_t b)
{
  return a < b ? (uint32_t)a : b;
}

ZAB_RT void
zab_voice_start (ZabVoice *self, ZabSample *sample, const ZabRegion *region, bool loop,
                 uint32_t attack, uint32_t tail)
{
  const uint64_t quarter = (region->end - region->start) / 4;

  *self = (ZabVoice){
    .sample = sample,
    .velocity = 1.0f,
    .attack = min_u32 (quarter, attack),
    .tail = min_u32 (quarter, tail),
  };
  zab_playhead_init (&self->head, region, loop);
}

static void
fall (ZabFall *self, uint32_t length)
{
  if (!self->falling)
    *self = (ZabFall){ .falling = true, .left = length, .length = length };
}

ZAB_RT void
zab_voice_release (ZabVoice *self, uint32_t length)
{
  fall (&self->release, length);
}

ZAB_RT void
zab_voice_cut (ZabVoice *self, uint32_t length)
{
  fall (&self->cut, length);
}

ZAB_RT bool
zab_voice_is_ending (const ZabVoice *self)
{
  return self->release.falling || self->cut.falling;
}

ZAB_RT uint32_t
zab_voice_left (const ZabVoice *self)
{
  const uint32_t left = self->release.falling ? self->release.left : UINT32_MAX;

  return self->cut.falling ? min_u32 (self->cut.left, left) : left;
}

ZAB_RT void
zab_voice_set_loop (ZabVoice *self, bool loop, uint32_t cut)
{
  ZabPlayhead *head = &self->head;

  if (head->region.end - head->at > self->tail)
    head->loop = loop;
  else if (head->loop && !loop)
    zab_voice_cut (self, cut);
}

/* How far up a fade of @length frames is @step frames from its silent end. */
static inline float
fade (uint64_t step, uint32_t length)
{
  return step > length ? 1.0f : (float)step / (float)(length + 1);
}

static inline float
fall_at (const ZabFall *self, uint32_t offset)
{
  return self->falling ? fade (self->left - offset, self->length) : 1.0f;
}

/* Whether no fade is at work in the next @n_frames. */
static bool
is_steady (const ZabVoice *self, uint32_t n_frames)
{
  return self->age >= self->attack && !zab_voice_is_ending (self)
         && (self->head.loop || zab_playhead_left (&self->head) > (uint64_t)self->tail + n_frames);
}

static float
level_at (const ZabVoice *self, uint32_t offset)
{
  float level = fade (self->age + offset + 1, self->attack);

  if (!self->head.loop)
    level *= fade (zab_playhead_left (&self->head) - offset, self->tail);
  return level * fall_at (&self->release, offset) * fall_at (&self->cut, offset);
}

static void
fill_levels (const ZabVoice *self, float *levels, uint32_t n_frames)
{
  const bool steady = is_steady (self, n_frames);

  for (uint32_t i = 0; i < n_frames; i++)
    levels[i] = steady ? self->velocity : level_at (self, i) * self->velocity;
}

/* How many of @n_frames come before the voice ends, its sample wraps or a span is full. */
static uint32_t
span_length (const ZabVoice *self, uint32_t n_frames)
{
  n_frames = min_u32 (zab_playhead_left (&self->head), n_frames);
  return min_u32 (min_u32 (zab_voice_left (self), n_frames), SPAN);
}

static void
mix_mono (const float *in, const float *levels, float *restrict out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      out[2 * i] += in[i] * levels[i];
      out[2 * i + 1] += in[i] * levels[i];
    }
}

static void
mix_stereo (const float *in, const float *levels, float *restrict out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      out[2 * i] += in[2 * i] * levels[i];
      out[2 * i + 1] += in[2 * i + 1] * levels[i];
    }
}

static void
mix_planar (const float *left, const float *right, const float *levels, float *restrict out,
            uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      out[2 * i] += left[i] * levels[i];
      out[2 * i + 1] += right[i] * levels[i];
    }
}

static void
mix_span (const ZabVoice *self, const float *levels, float *out, uint32_t n_frames)
{
  const ZabSample *sample = self->sample;
  const float     *plain = sample->frames + self->head.at * sample->channels;
  float            left[SPAN];
  float            right[SPAN];

  if (zab_playhead_plain (&self->head, n_frames) < n_frames)
    {
      zab_playhead_read (&self->head, sample, 0, n_frames, left, right);
      mix_planar (left, right, levels, out, n_frames);
    }
  else if (sample->channels == 1)
    mix_mono (plain, levels, out, n_frames);
  else
    mix_stereo (plain, levels, out, n_frames);
}

/* False at the fall's end. */
static bool
go_down (ZabFall *self, uint32_t n_frames)
{
  if (self->falling)
    self->left -= n_frames;
  return !self->falling || self->left > 0;
}

/* False at the end of the region, or of a fade-out. */
static bool
advance (ZabVoice *self, uint32_t n_frames)
{
  const bool plays = zab_playhead_advance (&self->head, n_frames, 0);
  const bool sounds = go_down (&self->release, n_frames);

  self->age += n_frames;
  return go_down (&self->cut, n_frames) && sounds && plays;
}

ZAB_RT bool
zab_voice_mix (ZabVoice *self, float *out, uint32_t n_frames)
{
  float levels[SPAN];

  for (uint32_t done = 0; done < n_frames;)
    {
      const uint32_t n = span_length (self, n_frames - done);

      fill_levels (self, levels, n);
      mix_span (self, levels, out + 2 * done, n);
      done += n;
      if (!advance (self, n))
        return false;
    }
  return true;
}
