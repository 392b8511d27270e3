/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pthread.h>
#include <sched.h>

#include <glib.h>

#include "rt/zab-queue.h"

static ZabCommand
make_command (uint32_t number)
{
  return (ZabCommand){ .type = ZAB_COMMAND_SET_LOOP, .pad = number % ZAB_N_PADS, .value = number };
}

static void
assert_command (const ZabCommand *command, uint32_t number)
{
  g_assert_cmpint (command->type, ==, ZAB_COMMAND_SET_LOOP);
  g_assert_cmpuint (command->pad, ==, number % ZAB_N_PADS);
  g_assert_cmpuint (command->value, ==, number);
}

static void
push (ZabQueue *queue, uint32_t number)
{
  ZabCommand command = make_command (number);

  g_assert_true (zab_queue_push (queue, &command));
}

static void
pop (ZabQueue *queue, uint32_t number)
{
  ZabCommand command;

  g_assert_true (zab_queue_pop (queue, &command));
  assert_command (&command, number);
}

static void
test_empty (void)
{
  g_autofree ZabQueue *queue = g_new (ZabQueue, 1);
  ZabCommand           command = make_command (7);

  zab_queue_init (queue);
  g_assert_false (zab_queue_pop (queue, &command));
  assert_command (&command, 7); /* untouched */
}

static void
test_order (void)
{
  g_autofree ZabQueue *queue = g_new (ZabQueue, 1);
  ZabCommand           command;

  zab_queue_init (queue);
  for (uint32_t i = 0; i < 10; i++)
    push (queue, i);
  for (uint32_t i = 0; i < 10; i++)
    pop (queue, i);
  g_assert_false (zab_queue_pop (queue, &command));
}

static void
test_full (void)
{
  g_autofree ZabQueue *queue = g_new (ZabQueue, 1);
  ZabCommand           command = make_command (ZAB_QUEUE_LENGTH);

  zab_queue_init (queue);
  for (uint32_t i = 0; i < ZAB_QUEUE_LENGTH; i++)
    {
      g_assert_cmpuint (zab_queue_get_room (queue), ==, ZAB_QUEUE_LENGTH - i);
      push (queue, i);
    }
  g_assert_cmpuint (zab_queue_get_room (queue), ==, 0);
  g_assert_false (zab_queue_push (queue, &command));
  g_assert_false (zab_queue_push (queue, &command));
  pop (queue, 0);
  g_assert_cmpuint (zab_queue_get_room (queue), ==, 1);
  push (queue, ZAB_QUEUE_LENGTH);
  g_assert_false (zab_queue_push (queue, &command));
  for (uint32_t i = 1; i <= ZAB_QUEUE_LENGTH; i++)
    pop (queue, i);
  g_assert_false (zab_queue_pop (queue, &command));
}

/* Past the end of the array many times, at every fill. */
static void
test_wrap_around (void)
{
  g_autofree ZabQueue *queue = g_new (ZabQueue, 1);
  uint32_t             pushed = 0, popped = 0;

  zab_queue_init (queue);
  for (uint32_t fill = 1; fill <= ZAB_QUEUE_LENGTH; fill += 31)
    {
      while (pushed - popped < fill)
        push (queue, pushed++);
      for (uint32_t i = 0; i < 2 * ZAB_QUEUE_LENGTH / 31; i++)
        {
          pop (queue, popped++);
          push (queue, pushed++);
        }
    }
  while (popped < pushed)
    pop (queue, popped++);
}

/* The ring's indices themselves wrap at 2^32. */
static void
test_index_wraps (void)
{
  g_autofree ZabQueue *queue = g_new (ZabQueue, 1);
  const uint32_t       start = (uint32_t)0 - 100;
  ZabCommand           command = make_command (0);

  zab_queue_init (queue);
  spa_ringbuffer_write_update (&queue->ring, (int32_t)start);
  spa_ringbuffer_read_update (&queue->ring, (int32_t)start);
  for (uint32_t i = 0; i < ZAB_QUEUE_LENGTH; i++)
    push (queue, i);
  g_assert_false (zab_queue_push (queue, &command));
  for (uint32_t i = 0; i < ZAB_QUEUE_LENGTH; i++)
    pop (queue, i);
  g_assert_false (zab_queue_pop (queue, &command));
}

enum
{
  N_COMMANDS = 200000
};

/* Plain pthreads: the thread sanitizer does not know GLib's. */
static void *
produce (void *data)
{
  ZabQueue *queue = data;

  for (uint32_t i = 0; i < N_COMMANDS; i++)
    {
      ZabCommand command = make_command (i);

      while (!zab_queue_push (queue, &command))
        sched_yield ();
    }
  return NULL;
}

static void
test_two_threads (void)
{
  g_autofree ZabQueue *queue = g_new (ZabQueue, 1);
  ZabCommand           command;
  pthread_t            producer;

  zab_queue_init (queue);
  g_assert_cmpint (pthread_create (&producer, NULL, produce, queue), ==, 0);
  for (uint32_t i = 0; i < N_COMMANDS; i++)
    {
      while (!zab_queue_pop (queue, &command))
        sched_yield ();
      assert_command (&command, i);
    }
  pthread_join (producer, NULL);
  g_assert_false (zab_queue_pop (queue, &command));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rt/queue/empty", test_empty);
  g_test_add_func ("/rt/queue/order", test_order);
  g_test_add_func ("/rt/queue/full", test_full);
  g_test_add_func ("/rt/queue/wrap-around", test_wrap_around);
  g_test_add_func ("/rt/queue/index-wraps", test_index_wraps);
  g_test_add_func ("/rt/queue/two-threads", test_two_threads);
  return g_test_run ();
}
