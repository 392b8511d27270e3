/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-painter.h"

#include "ui/zab-color.h"
#include "ui/zab-compat.h"
#include "ui/zab-flat-node.h"
#include "ui/zab-pad-text.h"
#include "ui/zab-pad-wave.h"

#include <math.h>

#define LARGE_PAD   200 /* px; pads wider than this are read from further away */
#define SMALL_PAD   84  /* px; pads narrower than this have tighter margins and smaller text */
#define LOW_PAD     40  /* px; pads lower than this have hardly any margin */
#define HIGH_PAD    56  /* px; pads lower than this have a single row for glyphs */
#define HIGH_NARROW 72  /* px; so do those below this, where the name has a row of its own */
#define WIDE_PAD    124 /* px; on narrower ones it may */
#define ICON_SIZE   16
#define METER_RANGE 48 /* dB below full scale */
#define METER_STEP  2  /* px: finer would be drawn oftener, and not be seen */

struct _ZabPadPainter
{
  GtkWidget      *widget; /* unowned: it owns the painter */
  ZabPadText     *text;
  ZabPeaks       *peaks;
  ZabPadStill     what;
  GskRenderNode  *still;         /* NULL: to be made anew */
  int             width, height; /* that it was made for */
  int             scale_factor;
  graphene_rect_t band;  /* of the waveform and the playhead */
  graphene_rect_t meter; /* when it is full */
  ZabPadMotion    motion;
  GskRenderNode  *moves; /* as it was drawn last */
};

ZabPadPainter *
zab_pad_painter_new (GtkWidget *widget)
{
  ZabPadPainter *self = g_new0 (ZabPadPainter, 1);

  self->widget = widget;
  self->text = zab_pad_text_new (widget);
  return self;
}

/* The next drawing begins with it. */
static void
forget_still (ZabPadPainter *self)
{
  g_clear_pointer (&self->still, gsk_render_node_unref);
}

void
zab_pad_painter_free (ZabPadPainter *self)
{
  forget_still (self);
  g_clear_pointer (&self->moves, gsk_render_node_unref);
  g_clear_pointer (&self->text, zab_pad_text_free);
  g_clear_object (&self->peaks);
  g_free (self);
}

void
zab_pad_painter_invalidate (ZabPadPainter *self)
{
  zab_pad_text_invalidate (self->text);
  forget_still (self);
}

void
zab_pad_painter_set_cap (ZabPadPainter *self, const char *cap)
{
  zab_pad_text_set_cap (self->text, cap);
  forget_still (self);
}

void
zab_pad_painter_show_cap (ZabPadPainter *self, gboolean shown)
{
  zab_pad_text_show_cap (self->text, shown);
  forget_still (self);
}

const char *
zab_pad_painter_get_cap (ZabPadPainter *self)
{
  return zab_pad_text_get_cap (self->text);
}

void
zab_pad_painter_set_text (ZabPadPainter *self, const char *name, const char *status,
                          const char *brief)
{
  zab_pad_text_set (self->text, name, status, brief);
  forget_still (self);
}

void
zab_pad_painter_set_peaks (ZabPadPainter *self, ZabPeaks *peaks)
{
  if (g_set_object (&self->peaks, peaks))
    forget_still (self);
}

void
zab_pad_painter_set_still (ZabPadPainter *self, const ZabPadStill *still)
{
  const ZabPadStill *what = &self->what;

  if (what->plus == still->plus && what->corner == still->corner
      && what->selected == still->selected && what->solid == still->solid
      && what->mode == still->mode && what->state == still->state)
    return;
  self->what = *still;
  forget_still (self);
}

int
zab_pad_painter_get_playhead (ZabPadPainter *self, double position)
{
  return (int)(CLAMP (position, 0, 1) * (double)self->band.size.width);
}

int
zab_pad_painter_get_meter (ZabPadPainter *self, double level)
{
  const double decibels = 20 * log10 (MAX (level, 1e-6));
  const double part = CLAMP (1 + decibels / METER_RANGE, 0, 1);

  return (int)(part * (double)self->meter.size.height / METER_STEP) * METER_STEP;
}

int
zab_pad_painter_get_corner_size (int width, int height)
{
  return MIN (width, height) < SMALL_PAD ? 24 : 30;
}

