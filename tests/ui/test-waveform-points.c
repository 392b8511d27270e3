/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-sample-buffer.h"
#include "model/zab-pad-private.h"
#include "model/zab-peaks-private.h"
#include "ui/zab-waveform-points.h"

/* A pad with a sound of ten seconds. */
static ZabPad *
make_pad (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/a.wav");
  ZabPad *pad = zab_pad_new (0);

  zab_pad_begin_load (pad, file);
  zab_pad_end_load (pad, 10, NULL);
  return pad;
}

static void
assert_at (ZabPad *pad, ZabWaveformPoint point, double seconds)
{
  g_assert_cmpfloat_with_epsilon (zab_waveform_point_get (point, pad), seconds, 1e-9);
}

static void
test_default (void)
{
  g_autoptr (ZabPad) pad = make_pad ();

  assert_at (pad, ZAB_WAVEFORM_START, 0);
  assert_at (pad, ZAB_WAVEFORM_END, 10);
  assert_at (pad, ZAB_WAVEFORM_LOOP_START, 0);
  assert_at (pad, ZAB_WAVEFORM_LOOP_END, 10);
  assert_at (pad, ZAB_WAVEFORM_CROSSFADE, 10);
  g_assert_true (zab_waveform_point_is_shown (ZAB_WAVEFORM_END, pad));
  g_assert_false (zab_waveform_point_is_shown (ZAB_WAVEFORM_LOOP_END, pad));
  zab_pad_set_mode (pad, ZAB_PAD_MODE_LOOP);
  g_assert_true (zab_waveform_point_is_shown (ZAB_WAVEFORM_LOOP_END, pad));
}

/* Each stays on its side of the others. */
static void
test_set (void)
{
  g_autoptr (ZabPad) pad = make_pad ();

  zab_waveform_point_set (ZAB_WAVEFORM_START, pad, 2);
  zab_waveform_point_set (ZAB_WAVEFORM_END, pad, 8);
  assert_at (pad, ZAB_WAVEFORM_LOOP_START, 2);
  assert_at (pad, ZAB_WAVEFORM_LOOP_END, 8);
  zab_waveform_point_set (ZAB_WAVEFORM_LOOP_START, pad, 3);
  zab_waveform_point_set (ZAB_WAVEFORM_LOOP_END, pad, 7);
  zab_waveform_point_set (ZAB_WAVEFORM_CROSSFADE, pad, 6.95);
  g_assert_cmpfloat_with_epsilon (zab_pad_get_crossfade (pad), 50, 1e-6);
  zab_waveform_point_set (ZAB_WAVEFORM_CROSSFADE, pad, 3);
  g_assert_cmpfloat_with_epsilon (zab_pad_get_crossfade (pad), 100, 1e-6);
  zab_waveform_point_set (ZAB_WAVEFORM_CROSSFADE, pad, 9);
  g_assert_cmpfloat (zab_pad_get_crossfade (pad), ==, 0);
  zab_waveform_point_set (ZAB_WAVEFORM_LOOP_START, pad, 9);
  assert_at (pad, ZAB_WAVEFORM_LOOP_START, 6.999);
  zab_waveform_point_set (ZAB_WAVEFORM_LOOP_END, pad, 1);
  assert_at (pad, ZAB_WAVEFORM_LOOP_END, 7);
  zab_waveform_point_set (ZAB_WAVEFORM_START, pad, 9);
  assert_at (pad, ZAB_WAVEFORM_START, 7.999);
  zab_waveform_point_set (ZAB_WAVEFORM_START, pad, -1);
  assert_at (pad, ZAB_WAVEFORM_START, 0);
}

/* The end of the sound is the end whatever the sound. */
static void
test_to_the_end (void)
{
  g_autoptr (ZabPad) pad = make_pad ();

  zab_waveform_point_set (ZAB_WAVEFORM_END, pad, 5);
  g_assert_cmpfloat (zab_pad_get_end (pad), ==, 5);
  zab_waveform_point_set (ZAB_WAVEFORM_END, pad, 11);
  g_assert_cmpfloat (zab_pad_get_end (pad), ==, 0);
  zab_waveform_point_set (ZAB_WAVEFORM_LOOP_END, pad, 5);
  zab_waveform_point_set (ZAB_WAVEFORM_LOOP_END, pad, 10);
  g_assert_cmpfloat (zab_pad_get_loop_end (pad), ==, 0);
}

