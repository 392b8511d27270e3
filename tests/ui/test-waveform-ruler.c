/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-ruler.h"

static const ZabWaveformRuler seconds = { .seconds_per_unit = 1 };

/* 120 beats a minute in four from 1.5 s on. */
static const ZabWaveformRuler beats
    = { .seconds_per_unit = 0.5, .origin = 1.5, .beats_per_bar = 4 };

static void
test_step (void)
{
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&seconds, 100, 64), ==, 1);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&seconds, 100, 120), ==, 2);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&seconds, 900 / 3600.0, 64), ==, 300);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&seconds, 1e-6, 64), ==, 3600);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&seconds, 48000 * 24.0, 64), ==, 1e-4);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&seconds, 1e12, 64), ==, 1e-5);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&beats, 200, 64), ==, 1);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&beats, 400, 64), ==, 0.5);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&beats, 1e9, 64), ==, 1 / 16.0);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&beats, 100, 64), ==, 4);
  g_assert_cmpfloat (zab_waveform_ruler_get_step (&beats, 20, 64), ==, 8);
}

static void
test_lines (void)
{
  g_assert_cmpint (zab_waveform_ruler_get_index (&seconds, 2, 5), ==, 2);
  g_assert_cmpint (zab_waveform_ruler_get_index (&seconds, 0.1, 0.3), ==, 3);
  g_assert_cmpfloat (zab_waveform_ruler_get_time (&seconds, 2, 3), ==, 6);
  g_assert_cmpint (zab_waveform_ruler_get_index (&beats, 1, 1.5), ==, 0);
  g_assert_cmpint (zab_waveform_ruler_get_index (&beats, 1, 2.6), ==, 2);
  g_assert_cmpint (zab_waveform_ruler_get_index (&beats, 1, 0), ==, -3);
  g_assert_cmpfloat (zab_waveform_ruler_get_time (&beats, 1, -3), ==, 0);
  g_assert_cmpfloat (zab_waveform_ruler_get_time (&beats, 0.5, 3), ==, 2.25);
}

static void
assert_format (const ZabWaveformRuler *ruler, double step, gint64 i, const char *expected)
{
  g_autofree char *text = zab_waveform_ruler_format (ruler, step, i);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_format (&seconds, 1, 0, "0:00");
  assert_format (&seconds, 5, 13, "1:05");
  assert_format (&seconds, 600, 7, "1:10:00");
  assert_format (&seconds, 0.5, 5, "0:02.5");
  assert_format (&seconds, 0.05, 1, "0:00.05");
  assert_format (&seconds, 2e-4, 10001, "0:02.0002");
  assert_format (&beats, 1, 0, "1");
  assert_format (&beats, 1, 1, "1.2");
  assert_format (&beats, 0.5, 3, "1.2.5");
  assert_format (&beats, 1, 4, "2");
  assert_format (&beats, 8, 1, "3");
  assert_format (&beats, 1, -1, "-1.4");
  assert_format (&beats, 1, -4, "-1");
}

static void
assert_time (double time, guint n_decimals, const char *expected)
{
  g_autofree char *text = zab_waveform_format_time (time, n_decimals);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_time (void)
{
  assert_time (0, 3, "0:00.000");
  assert_time (1.25, 3, "0:01.250");
  assert_time (59.9996, 3, "1:00.000");
  assert_time (3599.9, 0, "1:00:00");
  assert_time (7265.5, 1, "2:01:05.5");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/waveform-ruler/step", test_step);
  g_test_add_func ("/ui/waveform-ruler/lines", test_lines);
  g_test_add_func ("/ui/waveform-ruler/format", test_format);
  g_test_add_func ("/ui/waveform-ruler/time", test_time);
  return g_test_run ();
}
