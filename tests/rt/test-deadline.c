/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the deadlines of a callback sum up to, and what counts as missed. */
#include <glib.h>

#include "rt/zab-deadline.h"

enum
{
  RATE = 48000,
  QUANTUM = 48, /* one millisecond */
  MS = 1000000,
};

static void
test_load (void)
{
  ZabDeadline        deadline = { 0 };
  ZabDeadlineReading reading;

  zab_deadline_read (&deadline, &reading);
  g_assert_cmpuint (reading.quantum, ==, 0);
  zab_deadline_add (&deadline, 5 * MS, 5 * MS, 5 * MS + MS / 4, QUANTUM, RATE);
  zab_deadline_add (&deadline, 6 * MS, 6 * MS, 6 * MS + MS / 4, 2 * QUANTUM, RATE);
  zab_deadline_read (&deadline, &reading);
  g_assert_cmpuint (reading.quantum, ==, 2 * QUANTUM);
  g_assert_cmpuint (reading.rate, ==, RATE);
  g_assert_cmpuint (reading.busy, ==, MS / 2);
  g_assert_cmpuint (reading.time, ==, 3 * MS);
  g_assert_cmpuint (reading.missed, ==, 0);
}

/* Sound is late when it comes after the cycle's end, whether the callback was slow or began late;
 * without the cycle's start nobody can tell. */
static void
test_missed (void)
{
  ZabDeadline        deadline = { 0 };
  ZabDeadlineReading reading;

  zab_deadline_add (&deadline, 5 * MS, 5 * MS, 6 * MS, QUANTUM, RATE);
  zab_deadline_read (&deadline, &reading);
  g_assert_cmpuint (reading.missed, ==, 0);
  zab_deadline_add (&deadline, 5 * MS, 5 * MS, 6 * MS + 1, QUANTUM, RATE);
  zab_deadline_read (&deadline, &reading);
  g_assert_cmpuint (reading.missed, ==, 1);
  zab_deadline_add (&deadline, 5 * MS, 7 * MS, 7 * MS + 1, QUANTUM, RATE);
  zab_deadline_read (&deadline, &reading);
  g_assert_cmpuint (reading.missed, ==, 2);
  zab_deadline_add (&deadline, 0, 7 * MS, 9 * MS, QUANTUM, RATE);
  zab_deadline_read (&deadline, &reading);
  g_assert_cmpuint (reading.missed, ==, 2);
}

static void
test_nonsense (void)
{
  ZabDeadline        deadline = { 0 };
  ZabDeadlineReading reading;

  zab_deadline_add (&deadline, 0, 2, 1, QUANTUM, RATE);
  zab_deadline_add (&deadline, 0, 1, 2, 0, RATE);
  zab_deadline_add (&deadline, 0, 1, 2, QUANTUM, 0);
  zab_deadline_read (&deadline, &reading);
  g_assert_cmpuint (reading.time, ==, 0);
  g_assert_cmpuint (reading.busy, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rt/deadline/load", test_load);
  g_test_add_func ("/rt/deadline/missed", test_missed);
  g_test_add_func ("/rt/deadline/nonsense", test_nonsense);
  return g_test_run ();
}
