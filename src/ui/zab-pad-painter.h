/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws the inside of a pad. It keeps the text layouts and the icons between frames, so that a
 * playhead that moves costs two rectangles. The pad's own background, corners and rings are CSS.
 * Thread: main. */

typedef struct _ZabPadPainter ZabPadPainter;

/* @widget owns the painter, and is not kept alive by it. */
ZabPadPainter *zab_pad_painter_new (GtkWidget *widget);
void           zab_pad_painter_free (ZabPadPainter *self);

/* Forgets what depends on the style: fonts, icons. */
void zab_pad_painter_invalidate (ZabPadPainter *self);

void        zab_pad_painter_set_cap (ZabPadPainter *self, const char *cap);
const char *zab_pad_painter_get_cap (ZabPadPainter *self);

/* @brief stands for @status where that has no room. */
void zab_pad_painter_set_text (ZabPadPainter *self, const char *name, const char *status,
                               const char *brief);

/* What changes from frame to frame. */
typedef struct
{
  double      fill;      /* 0..1 of the pad, from where one starts to read */
  int         playhead;  /* px from the left; below 0: none */
  gboolean    plus;      /* shows that something can be put here */
  gboolean    corner;    /* the corner is taken by a button */
  const char *glyphs[2]; /* icon names from the corner inwards, or NULL */
} ZabPadPaint;

void zab_pad_painter_snapshot (ZabPadPainter *self, GtkSnapshot *snapshot,
                               const ZabPadPaint *paint);

/* The edge of the square that the corner button takes, for a pad of this size. */
int zab_pad_painter_get_corner_size (int width, int height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabPadPainter, zab_pad_painter_free)

G_END_DECLS
