/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "rt/zab-mixer-private.h"

static float
clamp_speed (float speed)
{
  return speed < 0.25f ? 0.25f : speed > 4.0f ? 4.0f : speed;
}

/* The gain that the pad's knobs and everybody's solo switches come to. */
static void
update_gain (ZabMixer *self, uint32_t pad)
{
  ZabMixerPad *target = &self->pads[pad];
  const bool   alone = self->n_solos > 0 && pad != ZAB_PREVIEW;
  const bool   heard = !target->mute && (!alone || target->solo);
  const float  gain = heard ? target->wanted : 0.0f;

  if (target->gain.target != gain)
    zab_ramp_set (&target->gain, self->now, gain, zab_mixer_frames (self, ZAB_DECLICK));
}

static void
set_solo (ZabMixer *self, uint32_t pad, bool solo)
{
  if (self->pads[pad].solo == solo)
    return;
  self->pads[pad].solo = solo;
  self->n_solos += solo ? 1 : UINT32_MAX;
  for (uint32_t i = 0; i < ZAB_N_SLOTS; i++)
    update_gain (self, i);
}

/* L^2 + R^2 is the same everywhere, and both are 1 in the middle. */
static void
set_pan (ZabMixer *self, ZabMixerPad *pad, float pan)
{
  const uint32_t glide = zab_mixer_frames (self, ZAB_DECLICK);

  pan = pan < -1.0f ? -1.0f : pan > 1.0f ? 1.0f : pan;
  zab_ramp_set (&pad->left, self->now, sqrtf (1.0f - pan), glide);
  zab_ramp_set (&pad->right, self->now, sqrtf (1.0f + pan), glide);
}

static void
change_pad (ZabMixer *self, const ZabParamChange *change)
{
  const uint32_t glide = zab_mixer_frames (self, ZAB_DECLICK);
  const float    value = change->value;
  ZabMixerPad   *pad = &self->pads[change->pad];

  switch (change->id)
    {
    case ZAB_PARAM_GAIN:
      pad->wanted = value;
      update_gain (self, change->pad);
      break;
    case ZAB_PARAM_ATTACK:
      pad->attack = value;
      break;
    case ZAB_PARAM_RELEASE:
      pad->release = value;
      break;
    case ZAB_PARAM_SPEED:
      zab_ramp_set (&pad->speed, self->now, clamp_speed (value), glide);
      break;
    case ZAB_PARAM_CROSSFADE:
      pad->cut.crossfade = value < 0.0f ? 0.0f : value > 100.0f ? 100.0f : value;
      zab_mixer_update_pad (self, change->pad);
      break;
    case ZAB_PARAM_PAN:
      set_pan (self, pad, value);
      break;
    case ZAB_PARAM_EQ_LOW:
    case ZAB_PARAM_EQ_MID:
    case ZAB_PARAM_EQ_HIGH:
      zab_eq_set_gain (&pad->eq, change->id - ZAB_PARAM_EQ_LOW, self->now, value, glide);
      break;
    case ZAB_PARAM_MUTE:
      pad->mute = value != 0.0f;
      update_gain (self, change->pad);
      break;
    case ZAB_PARAM_SOLO:
      set_solo (self, change->pad, value != 0.0f);
      break;
    case ZAB_PARAM_LIMITER:
    case ZAB_N_PARAMS:
      break;
    }
}

static void
change_master (ZabMixer *self, const ZabParamChange *change)
{
  const uint32_t glide = zab_mixer_frames (self, ZAB_DECLICK);

  switch ((int)change->id)
    {
    case ZAB_PARAM_GAIN:
      zab_ramp_set (&self->volume, self->now, change->value, glide);
      break;
    case ZAB_PARAM_SPEED:
      zab_ramp_set (&self->speed, self->now, clamp_speed (change->value), glide);
      break;
    case ZAB_PARAM_LIMITER:
      zab_limiter_switch (&self->limiter, change->value != 0.0f, self->now, glide);
      break;
    }
}

ZAB_RT void
zab_mixer_apply_change (ZabMixer *self, const ZabParamChange *change)
{
  if (change->pad == ZAB_MASTER)
    change_master (self, change);
  else
    change_pad (self, change);
}

