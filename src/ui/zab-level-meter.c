/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-level-meter.h"

#include <math.h>

#include "ui/zab-color.h"
#include "ui/zab-compat.h"

static const double FLOOR = -60;        /* dB, the left end */
static const double FALL = 24;          /* dB a second */
static const double HOLD = 1;           /* s that a peak stays before it falls */
static const double REDUCTION_END = 12; /* dB, as wide as a quarter of the meter */

enum
{
  BAR = 5, /* px */
  GAP = 3,
  WIDTH = 140,
  CLIP = 4, /* the red end */
};

typedef struct
{
  double level; /* dB, of the bar */
  double peak;  /* dB, of the line */
  double held;  /* s that it has been there */
} Channel;

struct _ZabLevelMeter
{
  GtkWidget parent_instance;

  Channel  channels[2];
  double   reduction; /* dB */
  gboolean clipped;
};

G_DEFINE_FINAL_TYPE (ZabLevelMeter, zab_level_meter, GTK_TYPE_WIDGET)

static double
to_db (float level)
{
  return level > 0.001f ? 20 * log10 ((double)level) : FLOOR;
}

/* 0 at the floor, 1 at full scale. */
static double
to_place (double db)
{
  return CLAMP (1 - db / FLOOR, 0, 1);
}

static void
update_channel (Channel *channel, float peak, float rms, double seconds)
{
  const double now = to_db (peak);

  channel->level = MAX (to_db (rms), channel->level - FALL * seconds);
  channel->held += seconds;
  if (now >= channel->peak)
    {
      channel->peak = now;
      channel->held = 0;
    }
  else if (channel->held > HOLD)
    channel->peak = MAX (channel->peak - FALL * seconds, FLOOR);
}

static gboolean
is_at_rest (const ZabLevelMeter *self)
{
  for (guint c = 0; c < 2; c++)
    if (self->channels[c].level > FLOOR || self->channels[c].peak > FLOOR)
      return FALSE;
  return !(self->reduction > 0);
}

gboolean
zab_level_meter_update (ZabLevelMeter *self, const float peaks[2], const float rms[2],
                        double reduction, double seconds)
{
  gboolean was_at_rest;

  g_return_val_if_fail (ZAB_IS_LEVEL_METER (self), FALSE);
  was_at_rest = is_at_rest (self);
  for (guint c = 0; c < 2; c++)
    update_channel (&self->channels[c], peaks[c], rms[c], seconds);
  self->clipped |= peaks[0] > 1 || peaks[1] > 1;
  self->reduction = MAX (reduction, self->reduction - FALL * seconds);
  if (!was_at_rest || !is_at_rest (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  return !is_at_rest (self);
}

/* --- Drawing ------------------------------------------------------------------------------------
 */

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double width)
{
  if (width > 0)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)BAR));
}

static void
zab_level_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA green = { 0.20f, 0.76f, 0.48f, 1 }, yellow = { 0.90f, 0.65f, 0.04f, 1 };
  static const GdkRGBA red = { 0.88f, 0.11f, 0.14f, 1 };
  ZabLevelMeter       *self = ZAB_LEVEL_METER (widget);
  const double         width = gtk_widget_get_width (widget) - CLIP - GAP;
  const double         hot = width * to_place (-6);
  GdkRGBA              track, faint;

  zab_compat_get_color (widget, &track);
  faint = zab_color_fade (track, 0.15f);
  for (guint c = 0; c < 2; c++)
    {
      const double y = c * (BAR + GAP);
      const double level = width * to_place (self->channels[c].level);
      const double peak = width * to_place (self->channels[c].peak);

      fill (snapshot, &faint, 0, y, width);
      fill (snapshot, &green, 0, y, MIN (level, hot));
      fill (snapshot, &yellow, hot, y, level - hot);
      fill (snapshot, &track, peak - 2, y, self->channels[c].peak > FLOOR ? 2 : 0);
      fill (snapshot, self->clipped ? &red : &faint, width + GAP, y, CLIP);
    }
  if (self->reduction > 0)
    {
      const double part = width / 4 * MIN (self->reduction / REDUCTION_END, 1);

      fill (snapshot, &red, width - part, (BAR + GAP) / 2.0, part);
    }
}

static void
zab_level_meter_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : 2 * BAR + GAP;
}

static void
on_pressed (ZabLevelMeter *self)
{
  self->clipped = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
zab_level_meter_class_init (ZabLevelMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = zab_level_meter_measure;
  widget_class->snapshot = zab_level_meter_snapshot;
  gtk_widget_class_set_css_name (widget_class, "levelmeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
zab_level_meter_init (ZabLevelMeter *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  for (guint c = 0; c < 2; c++)
    self->channels[c] = (Channel){ .level = FLOOR, .peak = FLOOR };
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
