/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-painter.h"

#include "ui/zab-compat.h"

#include <math.h>

#define LARGE_PAD 200 /* px; pads wider than this are read from further away */
#define SMALL_PAD 84  /* px; pads narrower than this have tighter margins and smaller text */
#define LOW_PAD   40  /* px; pads lower than this have hardly any margin */
#define ICON_SIZE 16
#define N_ICONS   4

typedef struct
{
  const char       *name; /* static */
  GtkIconPaintable *paintable;
} CachedIcon;

struct _ZabPadPainter
{
  GtkWidget   *widget; /* unowned: it owns the painter */
  char        *status_text;
  char        *brief;
  char        *cap_text;
  PangoLayout *name;
  PangoLayout *status;
  PangoLayout *cap;
  CachedIcon   icons[N_ICONS];

  /* How the layouts stand; found anew when the texts, the style or the size change. */
  gboolean arranged;
  int      width, height;
  float    cap_width, cap_height;
  float    name_x, name_y;
  float    status_y; /* below 0: no room for it */
};

ZabPadPainter *
zab_pad_painter_new (GtkWidget *widget)
{
  ZabPadPainter *self = g_new0 (ZabPadPainter, 1);

  self->status_text = g_strdup ("");
  self->brief = g_strdup ("");
  self->cap_text = g_strdup ("");
  self->widget = widget;
  self->name = gtk_widget_create_pango_layout (widget, NULL);
  self->status = gtk_widget_create_pango_layout (widget, NULL);
  self->cap = gtk_widget_create_pango_layout (widget, NULL);
  pango_layout_set_wrap (self->name, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  pango_layout_set_ellipsize (self->status, PANGO_ELLIPSIZE_END);
  return self;
}

static void
clear_icons (ZabPadPainter *self)
{
  for (int i = 0; i < N_ICONS; i++)
    g_clear_object (&self->icons[i].paintable);
}

void
zab_pad_painter_free (ZabPadPainter *self)
{
  clear_icons (self);
  g_free (self->status_text);
  g_free (self->brief);
  g_free (self->cap_text);
  g_clear_object (&self->name);
  g_clear_object (&self->status);
  g_clear_object (&self->cap);
  g_free (self);
}

void
zab_pad_painter_invalidate (ZabPadPainter *self)
{
  clear_icons (self);
  self->arranged = FALSE;
  pango_layout_context_changed (self->name);
  pango_layout_context_changed (self->status);
  pango_layout_context_changed (self->cap);
}

void
zab_pad_painter_set_cap (ZabPadPainter *self, const char *cap)
{
  /* An override keeps brackets from being mirrored where one reads from right to left. */
  g_autofree char *marked = g_strconcat ("\u202d", cap, "\u202c", NULL);

  g_free (self->cap_text);
  self->cap_text = g_strdup (cap);
  pango_layout_set_text (self->cap, marked, -1);
  self->arranged = FALSE;
}

const char *
zab_pad_painter_get_cap (ZabPadPainter *self)
{
  return self->cap_text;
}

void
zab_pad_painter_set_text (ZabPadPainter *self, const char *name, const char *status,
                          const char *brief)
{
  pango_layout_set_text (self->name, name, -1);
  g_free (self->status_text);
  self->status_text = g_strdup (status);
  g_free (self->brief);
  self->brief = g_strdup (brief);
  self->arranged = FALSE;
}

int
zab_pad_painter_get_corner_size (int width, int height)
{
  return MIN (width, height) < SMALL_PAD ? 24 : 30;
}

static void
set_font (PangoLayout *layout, double scale, PangoWeight weight)
{
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_scale_new (scale));
  pango_attr_list_insert (attrs, pango_attr_weight_new (weight));
  pango_attr_list_insert (attrs, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attrs);
}

static GtkIconPaintable *
get_icon (ZabPadPainter *self, const char *name)
{
  for (int i = 0; i < N_ICONS; i++)
    {
      CachedIcon *icon = &self->icons[i];

      if (icon->paintable == NULL)
        {
          GtkIconTheme *theme
              = gtk_icon_theme_get_for_display (gtk_widget_get_display (self->widget));

          icon->name = name;
          icon->paintable = gtk_icon_theme_lookup_icon (theme, name, NULL, ICON_SIZE,
                                                        gtk_widget_get_scale_factor (self->widget),
                                                        gtk_widget_get_direction (self->widget), 0);
        }
      if (g_str_equal (icon->name, name))
        return icon->paintable;
    }
  g_return_val_if_reached (NULL);
}

