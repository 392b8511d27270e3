/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-canvas-private.h"

#include "ui/zab-frame-pace.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum
{
  MIN_WIDTH = 160,
  MIN_HEIGHT = 72,
  NATURAL_WIDTH = 360,
  NATURAL_HEIGHT = 180,
  RULER_HEIGHT = 20,
  RULER_FROM = 100, /* px of height that there must be for a ruler */
  OVERVIEW_HEIGHT = 24,
  OVERVIEW_FROM = 150,
  GAP = 4,
  FAR_AWAY = 4096 /* px; where markers stand that are out of sight */
};

enum
{
  PROP_PAD = 1,
  PROP_SESSION,
  PROP_DOCUMENT,
  PROP_SNAP_ZERO,
  PROP_BEATS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabWaveformCanvas, zab_waveform_canvas, GTK_TYPE_WIDGET)

/* --- Where things are ------------------------------------------------------------------------ */

ZabPeaks *
zab_waveform_canvas_get_peaks (ZabWaveformCanvas *self)
{
  ZabPeaks *peaks = self->pad != NULL ? zab_pad_get_peaks (self->pad) : NULL;

  return peaks != NULL && zab_peaks_get_n_frames (peaks) > 0 ? peaks : NULL;
}

ZabWaveformLayout
zab_waveform_canvas_get_layout (ZabWaveformCanvas *self)
{
  const int         height = gtk_widget_get_height (GTK_WIDGET (self));
  ZabWaveformLayout layout = { 0 };

  layout.ruler = height >= RULER_FROM ? RULER_HEIGHT : 0;
  layout.overview_height = height >= OVERVIEW_FROM ? OVERVIEW_HEIGHT : 0;
  layout.overview = height - layout.overview_height;
  layout.wave = layout.overview - layout.ruler - (layout.overview_height > 0 ? GAP : 0);
  return layout;
}

static double
get_rate (ZabWaveformCanvas *self)
{
  return zab_peaks_get_rate (zab_waveform_canvas_get_peaks (self));
}

double
zab_waveform_canvas_to_x (ZabWaveformCanvas *self, double seconds)
{
  return zab_waveform_span_to_x (&self->span, seconds * get_rate (self));
}

double
zab_waveform_canvas_to_seconds (ZabWaveformCanvas *self, double x)
{
  return zab_waveform_span_to_frame (&self->span, x) / get_rate (self);
}

static double
get_tempo (ZabWaveformCanvas *self)
{
  const double tempo = zab_pad_get_tempo (self->pad);

  if (tempo > 0)
    return tempo;
  return self->session != NULL ? zab_session_get_tempo (self->session) : 120;
}

/* Beats are counted from the start. While that is dragged the grid stands still. */
ZabWaveformRuler
zab_waveform_canvas_get_ruler (ZabWaveformCanvas *self)
{
  const gboolean   dragged = self->hold == ZAB_WAVEFORM_HOLD_POINT;
  ZabWaveformRuler ruler = { .seconds_per_unit = 1 };

  if (!self->beats)
    return ruler;
  ruler.seconds_per_unit = 60 / get_tempo (self);
  ruler.beats_per_bar = self->session != NULL ? zab_session_get_metre_beats (self->session) : 4;
  ruler.origin
      = dragged ? self->hold_origin : zab_waveform_point_get (ZAB_WAVEFORM_START, self->pad);
  return ruler;
}

double
zab_waveform_canvas_get_step (ZabWaveformCanvas *self, const ZabWaveformRuler *ruler, double min_px)
{
  return zab_waveform_ruler_get_step (ruler, get_rate (self) / self->span.scale, min_px);
}

/* --- Following ------------------------------------------------------------------------------- */

