/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is written on a pad, and where: the key's cap, the name in two lines, a small line below.
 * Thread: main. */

/* A pad's room, and how it is divided. */
typedef struct
{
  float    width, height, margin;
  float    top_taken;    /* of the first row, at its end: a glyph and the corner button */
  float    bottom_taken; /* of the last row: a glyph */
  gboolean rtl;
  double   scale; /* of all text */
} ZabPadSpace;

typedef struct _ZabPadText ZabPadText;

/* @widget owns it, and is not kept alive by it. */
ZabPadText *zab_pad_text_new (GtkWidget *widget);
void        zab_pad_text_free (ZabPadText *self);

/* Fonts may have changed. */
void zab_pad_text_invalidate (ZabPadText *self);

void        zab_pad_text_set_cap (ZabPadText *self, const char *cap);
const char *zab_pad_text_get_cap (ZabPadText *self);
void        zab_pad_text_show_cap (ZabPadText *self, gboolean shown);

/* @brief stands for @status where that has no room. */
void zab_pad_text_set (ZabPadText *self, const char *name, const char *status, const char *brief);

/* Places everything in @space; @band is what stays free below and between the texts, empty where
 * nothing does. */
void zab_pad_text_arrange (ZabPadText *self, const ZabPadSpace *space, graphene_rect_t *band);

/* @dim is for what is read second; @line for the frame of the cap. */
void zab_pad_text_draw (ZabPadText *self, GtkSnapshot *snapshot, const GdkRGBA *color,
                        const GdkRGBA *dim, const GdkRGBA *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabPadText, zab_pad_text_free)

G_END_DECLS
