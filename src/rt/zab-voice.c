/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-voice.h"

enum
{
  SPAN = 64 /* frames whose gains are worked out before they are mixed */
};

static inline uint32_t
min_u32 (uint64_t a, uint32_t b)
{
  return a < b ? (uint32_t)a : b;
}

ZAB_RT void
zab_voice_start (ZabVoice *self, ZabSample *sample, uint32_t attack, uint32_t release)
{
  *self = (ZabVoice){
    .sample = sample,
    .velocity = 1.0f,
    .attack = min_u32 (sample->n_frames / 4, attack),
    .tail = min_u32 (sample->n_frames / 4, release),
    .release = release,
  };
}

ZAB_RT void
zab_voice_release (ZabVoice *self)
{
  if (self->releasing)
    return;
  self->releasing = true;
  self->left = self->release;
}

ZAB_RT void
zab_voice_set_loop (ZabVoice *self, bool loop)
{
  if (self->sample->n_frames - self->position > self->tail)
    self->loop = loop;
  else if (self->loop && !loop)
    zab_voice_release (self);
}

/* How far up a fade of @length frames is @step frames from its silent end. */
static inline float
fade (uint64_t step, uint32_t length)
{
  return step > length ? 1.0f : (float)step / (float)(length + 1);
}

static inline float
level_at (const ZabVoice *self, uint32_t offset)
{
  float level = fade (self->age + offset + 1, self->attack);

  if (!self->loop)
    level *= fade (self->sample->n_frames - self->position - offset, self->tail);
  if (self->releasing)
    level *= fade (self->left - offset, self->release);
  return level;
}

/* How many of @n_frames come before the voice ends, its sample wraps or a span is full. */
static uint32_t
span_length (const ZabVoice *self, uint32_t n_frames)
{
  n_frames = min_u32 (self->sample->n_frames - self->position, n_frames);
  if (self->releasing)
    n_frames = min_u32 (self->left, n_frames);
  return min_u32 (n_frames, SPAN);
}

static void
mix_mono (const float *in, const float *gains, float *restrict out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      out[2 * i] += in[i] * gains[i];
      out[2 * i + 1] += in[i] * gains[i];
    }
}

static void
mix_stereo (const float *in, const float *gains, float *restrict out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      out[2 * i] += in[2 * i] * gains[i];
      out[2 * i + 1] += in[2 * i + 1] * gains[i];
    }
}

/* False at the end of the sample or of the release. */
static bool
advance (ZabVoice *self, uint32_t n_frames)
{
  self->position += n_frames;
  self->age += n_frames;
  if (self->releasing)
    self->left -= n_frames;
  if (self->position == self->sample->n_frames && self->loop)
    self->position = 0;
  return self->position < self->sample->n_frames && !(self->releasing && self->left == 0);
}

ZAB_RT bool
zab_voice_mix (ZabVoice *self, const ZabRamp *gain, float *out, uint32_t n_frames)
{
  float    gains[SPAN];
  uint32_t done = 0;

  while (done < n_frames)
    {
      const ZabSample *sample = self->sample;
      const uint32_t   n = span_length (self, n_frames - done);
      const float     *in = sample->frames + self->position * sample->channels;

      for (uint32_t i = 0; i < n; i++)
        gains[i] = level_at (self, i) * self->velocity * zab_ramp_at (gain, done + i);
      if (sample->channels == 1)
        mix_mono (in, gains, out + 2 * done, n);
      else
        mix_stereo (in, gains, out + 2 * done, n);
      done += n;
      if (!advance (self, n))
        return false;
    }
  return true;
}