/* --- What stands still ----------------------------------------------------------------------- */

typedef struct
{
  GtkSnapshot *snapshot;
  ZabPadSpace  space;
  GdkRGBA      color, dim, line, wave;
} Canvas;

float
zab_pad_painter_get_dim (gboolean solid)
{
  return solid || adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 1.0f
                                                                                         : 0.8f;
}

static void
init_canvas (Canvas *canvas, ZabPadPainter *self)
{
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  float    width = (float)self->width, height = (float)self->height;

  canvas->space.width = width;
  canvas->space.height = height;
  canvas->space.scale = width < SMALL_PAD ? 0.85 : width > LARGE_PAD ? 1.25 : 1.0;
  canvas->space.margin = MIN (width, height) < LOW_PAD ? 3 : width < SMALL_PAD ? 5 : 9;
  canvas->space.rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  zab_compat_get_color (self->widget, &canvas->color);
  canvas->dim = zab_color_fade (canvas->color, zab_pad_painter_get_dim (self->what.solid));
  canvas->line = zab_color_fade (canvas->color, contrast ? 1.0f : 0.3f);
  canvas->wave = zab_color_fade (canvas->color, contrast ? 0.8f : 0.45f);
}

static void
draw_icon (ZabPadPainter *self, const Canvas *canvas, const char *name, float x, float y,
           const GdkRGBA *color)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (self->widget));
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
      theme, name, NULL, ICON_SIZE, self->scale_factor, gtk_widget_get_direction (self->widget), 0);

  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), canvas->snapshot,
                                            ICON_SIZE, ICON_SIZE, color, 1);
  gtk_snapshot_restore (canvas->snapshot);
}

/* On a pad with room the state stands in the last row, beside its word, and leaves the first to the
 * name. */
static gboolean
has_room (const ZabPadSpace *space)
{
  return space->width >= SMALL_PAD
         && space->height >= (space->width < WIDE_PAD ? HIGH_NARROW : HIGH_PAD);
}

/* Into the first row, from its end on, as long as the cap keeps its place. */
static void
draw_glyphs (ZabPadPainter *self, Canvas *canvas)
{
  ZabPadSpace *space = &canvas->space;
  float        corner = (float)zab_pad_painter_get_corner_size (self->width, self->height);
  float        taken = self->what.corner ? corner + 2 : space->margin;
  const char  *glyph = self->what.mode;

  if (self->what.state && !has_room (space))
    glyph = self->what.state;
  else if (space->height < LOW_PAD && space->width < SMALL_PAD)
    glyph = NULL; /* the name says more */
  if (glyph && taken + ICON_SIZE <= space->width - 2 * space->margin - 14)
    {
      draw_icon (self, canvas, glyph, space->rtl ? taken : space->width - taken - ICON_SIZE,
                 space->margin + 1, &canvas->dim);
      taken += ICON_SIZE + 2;
    }
  space->top_taken = MAX (0, taken - space->margin + 3);
  space->bottom_taken = self->what.state && has_room (space) ? ICON_SIZE + 4 : 0;
}

static void
draw_state (ZabPadPainter *self, const Canvas *canvas)
{
  const ZabPadSpace *space = &canvas->space;

  if (self->what.state && has_room (space))
    draw_icon (self, canvas, self->what.state,
               space->rtl ? space->margin + 1 : space->width - space->margin - ICON_SIZE - 1,
               space->height - space->margin - ICON_SIZE + 1, &canvas->color);
}

static void
draw_tick (ZabPadPainter *self, const Canvas *canvas)
{
  const ZabPadSpace *space = &canvas->space;
  float              x = 4 + space->bottom_taken;

  if (self->what.selected)
    draw_icon (self, canvas, "object-select-symbolic",
               space->rtl ? x : space->width - ICON_SIZE - x, space->height - ICON_SIZE - 4,
               &canvas->color);
}

static void
draw_wave (ZabPadPainter *self, const Canvas *canvas)
{
  const graphene_rect_t *band = &self->band;
  g_autoptr (GdkTexture) wave = NULL;

  if (self->peaks == NULL || band->size.height <= 0)
    return;
  wave = zab_pad_wave_new (self->peaks, (int)band->size.width * self->scale_factor,
                           (int)band->size.height * self->scale_factor, &canvas->wave);
  gtk_snapshot_append_texture (canvas->snapshot, wave, band);
}

