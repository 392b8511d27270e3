/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The waveform editor, worked by hand in a window of its own. */
#include <linux/input-event-codes.h>
#include <math.h>
#include <stdio.h>

#include "lib/zab-test-audio.h"
#include "ui/zab-test-waveform.h"

enum
{
  SECONDS = 10, /* of the sound, a sine of 220 Hz at 48 kHz */
  SCROLL_UP = 4,
  SCROLL_DOWN = 5
};

static const double FRAME = 1 / 48000.0;

#define wait_value(self, slider, seconds, epsilon)                                                 \
  zab_test_wait_until (fabs (zab_test_waveform_get_value (self, slider) - (seconds)) <= (epsilon))

#define wait_span(self, first, last, epsilon)                                                      \
  zab_test_wait_until (zab_test_waveform_shows (self, first, last, epsilon))

/* --- What is done ---------------------------------------------------------------------------- */

static void
start (ZabTestApp *self, const char *mode)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = zab_test_app_write_wav (dir, "sine.wav", SECONDS);

  zab_test_app_start (self, (const char *[]){ "900", "240", mode, path, NULL });
  zab_test_app_wait_described (self, "Waveform", "Shows 0:00.000 to 0:10.000 of 0:10.000");
}

static void
scroll (ZabTestApp *self, guint button, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      zab_test_input_press (self->input, button);
      zab_test_input_release (self->input, button);
    }
}

static void
scroll_holding (ZabTestApp *self, guint modifier, guint button, guint n)
{
  zab_test_input_key_down (self->input, modifier);
  scroll (self, button, n);
  zab_test_input_key_up (self->input, modifier);
}

/* Pixels of the canvas that a second takes, as long as it shows the whole. */
static double
get_px_a_second (ZabTestApp *self)
{
  int start_x, end_x, y;

  zab_test_app_locate (self, "slider:Start", &start_x, &y);
  zab_test_app_locate (self, "slider:End", &end_x, &y);
  return (end_x - start_x) / (double)SECONDS;
}

/* The end's line is the first pixel beside the canvas: it is taken a little to the left. */
static void
drag_by (ZabTestApp *self, const char *slider, double px)
{
  int x, y;

  zab_test_app_locate (self, slider, &x, &y);
  x -= g_str_equal (slider, "slider:End") ? 2 : 0;
  zab_test_input_drag (self->input, x, y, x + (int)px, y);
}

static gboolean
has_focus (ZabTestApp *self, const char *what)
{
  g_autoptr (ZabTestAccessible) found = zab_test_app_find (self, what);

  return found != NULL && zab_test_a11y_has_state (found, ATSPI_STATE_FOCUSED);
}

static void
tab_to (ZabTestApp *self, const char *what)
{
  zab_test_input_key (self->input, KEY_TAB);
  zab_test_wait_until (has_focus (self, what));
}

/* --- Tests ----------------------------------------------------------------------------------- */

/* At the pointer, in and out; and sideways. */
static void
test_scroll (void)
{
  ZabTestApp self = { 0 };
  double     first, last;
  int        x, y;

  start (&self, "one-shot");
  zab_test_app_locate (&self, "Waveform", &x, &y);
  zab_test_input_move (self.input, x, y);
  scroll_holding (&self, KEY_LEFTCTRL, SCROLL_UP, 4);
  wait_span (&self, 5 - SECONDS / pow (1.25, 4) / 2, 5 + SECONDS / pow (1.25, 4) / 2, 0.02);
  zab_test_waveform_get_span (&self, &first, &last);
  scroll (&self, SCROLL_DOWN, 1);
  zab_test_wait_until (!zab_test_waveform_shows (&self, first, last, 0.001));
  scroll (&self, SCROLL_UP, 1);
  wait_span (&self, first, last, 0.002);
  scroll_holding (&self, KEY_LEFTCTRL, SCROLL_DOWN, 8);
  wait_span (&self, 0, SECONDS, 0.001);
  zab_test_app_stop (&self);
}

