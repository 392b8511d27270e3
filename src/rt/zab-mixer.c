/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-mixer.h"

#include <stddef.h>
#include <string.h>

#include "rt/zab-denormals.h"
#include "rt/zab-mixer-private.h"

void
zab_mixer_init (ZabMixer *self, uint32_t rate)
{
  memset (self, 0, offsetof (ZabMixer, sincs));
  for (uint32_t i = 0; i < ZAB_SINC_N_QUALITIES; i++)
    self->sincs[i].taps[0] = 0;
  zab_queue_init (&self->queue);
  zab_mixer_set_rate (self, rate);
  self->now_rate = rate;
  zab_transport_init (&self->transport, rate);
  zab_ramp_init (&self->volume, 1.0f);
  zab_ramp_init (&self->speed, 1.0f);
  zab_eq_bank_init (&self->eq_bank, rate);
  zab_limiter_init (&self->limiter);
  self->limiter_gain = ZAB_LIMITER_REST;
  zab_mixer_init_voices (self);
  zab_sinc_init (&self->sincs[ZAB_SINC_NORMAL], ZAB_SINC_NORMAL);
  for (uint32_t i = 0; i < ZAB_N_SLOTS; i++)
    {
      self->pads[i].attack = self->pads[i].release = ZAB_DEFAULT_FADE;
      self->pads[i].cut = (ZabCut){ .end = ZAB_TO_THE_END, .loop_end = ZAB_TO_THE_END };
      zab_ramp_init (&self->pads[i].gain, 1.0f);
      self->pads[i].wanted = 1.0f;
      zab_ramp_init (&self->pads[i].left, 1.0f);
      zab_ramp_init (&self->pads[i].right, 1.0f);
      zab_ramp_init (&self->pads[i].speed, 1.0f);
      zab_eq_init (&self->pads[i].eq);
    }
  self->pads[ZAB_PREVIEW].quantise = ZAB_QUANTISE_OFF;
}

void
zab_mixer_set_rate (ZabMixer *self, uint32_t rate)
{
  atomic_store_explicit (&self->rate, rate, memory_order_relaxed);
}

/* Fills the table where it is asked for the first time, before the audio thread knows of it. */
bool
zab_mixer_set_quality (ZabMixer *self, ZabSincQuality quality)
{
  if (self->sincs[quality].taps[0] == 0)
    zab_sinc_init (&self->sincs[quality], quality);
  return zab_queue_push (
      &self->queue,
      &(ZabCommand){ .type = ZAB_COMMAND_SET_QUALITY, .pad = ZAB_MASTER, .value = quality });
}

bool
zab_mixer_push (ZabMixer *self, const ZabCommand *command)
{
  return zab_queue_push (&self->queue, command);
}

uint32_t
zab_mixer_get_room (ZabMixer *self)
{
  return zab_queue_get_room (&self->queue);
}

void
zab_mixer_set_param (ZabMixer *self, uint32_t pad, ZabParam id, float value)
{
  zab_param_table_set (&self->params, pad, id, value);
}

bool
zab_mixer_has_changes (ZabMixer *self)
{
  return atomic_load_explicit (&self->params.any, memory_order_relaxed) != 0;
}

ZabSample *
zab_mixer_take_retired (ZabMixer *self)
{
  return atomic_exchange_explicit (&self->retired, NULL, memory_order_acquire);
}

uint64_t
zab_mixer_get_clock (ZabMixer *self)
{
  return atomic_load_explicit (&self->clock, memory_order_relaxed);
}

bool
zab_mixer_get_bar_position (ZabMixer *self, ZabBarPosition *position)
{
  const uint64_t packed = atomic_load_explicit (&self->bar_position, memory_order_relaxed);

  *position = (ZabBarPosition){ .bar = (uint32_t)(packed >> 32), .tick = (uint32_t)packed };
  return atomic_load_explicit (&self->bar_runs, memory_order_relaxed);
}

void
zab_mixer_read_meter (ZabMixer *self, uint32_t pad, ZabMeterReading *reading)
{
  zab_meter_read (pad == ZAB_MASTER ? &self->meter : &self->pads[pad].meter, reading);
}

float
zab_mixer_read_limiter (ZabMixer *self)
{
  return zab_mixer_to_float (
      atomic_exchange_explicit (&self->limiter_gain, ZAB_LIMITER_REST, memory_order_relaxed));
}