/* Beside all texts, at the end of the pad; clear of the round corners. */
static void
place_meter (ZabPadPainter *self, const ZabPadSpace *space)
{
  float width = space->margin < 9 ? 2 : 3;
  float inset = MIN (ZAB_PAD_CORNERS - 2, floorf (space->height / 5));

  self->meter = GRAPHENE_RECT_INIT (space->rtl ? 3 : space->width - width - 3, inset, width,
                                    space->height - 2 * inset);
}

/* Where the texts leave no room, the playhead runs along the lower edge. */
static void
place_band (ZabPadPainter *self, const ZabPadSpace *space)
{
  if (self->band.size.height > 0)
    return;
  self->band = GRAPHENE_RECT_INIT (ZAB_PAD_CORNERS, space->height - 3,
                                   space->width - 2 * ZAB_PAD_CORNERS, 2);
}

static void
make_still (ZabPadPainter *self)
{
  Canvas canvas = { .snapshot = gtk_snapshot_new () };

  self->width = gtk_widget_get_width (self->widget);
  self->height = gtk_widget_get_height (self->widget);
  self->scale_factor = gtk_widget_get_scale_factor (self->widget);
  init_canvas (&canvas, self);
  draw_glyphs (self, &canvas);
  zab_pad_text_arrange (self->text, &canvas.space, &self->band);
  draw_wave (self, &canvas);
  draw_state (self, &canvas);
  place_band (self, &canvas.space);
  place_meter (self, &canvas.space);
  if (self->what.plus)
    draw_icon (self, &canvas, "list-add-symbolic", floorf ((canvas.space.width - ICON_SIZE) / 2),
               floorf ((canvas.space.height - ICON_SIZE) / 2), &canvas.dim);
  zab_pad_text_draw (self->text, canvas.snapshot, &canvas.color, &canvas.dim, &canvas.line);
  draw_tick (self, &canvas);
  self->still = zab_flat_node_new (self->widget, gtk_snapshot_free_to_node (canvas.snapshot));
}

static void
draw_fill (ZabPadPainter *self, GtkSnapshot *snapshot, double fill, const GdkRGBA *color)
{
  gboolean        rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t pad = GRAPHENE_RECT_INIT (0, 0, (float)self->width, (float)self->height);
  float           filled = roundf ((float)fill * pad.size.width);
  GdkRGBA         light = zab_color_fade (*color, 0.16f);
  GskRoundedRect  corners;

  gsk_rounded_rect_init_from_rect (&corners, &pad, ZAB_PAD_CORNERS);
  gtk_snapshot_push_rounded_clip (snapshot, &corners);
  gtk_snapshot_append_color (
      snapshot, &light,
      &GRAPHENE_RECT_INIT (rtl ? pad.size.width - filled : 0, 0, filled, pad.size.height));
  gtk_snapshot_pop (snapshot);
}

void
zab_pad_painter_snapshot (ZabPadPainter *self, GtkSnapshot *snapshot, double fill)
{
  GdkRGBA color;

  if (self->width != gtk_widget_get_width (self->widget)
      || self->height != gtk_widget_get_height (self->widget)
      || self->scale_factor != gtk_widget_get_scale_factor (self->widget))
    forget_still (self);
  if (self->still == NULL)
    make_still (self);
  zab_compat_get_color (self->widget, &color);
  if (fill > 0)
    draw_fill (self, snapshot, fill, &color);
  if (self->still)
    gtk_snapshot_append_node (snapshot, self->still);
}

GskRenderNode *
zab_pad_painter_get_motion (ZabPadPainter *self, const ZabPadMoving *moving)
{
  ZabPadMotion motion = { .what = *moving,
                          .width = self->width,
                          .height = self->height,
                          .band = self->band,
                          .meter = self->meter };

  zab_compat_get_color (self->widget, &motion.color);
  if (zab_pad_motion_equal (&motion, &self->motion))
    return self->moves;
  self->motion = motion;
  g_clear_pointer (&self->moves, gsk_render_node_unref);
  self->moves = zab_pad_motion_draw (&motion);
  return self->moves;
}
