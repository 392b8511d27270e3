/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-script.h"

#include <math.h>

#include "rt/zab-launch.h"
#include "rt/zab-sinc-quality.h"

static ZabSample *
sample_new (GRand *rand, guint rate)
{
  ZabSample   *sample = g_new0 (ZabSample, 1);
  const guint  channels = (guint)g_rand_int_range (rand, 1, 3);
  const guint  n_frames = (guint)g_rand_int_range (rand, 1, 6000);
  const double pitch = g_rand_double_range (rand, 0.001, 0.1);
  float       *frames = g_new (float, n_frames *channels);

  for (guint i = 0; i < n_frames * channels; i++)
    frames[i] = (float)(0.5 * sin (pitch * i + (i % channels)));
  *sample
      = (ZabSample){ .frames = frames, .n_frames = n_frames, .channels = channels, .rate = rate };
  return sample;
}

static void
sample_free (ZabSample *sample)
{
  g_free ((float *)sample->frames);
  g_free (sample);
}

static gboolean
is_allowed (ZabScriptFeatures features, ZabParam param)
{
  switch ((int)param)
    {
    case ZAB_PARAM_SPEED:
      return (features & ZAB_SCRIPT_SPEED) != 0;
    case ZAB_PARAM_EQ_LOW:
    case ZAB_PARAM_EQ_MID:
    case ZAB_PARAM_EQ_HIGH:
      return (features & ZAB_SCRIPT_ISOLATOR) != 0;
    case ZAB_PARAM_LIMITER:
      return (features & ZAB_SCRIPT_LIMITER) != 0;
    }
  return TRUE;
}

static void
fill_param (GRand *rand, ZabScriptFeatures features, ZabCommand *command)
{
  const gboolean coin = g_rand_boolean (rand);
  const double   value = g_rand_double (rand);
  ZabParam       id;

  do
    id = (ZabParam)g_rand_int_range (rand, 0, ZAB_N_PARAMS);
  while (!is_allowed (features, id));
  if (g_rand_int_range (rand, 0, 5) == 0)
    id = ZAB_PARAM_CROSSFADE; /* which needs a loop, and a place before it or not, to be heard */
  else if (is_allowed (features, ZAB_PARAM_SPEED) && g_rand_int_range (rand, 0, 4) == 0)
    id = ZAB_PARAM_SPEED; /* and back to 1, the master's, too */
  command->param.id = id;
  command->param.value = (float)value;
  if (id == ZAB_PARAM_LIMITER
      || ((id == ZAB_PARAM_GAIN || id == ZAB_PARAM_SPEED) && g_rand_int_range (rand, 0, 3) == 0))
    command->pad = ZAB_MASTER;
  if (id == ZAB_PARAM_GAIN && command->pad == ZAB_MASTER && (features & ZAB_SCRIPT_LIMITER) != 0)
    command->param.value = (float)(2 * value);
  else if (id == ZAB_PARAM_SPEED)
    command->param.value = coin ? 1 : (float)(4 * value);
  else if (id == ZAB_PARAM_PAN)
    command->param.value = (float)(2 * value - 1);
  else if (id == ZAB_PARAM_EQ_LOW || id == ZAB_PARAM_EQ_MID || id == ZAB_PARAM_EQ_HIGH)
    command->param.value = value < 0.7 ? 1 : (float)MAX (0, 10 * value - 7.5);
  else if (id == ZAB_PARAM_MUTE || id == ZAB_PARAM_SOLO)
    command->param.value = value < 0.1;
  else if (id == ZAB_PARAM_LIMITER)
    command->param.value = value < 0.7;
  else if (id != ZAB_PARAM_GAIN)
    command->param.value = (float)(50 * value); /* ms */
}

static void
fill_value (GRand *rand, ZabScriptFeatures features, ZabCommand *command)
{
  switch ((int)command->type)
    {
    case ZAB_COMMAND_LOAD_SAMPLE:
    case ZAB_COMMAND_REPLACE_SAMPLE:
      command->value = (guint)g_rand_int_range (rand, 0, ZAB_SCRIPT_N_SAMPLES);
      break;
    case ZAB_COMMAND_PLAY:
      command->velocity = (float)g_rand_double (rand);
      break;
    case ZAB_COMMAND_SET_MODE:
      command->value = (guint)g_rand_int_range (rand, 0, ZAB_LAUNCH_LOOP + 1);
      break;
    case ZAB_COMMAND_SET_CHOKE:
      command->value = (guint)g_rand_int_range (rand, 0, 4);
      break;
    case ZAB_COMMAND_SET_QUANTISE:
      command->pad = g_rand_boolean (rand) ? ZAB_MASTER : command->pad;
      command->value = (guint)g_rand_int_range (rand, 0, ZAB_QUANTISE_2_BARS + 1);
      break;
    case ZAB_COMMAND_SET_TEMPO:
      command->value = (guint)g_rand_int_range (rand, 200000, 900000);
      break;
    case ZAB_COMMAND_SET_REGION:
    case ZAB_COMMAND_SET_LOOP_RANGE:
      command->range.start = (guint)g_rand_int_range (rand, 0, 3000);
      command->range.end
          = g_rand_boolean (rand) ? ZAB_TO_THE_END : (guint)g_rand_int_range (rand, 500, 6000);
      if (command->type == ZAB_COMMAND_SET_LOOP_RANGE && g_rand_int_range (rand, 0, 4) == 0)
        command->range.end = command->range.start + (guint)g_rand_int_range (rand, 1, 20);
      break;
    case ZAB_COMMAND_SET_METRE:
      command->metre.beats = (guint)g_rand_int_range (rand, 1, 9);
      command->metre.unit = 2u << g_rand_int_range (rand, 0, 4);
      break;
    case ZAB_COMMAND_SET_PARAM:
      fill_param (rand, features, command);
      break;
    default:
      command->value = (guint)g_rand_boolean (rand);
    }
}