/* What there is to see, or why there is nothing. */
static char *
describe (ZabWaveformCanvas *self)
{
  ZabPeaks        *peaks = zab_waveform_canvas_get_peaks (self);
  g_autofree char *first = NULL, *last = NULL, *all = NULL;

  if (self->pad == NULL || (peaks == NULL && zab_pad_get_state (self->pad) == ZAB_PAD_EMPTY))
    return g_strdup (_ ("No sound"));
  if (peaks == NULL && zab_pad_get_state (self->pad) == ZAB_PAD_FAILED)
    return g_strdup (_ ("The sound could not be loaded"));
  if (peaks == NULL)
    return g_strdup (C_ ("waveform", "Loading…"));
  first = zab_waveform_format_time (self->span.first / get_rate (self), 3);
  last = zab_waveform_format_time (
      MIN (zab_waveform_span_get_last (&self->span), self->span.n_frames) / get_rate (self), 3);
  all = zab_waveform_format_time (self->span.n_frames / get_rate (self), 3);
  /* translators: from this time to that time of the whole time */
  return g_strdup_printf (_ ("Shows %s to %s of %s"), first, last, all);
}

static void
update_accessible (ZabWaveformCanvas *self)
{
  char *words = describe (self);

  if (g_strcmp0 (words, self->told) != 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    words, -1);
  g_free (self->told);
  self->told = words;
}

static void
place_marker (ZabWaveformCanvas *self, ZabWaveformPoint point, const ZabWaveformLayout *layout)
{
  const double x
      = round (zab_waveform_canvas_to_x (self, zab_waveform_point_get (point, self->pad)));
  const int middle = (int)CLAMP (x, -FAR_AWAY, self->span.width + FAR_AWAY);

  gtk_widget_size_allocate (self->markers[point],
                            &(GtkAllocation){ middle - ZAB_WAVEFORM_MARKER_WIDTH / 2, layout->ruler,
                                              ZAB_WAVEFORM_MARKER_WIDTH, layout->wave },
                            -1);
}

/* As the span is now. Markers keep their size: moved by hand, they need no layout of the window, in
 * which GTK asks the display for this and that, and waits for each answer. */
