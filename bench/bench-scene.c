/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-scene.h"

#include "ui/zab-waveform-canvas.h"

#include <gdk/x11/gdkx.h>
#include <linux/input-event-codes.h>

enum
{
  N_PADS = 36,
  SCROLL_UP = 4, /* X's buttons */
  SCROLL_DOWN = 5
};

/* How far the wheel is turned, one notch in each frame: from an hour to single samples and back. */
typedef struct
{
  guint    n;
  guint    button; /* 0: none, the hands go away */
  gboolean zoom;
} Turn;

static const Turn turns[] = {
  { 30, SCROLL_UP, TRUE },  { 20, SCROLL_DOWN, FALSE },
  { 50, SCROLL_UP, TRUE },  { 20, SCROLL_DOWN, FALSE },
  { 20, SCROLL_UP, FALSE }, { 80, SCROLL_DOWN, TRUE },
  { 1, 0, FALSE },
};

/* --- Common to some --------------------------------------------------------------------------- */

static ZabPad *
get_pad (BenchStage *self, guint pad)
{
  return zab_set_get_pad (zab_session_get_set (self->application->session), pad);
}

static gboolean
is_loaded (BenchStage *self)
{
  guint n_loading;

  g_object_get (self->application->session, "n-loading", &n_loading, NULL);
  return n_loading == 0;
}

void
bench_stage_clear (BenchStage *self)
{
  for (guint pad = 0; pad < ZAB_SET_N_PADS; pad++)
    zab_session_clear (self->application->session, pad);
}

/* --- Loading ---------------------------------------------------------------------------------- */

static void
load_set (BenchStage *self)
{
  zab_session_load_files (self->application->session, 0, self->set);
}

static gboolean
is_loaded_up_to (BenchStage *self, GFile *last)
{
  GFile *file = zab_pad_get_file (get_pad (self, self->set->len - 1));

  return is_loaded (self) && file != NULL && g_file_equal (file, last);
}

static gboolean
has_set (BenchStage *self)
{
  return is_loaded_up_to (self, self->set->pdata[self->set->len - 1]);
}

/* Every pad gets another sound, while it has one. */
static void
replace_set (BenchStage *self)
{
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();

  for (guint i = self->set->len; i-- > 0;)
    g_ptr_array_add (turned, self->set->pdata[i]);
  zab_session_load_files (self->application->session, 0, turned);
}

static gboolean
has_replaced_set (BenchStage *self)
{
  return is_loaded_up_to (self, self->set->pdata[0]);
}

static gboolean
has_ten (BenchStage *self)
{
  return is_loaded (self) && zab_pad_get_state (get_pad (self, 0)) != ZAB_PAD_EMPTY;
}

static void
load_ten (BenchStage *self)
{
  zab_session_load_files (self->application->session, 0, self->ten);
}

/* --- Playing ---------------------------------------------------------------------------------- */

static gboolean
has_peaks (BenchStage *self, guint n_pads)
{
  for (guint pad = 0; pad < n_pads; pad++)
    if (zab_pad_get_peaks (get_pad (self, pad)) == NULL)
      return FALSE;
  return TRUE;
}

gboolean
bench_stage_has_pads (BenchStage *self)
{
  return has_peaks (self, N_PADS) && is_loaded (self);
}

void
bench_stage_load_pads (BenchStage *self)
{
  if (bench_stage_has_pads (self))
    return;
  bench_stage_clear (self);
  for (guint pad = 0; pad < N_PADS; pad++)
    {
      zab_session_load (self->application->session, pad, g_ptr_array_index (self->set, pad));
      zab_pad_set_mode (get_pad (self, pad), ZAB_PAD_MODE_LOOP);
    }
}

void
bench_stage_run_transport (BenchStage *self)
{
  zab_session_set_transport_running (self->application->session, TRUE);
}

void
bench_stage_play_pads (BenchStage *self)
{
  bench_stage_run_transport (self);
  for (guint pad = 0; pad < N_PADS; pad++)
    zab_session_play (self->application->session, pad, 1);
}

