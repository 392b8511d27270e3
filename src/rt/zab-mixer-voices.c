/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "rt/zab-mixer-private.h"

_Static_assert((int)ZAB_N_VOICES <= (int)ZAB_NO_VOICE, "each has an index");

ZAB_RT void
zab_mixer_init_voices (ZabMixer *self)
{
  for (uint32_t i = 0; i < ZAB_N_SLOTS; i++)
    self->pads[i].first = self->pads[i].last = ZAB_NO_VOICE;
  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    self->voices[i].next = i + 1 < ZAB_N_VOICES ? (uint16_t)(i + 1) : ZAB_NO_VOICE;
  self->free = 0;
}

static void
count_voices (ZabMixer *self, uint32_t pad, int32_t change)
{
  const uint32_t n = zab_mixer_get_n_voices (self, pad);

  atomic_store_explicit (&self->pads[pad].n_voices, n + (uint32_t)change, memory_order_relaxed);
}

/* Of voices that are not ending. */
static void
count_sounding (ZabMixer *self, uint32_t pad, int32_t change)
{
  const uint32_t n = atomic_load_explicit (&self->pads[pad].n_sounding, memory_order_relaxed);

  atomic_store_explicit (&self->pads[pad].n_sounding, n + (uint32_t)change, memory_order_relaxed);
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
end_voice (ZabMixer *self, uint16_t index, uint16_t before)
{
  ZabVoice    *voice = &self->voices[index];
  ZabMixerPad *pad = &self->pads[voice->pad];

  if (before == ZAB_NO_VOICE)
    pad->first = voice->next;
  else
    self->voices[before].next = voice->next;
  if (pad->last == index)
    pad->last = before;
  if (!zab_voice_is_ending (voice))
    count_sounding (self, voice->pad, -1);
  self->n_sounding -= !zab_voice_is_cut (voice);
  count_voices (self, voice->pad, -1);
  leave_sample (self, voice->sample);
  voice->sample = NULL;
  voice->next = self->free;
  self->free = index;
}

static void
cut_voice (ZabMixer *self, ZabVoice *voice)
{
  if (!zab_voice_is_ending (voice))
    count_sounding (self, voice->pad, -1);
  self->n_sounding -= !zab_voice_is_cut (voice);
  zab_voice_cut (voice, zab_mixer_frames (self, ZAB_DECLICK));
}

/* One that has not been heard ends at once: of a storm of starts on a frame, one voice is left. */
ZAB_RT void
zab_mixer_cut_pad (ZabMixer *self, uint32_t pad)
{
  uint16_t before = ZAB_NO_VOICE;
  uint16_t next;

  for (uint16_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = next)
    {
      next = self->voices[i].next;
      if (self->voices[i].age == 0)
        {
          end_voice (self, i, before);
          continue;
        }
      cut_voice (self, &self->voices[i]);
      before = i;
    }
}

ZAB_RT void
zab_mixer_release_pad (ZabMixer *self, uint32_t pad)
{
  const uint32_t length = zab_mixer_frames (self, self->pads[pad].release);

  for (uint16_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    {
      if (!zab_voice_is_ending (&self->voices[i]))
        count_sounding (self, pad, -1);
      zab_voice_release (&self->voices[i], length);
    }
}

ZAB_RT bool
zab_mixer_is_sounding (const ZabMixer *self, uint32_t pad)
{
  for (uint16_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    if (!zab_voice_is_ending (&self->voices[i]))
      return true;
  return false;
}

/* Rare: all voices are taken. The fading one that is nearest to its end. */
static void
end_nearest (ZabMixer *self)
{
  uint32_t nearest = 0;
  uint16_t before = ZAB_NO_VOICE;

  for (uint32_t i = 1; i < ZAB_N_VOICES; i++)
    if (zab_voice_left (&self->voices[i]) < zab_voice_left (&self->voices[nearest]))
      nearest = i;
  for (uint16_t i = self->pads[self->voices[nearest].pad].first; i != nearest;
       i = self->voices[i].next)
    before = i;
  end_voice (self, (uint16_t)nearest, before);
}

/* Whether @a is to be cut before @b: what is released, and what is older. */
static bool
goes_first (const ZabVoice *a, const ZabVoice *b)
{
  const bool a_ends = zab_voice_is_ending (a);

  return a_ends != zab_voice_is_ending (b) ? a_ends : a->order < b->order;
}

static void
cut_one (ZabMixer *self)
{
  ZabVoice *first = NULL;

  for (uint32_t i = 0; i < ZAB_N_VOICES; i++)
    {
      ZabVoice *voice = &self->voices[i];

      if (voice->sample != NULL && !zab_voice_is_cut (voice)
          && (first == NULL || goes_first (voice, first)))
        first = voice;
    }
  if (first != NULL)
    cut_voice (self, first);
}

/* A voice of the pad's sample, the last of the pad's from now on. */
static ZabVoice *
add_voice (ZabMixer *self, uint32_t pad, float attack)
{
  const uint16_t index = self->free;
  ZabMixerPad   *owner = &self->pads[pad];
  ZabVoice      *voice = &self->voices[index];

  self->free = voice->next;
  if (owner->first == ZAB_NO_VOICE)
    owner->first = index;
  else
    self->voices[owner->last].next = index;
  owner->last = index;
  zab_pad_set_add (&self->active, pad);
  zab_voice_start (voice, owner->sample, &owner->cut, zab_mixer_pad_loops (owner),
                   zab_mixer_frames (self, attack), zab_mixer_frames (self, ZAB_DECLICK));
  voice->pad = pad;
  voice->next = ZAB_NO_VOICE;
  owner->sample->n_voices++;
  self->n_sounding++;
  count_sounding (self, pad, 1);
  count_voices (self, pad, 1);
  return voice;
}

ZAB_RT ZabVoice *
zab_mixer_start_voice (ZabMixer *self, uint32_t pad)
{
  ZabMixerPad *owner = &self->pads[pad];
  ZabVoice    *voice;

  if (self->n_sounding >= ZAB_MAX_SOUNDING)
    cut_one (self);
  if (self->free == ZAB_NO_VOICE)
    end_nearest (self);
  voice = add_voice (self, pad, owner->attack);
  voice->order = ++self->n_starts;
  atomic_store_explicit (&owner->position, zab_playhead_frame (&voice->head, voice->sample),
                         memory_order_relaxed);
  atomic_store_explicit (&owner->newest, voice->order, memory_order_release);
  return voice;
}

/* Another voice goes on at @to, rising as this one falls. One that has not been heard yet goes
 * there itself, and so does every one when there is none left to take its place. */
static void
jump (ZabMixer *self, ZabVoice *voice, const ZabPlayhead *to)
{
  ZabVoice *next;

  if (voice->age == 0 || self->free == ZAB_NO_VOICE)
    {
      voice->head = *to;
      return;
    }
  cut_voice (self, voice);
  next = add_voice (self, voice->pad, ZAB_DECLICK);
  next->head = *to;
  next->velocity = voice->velocity;
  next->order = voice->order;
}

ZAB_RT void
zab_mixer_update_pad (ZabMixer *self, uint32_t pad)
{
  ZabMixerPad   *owner = &self->pads[pad];
  const bool     loop = zab_mixer_pad_loops (owner);
  const uint16_t last = owner->last;
  ZabRegion      region;

  if (owner->sample == NULL || owner->sample->n_frames == 0)
    return;
  region = zab_region_of (&owner->cut, owner->sample);
  for (uint16_t i = owner->first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    {
      ZabVoice   *voice = &self->voices[i];
      ZabPlayhead to;

      if (!zab_voice_is_ending (voice) && voice->sample == owner->sample)
        switch (zab_voice_move (voice, &region, loop, &to))
          {
          case ZAB_MOVE_ON:
            break;
          case ZAB_MOVE_JUMP:
            jump (self, voice, &to);
            break;
          case ZAB_MOVE_NOWHERE:
            cut_voice (self, voice);
            break;
          }
      if (i == last)
        break; /* what comes after it has jumped */
    }
}

ZAB_RT void
zab_mixer_mix_pad (ZabMixer *self, uint32_t pad, float *out, uint32_t n_frames)
{
  const ZabPlay play = { .sinc = &self->sincs[self->quality],
                         .speed = &self->pads[pad].speed,
                         .speed_all = &self->speed,
                         .now = self->now,
                         .rate = self->now_rate,
                         .scratch = &self->scratch };
  uint16_t      before = ZAB_NO_VOICE;
  uint16_t      next;

  for (uint16_t i = self->pads[pad].first; i != ZAB_NO_VOICE; i = next)
    {
      ZabVoice *voice = &self->voices[i];

      next = voice->next;
      if (!zab_voice_mix (voice, &play, out, n_frames))
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

static void
scale_frame (uint32_t *frame, const ZabSample *from, const ZabSample *to)
{
  if (*frame != ZAB_TO_THE_END)
    *frame = (uint32_t)(((uint64_t)*frame * to->rate + from->rate / 2) / from->rate);
}

static void
scale_cut (ZabCut *cut, const ZabSample *from, const ZabSample *to)
{
  scale_frame (&cut->start, from, to);
  scale_frame (&cut->end, from, to);
  scale_frame (&cut->loop_start, from, to);
  scale_frame (&cut->loop_end, from, to);
}

/* To the same place in the same sound. The old sample has one voice less. */
static void
change_sample (ZabVoice *voice, ZabSample *sample, const ZabRegion *region)
{
  ZabPlayhead *head = &voice->head;
  uint64_t     end;

  zab_playhead_scale (head, voice->sample->rate, sample->rate);
  voice->sample->n_voices--;
  voice->sample = sample;
  sample->n_voices++;
  head->region = *region;
  end = head->loop
            ? region->loop_end + (region->ping_pong ? region->loop_end - region->loop_start : 0)
            : region->end;
  if (head->at >= end)
    head->at = end - 1; /* it was rounded up past the end */
}

ZAB_RT void
zab_mixer_replace_sample (ZabMixer *self, uint32_t pad, ZabSample *sample)
{
  ZabMixerPad *owner = &self->pads[pad];
  ZabSample   *old = owner->sample;
  ZabRegion    region;

  if (old == NULL || sample->n_frames == 0)
    {
      zab_mixer_put_sample (self, pad, sample);
      return;
    }
  scale_cut (&owner->cut, old, sample);
  region = zab_region_of (&owner->cut, sample);
  for (uint16_t i = owner->first; i != ZAB_NO_VOICE; i = self->voices[i].next)
    if (self->voices[i].sample == old && !zab_voice_is_ending (&self->voices[i]))
      change_sample (&self->voices[i], sample, &region);
  owner->sample = sample;
  old->retiring = 1;
  if (old->n_voices == 0)
    retire (self, old);
}

ZAB_RT void
zab_mixer_end_all_voices (ZabMixer *self)
{
  for (uint32_t i = 0; i < ZAB_N_SLOTS; i++)
    while (self->pads[i].first != ZAB_NO_VOICE)
      end_voice (self, self->pads[i].first, ZAB_NO_VOICE);
}