static void
place_markers (ZabWaveformCanvas *self)
{
  const ZabWaveformLayout layout = zab_waveform_canvas_get_layout (self);

  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    if (gtk_widget_should_layout (self->markers[i]))
      {
        gtk_widget_measure (self->markers[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL,
                            NULL);
        place_marker (self, i, &layout);
      }
}

void
zab_waveform_canvas_update (ZabWaveformCanvas *self)
{
  const gboolean has_peaks = zab_waveform_canvas_get_peaks (self) != NULL;

  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    {
      const gboolean shown = has_peaks && zab_waveform_point_is_shown (i, self->pad);

      gtk_widget_set_visible (self->markers[i], shown);
      if (shown)
        zab_waveform_marker_update (ZAB_WAVEFORM_MARKER (self->markers[i]), self->pad);
    }
  update_accessible (self);
  g_clear_pointer (&self->still, gsk_render_node_unref);
  if (self->span.width > 0)
    place_markers (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ZabWaveformCanvas *self = ZAB_WAVEFORM_CANVAS (widget);
  const int          playhead = zab_waveform_canvas_get_playhead (self);

  if (self->playhead != playhead && zab_frame_pace_is_due (clock))
    gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
follow_playhead (ZabWaveformCanvas *self)
{
  GtkWidget     *widget = GTK_WIDGET (self);
  const gboolean wanted
      = self->pad != NULL && zab_pad_get_playing (self->pad) && gtk_widget_get_mapped (widget);

  if (wanted && self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (widget, on_tick, NULL, NULL);
  else if (!wanted && self->tick != 0)
    {
      gtk_widget_remove_tick_callback (widget, self->tick);
      self->tick = 0;
      gtk_widget_queue_draw (widget);
    }
}

/* Another sound is seen as a whole. */
static void
start_over (ZabWaveformCanvas *self)
{
  ZabPeaks *peaks = zab_waveform_canvas_get_peaks (self);

  zab_waveform_canvas_let_go (self);
  zab_waveform_canvas_forget_drawn (self);
  zab_waveform_span_init (&self->span, peaks != NULL ? (double)zab_peaks_get_n_frames (peaks) : 0,
                          gtk_widget_get_width (GTK_WIDGET (self)));
  zab_waveform_canvas_update (self);
}

static void
on_pad_notify (ZabPad *pad, GParamSpec *pspec, ZabWaveformCanvas *self)
{
  if (g_str_equal (pspec->name, "peaks"))
    start_over (self);
  else if (g_str_equal (pspec->name, "playing"))
    follow_playhead (self);
  else if (!g_str_equal (pspec->name, "fraction") && !g_str_equal (pspec->name, "stage"))
    zab_waveform_canvas_update (self);
}

static void
on_session_notify (ZabSession *session, GParamSpec *pspec, ZabWaveformCanvas *self)
{
  if (self->beats
      && (g_str_equal (pspec->name, "tempo") || g_str_equal (pspec->name, "metre-beats")))
    zab_waveform_canvas_update (self);
}

static void
set_pad (ZabWaveformCanvas *self, ZabPad *pad)
{
  if (self->pad != NULL)
    g_signal_handlers_disconnect_by_data (self->pad, self);
  if (!g_set_object (&self->pad, pad))
    return;
  if (pad != NULL)
    g_signal_connect_object (pad, "notify", G_CALLBACK (on_pad_notify), self, 0);
  start_over (self);
  follow_playhead (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAD]);
}

static void
set_session (ZabWaveformCanvas *self, ZabSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (g_set_object (&self->session, session) && session != NULL)
    g_signal_connect_object (session, "notify", G_CALLBACK (on_session_notify), self, 0);
}

/* --- What it does ---------------------------------------------------------------------------- */

static double
get_anchor (ZabWaveformCanvas *self)
{
  const ZabWaveformPoint focused = zab_waveform_canvas_get_focused (self);
  const int              playhead = zab_waveform_canvas_get_playhead (self);

  if (focused < ZAB_WAVEFORM_N_POINTS)
    return CLAMP (zab_waveform_canvas_to_x (self, zab_waveform_point_get (focused, self->pad)), 0,
                  self->span.width);
  return playhead >= 0 ? playhead : self->span.width / 2;
}

void
zab_waveform_canvas_zoom (ZabWaveformCanvas *self, double factor)
{
  g_return_if_fail (ZAB_IS_WAVEFORM_CANVAS (self));
  if (zab_waveform_canvas_get_peaks (self) == NULL)
    return;
  zab_waveform_span_zoom (&self->span, factor, get_anchor (self));
  zab_waveform_canvas_update (self);
}

void
zab_waveform_canvas_show_all (ZabWaveformCanvas *self)
{
  g_return_if_fail (ZAB_IS_WAVEFORM_CANVAS (self));
  zab_waveform_span_init (&self->span, self->span.n_frames, self->span.width);
  zab_waveform_canvas_update (self);
}

void
zab_waveform_canvas_audition (ZabWaveformCanvas *self)
{
  g_return_if_fail (ZAB_IS_WAVEFORM_CANVAS (self));
  if (self->session == NULL || self->pad == NULL)
    return;
  if (zab_pad_get_playing (self->pad))
    zab_session_stop (self->session, zab_pad_get_index (self->pad));
  else
    zab_session_play (self->session, zab_pad_get_index (self->pad), 1);
}

/* --- The widget ------------------------------------------------------------------------------ */

static void
zab_waveform_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  const gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MIN_WIDTH : MIN_HEIGHT;
  *natural = horizontal ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
zab_waveform_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZabWaveformCanvas *self = ZAB_WAVEFORM_CANVAS (widget);

  zab_waveform_span_resize (&self->span, width);
  g_clear_pointer (&self->still, gsk_render_node_unref);
  update_accessible (self);
  place_markers (self);
}

static void
zab_waveform_canvas_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zab_waveform_canvas_parent_class)->map (widget);
  follow_playhead (ZAB_WAVEFORM_CANVAS (widget));
}

