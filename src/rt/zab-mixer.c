/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-mixer.h"

#include <string.h>

enum
{
  ATTACK_MS = 3,
  RELEASE_MS = 5
};

static uint32_t
ms_to_frames (const ZabMixer *self, uint32_t ms)
{
  return atomic_load_explicit (&self->rate, memory_order_relaxed) * ms / 1000;
}

void
zab_mixer_init (ZabMixer *self, uint32_t rate)
{
  memset (self, 0, sizeof *self);
  zab_queue_init (&self->queue);
  zab_mixer_set_rate (self, rate);
  zab_ramp_init (&self->volume, 1.0f);
  for (uint32_t i = 0; i < ZAB_N_PADS; i++)
    zab_ramp_init (&self->pads[i].gain, 1.0f);
}

void
zab_mixer_set_rate (ZabMixer *self, uint32_t rate)
{
  atomic_store_explicit (&self->rate, rate, memory_order_relaxed);
}

bool
zab_mixer_push (ZabMixer *self, const ZabCommand *command)
{
  return zab_queue_push (&self->queue, command);
}

ZabSample *
zab_mixer_take_retired (ZabMixer *self)
{
  return atomic_exchange_explicit (&self->retired, NULL, memory_order_acquire);
}

uint32_t
zab_mixer_get_n_voices (ZabMixer *self, uint32_t pad)
{
  return atomic_load_explicit (&self->pads[pad].n_voices, memory_order_relaxed);
}

uint64_t
zab_mixer_get_position (ZabMixer *self, uint32_t pad)
{
  return atomic_load_explicit (&self->pads[pad].position, memory_order_relaxed);
}

uint64_t
zab_mixer_get_newest (ZabMixer *self, uint32_t pad)
{
  return atomic_load_explicit (&self->pads[pad].newest, memory_order_acquire);
}

/* The release order publishes the audio thread's last reads of the frames to whoever frees them. */
static void
retire (ZabMixer *self, ZabSample *sample)
{
  sample->next_retired = atomic_load_explicit (&self->retired, memory_order_relaxed);
  while (!atomic_compare_exchange_weak_explicit (&self->retired, &sample->next_retired, sample,
                                                 memory_order_release, memory_order_relaxed))
    ;
}

static void
count_voices (ZabMixer *self, uint32_t pad, int32_t change)
{
  const uint32_t n = zab_mixer_get_n_voices (self, pad);

  atomic_store_explicit (&self->pads[pad].n_voices, n + (uint32_t)change, memory_order_relaxed);
}

static void
end_voice (ZabMixer *self, ZabVoice *voice)
{
  ZabSample *sample = voice->sample;

  voice->sample = NULL;
  count_voices (self, voice->pad, -1);
  if (--sample->n_voices == 0 && sample->retiring)
    retire (self, sample);
}

static void
release_pad (ZabMixer *self, uint32_t pad)
{
  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    if (self->voices[i].sample != NULL && self->voices[i].pad == pad)
      zab_voice_release (&self->voices[i]);
}

/* Puts @sample, or nothing, on the pad. */
static void
replace_sample (ZabMixer *self, uint32_t pad, ZabSample *sample)
{
  ZabSample *old = self->pads[pad].sample;

  release_pad (self, pad);
  self->pads[pad].sample = sample;
  if (old == NULL)
    return;
  old->retiring = 1;
  if (old->n_voices == 0)
    retire (self, old);
}

/* A voice that is free, or else the fading one that is nearest to its end. */
static ZabVoice *
claim_voice (ZabMixer *self)
{
  ZabVoice *nearest = &self->voices[0];

  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    {
      ZabVoice *voice = &self->voices[i];

      if (voice->sample == NULL)
        return voice;
      if (voice->releasing && (!nearest->releasing || voice->left < nearest->left))
        nearest = voice;
    }
  end_voice (self, nearest);
  return nearest;
}

static void
release_oldest_above_limit (ZabMixer *self)
{
  ZabVoice *oldest = NULL;
  uint32_t  n_sounding = 0;

  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    {
      ZabVoice *voice = &self->voices[i];

      if (voice->sample == NULL || voice->releasing)
        continue;
      n_sounding++;
      if (oldest == NULL || voice->order < oldest->order)
        oldest = voice;
    }
  if (n_sounding >= ZAB_MAX_SOUNDING)
    zab_voice_release (oldest);
}