void
bench_stage_be_still (BenchStage *self)
{
  zab_session_set_transport_running (self->application->session, FALSE);
  zab_session_stop_all (self->application->session);
}

static gboolean
has_played (BenchStage *self)
{
  return self->n_frames >= 180;
}

/* --- Zooming ---------------------------------------------------------------------------------- */

static GtkWidget *
find_canvas (GtkWidget *widget)
{
  GtkWidget *found = ZAB_IS_WAVEFORM_CANVAS (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_canvas (child);
  return found;
}

static void
load_hour (BenchStage *self)
{
  gtk_widget_activate_action (self->window, "win.inspector", NULL);
  if (has_peaks (self, 1) && zab_pad_get_duration (get_pad (self, 0)) > 3599)
    return;
  bench_stage_clear (self);
  zab_session_load_files (self->application->session, 0, self->hour);
}

static gboolean
has_hour (BenchStage *self)
{
  GtkWidget *canvas = find_canvas (self->window);

  return canvas != NULL && gtk_widget_get_width (canvas) > 0 && has_peaks (self, 1)
         && is_loaded (self);
}

/* The wheel is turned over the middle of the waveform. */
static void
point_at_canvas (BenchStage *self)
{
  GtkWidget   *canvas = find_canvas (self->window);
  const gulong window
      = gdk_x11_surface_get_xid (gtk_native_get_surface (GTK_NATIVE (self->window)));
  graphene_rect_t bounds;
  double          left, top;
  int             x, y, width, height;

  g_assert_true (gtk_widget_compute_bounds (canvas, self->window, &bounds));
  gtk_native_get_surface_transform (GTK_NATIVE (self->window), &left, &top);
  zab_test_input_get_geometry (self->input, window, &x, &y, &width, &height);
  zab_test_input_move (self->input,
                       x + (int)(left + (double)(bounds.origin.x + bounds.size.width / 2)),
                       y + (int)(top + (double)(bounds.origin.y + bounds.size.height / 2)));
}

static const Turn *
get_turn (BenchStage *self)
{
  guint n = self->n_frames;

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      if (n < turns[i].n)
        return &turns[i];
      n -= turns[i].n;
    }
  return NULL;
}

/* On a thread of its own, as a hand waits for the X server without the window. */
static void
do_turn (gpointer data, gpointer user_data)
{
  BenchStage *self = user_data;
  const Turn *turn = data;

  if (turn->zoom != self->zooms)
    (turn->zoom ? zab_test_input_key_down : zab_test_input_key_up) (self->input, KEY_LEFTCTRL);
  self->zooms = turn->zoom;
  if (turn->button == 0)
    return;
  zab_test_input_press (self->input, turn->button);
  zab_test_input_release (self->input, turn->button);
}

static void
turn_wheel (BenchStage *self)
{
  const Turn *turn = get_turn (self);

  if (self->hand == NULL)
    self->hand = g_thread_pool_new (do_turn, self, 1, TRUE, NULL);
  if (turn != NULL)
    g_thread_pool_push (self->hand, (gpointer)turn, NULL);
}

static gboolean
has_turned (BenchStage *self)
{
  return get_turn (self) == NULL && g_thread_pool_unprocessed (self->hand) == 0;
}

/* The same window again, without the inspector. */
static void
hide_inspector (BenchStage *self)
{
  gtk_widget_activate_action (self->window, "win.inspector", NULL);
}

const BenchScene bench_scenes[BENCH_N_SCENES] = {
  { "216 pads loading", bench_stage_clear, NULL, load_set, NULL, has_set, NULL },
  { "216 pads replaced", load_set, has_set, replace_set, NULL, has_replaced_set, NULL },
  { "ten minutes of FLAC loading", bench_stage_clear, NULL, load_ten, NULL, has_ten, NULL },
  { "36 pads playing", bench_stage_load_pads, bench_stage_has_pads, bench_stage_play_pads, NULL,
    has_played, bench_stage_be_still },
  { "zooming into an hour", load_hour, has_hour, point_at_canvas, turn_wheel, has_turned,
    hide_inspector },
};