static void
apply_to_pad (ZabMixer *self, const ZabCommand *command)
{
  ZabMixerPad *pad = &self->pads[command->pad];

  switch ((int)command->type)
    {
    case ZAB_COMMAND_SET_MODE:
      pad->mode = command->value;
      zab_mixer_update_pad (self, command->pad);
      break;
    case ZAB_COMMAND_SET_RETRIGGER:
      pad->retrigger = command->value;
      break;
    case ZAB_COMMAND_SET_CHOKE:
      pad->choke = command->value;
      break;
    case ZAB_COMMAND_SET_LOOP:
      pad->loop = command->value != 0;
      zab_mixer_update_pad (self, command->pad);
      break;
    case ZAB_COMMAND_SET_PING_PONG:
      pad->cut.ping_pong = command->value != 0;
      zab_mixer_update_pad (self, command->pad);
      break;
    case ZAB_COMMAND_SET_REVERSE:
      pad->cut.reverse = command->value != 0;
      zab_mixer_update_pad (self, command->pad);
      break;
    case ZAB_COMMAND_SET_REGION:
      pad->cut.start = command->range.start;
      pad->cut.end = command->range.end;
      zab_mixer_update_pad (self, command->pad);
      break;
    case ZAB_COMMAND_SET_LOOP_RANGE:
      pad->cut.loop_start = command->range.start;
      pad->cut.loop_end = command->range.end;
      zab_mixer_update_pad (self, command->pad);
      break;
    }
}

ZAB_RT void
zab_mixer_apply (ZabMixer *self, const ZabCommand *command)
{
  switch (command->type)
    {
    case ZAB_COMMAND_LOAD_SAMPLE:
      zab_mixer_put_sample (self, command->pad, command->sample);
      break;
    case ZAB_COMMAND_REPLACE_SAMPLE:
      zab_mixer_replace_sample (self, command->pad, command->sample);
      break;
    case ZAB_COMMAND_UNLOAD:
      zab_mixer_put_sample (self, command->pad, NULL);
      break;
    case ZAB_COMMAND_PLAY:
      zab_mixer_press (self, command->pad, command->velocity);
      break;
    case ZAB_COMMAND_RELEASE:
      zab_mixer_let_go (self, command->pad);
      break;
    case ZAB_COMMAND_STOP:
      zab_mixer_stop (self, command->pad);
      break;
    case ZAB_COMMAND_STOP_ALL:
      zab_mixer_stop_all (self);
      break;
    case ZAB_COMMAND_SET_MODE:
    case ZAB_COMMAND_SET_RETRIGGER:
    case ZAB_COMMAND_SET_CHOKE:
    case ZAB_COMMAND_SET_LOOP:
    case ZAB_COMMAND_SET_PING_PONG:
    case ZAB_COMMAND_SET_REVERSE:
    case ZAB_COMMAND_SET_REGION:
    case ZAB_COMMAND_SET_LOOP_RANGE:
      apply_to_pad (self, command);
      break;
    case ZAB_COMMAND_SET_EXCLUSIVE:
      self->exclusive = command->value != 0;
      break;
    case ZAB_COMMAND_SET_QUANTISE:
      zab_mixer_set_quantise (self, command->pad, command->value);
      break;
    case ZAB_COMMAND_SET_QUALITY:
      self->quality = command->value < ZAB_SINC_N_QUALITIES ? command->value : ZAB_SINC_NORMAL;
      break;
    case ZAB_COMMAND_START_TRANSPORT:
      zab_mixer_start_transport (self);
      break;
    case ZAB_COMMAND_STOP_TRANSPORT:
      zab_mixer_stop_transport (self);
      break;
    case ZAB_COMMAND_SET_TEMPO:
      zab_transport_set_tempo (&self->transport, self->now, command->value);
      break;
    case ZAB_COMMAND_SET_METRE:
      zab_mixer_set_metre (self, command->metre.beats, command->metre.unit);
      break;
    case ZAB_COMMAND_SET_PARAM:
      zab_mixer_apply_change (self, &(ZabParamChange){ .pad = command->pad,
                                                       .id = command->param.id,
                                                       .value = command->param.value });
      break;
    }
}
