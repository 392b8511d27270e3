/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "rt/zab-reference-private.h"

ZabReference *
zab_reference_new (guint rate)
{
  ZabReference *self = g_new0 (ZabReference, 1);

  self->rate = rate;
  self->commands = g_array_new (FALSE, FALSE, sizeof (ZabCommand));
  self->voices = g_array_new (FALSE, FALSE, sizeof (Voice));
  self->volume.to = self->speed.to = 1;
  self->tempo = 120000;
  self->beats = self->unit = 4;
  zab_reference_limiter_init (&self->limiter);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      Pad *pad = &self->pads[i];

      pad->attack = pad->release = 3;
      pad->gain.to = pad->left.to = pad->right.to = pad->speed.to = 1;
      for (guint k = 0; k < 3; k++)
        pad->isolator.gains[k].to = 1;
      pad->wanted = 1;
      pad->end = pad->loop_end = ZAB_TO_THE_END;
    }
  return self;
}

void
zab_reference_free (ZabReference *self)
{
  g_array_unref (self->commands);
  g_array_unref (self->voices);
  zab_reference_limiter_clear (&self->limiter);
  g_free (self);
}

void
zab_reference_add (ZabReference *self, const ZabCommand *command)
{
  guint i = self->commands->len;

  while (i > 0 && g_array_index (self->commands, ZabCommand, i - 1).time > command->time)
    i--;
  g_array_insert_val (self->commands, i, *command);
}

gint64
zab_reference_to_frames (const ZabReference *self, double ms)
{
  return (gint64)floor (self->rate * ms / 1000);
}

void
zab_reference_begin (const ZabReference *self, Span *span, double ms)
{
  if (!span->on)
    *span = (Span){ TRUE, self->now, zab_reference_to_frames (self, ms) };
}

gboolean
zab_reference_pad_loops (const Pad *pad)
{
  return pad->loop || pad->mode == ZAB_LAUNCH_LOOP;
}

/* --- Launches -------------------------------------------------------------------------------- */

static void
start_pad (ZabReference *self, guint number)
{
  const Pad *pad = &self->pads[number];

  if (pad->sample == NULL)
    return;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (i == number ? pad->retrigger == ZAB_RETRIGGER_RESTART
                    : (pad->choke > 0 && self->pads[i].choke == pad->choke)
                          || (self->exclusive && zab_reference_pad_loops (pad)
                              && zab_reference_pad_loops (&self->pads[i])))
      zab_reference_cut_pad (self, i);
  zab_reference_start_voice (self, number);
}

static void
launch (ZabReference *self, guint number)
{
  Pad      *pad = &self->pads[number];
  const int what = pad->waiting;

  if (what == 0 || !zab_reference_is_on_line (self, pad->quantise))
    return;
  pad->waiting = 0;
  if (what > 0)
    start_pad (self, number);
  else
    zab_reference_release_pad (self, number);
}

static void
stop_pad (ZabReference *self, guint number)
{
  self->pads[number].waiting = zab_reference_sounds (self, number) ? -1 : 0;
  launch (self, number);
}

static void
press_pad (ZabReference *self, guint number, double velocity)
{
  Pad *pad = &self->pads[number];

  if (pad->mode == ZAB_LAUNCH_TOGGLE && pad->waiting != 0)
    pad->waiting = 0;
  else if (pad->mode == ZAB_LAUNCH_TOGGLE && zab_reference_sounds (self, number))
    stop_pad (self, number);
  else
    {
      pad->velocity = velocity;
      pad->waiting = 1;
      launch (self, number);
    }
}

static void
stop_all (ZabReference *self)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      self->pads[i].waiting = 0;
      zab_reference_release_pad (self, i);
    }
}

static void
stop_transport (ZabReference *self)
{
  self->runs = FALSE;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (self->pads[i].waiting > 0)
      self->pads[i].waiting = 0;
    else
      launch (self, i);
}

/* --- Parameters ------------------------------------------------------------------------------ */

