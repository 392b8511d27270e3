/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine's commands to the audio thread. All on the main thread. */
#include "engine/zab-engine-private.h"

#include <math.h>

/* Without a stream nobody takes commands out of the ring: the main thread does so itself. */
gboolean
zab_engine_push (ZabEngine *self, const ZabCommand *command)
{
  if (self->mixer == NULL)
    return FALSE;
  if (zab_mixer_push (self->mixer, command))
    return TRUE;
  if (self->output == NULL || zab_output_is_attached (self->output))
    return FALSE;
  zab_mixer_apply_commands (self->mixer);
  return zab_mixer_push (self->mixer, command);
}

guint
zab_engine_get_room (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 0);
  if (self->mixer == NULL)
    return 0;
  if (self->output != NULL && !zab_output_is_attached (self->output))
    return ZAB_QUEUE_LENGTH;
  return zab_mixer_get_room (self->mixer);
}

gboolean
zab_engine_has_commands (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  return self->mixer != NULL && (self->output == NULL || self->state == ZAB_OUTPUT_RUNNING)
         && zab_engine_get_room (self) < ZAB_QUEUE_LENGTH;
}

static gboolean
push_to_pad (ZabEngine *self, ZabCommandType type, guint pad, guint64 time)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (pad < ZAB_N_PADS, FALSE);
  return zab_engine_push (self, &(ZabCommand){ .type = type, .pad = pad, .time = time });
}

static gboolean
push_value (ZabEngine *self, ZabCommandType type, guint pad, guint value)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (pad < ZAB_N_PADS, FALSE);
  return zab_engine_push (self, &(ZabCommand){ .type = type, .pad = pad, .value = value });
}

static gboolean
push_to_all (ZabEngine *self, ZabCommandType type, guint value)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  return zab_engine_push (self, &(ZabCommand){ .type = type, .pad = ZAB_MASTER, .value = value });
}

/* --- Play ------------------------------------------------------------------------------------ */

gboolean
zab_engine_play_pad_at (ZabEngine *self, guint pad, float velocity, guint64 time)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (pad < ZAB_N_PADS, FALSE);
  if (self->output != NULL && self->state != ZAB_OUTPUT_RUNNING)
    return FALSE;
  return zab_engine_push (
      self,
      &(ZabCommand){ .type = ZAB_COMMAND_PLAY, .pad = pad, .time = time, .velocity = velocity });
}

gboolean
zab_engine_play_pad (ZabEngine *self, guint pad, float velocity)
{
  return zab_engine_play_pad_at (self, pad, velocity, 0);
}

gboolean
zab_engine_release_pad_at (ZabEngine *self, guint pad, guint64 time)
{
  return push_to_pad (self, ZAB_COMMAND_RELEASE, pad, time);
}

gboolean
zab_engine_release_pad (ZabEngine *self, guint pad)
{
  return zab_engine_release_pad_at (self, pad, 0);
}

gboolean
zab_engine_stop_pad_at (ZabEngine *self, guint pad, guint64 time)
{
  return push_to_pad (self, ZAB_COMMAND_STOP, pad, time);
}

gboolean
zab_engine_stop_pad (ZabEngine *self, guint pad)
{
  return zab_engine_stop_pad_at (self, pad, 0);
}

gboolean
zab_engine_stop_all (ZabEngine *self)
{
  return push_to_all (self, ZAB_COMMAND_STOP_ALL, 0);
}

gboolean
zab_engine_unload_pad (ZabEngine *self, guint pad)
{
  if (!push_to_pad (self, ZAB_COMMAND_UNLOAD, pad, 0))
    return FALSE;
  zab_engine_cancel_load (self, pad);
  g_clear_object (&self->pads[pad].file);
  self->pads[pad].sample = NULL;
  zab_engine_expect_retired (self);
  return TRUE;
}

guint64
zab_engine_get_clock (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 0);
  return self->mixer != NULL ? zab_mixer_get_clock (self->mixer) : 0;
}

/* --- How pads answer ------------------------------------------------------------------------- */

gboolean
zab_engine_set_pad_mode (ZabEngine *self, guint pad, ZabLaunchMode mode)
{
  return push_value (self, ZAB_COMMAND_SET_MODE, pad, mode);
}

gboolean
zab_engine_set_pad_retrigger (ZabEngine *self, guint pad, ZabRetrigger retrigger)
{
  return push_value (self, ZAB_COMMAND_SET_RETRIGGER, pad, retrigger);
}

gboolean
zab_engine_set_pad_loop (ZabEngine *self, guint pad, gboolean loop)
{
  return push_value (self, ZAB_COMMAND_SET_LOOP, pad, loop != FALSE);
}

gboolean
zab_engine_set_pad_quantise (ZabEngine *self, guint pad, ZabQuantise quantise)
{
  return push_value (self, ZAB_COMMAND_SET_QUANTISE, pad, quantise);
}

static gboolean
push_range (ZabEngine *self, ZabCommandType type, guint pad, guint32 start, guint32 end)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (pad < ZAB_N_PADS, FALSE);
  return zab_engine_push (
      self, &(ZabCommand){ .type = type, .pad = pad, .range = { .start = start, .end = end } });
}

gboolean
zab_engine_set_pad_region (ZabEngine *self, guint pad, guint32 start, guint32 end)
{
  return push_range (self, ZAB_COMMAND_SET_REGION, pad, start, end);
}

