/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-peaks.h"
#include "ui/zab-pad-motion.h"

G_BEGIN_DECLS

/* Draws what is inside a pad: texts, icons and waveform, which are kept as one node until something
 * of them changes; and apart from them what moves (zab-pad-motion.h). The pad's own background,
 * corners and rings are CSS. Thread: main. */

typedef struct _ZabPadPainter ZabPadPainter;

/* @widget owns the painter, and is not kept alive by it. */
ZabPadPainter *zab_pad_painter_new (GtkWidget *widget);
void           zab_pad_painter_free (ZabPadPainter *self);

/* Forgets what depends on the style: fonts, icons, colours. */
void zab_pad_painter_invalidate (ZabPadPainter *self);

void        zab_pad_painter_set_cap (ZabPadPainter *self, const char *cap);
const char *zab_pad_painter_get_cap (ZabPadPainter *self);
void        zab_pad_painter_show_cap (ZabPadPainter *self, gboolean shown);

/* @brief stands for @status where that has no room. */
void zab_pad_painter_set_text (ZabPadPainter *self, const char *name, const char *status,
                               const char *brief);

/* The waveform; NULL for none. */
void zab_pad_painter_set_peaks (ZabPadPainter *self, ZabPeaks *peaks);

/* What stands still between two changes of the pad. Names of icons are static, or NULL. */
typedef struct
{
  gboolean    plus;     /* shows that something can be put here */
  gboolean    corner;   /* the corner is taken by a button */
  gboolean    selected; /* has a tick */
  gboolean    solid;    /* the pad is filled with its colour */
  const char *mode;     /* glyphs */
  const char *state;    /* where there is room for one only, it is this */
} ZabPadStill;

/* How much of the pad's colour its small texts have; where that fills the pad, or high contrast is
 * wanted, all of it. */
float zab_pad_painter_get_dim (gboolean solid);

void zab_pad_painter_set_still (ZabPadPainter *self, const ZabPadStill *still);

/* How far the playhead is at @position (0..1), and how high the meter stands at @level (linear). */
int zab_pad_painter_get_playhead (ZabPadPainter *self, double position);
int zab_pad_painter_get_meter (ZabPadPainter *self, double level);

/* @fill: how much of the pad a load has filled, 0..1, from where one starts to read. */
void zab_pad_painter_snapshot (ZabPadPainter *self, GtkSnapshot *snapshot, double fill);

/* What moves over it, or NULL; the same as before for as long as nothing of it has changed.
 * Borrowed. After the drawing of what stands still, which says where. */
GskRenderNode *zab_pad_painter_get_motion (ZabPadPainter *self, const ZabPadMoving *moving);

/* The edge of the square that the corner button takes, for a pad of this size. */
int zab_pad_painter_get_corner_size (int width, int height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabPadPainter, zab_pad_painter_free)

G_END_DECLS
