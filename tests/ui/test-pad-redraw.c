/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn again, and what is not: a grid of pads in a window, with a mixer that goes on only
 * when it is told to. Linked with --wrap, so that each drawing of a pad is counted. */
#include <adwaita.h>

#include "engine/zab-engine.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"
#include "model/zab-session-private.h"
#include "ui/zab-level-meter.h"
#include "ui/zab-pad-button.h"
#include "ui/zab-pad-grid.h"
#include "ui/zab-pad-painter.h"
#include "ui/zab-pad-wave.h"
#include "ui/zab-resources.h"
#include "ui/zab-transport-bar.h"

enum
{
  RATE = 48000,
  N_PADS = 36,
  BLOCK = 480,
  METER_FALLS = 80 /* frames, until it is down */
};

typedef struct
{
  ZabSession *session;
  GtkWidget  *window;
  ZabPadGrid *grid;
  GtkWidget  *bar;
  GtkWidget  *other; /* beside the grid, to be drawn */
  guint       n_frames;
} Fixture;

static guint n_drawn; /* pads */
static guint n_moved; /* what moves on them */
static guint n_waves;
static guint n_levels;       /* looks at the level of all sound */
static guint n_levels_alone; /* of these, in frames in which no pad was looked at */

static GdkFrameClock *the_clock; /* of the window, or NULL */
static gint64         looked_in; /* the frame in which pads were looked at last */

void __real_zab_pad_painter_snapshot (ZabPadPainter *self, GtkSnapshot *snapshot, double fill);
void __wrap_zab_pad_painter_snapshot (ZabPadPainter *self, GtkSnapshot *snapshot, double fill);
GskRenderNode *__real_zab_pad_motion_draw (const ZabPadMotion *self);
GskRenderNode *__wrap_zab_pad_motion_draw (const ZabPadMotion *self);
gboolean       __real_zab_level_meter_update (ZabLevelMeter *self, const float peaks[2],
                                              const float rms[2], double reduction, double seconds);
gboolean       __wrap_zab_level_meter_update (ZabLevelMeter *self, const float peaks[2],
                                              const float rms[2], double reduction, double seconds);
gboolean       __real_zab_session_update_activity (ZabSession *self);
gboolean       __wrap_zab_session_update_activity (ZabSession *self);
GdkTexture *__real_zab_pad_wave_new (ZabPeaks *peaks, int width, int height, const GdkRGBA *color);
GdkTexture *__wrap_zab_pad_wave_new (ZabPeaks *peaks, int width, int height, const GdkRGBA *color);

void
__wrap_zab_pad_painter_snapshot (ZabPadPainter *self, GtkSnapshot *snapshot, double fill)
{
  n_drawn++;
  __real_zab_pad_painter_snapshot (self, snapshot, fill);
}

GskRenderNode *
__wrap_zab_pad_motion_draw (const ZabPadMotion *self)
{
  n_moved++;
  return __real_zab_pad_motion_draw (self);
}

gboolean
__wrap_zab_level_meter_update (ZabLevelMeter *self, const float peaks[2], const float rms[2],
                               double reduction, double seconds)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  n_levels++;
  n_levels_alone += looked_in != gdk_frame_clock_get_frame_counter (clock);
  return __real_zab_level_meter_update (self, peaks, rms, reduction, seconds);
}

gboolean
__wrap_zab_session_update_activity (ZabSession *self)
{
  if (the_clock != NULL)
    looked_in = gdk_frame_clock_get_frame_counter (the_clock);
  return __real_zab_session_update_activity (self);
}

GdkTexture *
__wrap_zab_pad_wave_new (ZabPeaks *peaks, int width, int height, const GdkRGBA *color)
{
  n_waves++;
  return __real_zab_pad_wave_new (peaks, width, height, color);
}

static void
on_after_paint (GdkFrameClock *clock, Fixture *self)
{
  self->n_frames++;
}

/* @n more frames are drawn, whatever there is to draw. */
static void
draw_frames (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      const guint before = self->n_frames;

      gtk_widget_queue_draw (self->other);
      zab_test_wait_until (self->n_frames > before);
    }
}

static gboolean
all_are_known (Fixture *self)
{
  ZabSet *set = zab_session_get_set (self->session);

  for (guint i = 0; i < N_PADS; i++)
    if (zab_pad_get_peaks (zab_set_get_pad (set, i)) == NULL)
      return FALSE;
  return TRUE;
}