gboolean
zab_engine_set_pad_loop_range (ZabEngine *self, guint pad, guint32 start, guint32 end)
{
  return push_range (self, ZAB_COMMAND_SET_LOOP_RANGE, pad, start, end);
}

gboolean
zab_engine_set_pad_ping_pong (ZabEngine *self, guint pad, gboolean ping_pong)
{
  return push_value (self, ZAB_COMMAND_SET_PING_PONG, pad, ping_pong != FALSE);
}

gboolean
zab_engine_set_pad_reverse (ZabEngine *self, guint pad, gboolean reverse)
{
  return push_value (self, ZAB_COMMAND_SET_REVERSE, pad, reverse != FALSE);
}

gboolean
zab_engine_set_pad_choke (ZabEngine *self, guint pad, guint group)
{
  g_return_val_if_fail (group <= ZAB_N_CHOKE_GROUPS, FALSE);
  return push_value (self, ZAB_COMMAND_SET_CHOKE, pad, group);
}

gboolean
zab_engine_set_exclusive (ZabEngine *self, gboolean exclusive)
{
  return push_to_all (self, ZAB_COMMAND_SET_EXCLUSIVE, exclusive != FALSE);
}

/* --- Transport ------------------------------------------------------------------------------- */

gboolean
zab_engine_start_transport (ZabEngine *self)
{
  return push_to_all (self, ZAB_COMMAND_START_TRANSPORT, 0);
}

gboolean
zab_engine_stop_transport (ZabEngine *self)
{
  return push_to_all (self, ZAB_COMMAND_STOP_TRANSPORT, 0);
}

gboolean
zab_engine_set_tempo (ZabEngine *self, double tempo)
{
  const double thousandths = round (tempo * 1000.0);

  g_return_val_if_fail (thousandths >= ZAB_MIN_TEMPO && thousandths <= ZAB_MAX_TEMPO, FALSE);
  return push_to_all (self, ZAB_COMMAND_SET_TEMPO, (guint)thousandths);
}

gboolean
zab_engine_set_metre (ZabEngine *self, guint beats, guint unit)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (zab_transport_is_metre (beats, unit), FALSE);
  return zab_engine_push (self, &(ZabCommand){ .type = ZAB_COMMAND_SET_METRE,
                                               .metre = { .beats = beats, .unit = unit } });
}

gboolean
zab_engine_set_quantise (ZabEngine *self, ZabQuantise quantise)
{
  return push_to_all (self, ZAB_COMMAND_SET_QUANTISE, quantise);
}

gboolean
zab_engine_get_bar_position (ZabEngine *self, guint *bar, double *beat)
{
  ZabBarPosition position = { 0 };
  gboolean       runs;

  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  runs = self->mixer != NULL && zab_mixer_get_bar_position (self->mixer, &position);
  if (bar != NULL)
    *bar = position.bar;
  if (beat != NULL)
    *beat = (double)position.tick / ZAB_TICKS;
  return runs;
}

gboolean
zab_engine_set_quality (ZabEngine *self, ZabSincQuality quality)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), FALSE);
  g_return_val_if_fail (quality < ZAB_SINC_N_QUALITIES, FALSE);
  return self->mixer != NULL && zab_mixer_set_quality (self->mixer, quality);
}

/* --- Knobs ----------------------------------------------------------------------------------- */

static void
set_param (ZabEngine *self, guint pad, ZabParam param, float value)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  g_return_if_fail (param < ZAB_N_PARAMS && isfinite (value));
  if (self->mixer != NULL)
    zab_mixer_set_param (self->mixer, pad, param, value);
}

void
zab_engine_set_pad_param (ZabEngine *self, guint pad, ZabParam param, float value)
{
  g_return_if_fail (pad < ZAB_N_PADS);
  set_param (self, pad, param, value);
}

void
zab_engine_set_master_param (ZabEngine *self, ZabParam param, float value)
{
  set_param (self, ZAB_MASTER, param, value);
}

gboolean
zab_engine_set_pad_gain (ZabEngine *self, guint pad, float gain)
{
  zab_engine_set_pad_param (self, pad, ZAB_PARAM_GAIN, gain);
  return TRUE;
}

gboolean
zab_engine_set_volume (ZabEngine *self, float volume)
{
  zab_engine_set_master_param (self, ZAB_PARAM_GAIN, volume);
  return TRUE;
}

/* --- Meters ---------------------------------------------------------------------------------- */

static void
read_meter (ZabEngine *self, guint pad, ZabMeterReading *reading)
{
  g_return_if_fail (ZAB_IS_ENGINE (self));
  *reading = (ZabMeterReading){ 0 };
  if (self->mixer != NULL)
    zab_mixer_read_meter (self->mixer, pad, reading);
}

void
zab_engine_read_pad_meter (ZabEngine *self, guint pad, ZabMeterReading *reading)
{
  g_return_if_fail (pad < ZAB_N_PADS);
  read_meter (self, pad, reading);
}

void
zab_engine_read_master_meter (ZabEngine *self, ZabMeterReading *reading)
{
  read_meter (self, ZAB_MASTER, reading);
}

float
zab_engine_read_limiter (ZabEngine *self)
{
  g_return_val_if_fail (ZAB_IS_ENGINE (self), 1.0f);
  return self->mixer != NULL ? zab_mixer_read_limiter (self->mixer) : 1.0f;
}
