/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-mixer-private.h"

ZAB_RT bool
zab_mixer_pad_loops (const ZabMixerPad *pad)
{
  return pad->loop || pad->mode == ZAB_LAUNCH_LOOP;
}

/* The others that the start of @pad silences: those of its choke group, and, where one loop is to
 * sound at a time, those that loop. */
static void
cut_others (ZabMixer *self, uint32_t pad)
{
  const ZabMixerPad *starting = &self->pads[pad];
  const bool         alone = self->exclusive && zab_mixer_pad_loops (starting);

  if (starting->choke == 0 && !alone)
    return;
  for (uint32_t i = zab_pad_set_next (&self->active, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->active, i + 1))
    {
      const ZabMixerPad *other = &self->pads[i];

      if (i != pad
          && ((starting->choke != 0 && other->choke == starting->choke)
              || (alone && zab_mixer_pad_loops (other))))
        zab_mixer_cut_pad (self, i);
    }
}

static void
start (ZabMixer *self, uint32_t pad)
{
  const ZabSample *sample = self->pads[pad].sample;

  if (sample == NULL || sample->n_frames == 0)
    return;
  cut_others (self, pad);
  if (self->pads[pad].retrigger == ZAB_RETRIGGER_RESTART)
    zab_mixer_cut_pad (self, pad);
  zab_mixer_start_voice (self, pad)->velocity = self->pads[pad].velocity;
}

static void
set_pending (ZabMixer *self, uint32_t pad, ZabPending pending)
{
  self->pads[pad].pending = pending;
  atomic_store_explicit (&self->pads[pad].waits, pending != ZAB_PENDING_NOTHING,
                         memory_order_relaxed);
  if (pending == ZAB_PENDING_NOTHING)
    zab_pad_set_remove (&self->pending, pad);
  else
    zab_pad_set_add (&self->pending, pad);
}

static void
do_launch (ZabMixer *self, uint32_t pad, ZabPending what)
{
  set_pending (self, pad, ZAB_PENDING_NOTHING);
  switch (what)
    {
    case ZAB_PENDING_START:
      start (self, pad);
      break;
    case ZAB_PENDING_STOP:
      zab_mixer_release_pad (self, pad);
      break;
    case ZAB_PENDING_NOTHING:
      break;
    }
}

static uint64_t
launch_frame (const ZabMixer *self, uint32_t pad)
{
  return zab_transport_frame_of (&self->transport, self->now, self->pads[pad].pending_position);
}

static void
find_line (ZabMixer *self, uint32_t pad)
{
  const ZabQuantise quantise
      = self->pads[pad].quantise == ZAB_QUANTISE_FOLLOW ? self->quantise : self->pads[pad].quantise;

  self->pads[pad].pending_position
      = zab_transport_next_line (&self->transport, self->now, quantise);
}

/* Now, or at the pad's next line. */
static void
launch (ZabMixer *self, uint32_t pad, ZabPending what)
{
  find_line (self, pad);
  if (self->transport.running && launch_frame (self, pad) > self->now)
    set_pending (self, pad, what);
  else
    do_launch (self, pad, what);
}

ZAB_RT void
zab_mixer_press (ZabMixer *self, uint32_t pad, float velocity)
{
  ZabMixerPad *pressed = &self->pads[pad];
  const bool   toggles = pressed->mode == ZAB_LAUNCH_TOGGLE;

  if (toggles && pressed->pending != ZAB_PENDING_NOTHING)
    set_pending (self, pad, ZAB_PENDING_NOTHING);
  else if (toggles && zab_mixer_is_sounding (self, pad))
    launch (self, pad, ZAB_PENDING_STOP);
  else
    {
      pressed->velocity = velocity;
      launch (self, pad, ZAB_PENDING_START);
    }
}

ZAB_RT void
zab_mixer_let_go (ZabMixer *self, uint32_t pad)
{
  if (self->pads[pad].mode == ZAB_LAUNCH_GATE)
    zab_mixer_stop (self, pad);
}

ZAB_RT void
zab_mixer_stop (ZabMixer *self, uint32_t pad)
{
  if (zab_mixer_is_sounding (self, pad))
    launch (self, pad, ZAB_PENDING_STOP);
  else
    set_pending (self, pad, ZAB_PENDING_NOTHING);
}

ZAB_RT void
zab_mixer_stop_all (ZabMixer *self)
{
  for (uint32_t i = zab_pad_set_next (&self->pending, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->pending, i + 1))
    set_pending (self, i, ZAB_PENDING_NOTHING);
  for (uint32_t i = zab_pad_set_next (&self->active, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->active, i + 1))
    zab_mixer_release_pad (self, i);
}

ZAB_RT uint64_t
zab_mixer_next_launch (const ZabMixer *self)
{
  uint64_t next = UINT64_MAX;

  for (uint32_t i = zab_pad_set_next (&self->pending, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->pending, i + 1))
    {
      const uint64_t frame = launch_frame (self, i);

      if (frame < next)
        next = frame;
    }
  return next;
}

/* Once for however many changes of the grid have come together. */
static void
find_all_lines (ZabMixer *self)
{
  if (!self->new_grid)
    return;
  self->new_grid = false;
  for (uint32_t i = zab_pad_set_next (&self->pending, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->pending, i + 1))
    find_line (self, i);
}

ZAB_RT void
zab_mixer_launch_due (ZabMixer *self)
{
  find_all_lines (self);
  for (uint32_t i = zab_pad_set_next (&self->pending, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->pending, i + 1))
    if (launch_frame (self, i) <= self->now)
      do_launch (self, i, self->pads[i].pending);
}

/* --- The transport's ways ----------------------------------------------------------------------
 */

ZAB_RT void
zab_mixer_start_transport (ZabMixer *self)
{
  zab_transport_start (&self->transport, self->now);
  for (uint32_t i = zab_pad_set_next (&self->pending, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->pending, i + 1))
    self->pads[i].pending_position = 0; /* bar 0 is on everybody's grid */
}

ZAB_RT void
zab_mixer_stop_transport (ZabMixer *self)
{
  zab_transport_stop (&self->transport, self->now);
  for (uint32_t i = zab_pad_set_next (&self->pending, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->pending, i + 1))
    if (self->pads[i].pending == ZAB_PENDING_STOP)
      do_launch (self, i, ZAB_PENDING_STOP);
    else
      set_pending (self, i, ZAB_PENDING_NOTHING);
}

ZAB_RT void
zab_mixer_set_metre (ZabMixer *self, uint32_t beats, uint32_t unit)
{
  zab_transport_set_metre (&self->transport, self->now, beats, unit);
  self->new_grid = true;
}

ZAB_RT void
zab_mixer_set_quantise (ZabMixer *self, uint32_t pad, ZabQuantise quantise)
{
  if (pad == ZAB_MASTER)
    self->quantise = quantise;
  else
    self->pads[pad].quantise = quantise;
  self->new_grid = true;
}

ZAB_RT void
zab_mixer_change_rate (ZabMixer *self, uint32_t rate)
{
  for (uint32_t i = zab_pad_set_next (&self->pending, 0); i < ZAB_N_SLOTS;
       i = zab_pad_set_next (&self->pending, i + 1))
    self->pads[i].pending_position
        = zab_transport_scale (self->pads[i].pending_position, self->now_rate, rate);
  zab_transport_set_rate (&self->transport, self->now, rate);
  zab_eq_bank_init (&self->eq_bank, rate);
  self->now_rate = rate;
}
