/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-motion.h"

#include "ui/zab-color.h"

enum
{
  PLAYHEAD = 2, /* px */
  LINE = 2,     /* px: a band without a waveform is a line that grows */
  TILE = 16     /* px: as wide as what is swept is drawn again */
};

gboolean
zab_pad_moving_equal (const ZabPadMoving *a, const ZabPadMoving *b)
{
  return a->playhead == b->playhead && a->meter == b->meter && ABS (a->pulse - b->pulse) < 1e-9;
}

gboolean
zab_pad_motion_equal (const ZabPadMotion *a, const ZabPadMotion *b)
{
  return zab_pad_moving_equal (&a->what, &b->what) && a->width == b->width && a->height == b->height
         && graphene_rect_equal (&a->band, &b->band) && graphene_rect_equal (&a->meter, &b->meter)
         && gdk_rgba_equal (&a->color, &b->color);
}

/* Sound runs from left to right, whichever way one reads. */
static void
draw_playhead (const ZabPadMotion *self, GtkSnapshot *snapshot)
{
  const graphene_rect_t *band = &self->band;
  const GdkRGBA swept = zab_color_fade (self->color, band->size.height > LINE ? 0.16f : 0.6f);
  const GdkRGBA line = zab_color_fade (self->color, 0.9f);
  const float   x = MIN ((float)self->what.playhead, band->size.width - PLAYHEAD);

  for (int i = 0; (float)(i * TILE) < x; i++)
    gtk_snapshot_append_color (
        snapshot, &swept,
        &GRAPHENE_RECT_INIT (band->origin.x + (float)(i * TILE), band->origin.y,
                             MIN (TILE, x - (float)(i * TILE)), band->size.height));
  gtk_snapshot_append_color (
      snapshot, &line,
      &GRAPHENE_RECT_INIT (band->origin.x + x, band->origin.y, PLAYHEAD, band->size.height));
}

static void
draw_meter (const ZabPadMotion *self, GtkSnapshot *snapshot)
{
  const graphene_rect_t *meter = &self->meter;
  const GdkRGBA          bar = zab_color_fade (self->color, 0.85f);
  const float            level = (float)self->what.meter;

  gtk_snapshot_append_color (snapshot, &bar,
                             &GRAPHENE_RECT_INIT (meter->origin.x,
                                                  meter->origin.y + meter->size.height - level,
                                                  meter->size.width, level));
}

static void
draw_pulse (const ZabPadMotion *self, GtkSnapshot *snapshot)
{
  const GdkRGBA  ring = zab_color_fade (self->color, (float)self->what.pulse);
  GskRoundedRect pad;

  gsk_rounded_rect_init_from_rect (
      &pad, &GRAPHENE_RECT_INIT (2, 2, (float)self->width - 4, (float)self->height - 4),
      ZAB_PAD_CORNERS - 2);
  gtk_snapshot_append_border (snapshot, &pad, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ ring, ring, ring, ring });
}

GskRenderNode *
zab_pad_motion_draw (const ZabPadMotion *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  if (self->what.playhead >= 0)
    draw_playhead (self, snapshot);
  if (self->what.meter > 0)
    draw_meter (self, snapshot);
  if (self->what.pulse > 0)
    draw_pulse (self, snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}