static void
update_gains (ZabReference *self)
{
  gboolean any_solo = FALSE;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    any_solo |= self->pads[i].solo;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      Pad         *pad = &self->pads[i];
      const double gain = pad->mute || (any_solo && !pad->solo) ? 0 : pad->wanted;

      if (gain < pad->gain.to || gain > pad->gain.to)
        zab_reference_glide_to (self, &pad->gain, gain);
    }
}

static void
set_master (ZabReference *self, ZabParam param, double value)
{
  if (param == ZAB_PARAM_GAIN)
    zab_reference_glide_to (self, &self->volume, value);
  else if (param == ZAB_PARAM_SPEED)
    zab_reference_speed_to (self, &self->speed, value);
  else if (param == ZAB_PARAM_LIMITER)
    zab_reference_switch_limiter (self, &self->limiter, value > 0);
}

static void
set_pad (ZabReference *self, guint number, ZabParam param, double value)
{
  Pad *pad = &self->pads[number];

  switch (param)
    {
    case ZAB_PARAM_GAIN:
      pad->wanted = value;
      break;
    case ZAB_PARAM_ATTACK:
      pad->attack = value;
      break;
    case ZAB_PARAM_RELEASE:
      pad->release = value;
      break;
    case ZAB_PARAM_SPEED:
      zab_reference_speed_to (self, &pad->speed, value);
      break;
    case ZAB_PARAM_CROSSFADE:
      pad->crossfade = value;
      zab_reference_update_voices (self, number);
      break;
    case ZAB_PARAM_PAN:
      zab_reference_glide_to (self, &pad->left, sqrt (2) * cos (asin (value) / 2 + G_PI / 4));
      zab_reference_glide_to (self, &pad->right, sqrt (2) * sin (asin (value) / 2 + G_PI / 4));
      break;
    case ZAB_PARAM_EQ_LOW:
    case ZAB_PARAM_EQ_MID:
    case ZAB_PARAM_EQ_HIGH:
      zab_reference_turn_isolator (self, &pad->isolator, param - ZAB_PARAM_EQ_LOW, value);
      break;
    case ZAB_PARAM_MUTE:
      pad->mute = value > 0;
      break;
    case ZAB_PARAM_SOLO:
      pad->solo = value > 0;
      break;
    case ZAB_PARAM_LIMITER:
    case ZAB_N_PARAMS:
      break;
    }
  update_gains (self);
}

/* --- Commands -------------------------------------------------------------------------------- */

/* Of what a pad plays. */
static void
set_playing (ZabReference *self, const ZabCommand *command)
{
  Pad *pad = &self->pads[command->pad];

  switch ((int)command->type)
    {
    case ZAB_COMMAND_SET_MODE:
      pad->mode = command->value;
      break;
    case ZAB_COMMAND_SET_LOOP:
      pad->loop = command->value != 0;
      break;
    case ZAB_COMMAND_SET_PING_PONG:
      pad->ping_pong = command->value != 0;
      break;
    case ZAB_COMMAND_SET_REVERSE:
      pad->reverse = command->value != 0;
      break;
    case ZAB_COMMAND_SET_REGION:
      pad->start = command->range.start;
      pad->end = command->range.end;
      break;
    case ZAB_COMMAND_SET_LOOP_RANGE:
      pad->loop_start = command->range.start;
      pad->loop_end = command->range.end;
      break;
    }
  zab_reference_update_voices (self, command->pad);
}

