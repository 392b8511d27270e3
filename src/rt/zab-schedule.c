/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-schedule.h"

ZAB_RT bool
zab_schedule_is_full (const ZabSchedule *self)
{
  return self->n == ZAB_SCHEDULE_LENGTH;
}

static bool
is_before (const ZabSchedule *self, uint32_t a, uint32_t b)
{
  const uint64_t time_a = self->events[a].command.time;
  const uint64_t time_b = self->events[b].command.time;

  return time_a < time_b || (time_a == time_b && self->events[a].order < self->events[b].order);
}

static void
swap (ZabSchedule *self, uint32_t a, uint32_t b)
{
  const __typeof__ (self->events[0]) event = self->events[a];

  self->events[a] = self->events[b];
  self->events[b] = event;
}

ZAB_RT void
zab_schedule_add (ZabSchedule *self, const ZabCommand *command)
{
  uint32_t i = self->n++;

  self->events[i].command = *command;
  self->events[i].order = self->n_added++;
  for (; i > 0 && is_before (self, i, (i - 1) / 2); i = (i - 1) / 2)
    swap (self, i, (i - 1) / 2);
}

ZAB_RT uint64_t
zab_schedule_next (const ZabSchedule *self)
{
  return self->n > 0 ? self->events[0].command.time : UINT64_MAX;
}

ZAB_RT bool
zab_schedule_take (ZabSchedule *self, uint64_t now, ZabCommand *command)
{
  if (zab_schedule_next (self) > now || self->n == 0)
    return false;
  *command = self->events[0].command;
  self->events[0] = self->events[--self->n];
  for (uint32_t i = 0; 2 * i + 1 < self->n;)
    {
      uint32_t child = 2 * i + 1;

      if (child + 1 < self->n && is_before (self, child + 1, child))
        child++;
      if (!is_before (self, child, i))
        break;
      swap (self, i, child);
      i = child;
    }
  return true;
}
