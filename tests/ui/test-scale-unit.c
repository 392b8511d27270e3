/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-scale-unit.h"

#include <math.h>

static const char *const settings[]
    = { "gain", "eq-low", "eq-mid", "eq-high", "pan", "speed", "attack", "release", "crossfade" };

static void
assert_text (const char *setting, double value, const char *text)
{
  g_autofree char *is = zab_scale_unit_get (setting)->to_text (value);

  g_assert_cmpstr (is, ==, text);
}

/* The ends of a scale are the ends of what can be set, and its mark is the default. */
static void
test_ends (void)
{
  static const struct
  {
    const char *setting;
    double      lower, upper, mark;
  } ends[] = {
    { "gain", 0, 3.9810717055, 1 }, { "eq-mid", 0, 3.9810717055, 1 }, { "pan", -1, 1, 0 },
    { "speed", 0.25, 4, 1 },        { "attack", 0, 10000, 0 },        { "crossfade", 0, 100, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const ZabScaleUnit *unit = zab_scale_unit_get (ends[i].setting);

      g_assert_cmpfloat_with_epsilon (unit->from_scale (unit->lower), ends[i].lower, 1e-9);
      g_assert_cmpfloat_with_epsilon (unit->from_scale (unit->upper), ends[i].upper, 1e-9);
      g_assert_cmpfloat_with_epsilon (unit->from_scale (unit->mark), ends[i].mark, 1e-9);
    }
  g_assert_null (zab_scale_unit_get ("mode"));
}

/* What a scale gives lies where it was taken from. */
static void
test_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      const ZabScaleUnit *unit = zab_scale_unit_get (settings[i]);

      for (guint j = 0; j <= 100; j++)
        {
          const double at = unit->lower + (unit->upper - unit->lower) * j / 100;
          const double value = unit->from_scale (at);

          g_assert_cmpfloat_with_epsilon (unit->from_scale (unit->to_scale (value)), value, 1e-9);
        }
      g_assert_cmpfloat (unit->to_scale (unit->from_scale (unit->mark + unit->step)), >,
                         unit->mark);
    }
}

static void
test_detents (void)
{
  g_assert_cmpfloat (zab_scale_unit_get ("gain")->from_scale (0.4), ==, 1);
  g_assert_cmpfloat (zab_scale_unit_get ("gain")->from_scale (-0.5), <, 1);
  g_assert_cmpfloat (zab_scale_unit_get ("pan")->from_scale (-2), ==, 0);
  g_assert_cmpfloat (zab_scale_unit_get ("pan")->from_scale (-3), ==, -0.03);
  g_assert_cmpfloat (zab_scale_unit_get ("speed")->from_scale (0.5), ==, 1);
  g_assert_cmpfloat (zab_scale_unit_get ("speed")->from_scale (12), ==, 2);
  g_assert_cmpfloat (zab_scale_unit_get ("attack")->from_scale (0.1), ==, 10);
}

static void
test_text (void)
{
  assert_text ("gain", 1, "0 dB");
  assert_text ("gain", pow (10, -6.0 / 20), "−6.0 dB");
  assert_text ("gain", 2, "+6.0 dB");
  assert_text ("eq-low", 0, "Off");
  assert_text ("pan", 0, "Center");
  assert_text ("pan", -0.5, "50 % left");
  assert_text ("pan", 1, "100 % right");
  assert_text ("speed", 1.5, "1.50×");
  assert_text ("attack", 3, "3 ms");
  assert_text ("attack", 0.5, "0.50 ms");
  assert_text ("attack", 2.5, "2.5 ms");
  assert_text ("release", 1200, "1.2 s");
  assert_text ("crossfade", 100, "100 ms");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/scale-unit/ends", test_ends);
  g_test_add_func ("/ui/scale-unit/back", test_back);
  g_test_add_func ("/ui/scale-unit/detents", test_detents);
  g_test_add_func ("/ui/scale-unit/text", test_text);
  return g_test_run ();
}