/* Around the middle; then around the marker that has the focus, down to single frames. */
static void
test_zoom_keys (void)
{
  ZabTestApp self = { 0 };
  int        x, y;
  double     first, last;

  start (&self, "one-shot");
  zab_test_app_locate (&self, "Waveform", &x, &y);
  zab_test_input_click (self.input, x, y);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_EQUAL);
  wait_span (&self, 2.5, 7.5, 0.001);
  zab_test_input_key (self.input, KEY_HOME);
  wait_span (&self, 0, 5, 0.001);
  zab_test_input_key (self.input, KEY_END);
  wait_span (&self, 5, 10, 0.001);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_MINUS);
  wait_span (&self, 0, 10, 0.001);
  tab_to (&self, "slider:Start");
  tab_to (&self, "slider:End");
  for (guint i = 0; i < 20; i++)
    zab_test_input_key (self.input, KEY_KPPLUS);
  zab_test_wait_until (zab_test_waveform_shows (&self, 10, 10, 0.002));
  zab_test_waveform_get_span (&self, &first, &last);
  g_assert_cmpfloat (last - first, <=, 0.001);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_0);
  wait_span (&self, 0, 10, 0.001);
  zab_test_app_stop (&self);
}

static void
test_zoom_buttons (void)
{
  ZabTestApp self = { 0 };

  start (&self, "one-shot");
  zab_test_app_click (&self, "push button:Zoom In");
  wait_span (&self, 2.5, 7.5, 0.001);
  zab_test_app_click (&self, "push button:Zoom In");
  wait_span (&self, 3.75, 6.25, 0.001);
  zab_test_app_click (&self, "push button:Zoom Out");
  wait_span (&self, 2.5, 7.5, 0.001);
  zab_test_app_click (&self, "push button:Show All");
  wait_span (&self, 0, 10, 0.001);
  zab_test_app_stop (&self);
}

/* What is zoomed in follows the hand. */
static void
test_pan (void)
{
  ZabTestApp self = { 0 };
  double     px;
  int        x, y;

  start (&self, "one-shot");
  px = get_px_a_second (&self);
  zab_test_app_click (&self, "push button:Zoom In");
  wait_span (&self, 2.5, 7.5, 0.001);
  zab_test_app_locate (&self, "Waveform", &x, &y);
  zab_test_input_drag (self.input, x, y, x - (int)(2 * px), y);
  wait_span (&self, 3.5, 8.5, 0.01);
  zab_test_app_stop (&self);
}

/* A drag is one step to undo, and ends where the sound crosses zero. */
static void
test_drag (void)
{
  ZabTestApp self = { 0 };
  double     px, waves;

  start (&self, "one-shot");
  px = get_px_a_second (&self);
  g_assert_cmpfloat (zab_test_waveform_get_value (&self, "slider:Start"), ==, 0);
  drag_by (&self, "slider:Start", 2 * px);
  wait_value (&self, "slider:Start", 2, 0.02);
  waves = zab_test_waveform_get_value (&self, "slider:Start") * 440;
  g_assert_cmpfloat_with_epsilon (waves, round (waves), 440 * FRAME);
  drag_by (&self, "slider:End", -3 * px);
  wait_value (&self, "slider:End", 7, 0.02);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_value (&self, "slider:End", 10, 0);
  g_assert_cmpfloat (zab_test_waveform_get_value (&self, "slider:Start"), >, 1.9);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Z);
  wait_value (&self, "slider:Start", 0, 0);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_Y);
  wait_value (&self, "slider:Start", 2, 0.02);
  zab_test_app_stop (&self);
}

static void
test_loop_points (void)
{
  ZabTestApp self = { 0 };
  double     px;

  start (&self, "loop");
  px = get_px_a_second (&self);
  drag_by (&self, "slider:Start", px);
  wait_value (&self, "slider:Start", 1, 0.02);
  g_assert_cmpfloat (zab_test_waveform_get_value (&self, "slider:Loop start"), >, 0.9);
  tab_to (&self, "slider:Loop start");
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_RIGHT);
  zab_test_wait_until (zab_test_waveform_get_value (&self, "slider:Loop start") > 1.5);
  tab_to (&self, "slider:End");
  tab_to (&self, "slider:Loop end");
  zab_test_input_key (self.input, KEY_HOME);
  zab_test_wait_until (zab_test_waveform_get_value (&self, "slider:Loop end") < 2);
  g_assert_cmpfloat (zab_test_waveform_get_value (&self, "slider:Loop end"), >,
                     zab_test_waveform_get_value (&self, "slider:Loop start"));
  zab_test_app_stop (&self);
}