static void
apply (ZabReference *self, const ZabCommand *command)
{
  Pad *pad = &self->pads[command->pad % ZAB_N_PADS];

  switch (command->type)
    {
    case ZAB_COMMAND_LOAD_SAMPLE:
    case ZAB_COMMAND_UNLOAD:
      zab_reference_cut_pad (self, command->pad);
      pad->sample = command->type == ZAB_COMMAND_UNLOAD ? NULL : command->sample;
      break;
    case ZAB_COMMAND_REPLACE_SAMPLE:
      zab_reference_replace_sample (self, command->pad, command->sample);
      break;
    case ZAB_COMMAND_PLAY:
      press_pad (self, command->pad, (double)command->velocity);
      break;
    case ZAB_COMMAND_RELEASE:
      if (pad->mode == ZAB_LAUNCH_GATE)
        stop_pad (self, command->pad);
      break;
    case ZAB_COMMAND_STOP:
      stop_pad (self, command->pad);
      break;
    case ZAB_COMMAND_STOP_ALL:
      stop_all (self);
      break;
    case ZAB_COMMAND_SET_RETRIGGER:
      pad->retrigger = command->value;
      break;
    case ZAB_COMMAND_SET_CHOKE:
      pad->choke = command->value;
      break;
    case ZAB_COMMAND_SET_EXCLUSIVE:
      self->exclusive = command->value != 0;
      break;
    case ZAB_COMMAND_SET_MODE:
    case ZAB_COMMAND_SET_LOOP:
    case ZAB_COMMAND_SET_PING_PONG:
    case ZAB_COMMAND_SET_REVERSE:
    case ZAB_COMMAND_SET_REGION:
    case ZAB_COMMAND_SET_LOOP_RANGE:
      set_playing (self, command);
      break;
    case ZAB_COMMAND_SET_QUALITY:
      self->quality = command->value;
      break;
    case ZAB_COMMAND_SET_QUANTISE:
      if (command->pad == ZAB_MASTER)
        self->quantise = command->value;
      else
        pad->quantise = command->value;
      break;
    case ZAB_COMMAND_START_TRANSPORT:
      zab_reference_start_transport (self);
      break;
    case ZAB_COMMAND_STOP_TRANSPORT:
      stop_transport (self);
      break;
    case ZAB_COMMAND_SET_TEMPO:
      self->tempo = command->value;
      break;
    case ZAB_COMMAND_SET_METRE:
      zab_reference_set_metre (self, command->metre.beats, command->metre.unit);
      break;
    case ZAB_COMMAND_SET_PARAM:
      if (command->pad == ZAB_MASTER)
        set_master (self, command->param.id, (double)command->param.value);
      else
        set_pad (self, command->pad, command->param.id, (double)command->param.value);
      break;
    }
}

/* --- Sound ----------------------------------------------------------------------------------- */

static void
render_frame (ZabReference *self, double *out)
{
  const double volume = zab_reference_glide_at (&self->volume, self->now);
  double       pads[ZAB_N_PADS][2] = { 0 };

  out[0] = out[1] = 0;
  for (guint i = 0; i < self->voices->len; i++)
    {
      Voice *voice = zab_reference_voice_at (self, i);

      zab_reference_add_voice (self, voice, pads[voice->pad]);
    }
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      Pad         *pad = &self->pads[i];
      const double gain = volume * zab_reference_glide_at (&pad->gain, self->now);

      zab_reference_isolate (self, &pad->isolator, pads[i]);
      out[0] += pads[i][0] * gain * zab_reference_glide_at (&pad->left, self->now);
      out[1] += pads[i][1] * gain * zab_reference_glide_at (&pad->right, self->now);
    }
  zab_reference_limit (self, &self->limiter, out);
}

void
zab_reference_render (ZabReference *self, double *out, guint n_frames)
{
  for (guint i = 0; i < n_frames; i++)
    {
      zab_reference_drop_ended (self);
      while (self->commands->len > 0
             && g_array_index (self->commands, ZabCommand, 0).time <= (guint64)self->now)
        {
          const ZabCommand command = g_array_index (self->commands, ZabCommand, 0);

          g_array_remove_index (self->commands, 0);
          apply (self, &command);
        }
      for (guint pad = 0; pad < ZAB_N_PADS; pad++)
        launch (self, pad);
      render_frame (self, out + 2 * i);
      self->now++;
      if (self->runs)
        self->position += self->tempo;
    }
}
