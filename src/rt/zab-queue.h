/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <spa/utils/ringbuffer.h>

#include "rt/zab-command.h"
#include "rt/zab-rt.h"

enum
{
  ZAB_QUEUE_LENGTH = 1024 /* commands; a power of two */
};

/* The ring of commands from the main thread to the audio thread: one producer, one consumer, no
 * lock, no wait, built on spa_ringbuffer. */
typedef struct
{
  struct spa_ringbuffer ring;
  ZabCommand            commands[ZAB_QUEUE_LENGTH];
} ZabQueue;

/* Thread: main, before anyone uses it. */
void zab_queue_init (ZabQueue *self);

/* Thread: main (the one producer). False: the ring is full and the command was not taken. */
bool zab_queue_push (ZabQueue *self, const ZabCommand *command);

/* Thread: main (the one producer). How many commands it takes at least before it is full. */
uint32_t zab_queue_get_room (ZabQueue *self);

/* Thread: RT (the one consumer). The oldest command, which stays; false: the ring is empty. */
ZAB_RT bool zab_queue_peek (ZabQueue *self, ZabCommand *command);

/* Thread: RT. Takes the oldest command out; after a peek () that gave one. */
ZAB_RT void zab_queue_drop (ZabQueue *self);

/* Thread: RT. Both. */
ZAB_RT bool zab_queue_pop (ZabQueue *self, ZabCommand *command);