/* Shift: by single frames. */
static void
test_arrows (void)
{
  ZabTestApp self = { 0 };
  double     before;

  start (&self, "one-shot");
  tab_to (&self, "slider:Start");
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_RIGHT);
  wait_value (&self, "slider:Start", FRAME, 1e-9);
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_RIGHT);
  wait_value (&self, "slider:Start", 2 * FRAME, 1e-9);
  zab_test_app_chord (&self, KEY_LEFTSHIFT, KEY_LEFT);
  wait_value (&self, "slider:Start", FRAME, 1e-9);
  zab_test_input_key (self.input, KEY_RIGHT);
  zab_test_wait_until (zab_test_waveform_get_value (&self, "slider:Start") > 0.05);
  before = zab_test_waveform_get_value (&self, "slider:Start");
  g_assert_cmpfloat (before, <, 0.2);
  zab_test_app_chord (&self, KEY_LEFTCTRL, KEY_RIGHT);
  zab_test_wait_until (zab_test_waveform_get_value (&self, "slider:Start") > before + 0.5);
  zab_test_input_key (self.input, KEY_HOME);
  wait_value (&self, "slider:Start", 0, 0);
  zab_test_app_stop (&self);
}

/* At 120 beats a minute there is a line each quarter of a second, half a beat. */
static void
test_beats (void)
{
  ZabTestApp self = { 0 };
  double     px, value;

  start (&self, "one-shot");
  px = get_px_a_second (&self);
  zab_test_app_click (&self, "push button:Snap to Beats");
  drag_by (&self, "slider:End", -2.1 * px);
  zab_test_wait_until (zab_test_waveform_get_value (&self, "slider:End") < 9);
  value = zab_test_waveform_get_value (&self, "slider:End");
  g_assert_cmpfloat_with_epsilon (value, round (value * 4) / 4, 1e-6);
  zab_test_app_stop (&self);
}

static void
test_audition (void)
{
  ZabTestApp self = { 0 };

  start (&self, "loop");
  zab_test_audio_wait_linked ("zabumba");
  tab_to (&self, "slider:Start");
  zab_test_input_key (self.input, KEY_SPACE);
  g_object_unref (zab_test_app_wait (&self, "push button:Stop"));
  zab_test_app_click (&self, "push button:Stop");
  g_object_unref (zab_test_app_wait (&self, "push button:Play"));
  zab_test_app_stop (&self);
}

/* In words, and with nothing that could be moved. */
static void
test_empty (void)
{
  ZabTestApp self = { 0 };

  zab_test_app_start (&self, (const char *[]){ "360", "200", "loop", NULL });
  zab_test_app_wait_described (&self, "Waveform", "No sound");
  g_assert_false (zab_test_app_shows (&self, "slider:Start"));
  zab_test_app_stop (&self);
}

/* A screen reader moves them, too. */
static void
test_set_value (void)
{
  ZabTestApp self = { 0 };
  g_autoptr (ZabTestAccessible) marker = NULL;
  g_autoptr (GError) error = NULL;

  start (&self, "loop");
  marker = zab_test_app_wait (&self, "slider:Loop start");
  zab_test_a11y_set_value (marker, 2500, &error);
  g_assert_no_error (error);
  wait_value (&self, "slider:Loop start", 2.5, 1e-6);
  zab_test_app_stop (&self);
}

/* A pad that plays once has no loop to show. */
static void
test_one_shot (void)
{
  ZabTestApp self = { 0 };

  start (&self, "one-shot");
  g_assert_true (zab_test_app_shows (&self, "slider:End"));
  g_assert_false (zab_test_app_shows (&self, "slider:Loop start"));
  g_assert_false (zab_test_app_shows (&self, "slider:Crossfade"));
  zab_test_app_stop (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/waveform/scroll", test_scroll);
  zab_test_add ("/ui/waveform/zoom-keys", test_zoom_keys);
  zab_test_add ("/ui/waveform/zoom-buttons", test_zoom_buttons);
  zab_test_add ("/ui/waveform/pan", test_pan);
  zab_test_add ("/ui/waveform/drag", test_drag);
  zab_test_add ("/ui/waveform/loop-points", test_loop_points);
  zab_test_add ("/ui/waveform/arrows", test_arrows);
  zab_test_add ("/ui/waveform/beats", test_beats);
  zab_test_add ("/ui/waveform/audition", test_audition);
  zab_test_add ("/ui/waveform/set-value", test_set_value);
  zab_test_add ("/ui/waveform/empty", test_empty);
  zab_test_add ("/ui/waveform/one-shot", test_one_shot);
  return g_test_run ();
}
