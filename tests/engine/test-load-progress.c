/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-load-progress.h"

enum
{
  MAX_A_SECOND = 30,
  N_STEPS = 200000
};

/* The times of what was told; the oldest of MAX_A_SECOND + 1 is more than a second ago. */
static void
assert_rate (const gint64 *times, guint n)
{
  for (guint i = MAX_A_SECOND; i < n; i++)
    g_assert_cmpint (times[i] - times[i - MAX_A_SECOND], >, G_USEC_PER_SEC);
}

/* Steps of all lengths, from many a microsecond to seconds without one: never more than 30 in any
 * second, never back, and the last. */
static void
test_rate (void)
{
  g_autofree gint64 *times = g_new (gint64, N_STEPS);
  ZabLoadProgress    progress = { 0 };
  GRand             *rand = g_rand_new_with_seed (4);
  gint64             now = 1000;
  double             last = 0;
  guint              n = 0;

  for (int i = 1; i <= N_STEPS; i++)
    {
      double fraction = (double)i / N_STEPS;

      now += g_rand_int_range (rand, 0, 100) == 0 ? g_rand_int_range (rand, 0, 3000000)
                                                  : g_rand_int_range (rand, 0, 1000);
      if (!zab_load_progress_step (&progress, &fraction, now))
        continue;
      g_assert_cmpfloat (fraction, >, last);
      last = fraction;
      times[n++] = now;
    }
  g_assert_cmpfloat (last, ==, 1.0);
  g_assert_cmpuint (n, >, 1000); /* and it does tell */
  assert_rate (times, n);
  g_rand_free (rand);
}

/* As fast as it can come, told as often as may be and not less. */
static void
test_flood (void)
{
  ZabLoadProgress progress = { 0 };
  guint           n = 0;

  for (gint64 now = 1; now <= G_USEC_PER_SEC; now += 10)
    {
      double fraction = (double)now / (2 * G_USEC_PER_SEC);

      n += zab_load_progress_step (&progress, &fraction, now);
    }
  g_assert_cmpuint (n, ==, 25);
}

typedef struct
{
  double in;
  gint64 now;
  double out; /* NONE: not told */
} Step;

static const double NONE = -2;

static void
assert_steps (const Step *steps, gsize n)
{
  ZabLoadProgress progress = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      double         fraction = steps[i].in;
      const gboolean told = zab_load_progress_step (&progress, &fraction, steps[i].now);

      g_assert_cmpint (told, ==, steps[i].out > NONE);
      if (told)
        g_assert_cmpfloat (fraction, ==, steps[i].out);
    }
}

static void
test_never_back (void)
{
  static const Step steps[] = {
    { 0.0, 1, 0.0 },      { 0.5, 100001, 0.5 },  { 0.4, 200001, 0.5 },  { -1.0, 300001, NONE },
    { 7.0, 400001, 1.0 }, { 0.9, 500001, NONE }, { 1.0, 600001, NONE },
  };

  assert_steps (steps, G_N_ELEMENTS (steps));
}

static void
test_unknown (void)
{
  static const Step steps[] = {
    { -1.0, 1, -1.0 },      { -1.0, 100001, -1.0 }, { -7.0, 200001, -1.0 },
    { 0.25, 300001, 0.25 }, { -1.0, 400001, NONE },
  };

  assert_steps (steps, G_N_ELEMENTS (steps));
}

/* The end is told at once, however soon, and once. */
static void
test_last (void)
{
  static const Step steps[] = {
    { 0.9, 1, 0.9 }, { 0.95, 2, NONE }, { 1.0, 3, 1.0 }, { 1.0, 4, NONE }, { 1.0, 900000, NONE },
  };

  assert_steps (steps, G_N_ELEMENTS (steps));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/load-progress/rate", test_rate);
  g_test_add_func ("/engine/load-progress/flood", test_flood);
  g_test_add_func ("/engine/load-progress/never-back", test_never_back);
  g_test_add_func ("/engine/load-progress/unknown", test_unknown);
  g_test_add_func ("/engine/load-progress/last", test_last);
  return g_test_run ();
}
