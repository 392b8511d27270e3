/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-voice.h"

#include <stddef.h>

static const uint64_t ONE = 1ull << 32;          /* frame of the sample */
static const uint64_t MAX_STEP = 8ull << 32;     /* 4 is the fastest, and twice the rate */
static const uint32_t MAX_CORRECTION = 1u << 20; /* 0.4 cents */

static inline uint32_t
min_u32 (uint64_t a, uint32_t b)
{
  return a < b ? (uint32_t)a : b;
}

ZAB_RT void
zab_voice_start (ZabVoice *self, ZabSample *sample, const ZabCut *cut, bool loop, uint32_t attack,
                 uint32_t tail)
{
  const ZabRegion region = zab_region_of (cut, sample);
  const uint64_t  quarter = (region.end - region.start) / 4;

  *self = (ZabVoice){
    .sample = sample,
    .velocity = 1.0f,
    .attack = min_u32 (quarter, attack),
    .tail = min_u32 (quarter, tail),
  };
  zab_playhead_init (&self->head, &region, loop);
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

ZAB_RT bool
zab_voice_is_cut (const ZabVoice *self)
{
  return self->cut.falling;
}

ZAB_RT uint32_t
zab_voice_left (const ZabVoice *self)
{
  const uint32_t left = self->release.falling ? self->release.left : UINT32_MAX;

  return self->cut.falling ? min_u32 (self->cut.left, left) : left;
}

ZAB_RT ZabMove
zab_voice_move (ZabVoice *self, const ZabRegion *region, bool loop, ZabPlayhead *to)
{
  ZabMove move;

  if (!self->head.loop && zab_playhead_left (&self->head) <= self->tail)
    return ZAB_MOVE_ON;
  move = zab_playhead_move (&self->head, self->sample, region, loop, to);
  if (move == ZAB_MOVE_ON && !loop && zab_playhead_left (to) <= self->tail)
    return ZAB_MOVE_NOWHERE;
  if (move == ZAB_MOVE_ON)
    self->head = *to;
  return move;
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

/* Of the frame @i of a span that begins at the playhead. */
static float
level_at (const ZabVoice *self, const ZabScratch *scratch, uint32_t i)
{
  float level = fade (self->age + i + 1, self->attack);

  if (!self->head.loop)
    {
      const uint64_t whole = zab_playhead_left (&self->head) - scratch->whole[i];
      const float    left = (float)whole - (float)scratch->part[i] * 0x1p-32f;
      const float    length = (float)(self->tail + 1);

      level *= left < length ? left / length : 1.0f;
    }
  return level * fall_at (&self->release, i) * fall_at (&self->cut, i);
}

static void
fill_levels (const ZabVoice *self, ZabScratch *scratch, uint32_t n_frames)
{
  const bool steady = is_steady (self, scratch->whole[n_frames - 1] + 1);

  for (uint32_t i = 0; i < n_frames; i++)
    scratch->levels[i] = steady ? self->velocity : level_at (self, scratch, i) * self->velocity;
}

/* --- Steps through the sample ---------------------------------------------------------------- */

static uint64_t
step_at (const ZabVoice *self, const ZabPlay *play, uint64_t time)
{
  const double speed
      = (double)zab_ramp_at (play->speed, time) * (double)zab_ramp_at (play->speed_all, time);
  const double step = speed * (double)ONE * self->sample->rate / play->rate;

  return step < (double)MAX_STEP ? (uint64_t)(step + 0.5) : MAX_STEP;
}

/* At speed 1 a voice that is between two frames slides onto the nearer one, unheard, to be as
 * exact as if it had never been anywhere else. */
static uint64_t
slide (uint64_t step, uint32_t part)
{
  if (step != ONE || part == 0)
    return step;
  if (part < ONE / 2)
    return step - min_u32 (part, MAX_CORRECTION);
  return step + min_u32 (ONE - part, MAX_CORRECTION);
}

/* The plan of most voices at most times: a frame a step. */
static uint32_t
plan_plain (ZabScratch *scratch, uint64_t left, uint32_t n_frames)
{
  n_frames = min_u32 (left, n_frames);
  for (uint32_t i = 0; i < n_frames; i++)
    {
      scratch->whole[i] = i;
      scratch->part[i] = 0;
      scratch->step[i] = ONE;
    }
  return n_frames;
}

/* Plans the steps of the next frames, @n_frames at most, and returns how many: all of them on whole
 * frames at speed 1 (*plain), or none of them. */
static uint32_t
plan (const ZabVoice *self, const ZabPlay *play, uint64_t time, uint32_t n_frames, bool *plain)
{
  ZabScratch *scratch = play->scratch;
  const bool  settled
      = zab_ramp_is_settled (play->speed, time) && zab_ramp_is_settled (play->speed_all, time);
  /* Round and round: a loop may be shorter than what is made of it at a time. But its first round
   * ends with a plan: from there on what was before it is the loop, too. */
  const uint64_t left
      = self->head.loop && self->head.looped ? UINT64_MAX : zab_playhead_left (&self->head);
  uint64_t step = step_at (self, play, time);
  uint64_t at = self->head.part;
  uint32_t i;

  *plain = step == ONE && at == 0;
  if (*plain && settled)
    return plan_plain (scratch, left, n_frames);
  for (i = 0; i < n_frames; i++)
    {
      if (!settled)
        step = step_at (self, play, time + i);
      if (*plain != (step == ONE && (uint32_t)at == 0) || at >> 32 >= left)
        break;
      scratch->whole[i] = (uint32_t)(at >> 32);
      scratch->part[i] = (uint32_t)at;
      scratch->step[i] = slide (step, (uint32_t)at);
      at += scratch->step[i];
    }
  return i;
}

/* --- Sound ----------------------------------------------------------------------------------- */

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
mix_planar (const ZabScratch *scratch, const float *right, float *restrict out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      out[2 * i] += scratch->left[i] * scratch->levels[i];
      out[2 * i + 1] += right[i] * scratch->levels[i];
    }
}

static void
mix_plain (const ZabVoice *self, ZabScratch *scratch, float *out, uint32_t n_frames)
{
  const ZabSample *sample = self->sample;
  const float     *in = sample->frames + self->head.at * sample->channels;

  if (zab_playhead_plain (&self->head, n_frames) < n_frames)
    {
      zab_playhead_read (&self->head, sample, 0, n_frames, scratch->left, scratch->right);
      mix_planar (scratch, scratch->right, out, n_frames);
    }
  else if (sample->channels == 1)
    mix_mono (in, scratch->levels, out, n_frames);
  else
    mix_stereo (in, scratch->levels, out, n_frames);
}

/* Each frame has the bank of its own step: what others are in the span changes nothing. */
static void
mix_between (const ZabVoice *self, const ZabPlay *play, float *out, uint32_t n_frames)
{
  ZabScratch    *scratch = play->scratch;
  const ZabSinc *sinc = play->sinc;
  const bool     mono = self->sample->channels == 1;
  uint32_t       half = 0;

  for (uint32_t i = 0; i < n_frames; i++)
    {
      const uint32_t taps = sinc->taps[zab_sinc_bank (sinc, scratch->step[i])];

      half = taps / 2 > half ? taps / 2 : half;
    }
  zab_playhead_read (&self->head, self->sample, 1 - (int64_t)half,
                     scratch->whole[n_frames - 1] + 2 * half, scratch->window_left,
                     mono ? NULL : scratch->window_right);
  for (uint32_t i = 0; i < n_frames; i++)
    {
      const uint32_t bank = zab_sinc_bank (sinc, scratch->step[i]);
      const uint32_t first = scratch->whole[i] + half - sinc->taps[bank] / 2;

      if (mono)
        scratch->left[i]
            = zab_sinc_read_mono (sinc, bank, scratch->part[i], scratch->window_left + first);
      else
        zab_sinc_read (sinc, bank, scratch->part[i], scratch->window_left + first,
                       scratch->window_right + first, &scratch->left[i], &scratch->right[i]);
    }
  mix_planar (scratch, mono ? scratch->left : scratch->right, out, n_frames);
}

/* False at the fall's end. */
static bool
go_down (ZabFall *self, uint32_t n_frames)
{
  if (self->falling)
    self->left -= n_frames;
  return !self->falling || self->left > 0;
}

/* Past the last frame of the plan. False at the end of the region, or of a fade-out. */
static bool
advance (ZabVoice *self, const ZabScratch *scratch, uint32_t n_frames)
{
  const uint64_t last = ((uint64_t)scratch->whole[n_frames - 1] << 32) + scratch->part[n_frames - 1]
                        + scratch->step[n_frames - 1];
  const bool plays = zab_playhead_advance (&self->head, (last - self->head.part) >> 32,
                                           (uint32_t)(last - self->head.part));
  const bool sounds = go_down (&self->release, n_frames);

  self->age += n_frames;
  return go_down (&self->cut, n_frames) && sounds && plays;
}

ZAB_RT bool
zab_voice_mix (ZabVoice *self, const ZabPlay *play, float *out, uint32_t n_frames)
{
  for (uint32_t done = 0; done < n_frames;)
    {
      const uint32_t limit = min_u32 (zab_voice_left (self), n_frames - done);
      bool           plain;
      const uint32_t n = plan (self, play, play->now + done, min_u32 (limit, ZAB_SPAN), &plain);

      if (n == 0)
        return false; /* a fade of no length at all */
      fill_levels (self, play->scratch, n);
      if (plain)
        mix_plain (self, play->scratch, out + 2 * done, n);
      else
        mix_between (self, play, out + 2 * done, n);
      done += n;
      if (!advance (self, play->scratch, n))
        return false;
    }
  return true;
}
