/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-mixer-private.h"

ZAB_RT void
zab_mixer_apply_change (ZabMixer *self, const ZabParamChange *change)
{
  const uint32_t glide = zab_mixer_frames (self, ZAB_DECLICK);
  const uint32_t pad = change->pad;
  const float    value = change->value;

  switch (change->id)
    {
    case ZAB_PARAM_GAIN:
      zab_ramp_set (pad == ZAB_MASTER ? &self->volume : &self->pads[pad].gain, self->now, value,
                    glide);
      break;
    case ZAB_PARAM_SPEED:
      zab_ramp_set (pad == ZAB_MASTER ? &self->speed : &self->pads[pad].speed, self->now,
                    value < 0.25f  ? 0.25f
                    : value > 4.0f ? 4.0f
                                   : value,
                    glide);
      break;
    case ZAB_PARAM_CROSSFADE:
      if (pad == ZAB_MASTER)
        break;
      self->pads[pad].cut.crossfade = value < 0.0f ? 0.0f : value > 100.0f ? 100.0f : value;
      zab_mixer_update_pad (self, pad);
      break;
    case ZAB_PARAM_ATTACK:
      if (pad != ZAB_MASTER)
        self->pads[pad].attack = value;
      break;
    case ZAB_PARAM_RELEASE:
      if (pad != ZAB_MASTER)
        self->pads[pad].release = value;
      break;
    case ZAB_N_PARAMS:
      break;
    }
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
