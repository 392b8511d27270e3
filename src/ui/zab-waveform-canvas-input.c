/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fingers, mouse and keys on a waveform. */
#include "ui/zab-waveform-canvas-private.h"

#include "ui/zab-gesture.h"

#include <math.h>

static const double NEAR = 8;        /* px, from where the mouse takes hold of a marker */
static const double NEAR_TOUCH = 22; /* and a finger */
static const double SCROLL_ZOOM = 1.25;
static const double KEY_ZOOM = 2;
static const double SCROLL_PAN = 60; /* px */
static const double KEY_PAN = 0.1;   /* of the width */
static const double STEP = 8;        /* px */
static const double COARSE_STEP = 64;
static const double REACH = 10; /* px, how far markers are drawn to zero */
static const double REST = 6;   /* px that a finger may stray; what scrolls around takes it at 8 */

/* --- Points ---------------------------------------------------------------------------------- */

ZabWaveformPoint
zab_waveform_canvas_get_focused (ZabWaveformCanvas *self)
{
  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    if (gtk_widget_has_focus (self->markers[i]))
      return i;
  return ZAB_WAVEFORM_N_POINTS;
}

static double
get_seconds_a_px (ZabWaveformCanvas *self)
{
  return zab_waveform_canvas_to_seconds (self, 1) - zab_waveform_canvas_to_seconds (self, 0);
}

/* The crossfade is heard as its length, not as where it begins: nothing draws that. */
static ZabWaveformMagnet
get_magnet (ZabWaveformCanvas *self, ZabWaveformPoint point, ZabWaveformRuler *ruler)
{
  ZabWaveformMagnet magnet = { .reach = REACH * get_seconds_a_px (self) };

  *ruler = zab_waveform_canvas_get_ruler (self);
  magnet.grid_step = zab_waveform_canvas_get_step (self, ruler, ZAB_WAVEFORM_LINE_DISTANCE);
  if (point == ZAB_WAVEFORM_CROSSFADE)
    return magnet;
  magnet.grid = self->beats ? ruler : NULL;
  magnet.zero = self->snap_zero ? zab_waveform_canvas_get_peaks (self) : NULL;
  return magnet;
}

/* Where lines lie on each other, the first is meant: the others have their flags. */
static ZabWaveformPoint
find_point (ZabWaveformCanvas *self, double x, double y, double reach)
{
  const ZabWaveformLayout layout = zab_waveform_canvas_get_layout (self);
  ZabWaveformPoint        nearest = ZAB_WAVEFORM_N_POINTS;

  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    {
      double marker, distance;

      if (!gtk_widget_get_visible (self->markers[i]))
        continue;
      marker = zab_waveform_canvas_to_x (self, zab_waveform_point_get (i, self->pad));
      distance = zab_waveform_marker_get_distance (ZAB_WAVEFORM_MARKER (self->markers[i]),
                                                   x - marker + ZAB_WAVEFORM_MARKER_WIDTH / 2.0,
                                                   y - layout.ruler);
      if (distance < reach)
        {
          nearest = i;
          reach = distance;
        }
    }
  return nearest;
}

/* --- Dragging -------------------------------------------------------------------------------- */

static void
centre_on (ZabWaveformCanvas *self, double x)
{
  const double frame = x / self->span.width * self->span.n_frames;

  zab_waveform_span_move_to (&self->span, frame - self->span.width * self->span.scale / 2);
  zab_waveform_canvas_update (self);
}

static void
take_point (ZabWaveformCanvas *self, ZabWaveformPoint point, double x)
{
  self->held = point;
  self->hold_x = zab_waveform_canvas_to_x (self, zab_waveform_point_get (point, self->pad)) - x;
  self->hold_origin = zab_waveform_point_get (ZAB_WAVEFORM_START, self->pad);
  self->hold = ZAB_WAVEFORM_HOLD_POINT;
  gtk_widget_grab_focus (self->markers[point]);
  if (self->document != NULL)
    zab_document_begin_gesture (self->document);
}

/* What is shown as a whole can't be moved: a finger may scroll what is around. */
static void
take_wave (ZabWaveformCanvas *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->hold_first = self->span.first;
  if (!zab_waveform_span_is_whole (&self->span))
    self->hold = ZAB_WAVEFORM_HOLD_WAVE;
}

