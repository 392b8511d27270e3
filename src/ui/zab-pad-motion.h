/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

enum
{
  ZAB_PAD_CORNERS = 12 /* px: radius, as in style.css */
};

/* What moves on a pad while it sounds, and where: a few rectangles over all else. Each is a node of
 * its own, so that only what differs from the frame before is drawn again. Thread: main. */
typedef struct
{
  int    playhead; /* px from the left of the band; below 0: none */
  int    meter;    /* px */
  double pulse;    /* 0..1: the mark of what is armed; 0: none */
} ZabPadMoving;

typedef struct
{
  ZabPadMoving    what;
  int             width, height; /* of the pad */
  graphene_rect_t band;          /* that the playhead goes through */
  graphene_rect_t meter;         /* when it is full */
  GdkRGBA         color;
} ZabPadMotion;

gboolean zab_pad_moving_equal (const ZabPadMoving *a, const ZabPadMoving *b);
gboolean zab_pad_motion_equal (const ZabPadMotion *a, const ZabPadMotion *b);

/* NULL where nothing moves. */
GskRenderNode *zab_pad_motion_draw (const ZabPadMotion *self);

G_END_DECLS