static void
play (ZabMixer *self, uint32_t pad, float velocity)
{
  ZabSample *sample = self->pads[pad].sample;
  ZabVoice  *voice;

  if (sample == NULL || sample->n_frames == 0)
    return;
  release_pad (self, pad);
  release_oldest_above_limit (self);
  voice = claim_voice (self);
  zab_voice_start (voice, sample, ms_to_frames (self, ATTACK_MS), ms_to_frames (self, RELEASE_MS));
  voice->pad = pad;
  voice->loop = self->pads[pad].loop;
  voice->velocity = velocity;
  voice->order = ++self->n_starts;
  sample->n_voices++;
  count_voices (self, pad, 1);
  atomic_store_explicit (&self->pads[pad].position, 0, memory_order_relaxed);
  atomic_store_explicit (&self->pads[pad].newest, voice->order, memory_order_release);
}

static void
set_loop (ZabMixer *self, uint32_t pad, bool loop)
{
  self->pads[pad].loop = loop;
  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    if (self->voices[i].sample != NULL && self->voices[i].pad == pad)
      zab_voice_set_loop (&self->voices[i], loop);
}

static void
stop_all (ZabMixer *self)
{
  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    if (self->voices[i].sample != NULL)
      zab_voice_release (&self->voices[i]);
}

static void
apply (ZabMixer *self, const ZabCommand *command)
{
  switch (command->type)
    {
    case ZAB_COMMAND_LOAD_SAMPLE:
      replace_sample (self, command->pad, command->sample);
      break;
    case ZAB_COMMAND_UNLOAD:
      replace_sample (self, command->pad, NULL);
      break;
    case ZAB_COMMAND_PLAY:
      play (self, command->pad, command->velocity);
      break;
    case ZAB_COMMAND_STOP:
      release_pad (self, command->pad);
      break;
    case ZAB_COMMAND_STOP_ALL:
      stop_all (self);
      break;
    case ZAB_COMMAND_SET_LOOP:
      set_loop (self, command->pad, command->loop != 0);
      break;
    case ZAB_COMMAND_SET_GAIN:
      zab_ramp_set (&self->pads[command->pad].gain, command->gain, ms_to_frames (self, RELEASE_MS));
      break;
    case ZAB_COMMAND_SET_VOLUME:
      zab_ramp_set (&self->volume, command->gain, ms_to_frames (self, RELEASE_MS));
      break;
    }
}

/* At most one ring full a block: a producer that never pauses can't keep the block from ending. */
ZAB_RT void
zab_mixer_apply_commands (ZabMixer *self)
{
  ZabCommand command;

  for (uint32_t i = 0; i < ZAB_QUEUE_LENGTH && zab_queue_pop (&self->queue, &command); i++)
    apply (self, &command);
}

static void
mix_voices (ZabMixer *self, float *out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    {
      ZabVoice *voice = &self->voices[i];

      if (voice->sample == NULL)
        continue;
      if (!zab_voice_mix (voice, &self->pads[voice->pad].gain, out, n_frames))
        end_voice (self, voice);
      else if (voice->order == zab_mixer_get_newest (self, voice->pad))
        atomic_store_explicit (&self->pads[voice->pad].position, voice->position,
                               memory_order_relaxed);
    }
}

static void
apply_volume (ZabMixer *self, float *out, uint32_t n_frames)
{
  for (uint32_t i = 0; i < n_frames; i++)
    {
      const float volume = zab_ramp_at (&self->volume, i);

      out[2 * i] *= volume;
      out[2 * i + 1] *= volume;
    }
}

ZAB_RT void
zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames)
{
  zab_mixer_apply_commands (self);
  memset (out, 0, sizeof *out * 2 * n_frames);
  mix_voices (self, out, n_frames);
  apply_volume (self, out, n_frames);
  for (uint32_t i = 0; i < ZAB_N_PADS; i++)
    zab_ramp_advance (&self->pads[i].gain, n_frames);
  zab_ramp_advance (&self->volume, n_frames);
}

void
zab_mixer_drain (ZabMixer *self)
{
  zab_mixer_apply_commands (self);
  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    if (self->voices[i].sample != NULL)
      end_voice (self, &self->voices[i]);
  for (uint32_t i = 0; i < ZAB_N_PADS; i++)
    replace_sample (self, i, NULL);
}
