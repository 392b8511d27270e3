/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-span.h"

static const double HOUR = 3600 * 48000.0;
static const double WIDTH = 900;

static void
assert_near (double a, double b)
{
  g_assert_cmpfloat_with_epsilon (a, b, 1e-6 * (1 + (b < 0 ? -b : b)));
}

static void
test_whole (void)
{
  ZabWaveformSpan span;

  zab_waveform_span_init (&span, HOUR, WIDTH);
  g_assert_true (zab_waveform_span_is_whole (&span));
  assert_near (zab_waveform_span_to_x (&span, HOUR), WIDTH);
  assert_near (zab_waveform_span_to_frame (&span, WIDTH / 2), HOUR / 2);
  zab_waveform_span_pan (&span, 100);
  assert_near (span.first, 0);
  zab_waveform_span_zoom (&span, 0.5, 100);
  g_assert_true (zab_waveform_span_is_whole (&span));
  zab_waveform_span_resize (&span, 300);
  g_assert_true (zab_waveform_span_is_whole (&span));
  assert_near (zab_waveform_span_get_last (&span), HOUR);
}

/* What is under the pointer stays there, in and out again, down to single frames. */
static void
test_zoom (void)
{
  ZabWaveformSpan span;
  double          frame;

  zab_waveform_span_init (&span, HOUR, WIDTH);
  frame = zab_waveform_span_to_frame (&span, 250);
  for (guint i = 0; i < 60; i++)
    {
      zab_waveform_span_zoom (&span, 1.5, 250);
      assert_near (zab_waveform_span_to_x (&span, frame), 250);
    }
  g_assert_cmpfloat (span.scale, <, 0.05);
  for (guint i = 0; i < 60; i++)
    zab_waveform_span_zoom (&span, 1 / 1.5, 250);
  g_assert_true (zab_waveform_span_is_whole (&span));
}

/* Two fingers take along what is between them, while they spread and while they wander. */
static void
test_pinch (void)
{
  ZabWaveformSpan span;
  double          frame;

  zab_waveform_span_init (&span, HOUR, WIDTH);
  frame = zab_waveform_span_to_frame (&span, 250);
  zab_waveform_span_pinch (&span, 1.5, 250, 200);
  assert_near (zab_waveform_span_to_x (&span, frame), 200);
  zab_waveform_span_pinch (&span, 4.0 / 3, 200, 250);
  assert_near (zab_waveform_span_to_x (&span, frame), 250);
  assert_near (zab_waveform_span_get_last (&span) - span.first, HOUR / 2);
  zab_waveform_span_pinch (&span, 1, 250, 300);
  assert_near (zab_waveform_span_to_x (&span, frame), 300);
  zab_waveform_span_pinch (&span, 0.25, 300, 500);
  g_assert_true (zab_waveform_span_is_whole (&span));
}

/* A sound that is shorter than the widget is wide fills it, and can't be blown up further. */
static void
test_short (void)
{
  ZabWaveformSpan span;

  zab_waveform_span_init (&span, 10, WIDTH);
  zab_waveform_span_zoom (&span, 100, 450);
  assert_near (span.first, 0);
  assert_near (zab_waveform_span_get_last (&span), 10);
  zab_waveform_span_init (&span, 0, WIDTH);
  zab_waveform_span_zoom (&span, 2, 10);
  assert_near (zab_waveform_span_to_x (&span, 5), 0);
}

static void
test_pan (void)
{
  ZabWaveformSpan span;

  zab_waveform_span_init (&span, 90000, WIDTH);
  zab_waveform_span_zoom (&span, 10, 0);
  assert_near (span.scale, 10);
  zab_waveform_span_pan (&span, 50);
  assert_near (span.first, 500);
  zab_waveform_span_pan (&span, -1000);
  assert_near (span.first, 0);
  zab_waveform_span_move_to (&span, 1e9);
  assert_near (zab_waveform_span_get_last (&span), 90000);
  zab_waveform_span_resize (&span, 450);
  assert_near (span.scale, 10);
  zab_waveform_span_resize (&span, 8000);
  assert_near (zab_waveform_span_get_last (&span), 90000);
}

static void
test_reveal (void)
{
  ZabWaveformSpan span;

  zab_waveform_span_init (&span, 90000, WIDTH);
  zab_waveform_span_zoom (&span, 10, 450);
  zab_waveform_span_move_to (&span, 20000);
  zab_waveform_span_reveal (&span, 25000);
  assert_near (span.first, 20000);
  zab_waveform_span_reveal (&span, 10000);
  assert_near (zab_waveform_span_to_x (&span, 10000), 90);
  zab_waveform_span_reveal (&span, 60000);
  assert_near (zab_waveform_span_to_x (&span, 60000), WIDTH - 90);
  zab_waveform_span_reveal (&span, 0);
  assert_near (span.first, 0);
  zab_waveform_span_reveal (&span, 90000);
  assert_near (zab_waveform_span_to_x (&span, 90000), WIDTH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/waveform-span/whole", test_whole);
  g_test_add_func ("/ui/waveform-span/zoom", test_zoom);
  g_test_add_func ("/ui/waveform-span/pinch", test_pinch);
  g_test_add_func ("/ui/waveform-span/short", test_short);
  g_test_add_func ("/ui/waveform-span/pan", test_pan);
  g_test_add_func ("/ui/waveform-span/reveal", test_reveal);
  return g_test_run ();
}