static ZabCommandType
choose_type (GRand *rand, ZabScriptFeatures features)
{
  /* Those that make something of the others come more often. */
  static const ZabCommandType often[]
      = { ZAB_COMMAND_PLAY,      ZAB_COMMAND_PLAY,          ZAB_COMMAND_PLAY,
          ZAB_COMMAND_PLAY,      ZAB_COMMAND_PLAY,          ZAB_COMMAND_PLAY,
          ZAB_COMMAND_RELEASE,   ZAB_COMMAND_SET_PARAM,     ZAB_COMMAND_SET_PARAM,
          ZAB_COMMAND_SET_PARAM, ZAB_COMMAND_SET_PARAM,     ZAB_COMMAND_SET_LOOP,
          ZAB_COMMAND_SET_LOOP,  ZAB_COMMAND_SET_LOOP_RANGE };
  /* Those that leave a crowd as it is. */
  static const ZabCommandType crowded[]
      = { ZAB_COMMAND_PLAY,          ZAB_COMMAND_PLAY,       ZAB_COMMAND_PLAY,
          ZAB_COMMAND_PLAY,          ZAB_COMMAND_PLAY,       ZAB_COMMAND_PLAY,
          ZAB_COMMAND_PLAY,          ZAB_COMMAND_PLAY,       ZAB_COMMAND_PLAY,
          ZAB_COMMAND_SET_PARAM,     ZAB_COMMAND_SET_PARAM,  ZAB_COMMAND_STOP,
          ZAB_COMMAND_SET_PING_PONG, ZAB_COMMAND_SET_REVERSE };
  ZabCommandType type;

  if ((features & ZAB_SCRIPT_CROWD) != 0)
    return crowded[g_rand_int_range (rand, 0, G_N_ELEMENTS (crowded))];
  if (g_rand_boolean (rand))
    return often[g_rand_int_range (rand, 0, G_N_ELEMENTS (often))];
  do
    type = (ZabCommandType)g_rand_int_range (rand, 0, ZAB_COMMAND_SET_PARAM + 1);
  while ((type == ZAB_COMMAND_REPLACE_SAMPLE || type == ZAB_COMMAND_SET_QUALITY)
         && (features & ZAB_SCRIPT_SPEED) == 0);
  return type;
}

static void
add_first_commands (ZabScript *self, ZabScriptFeatures features)
{
  const ZabCommand quality = { .type = ZAB_COMMAND_SET_QUALITY, .value = ZAB_SINC_NORMAL };

  g_array_append_val (self->commands, quality);
  for (guint i = 0; i < ZAB_SCRIPT_N_PADS; i++)
    {
      const ZabCommand load
          = { .type = ZAB_COMMAND_LOAD_SAMPLE, .pad = i, .value = i % ZAB_SCRIPT_N_SAMPLES };
      const ZabCommand add
          = { .type = ZAB_COMMAND_SET_RETRIGGER, .pad = i, .value = ZAB_RETRIGGER_ADD };
      const ZabCommand loop = { .type = ZAB_COMMAND_SET_LOOP, .pad = i, .value = i % 2 };

      g_array_append_val (self->commands, load);
      if ((features & ZAB_SCRIPT_CROWD) == 0)
        continue;
      g_array_append_val (self->commands, add);
      g_array_append_val (self->commands, loop);
    }
}

ZabScript *
zab_script_new (guint32 seed, ZabScriptFeatures features, guint n_frames)
{
  const guint rates[] = { ZAB_SCRIPT_RATE, 44100, ZAB_SCRIPT_RATE, 96000 };
  const int   apart = (features & ZAB_SCRIPT_CROWD) != 0 ? 20 : 300;
  ZabScript  *self = g_new0 (ZabScript, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint64 time = 0;

  self->n_frames = n_frames;
  self->commands = g_array_new (FALSE, TRUE, sizeof (ZabCommand));
  for (guint i = 0; i < ZAB_SCRIPT_N_SAMPLES; i++)
    self->samples[i]
        = sample_new (rand, (features & ZAB_SCRIPT_SPEED) != 0 ? rates[i % G_N_ELEMENTS (rates)]
                                                               : ZAB_SCRIPT_RATE);
  add_first_commands (self, features);
  while (time < n_frames)
    {
      ZabCommand command = { .type = choose_type (rand, features), .time = time };

      command.pad = (guint)g_rand_int_range (rand, 0, ZAB_SCRIPT_N_PADS);
      fill_value (rand, features, &command);
      g_array_append_val (self->commands, command);
      if (g_rand_int_range (rand, 0, 4) > 0) /* some come together */
        time += (guint64)g_rand_int_range (rand, 1, apart);
    }
  return self;
}

void
zab_script_free (ZabScript *self)
{
  g_array_unref (self->commands);
  for (guint i = 0; i < ZAB_SCRIPT_N_SAMPLES; i++)
    sample_free (self->samples[i]);
  g_free (self);
}

ZabCommand
zab_script_get (const ZabScript *self, guint i, GPtrArray *copies)
{
  ZabCommand command = g_array_index (self->commands, ZabCommand, i);

  if (command.type == ZAB_COMMAND_LOAD_SAMPLE || command.type == ZAB_COMMAND_REPLACE_SAMPLE)
    {
      ZabSample *copy = g_new (ZabSample, 1);

      *copy = *self->samples[command.value];
      g_ptr_array_add (copies, copy);
      command.sample = copy;
    }
  return command;
}
