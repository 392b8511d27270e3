/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lib/zab-test.h"
#include "rt/zab-schedule.h"

/* In any order in, in the order of time and then of arrival out. */
static void
test_order (void)
{
  g_autofree ZabSchedule *schedule = g_new0 (ZabSchedule, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 20; round++)
    {
      guint64    last_time = 0;
      guint      last_value = 0;
      ZabCommand command;

      for (guint i = 0; i < ZAB_SCHEDULE_LENGTH; i++)
        {
          command = (ZabCommand){ .time = (guint64)g_rand_int_range (rand, 1, 200), .value = i };
          g_assert_false (zab_schedule_is_full (schedule));
          zab_schedule_add (schedule, &command);
        }
      g_assert_true (zab_schedule_is_full (schedule));
      for (guint i = 0; i < ZAB_SCHEDULE_LENGTH; i++)
        {
          const guint64 next = zab_schedule_next (schedule);

          g_assert_false (zab_schedule_take (schedule, next - 1, &command));
          g_assert_true (zab_schedule_take (schedule, next, &command));
          g_assert_cmpuint (command.time, ==, next);
          g_assert_cmpuint (command.time, >=, last_time);
          if (i > 0 && command.time == last_time)
            g_assert_cmpuint (command.value, >, last_value);
          last_time = command.time;
          last_value = command.value;
        }
      g_assert_false (zab_schedule_take (schedule, UINT64_MAX, &command));
    }
}

static void
test_empty (void)
{
  g_autofree ZabSchedule *schedule = g_new0 (ZabSchedule, 1);

  g_assert_cmpuint (zab_schedule_next (schedule), ==, UINT64_MAX);
  g_assert_false (zab_schedule_is_full (schedule));
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/rt/schedule/order", test_order);
  zab_test_add ("/rt/schedule/empty", test_empty);
  return g_test_run ();
}
