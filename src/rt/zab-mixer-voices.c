/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "rt/zab-mixer-private.h"

_Static_assert((int)ZAB_N_VOICES <= (int)ZAB_NO_VOICE, "voices are counted in a byte");

ZAB_RT void
zab_mixer_init_voices (ZabMixer *self)
{
  for (uint32_t i = 0; i < ZAB_N_PADS; i++)
    self->pads[i].first = self->pads[i].last = ZAB_NO_VOICE;
  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    self->voices[i].next = i + 1 < ZAB_N_VOICES ? (uint8_t)(i + 1) : ZAB_NO_VOICE;
  self->free = 0;
}

static void
count_voices (ZabMixer *self, uint32_t pad, int32_t change)
{
  const uint32_t n = zab_mixer_get_n_voices (self, pad);

  atomic_store_explicit (&self->pads[pad].n_voices, n + (uint32_t)change, memory_order_relaxed);
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
leave_sample (ZabMixer *self, ZabSample *sample)
{
  if (--sample->n_voices == 0 && sample->retiring)
    retire (self, sample);
}

/* Takes the voice that comes after @before, or the first one, out of its pad's list. */
static void
end_voice (ZabMixer *self, uint8_t index, uint8_t before)
{
  ZabVoice    *voice = &self->voices[index];
  ZabMixerPad *pad = &self->pads[voice->pad];

  if (before == ZAB_NO_VOICE)
    pad->first = voice->next;
  else
    self->voices[before].next = voice->next;
  if (pad->last == index)
    pad->last = before;
  if (pad->first == ZAB_NO_VOICE)
    zab_pad_set_remove (&self->active, voice->pad);
  self->n_sounding -= !zab_voice_is_ending (voice);
  count_voices (self, voice->pad, -1);
  leave_sample (self, voice->sample);
  voice->sample = NULL;
  voice->next = self->free;
  self->free = index;
}

static void
cut_voice (ZabMixer *self, ZabVoice *voice)
{
  self->n_sounding -= !zab_voice_is_ending (voice);
  zab_voice_cut (voice, zab_mixer_frames (self, ZAB_DECLICK));
}

ZAB_RT void
zab_mixer_cut_pad (ZabMixer *self, uint32_t pad)
{
  for (uint8_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    cut_voice (self, &self->voices[i]);
}

ZAB_RT void
zab_mixer_release_pad (ZabMixer *self, uint32_t pad)
{
  const uint32_t length = zab_mixer_frames (self, self->pads[pad].release);

  for (uint8_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    {
      self->n_sounding -= !zab_voice_is_ending (&self->voices[i]);
      zab_voice_release (&self->voices[i], length);
    }
}

ZAB_RT bool
zab_mixer_is_sounding (const ZabMixer *self, uint32_t pad)
{
  for (uint8_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    if (!zab_voice_is_ending (&self->voices[i]))
      return true;
  return false;
}

ZAB_RT void
zab_mixer_set_loop (ZabMixer *self, uint32_t pad)
{
  const bool     loop = zab_mixer_pad_loops (&self->pads[pad]);
  const uint32_t cut = zab_mixer_frames (self, ZAB_DECLICK);

  for (uint8_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    {
      ZabVoice  *voice = &self->voices[i];
      const bool was_ending = zab_voice_is_ending (voice);

      zab_voice_set_loop (voice, loop, cut);
      self->n_sounding -= zab_voice_is_ending (voice) && !was_ending;
    }
}

/* Rare: all voices are taken. The fading one that is nearest to its end. */
static void
end_nearest (ZabMixer *self)
{
  uint32_t nearest = 0;
  uint8_t  before = ZAB_NO_VOICE;

  for (uint32_t i = 1; i < ZAB_N_VOICES; i++)
    if (zab_voice_left (&self->voices[i]) < zab_voice_left (&self->voices[nearest]))
      nearest = i;
  for (uint8_t i = self->pads[self->voices[nearest].pad].first; i != nearest;
       i = self->voices[i].next)
    before = i;
  end_voice (self, (uint8_t)nearest, before);
}

static void
cut_oldest (ZabMixer *self)
{
  ZabVoice *oldest = NULL;

  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    {
      ZabVoice *voice = &self->voices[i];

      if (voice->sample != NULL && !zab_voice_is_ending (voice)
          && (oldest == NULL || voice->order < oldest->order))
        oldest = voice;
    }
  if (oldest != NULL)
    cut_voice (self, oldest);
}

/* The last of the pad's voices from now on. */
static ZabVoice *
add_voice (ZabMixer *self, uint32_t pad)
{
  const uint8_t index = self->free;
  ZabMixerPad  *owner = &self->pads[pad];

  self->free = self->voices[index].next;
  if (owner->first == ZAB_NO_VOICE)
    owner->first = index;
  else
    self->voices[owner->last].next = index;
  owner->last = index;
  zab_pad_set_add (&self->active, pad);
  return &self->voices[index];
}

ZAB_RT ZabVoice *
zab_mixer_start_voice (ZabMixer *self, uint32_t pad)
{
  ZabMixerPad    *owner = &self->pads[pad];
  const ZabRegion region = { .end = owner->sample->n_frames, .loop_end = owner->sample->n_frames };
  ZabVoice       *voice;

  if (self->n_sounding >= ZAB_MAX_SOUNDING)
    cut_oldest (self);
  if (self->free == ZAB_NO_VOICE)
    end_nearest (self);
  voice = add_voice (self, pad);
  zab_voice_start (voice, owner->sample, &region, zab_mixer_pad_loops (owner),
                   zab_mixer_frames (self, owner->attack), zab_mixer_frames (self, ZAB_DECLICK));
  voice->pad = pad;
  voice->next = ZAB_NO_VOICE;
  voice->order = ++self->n_starts;
  owner->sample->n_voices++;
  self->n_sounding++;
  count_voices (self, pad, 1);
  atomic_store_explicit (&owner->position, 0, memory_order_relaxed);
  atomic_store_explicit (&owner->newest, voice->order, memory_order_release);
  return voice;
}

ZAB_RT void
zab_mixer_mix_pad (ZabMixer *self, uint32_t pad, float *out, uint32_t n_frames)
{
  uint8_t before = ZAB_NO_VOICE;
  uint8_t next;

  for (uint8_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = next)
    {
      ZabVoice *voice = &self->voices[i];

      next = voice->next;
      if (!zab_voice_mix (voice, out, n_frames))
        {
          end_voice (self, i, before);
          continue;
        }
      if (voice->order == zab_mixer_get_newest (self, pad))
        atomic_store_explicit (&self->pads[pad].position,
                               zab_playhead_frame (&voice->head, voice->sample),
                               memory_order_relaxed);
      before = i;
    }
}

ZAB_RT void
zab_mixer_put_sample (ZabMixer *self, uint32_t pad, ZabSample *sample)
{
  ZabSample *old = self->pads[pad].sample;

  zab_mixer_cut_pad (self, pad);
  self->pads[pad].sample = sample;
  if (old == NULL)
    return;
  old->retiring = 1;
  if (old->n_voices == 0)
    retire (self, old);
}

ZAB_RT void
zab_mixer_end_all_voices (ZabMixer *self)
{
  for (uint32_t i = 0; i < ZAB_N_PADS; i++)
    while (self->pads[i].first != ZAB_NO_VOICE)
      end_voice (self, self->pads[i].first, ZAB_NO_VOICE);
}
