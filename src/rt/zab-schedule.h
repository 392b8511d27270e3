/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-command.h"
#include "rt/zab-rt.h"

enum
{
  ZAB_SCHEDULE_LENGTH = 1024
};

/* The commands that have come before their time: a binary heap, ordered by time and, at one time,
 * by arrival. Thread: RT, every function. */
typedef struct
{
  uint32_t n;
  uint64_t n_added;
  struct
  {
    ZabCommand command;
    uint64_t   order;
  } events[ZAB_SCHEDULE_LENGTH];
} ZabSchedule;

ZAB_RT bool zab_schedule_is_full (const ZabSchedule *self);

/* Not while it is full. */
ZAB_RT void zab_schedule_add (ZabSchedule *self, const ZabCommand *command);

/* The time of the next command; UINT64_MAX: there is none. */
ZAB_RT uint64_t zab_schedule_next (const ZabSchedule *self);

/* Takes the next command, if its time is not after @now. */
ZAB_RT bool zab_schedule_take (ZabSchedule *self, uint64_t now, ZabCommand *command);
