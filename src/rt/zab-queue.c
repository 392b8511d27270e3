/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rt/zab-queue.h"

_Static_assert((ZAB_QUEUE_LENGTH & (ZAB_QUEUE_LENGTH - 1)) == 0, "indices wrap with a mask");

void
zab_queue_init (ZabQueue *self)
{
  spa_ringbuffer_init (&self->ring);
}

bool
zab_queue_push (ZabQueue *self, const ZabCommand *command)
{
  uint32_t index;

  if (spa_ringbuffer_get_write_index (&self->ring, &index) >= ZAB_QUEUE_LENGTH)
    return false;
  self->commands[index & (ZAB_QUEUE_LENGTH - 1)] = *command;
  spa_ringbuffer_write_update (&self->ring, (int32_t)(index + 1));
  return true;
}

uint32_t
zab_queue_get_room (ZabQueue *self)
{
  uint32_t index;

  return ZAB_QUEUE_LENGTH - (uint32_t)spa_ringbuffer_get_write_index (&self->ring, &index);
}

ZAB_RT bool
zab_queue_peek (ZabQueue *self, ZabCommand *command)
{
  uint32_t index;

  if (spa_ringbuffer_get_read_index (&self->ring, &index) <= 0)
    return false;
  *command = self->commands[index & (ZAB_QUEUE_LENGTH - 1)];
  return true;
}

ZAB_RT void
zab_queue_drop (ZabQueue *self)
{
  uint32_t index;

  spa_ringbuffer_get_read_index (&self->ring, &index);
  spa_ringbuffer_read_update (&self->ring, (int32_t)(index + 1));
}

ZAB_RT bool
zab_queue_pop (ZabQueue *self, ZabCommand *command)
{
  if (!zab_queue_peek (self, command))
    return false;
  zab_queue_drop (self);
  return true;
}
