/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What moves on a pad: playhead, meter, the pulse of what is armed, and the bars as they pass. */
#include "ui/zab-pad-button-private.h"

#include <math.h>

static const double FALL = 0.8;      /* of the meter, from one look to the next: 58 dB a second */
static const double PULSE_STEPS = 8; /* a beat */

/* Bright on the beat, and fading away from it. Where there are no animations, a steady mark. */
static double
get_pulse (ZabPadButton *self)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  gboolean     animate;
  double       beat = 0;

  if (!zab_pad_get_armed (self->pad))
    return 0;
  g_object_get (settings, "gtk-enable-animations", &animate, NULL);
  if (!animate || !zab_session_get_bar_position (self->session, NULL, &beat))
    return 1;
  return 1 - floor ((beat - floor (beat)) * PULSE_STEPS) / PULSE_STEPS;
}

static double
get_level (ZabPadButton *self)
{
  float peak = 0;

  if (zab_pad_get_playing (self->pad))
    zab_pad_read_meter (self->pad, &peak, NULL);
  self->level = MAX ((double)peak, self->level * FALL);
  return self->level;
}

static void
read_moving (ZabPadButton *self, ZabPadMoving *moving)
{
  const gboolean playing = zab_pad_get_playing (self->pad);

  if (!playing)
    self->level = 0;
  moving->playhead
      = playing ? zab_pad_painter_get_playhead (self->painter, zab_pad_get_position (self->pad))
                : -1;
  moving->meter = playing ? zab_pad_painter_get_meter (self->painter, get_level (self)) : 0;
  moving->pulse = get_pulse (self);
}

void
zab_pad_button_update_moving (ZabPadButton *self)
{
  ZabPadMoving moving;

  read_moving (self, &moving);
  self->moving = moving;
}

void
zab_pad_button_read_bar (ZabPadButton *self, ZabPadFacts *facts)
{
  const double beats = 4.0 * zab_session_get_metre_beats (self->session)
                       / zab_session_get_metre_unit (self->session);

  facts->n_bars
      = facts->playing ? zab_pad_view_count_bars (facts->duration, facts->tempo, beats) : 0;
  facts->bar
      = facts->n_bars > 0
            ? MIN (facts->n_bars, (guint)(zab_pad_get_position (self->pad) * facts->n_bars) + 1)
            : 0;
}

/* Only the name changes, and only with the bar: each change is spoken. */
static void
tell_bar (ZabPadButton *self)
{
  ZabPadFacts      facts;
  g_autofree char *label = NULL;

  if (zab_pad_get_tempo (self->pad) <= 0)
    return;
  zab_pad_facts_read (&facts, self->pad);
  zab_pad_button_read_bar (self, &facts);
  if (facts.bar == self->bar)
    return;
  self->bar = facts.bar;
  facts.selected = self->n_selected > 0;
  label = zab_pad_view_dup_label (&facts);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
zab_pad_button_move (ZabPadButton *self)
{
  ZabPadMoving moving;

  if (!zab_pad_get_playing (self->pad) && !zab_pad_get_armed (self->pad))
    return; /* nor anything to take away: the pad has told of its end */
  read_moving (self, &moving);
  tell_bar (self);
  if (zab_pad_moving_equal (&moving, &self->moving))
    return;
  self->moving = moving;
  gtk_widget_queue_draw (gtk_widget_get_parent (GTK_WIDGET (self)));
}

gboolean
zab_pad_button_is_moving (ZabPadButton *self)
{
  return self->moving.playhead >= 0 || self->moving.meter > 0 || self->moving.pulse > 0;
}

GskRenderNode *
zab_pad_button_get_motion (ZabPadButton *self)
{
  return zab_pad_painter_get_motion (self->painter, &self->moving);
}