static void
load (Fixture *self)
{
  g_autofree char  *dir = zab_test_make_dir ();
  g_autofree char  *path = g_build_filename (dir, "sound.wav", NULL);
  g_autofree float *frames = g_new (float, RATE);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < RATE; i++)
    frames[i] = i % 100 < 50 ? 0.5f : -0.5f;
  g_assert_true (zab_test_wav_write (path, frames, RATE, 1, RATE, NULL));
  for (guint i = 0; i < N_PADS; i++)
    {
      zab_session_load (self->session, i, file);
      zab_pad_set_mode (zab_set_get_pad (zab_session_get_set (self->session), i),
                        ZAB_PAD_MODE_LOOP);
    }
  zab_test_wait_until (all_are_known (self));
}

static void
init (Fixture *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  *self = (Fixture){ .session = zab_session_new_offline (RATE),
                     .grid = g_object_new (ZAB_TYPE_PAD_GRID, "vexpand", TRUE, NULL),
                     .bar = g_object_new (ZAB_TYPE_TRANSPORT_BAR, NULL),
                     .other = gtk_label_new ("other"),
                     .window = gtk_window_new () };
  zab_pad_grid_set_session (self->grid, self->session);
  g_object_set (self->bar, "session", self->session, NULL);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->grid));
  gtk_box_append (GTK_BOX (box), self->other);
  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 650);
  gtk_window_present (GTK_WINDOW (self->window));
  the_clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect (the_clock, "after-paint", G_CALLBACK (on_after_paint), self);
  load (self);
  draw_frames (self, 3);
  n_drawn = n_moved = 0;
}

static void
clear (Fixture *self)
{
  the_clock = NULL;
  gtk_window_destroy (GTK_WINDOW (self->window));
  zab_test_drain ();
  zab_session_shut_down (self->session);
  g_assert_finalize_object (self->session);
}

static void
render (Fixture *self, guint n_blocks)
{
  float out[2 * BLOCK];

  for (guint i = 0; i < n_blocks; i++)
    zab_engine_render (zab_session_peek_engine (self->session), out, BLOCK);
}

/* Frames in which nothing of the pads has changed draw no pad; a wave is made once. */
static void
test_idle (void)
{
  Fixture self;

  n_waves = 0;
  init (&self);
  draw_frames (&self, 5);
  g_assert_cmpuint (n_drawn, ==, 0);
  g_assert_cmpuint (n_moved, ==, 0);
  g_assert_cmpuint (n_waves, ==, N_PADS);
  clear (&self);
}

static gboolean
is_playing (Fixture *self, guint pad)
{
  return zab_pad_get_playing (zab_set_get_pad (zab_session_get_set (self->session), pad));
}

static GskRenderNode *
get_motion (Fixture *self, guint pad)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->grid));

  while (pad-- > 0)
    button = gtk_widget_get_next_sibling (button);
  return zab_pad_button_get_motion (ZAB_PAD_BUTTON (button));
}

/* On one that plays, what moves is drawn when it has moved, and the pad is not; nor is another. */
static void
test_playing (void)
{
  Fixture self;
  guint   drawn, moved;

  init (&self);
  zab_session_play (self.session, 7, 1);
  render (&self, 20);
  zab_test_wait_until (is_playing (&self, 7));
  draw_frames (&self, METER_FALLS);
  g_assert_cmpuint (n_drawn, >, 0); /* it looks so as a whole */
  g_assert_cmpuint (n_moved, >, 1);
  drawn = n_drawn;
  moved = n_moved;
  draw_frames (&self, 8); /* the sound stands, and so does its meter */
  g_assert_cmpuint (n_moved, ==, moved);
  render (&self, 10);
  zab_test_wait_until (n_moved > moved);
  draw_frames (&self, METER_FALLS);
  g_assert_cmpuint (n_drawn, ==, drawn);
  for (guint i = 0; i < N_PADS; i++)
    g_assert_cmpint (get_motion (&self, i) != NULL, ==, i == 7);
  zab_session_stop_all (self.session);
  render (&self, 100);
  zab_test_wait_until (!is_playing (&self, 7));
  clear (&self);
}