uint32_t
zab_mixer_get_n_voices (ZabMixer *self, uint32_t pad)
{
  return atomic_load_explicit (&self->pads[pad].n_voices, memory_order_relaxed);
}

uint32_t
zab_mixer_get_n_sounding (ZabMixer *self, uint32_t pad)
{
  return atomic_load_explicit (&self->pads[pad].n_sounding, memory_order_relaxed);
}

bool
zab_mixer_get_waits (ZabMixer *self, uint32_t pad)
{
  return atomic_load_explicit (&self->pads[pad].waits, memory_order_relaxed) != 0;
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

/* --- Events ---------------------------------------------------------------------------------- */

static void
apply_due (ZabMixer *self)
{
  ZabCommand command;

  while (zab_schedule_take (&self->schedule, self->now, &command))
    zab_mixer_apply (self, &command);
}

/* Bounded: a producer that never pauses can't keep the block from ending. What is due is applied
 * even where the schedule has no room for what is not; that stays in the ring, for the producer to
 * find it full. */
static void
take_commands (ZabMixer *self)
{
  ZabCommand command;

  for (uint32_t i = 0; i < ZAB_MAX_COMMANDS && zab_queue_peek (&self->queue, &command); i++)
    {
      if (command.time <= self->now)
        zab_mixer_apply (self, &command);
      else if (zab_schedule_is_full (&self->schedule))
        return;
      else
        zab_schedule_add (&self->schedule, &command);
      zab_queue_drop (&self->queue);
    }
}

static void
take_changes (ZabMixer *self)
{
  ZabParamChange changes[ZAB_MAX_CHANGES];
  const uint32_t n = zab_param_table_take (&self->params, changes, ZAB_MAX_CHANGES);

  for (uint32_t i = 0; i < n; i++)
    zab_mixer_apply_change (self, &changes[i]);
}

ZAB_RT void
zab_mixer_apply_commands (ZabMixer *self)
{
  const uint32_t rate = atomic_load_explicit (&self->rate, memory_order_relaxed);

  if (rate != self->now_rate)
    zab_mixer_change_rate (self, rate);
  apply_due (self);
  take_changes (self);
  take_commands (self);
  zab_mixer_launch_due (self);
}

/* --- Sound ----------------------------------------------------------------------------------- */

static bool
is_at_rest (const ZabMixer *self, const ZabMixerPad *pad)
{
  return zab_ramp_is_settled (&pad->gain, self->now) && zab_ramp_is_settled (&pad->left, self->now)
         && zab_ramp_is_settled (&pad->right, self->now);
}

/* Gain and pan. */
static void
apply_levels (ZabMixer *self, const ZabMixerPad *pad, uint32_t n_frames)
{
  const bool  at_rest = is_at_rest (self, pad);
  const float left = pad->gain.target * pad->left.target;
  const float right = pad->gain.target * pad->right.target;

  for (uint32_t i = 0; at_rest && i < n_frames; i++)
    {
      self->bus[2 * i] *= left;
      self->bus[2 * i + 1] *= right;
    }
  for (uint32_t i = 0; !at_rest && i < n_frames; i++)
    {
      const float gain = zab_ramp_at (&pad->gain, self->now + i);

      self->bus[2 * i] *= gain * zab_ramp_at (&pad->left, self->now + i);
      self->bus[2 * i + 1] *= gain * zab_ramp_at (&pad->right, self->now + i);
    }
}

static void
mix_pad (ZabMixer *self, uint32_t index, float *restrict out, uint32_t n_frames)
{
  ZabMixerPad *pad = &self->pads[index];
  const float *bus = self->bus;

  memset (self->bus, 0, sizeof *self->bus * 2 * n_frames);
  zab_mixer_mix_pad (self, index, self->bus, n_frames);
  if (zab_eq_is_on (&pad->eq, self->now))
    zab_eq_process (&pad->eq, &self->eq_bank, self->now, self->bus, n_frames);
  apply_levels (self, pad, n_frames);
  zab_meter_add (&pad->meter, bus, n_frames);
  for (uint32_t i = 0; i < 2 * n_frames; i++)
    out[i] += bus[i];
}

static void
apply_volume (ZabMixer *self, float *out, uint32_t n_frames)
{
  if (zab_ramp_is_settled (&self->volume, self->now) && self->volume.target == 1.0f)
    return;
  for (uint32_t i = 0; i < n_frames; i++)
    {
      const float volume = zab_ramp_at (&self->volume, self->now + i);

      out[2 * i] *= volume;
      out[2 * i + 1] *= volume;
    }
}

/* At each line of the clock's grid: meters tell, and pads without voices fall silent once their
 * filters have stopped ringing. */
static void
keep_house (ZabMixer *self)
{
  const bool window_ends = self->now % ZAB_METER_WINDOW == 0;

  for (uint32_t i = zab_pad_set_next (&self->active, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->active, i + 1))
    {
      ZabMixerPad *pad = &self->pads[i];
      const bool   rings = zab_eq_is_on (&pad->eq, self->now) && pad->n_rests < ZAB_N_RESTS;

      pad->n_rests = pad->first == ZAB_NO_VOICE ? pad->n_rests + 1 : 0;
      if (pad->first == ZAB_NO_VOICE && !rings)
        {
          zab_pad_set_remove (&self->active, i);
          zab_eq_reset (&pad->eq);
          zab_meter_publish (&pad->meter, true);
        }
      else if (window_ends)
        zab_meter_publish (&pad->meter, false);
    }
  if (window_ends)
    zab_meter_publish (&self->meter, false);
}

static void
render_chunk (ZabMixer *self, float *out, uint32_t n_frames)
{
  memset (out, 0, sizeof *out * 2 * n_frames);
  for (uint32_t i = zab_pad_set_next (&self->active, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->active, i + 1))
    mix_pad (self, i, out, n_frames);
  apply_volume (self, out, n_frames);
  zab_limiter_process (&self->limiter, self->now, out, n_frames);
  zab_meter_add (&self->meter, out, n_frames);
  self->now += n_frames;
  if (self->now % ZAB_GRID == 0)
    keep_house (self);
}

/* How many of @n_frames come before the next event. */
static uint32_t
chunk_length (const ZabMixer *self, uint32_t n_frames)
{
  const uint64_t event = zab_schedule_next (&self->schedule);
  const uint64_t launch = zab_mixer_next_launch (self);
  const uint64_t next = (event < launch ? event : launch) - self->now;
  const uint32_t line = ZAB_GRID - (uint32_t)(self->now % ZAB_GRID);

  if (n_frames > line)
    n_frames = line;
  return next < n_frames ? (uint32_t)next : n_frames;
}

static void
publish_limiter (ZabMixer *self)
{
  const float gain = zab_limiter_take_gain (&self->limiter);

  if (gain < zab_mixer_to_float (atomic_load_explicit (&self->limiter_gain, memory_order_relaxed)))
    atomic_store_explicit (&self->limiter_gain, zab_mixer_to_bits (gain), memory_order_relaxed);
}

static void
publish (ZabMixer *self)
{
  const ZabBarPosition position = zab_transport_at (&self->transport, self->now);

  atomic_store_explicit (&self->clock, self->now, memory_order_relaxed);
  atomic_store_explicit (&self->bar_position, (uint64_t)position.bar << 32 | position.tick,
                         memory_order_relaxed);
  publish_limiter (self);
  atomic_store_explicit (&self->bar_runs, self->transport.running, memory_order_relaxed);
}

ZAB_RT void
zab_mixer_render (ZabMixer *self, float *out, uint32_t n_frames)
{
  const ZabDenormalMode mode = zab_denormals_flush ();

  zab_mixer_apply_commands (self);
  while (n_frames > 0)
    {
      const uint32_t n = chunk_length (self, n_frames);

      render_chunk (self, out, n);
      out += 2 * n;
      n_frames -= n;
      if (n_frames == 0)
        break;
      apply_due (self);
      zab_mixer_launch_due (self);
    }
  publish (self);
  zab_denormals_restore (mode);
}

void
zab_mixer_drain (ZabMixer *self)
{
  ZabCommand command;

  while (zab_schedule_take (&self->schedule, UINT64_MAX, &command))
    zab_mixer_apply (self, &command);
  while (zab_queue_peek (&self->queue, &command))
    {
      zab_mixer_apply (self, &command);
      zab_queue_drop (&self->queue);
    }
  zab_mixer_end_all_voices (self);
  for (uint32_t i = 0; i < ZAB_N_SLOTS; i++)
    zab_mixer_put_sample (self, i, NULL);
}
