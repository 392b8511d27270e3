/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-transport.h"

static uint64_t
quarter (const ZabTransport *self)
{
  return 60000ull * self->rate;
}

static uint64_t
bar_length (const ZabTransport *self)
{
  return quarter (self) * 4 * self->beats / self->unit;
}

static uint64_t
position_at (const ZabTransport *self, uint64_t now)
{
  return self->running ? self->position + (now - self->frame) * self->tempo : self->position;
}

/* What is set from here on counts from @now. */
static void
settle (ZabTransport *self, uint64_t now)
{
  self->position = position_at (self, now);
  self->frame = now;
}

ZAB_RT void
zab_transport_init (ZabTransport *self, uint32_t rate)
{
  *self = (ZabTransport){ .rate = rate, .tempo = 120 * 1000, .beats = 4, .unit = 4 };
}

ZAB_RT bool
zab_transport_is_metre (uint32_t beats, uint32_t unit)
{
  return beats >= 1 && beats <= 32 && unit >= 1 && unit <= 16 && (unit & (unit - 1)) == 0;
}

ZAB_RT void
zab_transport_start (ZabTransport *self, uint64_t now)
{
  self->running = true;
  self->frame = now;
  self->position = self->bar_zero = 0;
  self->bars = 0;
}

ZAB_RT void
zab_transport_stop (ZabTransport *self, uint64_t now)
{
  settle (self, now);
  self->running = false;
}

ZAB_RT void
zab_transport_set_tempo (ZabTransport *self, uint64_t now, uint32_t tempo)
{
  if (tempo < ZAB_MIN_TEMPO || tempo > ZAB_MAX_TEMPO)
    return;
  settle (self, now);
  self->tempo = tempo;
}

ZAB_RT void
zab_transport_set_metre (ZabTransport *self, uint64_t now, uint32_t beats, uint32_t unit)
{
  uint64_t n_bars;

  if (!zab_transport_is_metre (beats, unit))
    return;
  settle (self, now);
  n_bars = (self->position - self->bar_zero) / bar_length (self);
  self->bars += (uint32_t)n_bars;
  self->bar_zero += n_bars * bar_length (self);
  self->beats = beats;
  self->unit = unit;
}

ZAB_RT uint64_t
zab_transport_scale (uint64_t position, uint32_t from, uint32_t to)
{
  return position / from * to + position % from * to / from;
}

ZAB_RT void
zab_transport_set_rate (ZabTransport *self, uint64_t now, uint32_t rate)
{
  settle (self, now);
  self->position = zab_transport_scale (self->position, self->rate, rate);
  self->bar_zero = zab_transport_scale (self->bar_zero, self->rate, rate);
  self->rate = rate;
}

ZAB_RT uint64_t
zab_transport_next_line (const ZabTransport *self, uint64_t now, ZabQuantise quantise)
{
  const uint64_t bar = bar_length (self);
  const uint64_t here = position_at (self, now) - self->bar_zero;
  /* A line that fell between the frame before and this one is this one's. */
  const uint64_t from_zero = here < self->tempo ? 0 : here - (self->tempo - 1);
  const uint64_t in_bar = from_zero % bar;
  uint64_t       grid = bar;

  switch (quantise)
    {
    case ZAB_QUANTISE_FOLLOW:
    case ZAB_QUANTISE_OFF:
      break;
    case ZAB_QUANTISE_1_16:
    case ZAB_QUANTISE_1_8:
    case ZAB_QUANTISE_1_4:
    case ZAB_QUANTISE_1_2:
      grid = quarter (self) / 4 << (quantise - ZAB_QUANTISE_1_16);
      grid = (in_bar + grid - 1) / grid * grid;
      return self->bar_zero + from_zero - in_bar + (grid < bar ? grid : bar);
    case ZAB_QUANTISE_1_BAR:
    case ZAB_QUANTISE_2_BARS:
    case ZAB_QUANTISE_4_BARS:
      grid = bar << (quantise - ZAB_QUANTISE_1_BAR);
      return self->bar_zero + (from_zero + grid - 1) / grid * grid;
    }
  return self->bar_zero + here;
}

ZAB_RT uint64_t
zab_transport_frame_of (const ZabTransport *self, uint64_t now, uint64_t position)
{
  const uint64_t here = position_at (self, now);

  if (position <= here)
    return now;
  return self->running ? now + (position - here + self->tempo - 1) / self->tempo : UINT64_MAX;
}

ZAB_RT ZabBarPosition
zab_transport_at (const ZabTransport *self, uint64_t now)
{
  const uint64_t from_zero = position_at (self, now) - self->bar_zero;
  const uint64_t bar = bar_length (self);

  return (ZabBarPosition){ .bar = self->bars + (uint32_t)(from_zero / bar),
                           .tick = (uint32_t)(from_zero % bar / (quarter (self) / ZAB_TICKS)) };
}
