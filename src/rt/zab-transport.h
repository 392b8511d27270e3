/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "rt/zab-launch.h"
#include "rt/zab-rt.h"

/* Musical time, in whole numbers, so that it never drifts: the position is counted in units of
 * which a frame has as many as the tempo has thousandths of a beat a minute, and a quarter note
 * 60000 x rate. A grid line falls on the first frame that is not before it.
 *
 * Thread: RT, every function. */
typedef struct
{
  uint32_t rate;  /* Hz */
  uint32_t tempo; /* quarter notes a minute, x 1000 */
  uint32_t beats; /* a bar has so many ... */
  uint32_t unit;  /* ... of these notes: 4 is a quarter */
  bool     running;
  uint64_t frame;    /* the mixer's clock when ... */
  uint64_t position; /* ... the position was this; bar 0 began at 0 or so */
  uint64_t bar_zero; /* position of the bar that the metre counts from */
  uint32_t bars;     /* that came before that one */
} ZabTransport;

enum
{
  ZAB_TICKS = 960, /* of a quarter note: what is told to others */
  ZAB_MIN_TEMPO = 20 * 1000,
  ZAB_MAX_TEMPO = 999 * 1000,
};

/* What the transport tells at a frame. */
typedef struct
{
  uint32_t bar;  /* 0 is the first */
  uint32_t tick; /* of the bar */
} ZabBarPosition;

/* 120 a minute, 4/4, standing. */
ZAB_RT void zab_transport_init (ZabTransport *self, uint32_t rate);

/* 1 to 32 of wholes, halves, quarters, eighths or sixteenths. */
ZAB_RT bool zab_transport_is_metre (uint32_t beats, uint32_t unit);

/* From bar 0 at frame @now. */
ZAB_RT void zab_transport_start (ZabTransport *self, uint64_t now);
ZAB_RT void zab_transport_stop (ZabTransport *self, uint64_t now);

/* From frame @now on. The position does not jump; a new metre counts from the start of the bar that
 * has begun. */
ZAB_RT void zab_transport_set_tempo (ZabTransport *self, uint64_t now, uint32_t tempo);
ZAB_RT void zab_transport_set_metre (ZabTransport *self, uint64_t now, uint32_t beats,
                                     uint32_t unit);
ZAB_RT void zab_transport_set_rate (ZabTransport *self, uint64_t now, uint32_t rate);

/* The position of the first line of the grid at or after frame @now. */
ZAB_RT uint64_t zab_transport_next_line (const ZabTransport *self, uint64_t now,
                                         ZabQuantise quantise);

/* The first frame, from @now on, that is not before @position. */
ZAB_RT uint64_t zab_transport_frame_of (const ZabTransport *self, uint64_t now, uint64_t position);

/* @position as it is at another rate, rounded down by less than a frame. */
ZAB_RT uint64_t zab_transport_scale (uint64_t position, uint32_t from_rate, uint32_t to_rate);

ZAB_RT ZabBarPosition zab_transport_at (const ZabTransport *self, uint64_t now);