void
zab_waveform_canvas_let_go (ZabWaveformCanvas *self)
{
  const ZabWaveformHold hold = self->hold;

  self->hold = ZAB_WAVEFORM_HOLD_NOTHING;
  if (hold == ZAB_WAVEFORM_HOLD_POINT && self->document != NULL)
    zab_document_end_gesture (self->document);
  if (hold == ZAB_WAVEFORM_HOLD_POINT)
    zab_waveform_canvas_update (self);
}

/* Whether what the pointer holds is dragged from now on. A finger that rests may be the first of
 * two: the gesture for both would be denied it. */
static gboolean
claim_drag (ZabWaveformCanvas *self, GtkGesture *gesture, double dx, double dy)
{
  GdkEventSequence *sequence = gtk_gesture_get_last_updated_sequence (gesture);

  if (gtk_gesture_get_sequence_state (gesture, sequence) == GTK_EVENT_SEQUENCE_CLAIMED)
    return TRUE;
  if (self->hold == ZAB_WAVEFORM_HOLD_NOTHING
      || (zab_gesture_is_touch (gesture) && hypot (dx, dy) < REST))
    return FALSE;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  return TRUE;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, ZabWaveformCanvas *self)
{
  const ZabWaveformLayout layout = zab_waveform_canvas_get_layout (self);
  ZabWaveformPoint        point;

  if (zab_waveform_canvas_get_peaks (self) == NULL)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  point = find_point (self, x, y, zab_gesture_is_touch (GTK_GESTURE (gesture)) ? NEAR_TOUCH : NEAR);
  if (layout.overview_height > 0 && y >= layout.overview)
    {
      self->hold = ZAB_WAVEFORM_HOLD_OVERVIEW;
      centre_on (self, x);
    }
  else if (point < ZAB_WAVEFORM_N_POINTS)
    take_point (self, point, x);
  else
    take_wave (self);
  claim_drag (self, GTK_GESTURE (gesture), 0, 0);
}

static void
drag_point (ZabWaveformCanvas *self, double x, gboolean freely)
{
  ZabWaveformRuler        ruler;
  const ZabWaveformMagnet magnet = get_magnet (self, self->held, &ruler);
  const double            seconds = zab_waveform_canvas_to_seconds (self, x + self->hold_x);

  zab_waveform_point_set (self->held, self->pad,
                          freely ? seconds : zab_waveform_magnet_pull (&magnet, seconds));
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, ZabWaveformCanvas *self)
{
  const GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  double x, y;

  if (!claim_drag (self, GTK_GESTURE (gesture), dx, dy))
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (self->hold == ZAB_WAVEFORM_HOLD_POINT)
    drag_point (self, x + dx, (state & GDK_SHIFT_MASK) != 0);
  else if (self->hold == ZAB_WAVEFORM_HOLD_OVERVIEW)
    centre_on (self, x + dx);
  else if (self->hold == ZAB_WAVEFORM_HOLD_WAVE)
    {
      zab_waveform_span_move_to (&self->span, self->hold_first - dx * self->span.scale);
      zab_waveform_canvas_update (self);
    }
}

/* --- Zooming --------------------------------------------------------------------------------- */

