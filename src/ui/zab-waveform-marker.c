/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-marker.h"

#include "ui/zab-color.h"
#include "ui/zab-compat.h"

#include <math.h>

enum
{
  MIDDLE = ZAB_WAVEFORM_MARKER_WIDTH / 2,
  LINE_COST = 4, /* px; between two markers, the nearer flag counts before the nearer line */
};

struct _ZabWaveformMarker
{
  GtkRange parent_instance;

  ZabWaveformPoint point;
  gboolean         updating;
};

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A range, for only those have a value on the accessibility bus before GTK 4.10. */
G_DEFINE_FINAL_TYPE (ZabWaveformMarker, zab_waveform_marker, GTK_TYPE_RANGE)

/* Start and end have their flags above, the loop's are below; they point into what they bound. */
static graphene_rect_t
get_flag (ZabWaveformMarker *self)
{
  const float    height = (float)gtk_widget_get_height (GTK_WIDGET (self));
  const float    bottom = height - ZAB_WAVEFORM_FLAG_HEIGHT;
  const gboolean opens
      = self->point == ZAB_WAVEFORM_START || self->point == ZAB_WAVEFORM_LOOP_START;
  const float x = opens ? MIDDLE - 1 : MIDDLE + 1 - ZAB_WAVEFORM_FLAG_WIDTH;

  if (self->point == ZAB_WAVEFORM_START || self->point == ZAB_WAVEFORM_END)
    return GRAPHENE_RECT_INIT (x, 0, ZAB_WAVEFORM_FLAG_WIDTH, ZAB_WAVEFORM_FLAG_HEIGHT);
  if (self->point == ZAB_WAVEFORM_CROSSFADE)
    return GRAPHENE_RECT_INIT (x, bottom - ZAB_WAVEFORM_FLAG_HEIGHT - 4, ZAB_WAVEFORM_FLAG_WIDTH,
                               ZAB_WAVEFORM_FLAG_WIDTH);
  return GRAPHENE_RECT_INIT (x, bottom, ZAB_WAVEFORM_FLAG_WIDTH, ZAB_WAVEFORM_FLAG_HEIGHT);
}

double
zab_waveform_marker_get_distance (ZabWaveformMarker *self, double x, double y)
{
  const graphene_rect_t flag = get_flag (self);
  const double          left = (double)flag.origin.x, top = (double)flag.origin.y;
  const double          dx = MAX (MAX (left - x, x - left - (double)flag.size.width), 0);
  const double          dy = MAX (MAX (top - y, y - top - (double)flag.size.height), 0);

  return MIN (hypot (dx, dy), fabs (x - MIDDLE) + LINE_COST);
}

/* A flag with its outer corners rounded; the crossfade has a disc. */
static void
draw_flag (ZabWaveformMarker *self, GtkSnapshot *snapshot, const GdkRGBA *color, float grow)
{
  graphene_rect_t bounds = get_flag (self);
  GskRoundedRect  flag;
  const gboolean  opens
      = self->point == ZAB_WAVEFORM_START || self->point == ZAB_WAVEFORM_LOOP_START;
  const float round = self->point == ZAB_WAVEFORM_CROSSFADE ? ZAB_WAVEFORM_FLAG_WIDTH / 2.0f : 5;
  const float left = self->point == ZAB_WAVEFORM_CROSSFADE || !opens ? round + grow : grow;
  const float right = self->point == ZAB_WAVEFORM_CROSSFADE || opens ? round + grow : grow;
  const graphene_size_t l = { left, left }, r = { right, right };

  graphene_rect_inset (&bounds, -grow, -grow);
  gsk_rounded_rect_init (&flag, &bounds, &l, &r, &r, &l);
  gtk_snapshot_push_rounded_clip (snapshot, &flag);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
zab_waveform_marker_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ZabWaveformMarker *self = ZAB_WAVEFORM_MARKER (widget);
  const gboolean     focus = gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUSED;
  const float        width = focus ? 3 : 2;
  const float        height = (float)gtk_widget_get_height (widget);
  GdkRGBA            color, halo, line;

  zab_compat_get_color (widget, &color);
  halo = zab_color_fade (color, 0.4f);
  line = zab_color_fade (color, self->point == ZAB_WAVEFORM_CROSSFADE ? 0.6f : 1);
  if (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    draw_flag (self, snapshot, &halo, 4);
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (MIDDLE - width / 2, 0, width, height));
  draw_flag (self, snapshot, &color, 0);
}

/* The focus is drawn here, not by a style. */
static void
zab_waveform_marker_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  gtk_widget_queue_draw (widget);
}

static void
zab_waveform_marker_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? ZAB_WAVEFORM_MARKER_WIDTH : 0;
}

void
zab_waveform_marker_update (ZabWaveformMarker *self, ZabPad *pad)
{
  g_autofree char *text = zab_waveform_point_describe (self->point, pad);
  double           min, max;

  zab_waveform_point_get_limits (self->point, pad, &min, &max);
  self->updating = TRUE;
  gtk_range_set_range (GTK_RANGE (self), min * 1000, max * 1000);
  gtk_range_set_value (GTK_RANGE (self), zab_waveform_point_get (self->point, pad) * 1000);
  self->updating = FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

static void
zab_waveform_marker_value_changed (GtkRange *range)
{
  if (!ZAB_WAVEFORM_MARKER (range)->updating)
    g_signal_emit (range, signals[MOVED], 0, gtk_range_get_value (range) / 1000);
}

ZabWaveformPoint
zab_waveform_marker_get_point (ZabWaveformMarker *self)
{
  return self->point;
}

static void
zab_waveform_marker_class_init (ZabWaveformMarkerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = zab_waveform_marker_snapshot;
  widget_class->measure = zab_waveform_marker_measure;
  widget_class->state_flags_changed = zab_waveform_marker_state_flags_changed;
  GTK_RANGE_CLASS (klass)->value_changed = zab_waveform_marker_value_changed;
  signals[MOVED] = g_signal_new ("moved", ZAB_TYPE_WAVEFORM_MARKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget_class, "marker");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
zab_waveform_marker_init (ZabWaveformMarker *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
zab_waveform_marker_new (ZabWaveformPoint point)
{
  ZabWaveformMarker *self = g_object_new (ZAB_TYPE_WAVEFORM_MARKER, NULL);

  self->point = point;
  gtk_widget_add_css_class (GTK_WIDGET (self), zab_waveform_point_get_class (point));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  zab_waveform_point_get_label (point), -1);
  return GTK_WIDGET (self);
}