/* What a set may hold, and the engine takes for the whole. */
static void
test_nonsense (void)
{
  g_autoptr (ZabPad) pad = make_pad ();

  zab_pad_set_start (pad, 20);
  zab_pad_set_end (pad, 15);
  assert_at (pad, ZAB_WAVEFORM_START, 0);
  assert_at (pad, ZAB_WAVEFORM_END, 10);
  zab_pad_set_loop_start (pad, 7);
  zab_pad_set_loop_end (pad, 6);
  assert_at (pad, ZAB_WAVEFORM_LOOP_START, 0);
  assert_at (pad, ZAB_WAVEFORM_LOOP_END, 10);
}

static void
assert_described (ZabPad *pad, ZabWaveformPoint point, const char *expected)
{
  g_autofree char *text = zab_waveform_point_describe (point, pad);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_describe (void)
{
  g_autoptr (ZabPad) pad = make_pad ();

  zab_pad_set_start (pad, 1.25);
  zab_pad_set_crossfade (pad, 12.5);
  assert_described (pad, ZAB_WAVEFORM_START, "0:01.250");
  assert_described (pad, ZAB_WAVEFORM_END, "0:10.000");
  assert_described (pad, ZAB_WAVEFORM_CROSSFADE, "12.5 ms");
}

static void
test_grid (void)
{
  const ZabWaveformRuler  beats = { .seconds_per_unit = 0.5, .origin = 0.1, .beats_per_bar = 4 };
  const ZabWaveformMagnet magnet = { .grid = &beats, .grid_step = 2 };

  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_pull (&magnet, 1.5), 1.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_pull (&magnet, 1.7), 2.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_step (&magnet, 1.1, 0.01), 2.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_step (&magnet, 1.1, -0.01), 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_step (&magnet, 1.1, 3), 4.1, 1e-9);
}

/* A square wave that turns each hundred frames. */
static void
test_zero (void)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
  ZabSampleBuffer *buffer = zab_sample_buffer_new (memory, 1, 1000);
  float           *frames = zab_sample_buffer_reserve (buffer, 1000, NULL);
  g_autoptr (ZabSample) sample = NULL;
  g_autoptr (ZabPeaks) peaks = NULL;
  ZabWaveformMagnet magnet = { .reach = 0.02 };

  for (guint i = 0; i < 1000; i++)
    frames[i] = i / 100 % 2 ? -0.5f : 0.5f;
  g_assert_true (zab_sample_buffer_commit (buffer, 1000, NULL));
  sample = zab_sample_buffer_finish (buffer);
  peaks = zab_peaks_new (sample, NULL, NULL);
  g_assert_cmpfloat (zab_waveform_magnet_pull (&magnet, 0.289), ==, 0.289);
  magnet.zero = peaks;
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_pull (&magnet, 0.289), 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_pull (&magnet, 0.25), 0.25, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_step (&magnet, 0.29, 0.008), 0.3, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_step (&magnet, 0.3, 0.008), 0.308, 1e-9);
  g_assert_cmpfloat_with_epsilon (zab_waveform_magnet_step (&magnet, 0.3, -0.008), 0.292, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/waveform-points/default", test_default);
  g_test_add_func ("/ui/waveform-points/set", test_set);
  g_test_add_func ("/ui/waveform-points/to-the-end", test_to_the_end);
  g_test_add_func ("/ui/waveform-points/nonsense", test_nonsense);
  g_test_add_func ("/ui/waveform-points/describe", test_describe);
  g_test_add_func ("/ui/waveform-points/grid", test_grid);
  g_test_add_func ("/ui/waveform-points/zero", test_zero);
  return g_test_run ();
}