/* What the first finger has hold of, it lets go. */
static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, ZabWaveformCanvas *self)
{
  double y;

  self->pinched = 1;
  gtk_gesture_get_bounding_box_center (gesture, &self->pinched_x, &y);
  zab_waveform_canvas_let_go (self);
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, ZabWaveformCanvas *self)
{
  double x, y;

  if (zab_waveform_canvas_get_peaks (self) == NULL
      || !gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  zab_waveform_span_pinch (&self->span, scale / self->pinched, self->pinched_x, x);
  self->pinched = scale;
  self->pinched_x = x;
  zab_waveform_canvas_update (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, ZabWaveformCanvas *self)
{
  const GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (zab_waveform_canvas_get_peaks (self) == NULL)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0)
    zab_waveform_span_zoom (&self->span, pow (SCROLL_ZOOM, -dy), self->pointer_x);
  /* What is around may want to scroll as long as there is nothing to scroll in here. */
  else if (zab_waveform_span_is_whole (&self->span))
    return GDK_EVENT_PROPAGATE;
  else
    zab_waveform_span_pan (&self->span, (dx + dy) * SCROLL_PAN);
  zab_waveform_canvas_update (self);
  return GDK_EVENT_STOP;
}

/* --- Keys ------------------------------------------------------------------------------------ */

static void
step_point (ZabWaveformCanvas *self, ZabWaveformPoint point, int sign, GdkModifierType mods)
{
  const double            frame = 1.0 / zab_peaks_get_rate (zab_waveform_canvas_get_peaks (self));
  const double            px = mods == GDK_CONTROL_MASK ? COARSE_STEP : STEP;
  const double            seconds = zab_waveform_point_get (point, self->pad);
  const double            step = sign * MAX (frame, px * get_seconds_a_px (self));
  ZabWaveformRuler        ruler;
  const ZabWaveformMagnet magnet = get_magnet (self, point, &ruler);

  zab_waveform_point_set (point, self->pad,
                          mods == GDK_SHIFT_MASK
                              ? seconds + sign * frame
                              : zab_waveform_magnet_step (&magnet, seconds, step));
}

static void
reveal (ZabWaveformCanvas *self, ZabWaveformPoint point)
{
  zab_waveform_span_reveal (&self->span,
                            zab_waveform_point_get (point, self->pad)
                                * zab_peaks_get_rate (zab_waveform_canvas_get_peaks (self)));
  zab_waveform_canvas_update (self);
}

static gboolean
on_point_key (ZabWaveformCanvas *self, ZabWaveformPoint point, guint keyval, GdkModifierType mods)
{
  double min, max;

  zab_waveform_point_get_limits (point, self->pad, &min, &max);
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left)
    step_point (self, point, -1, mods);
  else if (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
    step_point (self, point, 1, mods);
  else if (keyval == GDK_KEY_Home || keyval == GDK_KEY_KP_Home)
    zab_waveform_point_set (point, self->pad, min);
  else if (keyval == GDK_KEY_End || keyval == GDK_KEY_KP_End)
    zab_waveform_point_set (point, self->pad, max);
  else
    return FALSE;
  reveal (self, point);
  return TRUE;
}

static gboolean
on_span_key (ZabWaveformCanvas *self, guint keyval, GdkModifierType mods)
{
  const double page = self->span.width;
  const double step = mods == GDK_CONTROL_MASK ? page / 2 : page * KEY_PAN;

  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left)
    zab_waveform_span_pan (&self->span, -step);
  else if (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
    zab_waveform_span_pan (&self->span, step);
  else if (keyval == GDK_KEY_Page_Up || keyval == GDK_KEY_KP_Page_Up)
    zab_waveform_span_pan (&self->span, -page);
  else if (keyval == GDK_KEY_Page_Down || keyval == GDK_KEY_KP_Page_Down)
    zab_waveform_span_pan (&self->span, page);
  else if (keyval == GDK_KEY_Home || keyval == GDK_KEY_KP_Home)
    zab_waveform_span_move_to (&self->span, 0);
  else if (keyval == GDK_KEY_End || keyval == GDK_KEY_KP_End)
    zab_waveform_span_move_to (&self->span, self->span.n_frames);
  else
    return FALSE;
  zab_waveform_canvas_update (self);
  return TRUE;
}

/* In the window, - and = alone play pads: with Control they always zoom. */
static gboolean
on_common_key (ZabWaveformCanvas *self, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zab_waveform_canvas_zoom (self, KEY_ZOOM);
      return TRUE;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zab_waveform_canvas_zoom (self, 1 / KEY_ZOOM);
      return TRUE;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
      zab_waveform_canvas_show_all (self);
      return TRUE;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      zab_waveform_canvas_audition (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, ZabWaveformCanvas *self)
{
  const GdkModifierType  mods = state & gtk_accelerator_get_default_mod_mask ();
  const ZabWaveformPoint point = zab_waveform_canvas_get_focused (self);

  if ((mods & ~(GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0
      || zab_waveform_canvas_get_peaks (self) == NULL)
    return GDK_EVENT_PROPAGATE;
  if (on_common_key (self, keyval))
    return GDK_EVENT_STOP;
  if (point < ZAB_WAVEFORM_N_POINTS)
    return on_point_key (self, point, keyval, mods);
  return on_span_key (self, keyval, mods);
}

/* Tab goes to the canvas, and then from marker to marker as they stand. */
static int
compare_places (gconstpointer a, gconstpointer b, gpointer user_data)
{
  ZabWaveformCanvas     *self = user_data;
  const ZabWaveformPoint left = *(const ZabWaveformPoint *)a;
  const ZabWaveformPoint right = *(const ZabWaveformPoint *)b;
  const double           distance
      = zab_waveform_point_get (left, self->pad) - zab_waveform_point_get (right, self->pad);

  if (distance < 0 || distance > 0)
    return distance < 0 ? -1 : 1;
  return (int)left - (int)right;
}

static int
list_points (ZabWaveformCanvas *self, ZabWaveformPoint *points)
{
  int n = 0;

  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    if (gtk_widget_get_visible (self->markers[i]))
      points[n++] = i;
  if (n > 0)
    g_qsort_with_data (points, n, sizeof *points, compare_places, self);
  return n;
}

gboolean
zab_waveform_canvas_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ZabWaveformCanvas     *self = ZAB_WAVEFORM_CANVAS (widget);
  const ZabWaveformPoint focused = zab_waveform_canvas_get_focused (self);
  const gboolean         back = direction == GTK_DIR_TAB_BACKWARD;
  ZabWaveformPoint       points[ZAB_WAVEFORM_N_POINTS];
  const int              n = list_points (self, points);
  int                    place = back ? n : -2; /* -1 is the canvas */

  if (direction != GTK_DIR_TAB_FORWARD && !back)
    return focused == ZAB_WAVEFORM_N_POINTS && !gtk_widget_has_focus (widget)
           && gtk_widget_grab_focus (widget);
  if (gtk_widget_has_focus (widget))
    place = -1;
  for (int i = 0; i < n; i++)
    if (points[i] == focused)
      place = i;
  place += back ? -1 : 1;
  if (place < -1 || place >= n)
    return FALSE;
  return gtk_widget_grab_focus (place < 0 ? widget : self->markers[points[place]]);
}

/* --- Controllers ----------------------------------------------------------------------------- */

/* A marker that is reached by Tab comes into view. */
static void
on_marker_focus (GtkEventControllerFocus *controller, ZabWaveformCanvas *self)
{
  const ZabWaveformPoint point = zab_waveform_canvas_get_focused (self);

  if (point < ZAB_WAVEFORM_N_POINTS && zab_waveform_canvas_get_peaks (self) != NULL
      && self->hold == ZAB_WAVEFORM_HOLD_NOTHING)
    reveal (self, point);
}

static void
on_marker_moved (ZabWaveformMarker *marker, double seconds, ZabWaveformCanvas *self)
{
  if (self->pad != NULL)
    zab_waveform_point_set (zab_waveform_marker_get_point (marker), self->pad, seconds);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, ZabWaveformCanvas *self)
{
  const char *name = NULL;

  self->pointer_x = x;
  if (zab_waveform_canvas_get_peaks (self) != NULL
      && find_point (self, x, y, NEAR) < ZAB_WAVEFORM_N_POINTS)
    name = "ew-resize";
  else if (self->hold == ZAB_WAVEFORM_HOLD_WAVE)
    name = "grabbing";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

/* Not a group: the one for one finger denies the second for all of them. */
static void
add_gestures (ZabWaveformCanvas *self)
{
  GtkWidget  *widget = GTK_WIDGET (self);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (zab_waveform_canvas_let_go), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (zab_waveform_canvas_let_go), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
}

void
zab_waveform_canvas_add_controllers (ZabWaveformCanvas *self)
{
  GtkWidget          *widget = GTK_WIDGET (self);
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  add_gestures (self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (widget, keys);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (widget, motion);
  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    {
      GtkEventController *focus = gtk_event_controller_focus_new ();

      g_signal_connect (focus, "enter", G_CALLBACK (on_marker_focus), self);
      gtk_widget_add_controller (self->markers[i], focus);
      g_signal_connect (self->markers[i], "moved", G_CALLBACK (on_marker_moved), self);
    }
}