/* Bars and beats that pass draw no pad, with or without sound. */
static void
test_transport (void)
{
  Fixture self;
  double  first, beat;

  init (&self);
  zab_session_set_transport_running (self.session, TRUE);
  render (&self, 20);
  g_assert_true (zab_session_get_bar_position (self.session, NULL, &first));
  draw_frames (&self, 4);
  render (&self, 60);
  draw_frames (&self, 4);
  g_assert_true (zab_session_get_bar_position (self.session, NULL, &beat));
  g_assert_cmpfloat (beat, >, first + 1);
  g_assert_cmpuint (n_drawn, ==, 0);
  g_assert_cmpuint (n_moved, ==, 0);
  zab_session_set_transport_running (self.session, FALSE);
  clear (&self);
}

/* The level of all sound is looked at in those frames in which the pads are. */
static void
test_together (void)
{
  Fixture self;

  init (&self);
  zab_session_play (self.session, 7, 1);
  render (&self, 20);
  zab_test_wait_until (is_playing (&self, 7));
  n_levels = n_levels_alone = 0;
  for (guint i = 0; i < 20; i++)
    {
      render (&self, 2);
      draw_frames (&self, 2);
    }
  g_assert_cmpuint (n_levels, >, 0);
  g_assert_cmpuint (n_levels_alone, ==, 0);
  zab_session_stop_all (self.session);
  render (&self, 100);
  zab_test_wait_until (!is_playing (&self, 7));
  clear (&self);
}

/* The pressed look is there with the next frame, whatever the engine says, and costs that pad
 * alone. */
static void
test_press (void)
{
  Fixture self;

  init (&self);
  zab_pad_grid_press (self.grid, 3);
  draw_frames (&self, 1);
  g_assert_cmpuint (n_drawn, ==, 1);
  g_assert_false (is_playing (&self, 3)); /* nothing was rendered */
  zab_pad_grid_release (self.grid, 3);
  clear (&self);
}

static gboolean
is_armed (Fixture *self, guint pad)
{
  return zab_pad_get_armed (zab_set_get_pad (zab_session_get_set (self->session), pad));
}

/* How often a pad that waits for the second bar is drawn while three beats pass, by 32nds. */
static guint
count_pulses (gboolean animate)
{
  const guint part = 60 * RATE / 120 / 8 / BLOCK + 1; /* blocks, of a beat */
  Fixture     self;
  guint       n_while_armed;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", animate, NULL);
  init (&self);
  zab_session_set_quantise (self.session, ZAB_PAD_QUANTISE_1_BAR);
  zab_session_set_transport_running (self.session, TRUE);
  render (&self, 2 * part);
  zab_session_play (self.session, 5, 1);
  render (&self, 1);
  zab_test_wait_until (is_armed (&self, 5));
  draw_frames (&self, 8);
  n_drawn = n_moved = 0;
  for (guint i = 0; i < 3 * 8 - 4; i++)
    {
      render (&self, part);
      draw_frames (&self, 8);
    }
  n_while_armed = n_drawn + n_moved;
  g_assert_true (is_armed (&self, 5));
  zab_session_set_transport_running (self.session, FALSE);
  zab_session_stop_all (self.session);
  render (&self, 100);
  zab_test_wait_until (!is_armed (&self, 5) && !is_playing (&self, 5));
  clear (&self);
  return n_while_armed;
}

/* Where motion is not wanted, an armed pad stands still, and has its mark; else it pulses. */
static void
test_reduced_motion (void)
{
  g_assert_cmpuint (count_pulses (FALSE), ==, 0);
  g_assert_cmpuint (count_pulses (TRUE), >, 10);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

/* As the application has it: without it, nothing would look pressed. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  zab_register_resource ();
  gtk_css_provider_load_from_resource (style, "/io/github/zabumba/Zabumba/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  /* GTK 4.24 warns of its own frame clock where there is no compositor. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  adw_init ();
  load_style ();
  zab_test_add ("/ui/pad-redraw/idle", test_idle);
  zab_test_add ("/ui/pad-redraw/playing", test_playing);
  zab_test_add ("/ui/pad-redraw/transport", test_transport);
  zab_test_add ("/ui/pad-redraw/together", test_together);
  zab_test_add ("/ui/pad-redraw/press", test_press);
  zab_test_add ("/ui/pad-redraw/reduced-motion", test_reduced_motion);
  return g_test_run ();
}