static void
draw_icon (ZabPadPainter *self, GtkSnapshot *snapshot, const char *name, float x, float y,
           const GdkRGBA *color)
{
  GtkIconPaintable *icon = get_icon (self, name);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE,
                                            ICON_SIZE, color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* What all parts of one drawing need to know. */
typedef struct
{
  GtkSnapshot *snapshot;
  float        width, height, margin;
  gboolean     rtl;
  double       scale; /* of all text */
  GdkRGBA      color, dim;
} Canvas;

static void
init_canvas (Canvas *canvas, ZabPadPainter *self, GtkSnapshot *snapshot)
{
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());

  canvas->snapshot = snapshot;
  canvas->width = (float)gtk_widget_get_width (self->widget);
  canvas->height = (float)gtk_widget_get_height (self->widget);
  canvas->scale = canvas->width < SMALL_PAD ? 0.85 : canvas->width > LARGE_PAD ? 1.25 : 1.0;
  canvas->margin = MIN (canvas->width, canvas->height) < LOW_PAD ? 3
                   : canvas->width < SMALL_PAD                   ? 5
                                                                 : 9;
  canvas->rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  zab_compat_get_color (self->widget, &canvas->color);
  canvas->dim = canvas->color;
  canvas->dim.alpha *= contrast ? 1.0f : 0.8f;
}

static void
draw_rectangle (const Canvas *canvas, float x, float width, GdkRGBA color, float alpha)
{
  color.alpha *= alpha;
  gtk_snapshot_append_color (canvas->snapshot, &color,
                             &GRAPHENE_RECT_INIT (x, 0, width, canvas->height));
}

/* What stands out from the text, so that the text stays readable on it. */
static GdkRGBA
get_opposite (const GdkRGBA *color)
{
  float light = 0.3f * color->red + 0.6f * color->green + 0.1f * color->blue;

  return light > 0.5f ? (GdkRGBA){ 0, 0, 0, 1 } : (GdkRGBA){ 1, 1, 1, 1 };
}

static void
draw_fill (const Canvas *canvas, const ZabPadPaint *paint)
{
  float x = (float)paint->playhead;
  float filled = roundf ((float)paint->fill * canvas->width);

  if (paint->fill > 0)
    draw_rectangle (canvas, canvas->rtl ? canvas->width - filled : 0, filled, canvas->color, 0.16f);
  /* Sound runs from left to right, whichever way one reads. */
  if (paint->playhead >= 0)
    {
      draw_rectangle (canvas, 0, x, get_opposite (&canvas->color), 0.2f);
      draw_rectangle (canvas, x, 2, canvas->color, 0.85f);
    }
}

/* The key that plays the pad, in a small frame as on a key cap. */
static void
arrange_cap (ZabPadPainter *self, const Canvas *canvas)
{
  int width, height;

  set_font (self->cap, canvas->scale * 0.8, PANGO_WEIGHT_SEMIBOLD);
  pango_layout_get_pixel_size (self->cap, &width, &height);
  self->cap_height = (float)height + 2;
  self->cap_width = MAX (self->cap_height, (float)width + 8);
}

static void
draw_cap (ZabPadPainter *self, const Canvas *canvas)
{
  float x = canvas->rtl ? canvas->width - canvas->margin - self->cap_width : canvas->margin;
  graphene_rect_t bounds
      = GRAPHENE_RECT_INIT (x, canvas->margin, self->cap_width, self->cap_height);
  GskRoundedRect frame;
  GdkRGBA        line = canvas->color;
  int            width;

  line.alpha *= canvas->dim.alpha < canvas->color.alpha ? 0.3f : 1.0f;
  pango_layout_get_pixel_size (self->cap, &width, NULL);
  gsk_rounded_rect_init_from_rect (&frame, &bounds, 5);
  gtk_snapshot_append_border (canvas->snapshot, &frame, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ line, line, line, line });
  draw_layout (canvas->snapshot, self->cap, x + floorf ((self->cap_width - (float)width) / 2),
               canvas->margin + 1, &canvas->dim);
}