static void
zab_waveform_canvas_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (zab_waveform_canvas_parent_class)->unmap (widget);
  follow_playhead (ZAB_WAVEFORM_CANVAS (widget));
}

static void
zab_waveform_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ZabWaveformCanvas *self = ZAB_WAVEFORM_CANVAS (widget);

  GTK_WIDGET_CLASS (zab_waveform_canvas_parent_class)->css_changed (widget, change);
  if (self->text != NULL)
    pango_layout_context_changed (self->text);
  g_clear_pointer (&self->still, gsk_render_node_unref);
}

static void
zab_waveform_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabWaveformCanvas *self = ZAB_WAVEFORM_CANVAS (object);

  if (id == PROP_PAD)
    g_value_set_object (value, self->pad);
  else if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else
    g_value_set_boolean (value, id == PROP_BEATS ? self->beats : self->snap_zero);
}

static void
set_flag (ZabWaveformCanvas *self, gboolean *flag, gboolean value, guint prop)
{
  if (*flag == value)
    return;
  *flag = value;
  zab_waveform_canvas_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
zab_waveform_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabWaveformCanvas *self = ZAB_WAVEFORM_CANVAS (object);

  if (id == PROP_PAD)
    set_pad (self, g_value_get_object (value));
  else if (id == PROP_SESSION)
    set_session (self, g_value_get_object (value));
  else if (id == PROP_DOCUMENT)
    g_set_object (&self->document, g_value_get_object (value));
  else
    set_flag (self, id == PROP_BEATS ? &self->beats : &self->snap_zero, g_value_get_boolean (value),
              id);
}

static void
zab_waveform_canvas_dispose (GObject *object)
{
  ZabWaveformCanvas *self = ZAB_WAVEFORM_CANVAS (object);

  if (self->pad != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->pad, self);
      zab_waveform_canvas_let_go (self);
    }
  g_clear_object (&self->pad);
  g_clear_object (&self->session);
  g_clear_object (&self->document);
  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    g_clear_pointer (&self->markers[i], gtk_widget_unparent);
  zab_waveform_canvas_forget_drawn (self);
  g_clear_object (&self->text);
  g_clear_pointer (&self->told, g_free);
  G_OBJECT_CLASS (zab_waveform_canvas_parent_class)->dispose (object);
}

static void
zab_waveform_canvas_class_init (ZabWaveformCanvasClass *klass)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zab_waveform_canvas_get_property;
  object_class->set_property = zab_waveform_canvas_set_property;
  object_class->dispose = zab_waveform_canvas_dispose;
  widget_class->measure = zab_waveform_canvas_measure;
  widget_class->size_allocate = zab_waveform_canvas_size_allocate;
  widget_class->snapshot = zab_waveform_canvas_snapshot;
  widget_class->focus = zab_waveform_canvas_focus;
  widget_class->map = zab_waveform_canvas_map;
  widget_class->unmap = zab_waveform_canvas_unmap;
  widget_class->css_changed = zab_waveform_canvas_css_changed;
  props[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD, rw);
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZAB_TYPE_SESSION, rw);
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, ZAB_TYPE_DOCUMENT, rw);
  props[PROP_SNAP_ZERO] = g_param_spec_boolean ("snap-zero", NULL, NULL, TRUE, rw);
  props[PROP_BEATS] = g_param_spec_boolean ("beats", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "waveform");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
zab_waveform_canvas_init (ZabWaveformCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->snap_zero = TRUE;
  self->playhead = -1;
  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    {
      self->markers[i] = zab_waveform_marker_new (i);
      gtk_widget_set_parent (self->markers[i], widget);
    }
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("what it is", "Waveform"), -1);
  zab_waveform_canvas_add_controllers (self);
  zab_waveform_canvas_update (self);
}