static void
draw_glyphs (ZabPadPainter *self, const Canvas *canvas, const ZabPadPaint *paint)
{
  float corner = (float)zab_pad_painter_get_corner_size ((int)canvas->width, (int)canvas->height);
  float taken = paint->corner ? corner + 2 : canvas->margin;

  for (guint i = 0; i < G_N_ELEMENTS (paint->glyphs); i++)
    {
      float x = canvas->rtl ? taken : canvas->width - taken - ICON_SIZE;

      if (paint->glyphs[i] == NULL || taken + ICON_SIZE > canvas->width - 2 * canvas->margin - 14)
        continue;
      draw_icon (self, canvas->snapshot, paint->glyphs[i], x, canvas->margin + 1, &canvas->color);
      taken += ICON_SIZE + 2;
    }
}

/* On a pad that is low the name stands beside the cap. */
static void
arrange_beside (ZabPadPainter *self, const Canvas *canvas, int line)
{
  float taken = self->cap_width + 4;
  float width = canvas->width - 2 * canvas->margin - taken - ICON_SIZE;

  pango_layout_set_width (self->name, (int)MAX (1, width) * PANGO_SCALE);
  self->name_x = canvas->rtl ? canvas->margin + ICON_SIZE : canvas->margin + taken;
  self->name_y = canvas->margin + floorf ((self->cap_height - (float)line) / 2);
  self->status_y = -1;
}

/* The name and, below it, the status; both stand on the bottom, and what has no room under the cap
 * is left out: first the name's second line, then the status. */
static void
arrange_below (ZabPadPainter *self, const Canvas *canvas, int line)
{
  float bottom = canvas->height - canvas->margin + 1;
  float room = bottom - canvas->margin - self->cap_height;
  int   name, status = 0;

  if (*pango_layout_get_text (self->status))
    pango_layout_get_pixel_size (self->status, NULL, &status);
  if (room < (float)(line + status))
    status = 0;
  if (room >= (float)(2 * line + status))
    pango_layout_set_height (self->name, -2);
  pango_layout_get_pixel_size (self->name, NULL, &name);
  self->status_y = status > 0 ? bottom - (float)status : -1;
  self->name_x = canvas->margin;
  self->name_y = bottom - (float)status - (float)name;
}

static void
arrange_text (ZabPadPainter *self, const Canvas *canvas)
{
  int text_width = (int)MAX (1, canvas->width - 2 * canvas->margin) * PANGO_SCALE;
  int line;

  set_font (self->name, canvas->scale * 0.95, PANGO_WEIGHT_SEMIBOLD);
  set_font (self->status, canvas->scale * 0.8, PANGO_WEIGHT_NORMAL);
  pango_layout_set_width (self->name, text_width);
  pango_layout_set_width (self->status, text_width);
  pango_layout_set_height (self->name, -1);
  pango_layout_get_pixel_size (self->name, NULL, &line);
  pango_layout_set_text (self->status, self->status_text, -1);
  if (pango_layout_is_ellipsized (self->status))
    pango_layout_set_text (self->status, self->brief, -1);
  if (canvas->height < 2 * canvas->margin + self->cap_height + (float)line)
    arrange_beside (self, canvas, line);
  else
    arrange_below (self, canvas, line);
}

static void
arrange (ZabPadPainter *self, const Canvas *canvas)
{
  int width = (int)canvas->width, height = (int)canvas->height;

  if (self->arranged && self->width == width && self->height == height)
    return;
  arrange_cap (self, canvas);
  arrange_text (self, canvas);
  self->width = width;
  self->height = height;
  self->arranged = TRUE;
}

static void
draw_text (ZabPadPainter *self, const Canvas *canvas)
{
  if (*pango_layout_get_text (self->name) == '\0')
    return;
  if (self->status_y >= 0)
    draw_layout (canvas->snapshot, self->status, canvas->margin, self->status_y, &canvas->dim);
  draw_layout (canvas->snapshot, self->name, self->name_x, self->name_y, &canvas->color);
}

void
zab_pad_painter_snapshot (ZabPadPainter *self, GtkSnapshot *snapshot, const ZabPadPaint *paint)
{
  Canvas canvas;

  init_canvas (&canvas, self, snapshot);
  arrange (self, &canvas);
  draw_fill (&canvas, paint);
  draw_cap (self, &canvas);
  draw_glyphs (self, &canvas, paint);
  if (paint->plus)
    draw_icon (self, snapshot, "list-add-symbolic", floorf ((canvas.width - ICON_SIZE) / 2),
               floorf ((canvas.height - ICON_SIZE) / 2), &canvas.dim);
  draw_text (self, &canvas);
}
