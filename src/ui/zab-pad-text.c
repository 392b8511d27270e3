/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-text.h"

#include <math.h>

#define MIN_BESIDE 58 /* px; with less beside the cap, the name goes below it */
#define MIN_NAME   18
#define MIN_BAND   10 /* px; what is lower shows nothing */
#define GAP        3

struct _ZabPadText
{
  char        *cap_text;
  char        *status_text;
  char        *brief;
  double       scale; /* that the layouts have their fonts for; 0: none yet */
  PangoLayout *cap;
  PangoLayout *name;
  PangoLayout *status;

  /* How they stand. */
  graphene_rect_t  frame; /* of the cap */
  graphene_point_t name_at;
  graphene_point_t status_at;
  gboolean         has_name;
  gboolean         has_status;
  gboolean         has_cap;
};

ZabPadText *
zab_pad_text_new (GtkWidget *widget)
{
  ZabPadText *self = g_new0 (ZabPadText, 1);

  self->has_cap = TRUE;
  self->cap_text = g_strdup ("");
  self->status_text = g_strdup ("");
  self->brief = g_strdup ("");
  self->cap = gtk_widget_create_pango_layout (widget, NULL);
  self->name = gtk_widget_create_pango_layout (widget, NULL);
  self->status = gtk_widget_create_pango_layout (widget, NULL);
  pango_layout_set_wrap (self->name, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  pango_layout_set_ellipsize (self->status, PANGO_ELLIPSIZE_END);
  return self;
}

void
zab_pad_text_free (ZabPadText *self)
{
  g_free (self->cap_text);
  g_free (self->status_text);
  g_free (self->brief);
  g_clear_object (&self->cap);
  g_clear_object (&self->name);
  g_clear_object (&self->status);
  g_free (self);
}

void
zab_pad_text_invalidate (ZabPadText *self)
{
  pango_layout_context_changed (self->cap);
  pango_layout_context_changed (self->name);
  pango_layout_context_changed (self->status);
}

void
zab_pad_text_set_cap (ZabPadText *self, const char *cap)
{
  /* An override keeps brackets from being mirrored where one reads from right to left. */
  g_autofree char *marked = g_strconcat ("\u202d", cap, "\u202c", NULL);

  g_free (self->cap_text);
  self->cap_text = g_strdup (cap);
  pango_layout_set_text (self->cap, marked, -1);
}

void
zab_pad_text_show_cap (ZabPadText *self, gboolean shown)
{
  self->has_cap = shown;
}

const char *
zab_pad_text_get_cap (ZabPadText *self)
{
  return self->cap_text;
}

void
zab_pad_text_set (ZabPadText *self, const char *name, const char *status, const char *brief)
{
  pango_layout_set_text (self->name, name, -1);
  g_free (self->status_text);
  self->status_text = g_strdup (status);
  g_free (self->brief);
  self->brief = g_strdup (brief);
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

/* Only where they change: a layout with other attributes is shaped anew. */
static void
set_fonts (ZabPadText *self, double scale)
{
  if (!(self->scale < scale) && !(self->scale > scale))
    return;
  self->scale = scale;
  set_font (self->cap, scale * 0.8, PANGO_WEIGHT_SEMIBOLD);
  set_font (self->name, scale * 0.95, PANGO_WEIGHT_SEMIBOLD);
  set_font (self->status, scale * 0.8, PANGO_WEIGHT_NORMAL);
}

static float
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return (float)height;
}

static void
set_width (PangoLayout *layout, float width)
{
  pango_layout_set_width (layout, (int)MAX (1, width) * PANGO_SCALE);
}

/* The key that plays the pad, in a small frame as on a key cap. */
static void
arrange_cap (ZabPadText *self, const ZabPadSpace *space)
{
  int   width, height;
  float frame_width;

  pango_layout_get_pixel_size (self->cap, &width, &height);
  frame_width = (float)MAX (height + 2, width + 8);
  self->frame
      = GRAPHENE_RECT_INIT (space->rtl ? space->width - space->margin - frame_width : space->margin,
                            space->margin, frame_width, (float)height + 2);
}

/* The name, in at most two lines no lower than @bottom; returns where it ends. */
static float
arrange_name (ZabPadText *self, float x, float y, float width, float bottom)
{
  float line;

  set_width (self->name, width);
  pango_layout_set_height (self->name, -1);
  line = get_height (self->name);
  if (y + 2 * line <= bottom)
    pango_layout_set_height (self->name, -2);
  self->name_at = GRAPHENE_POINT_INIT (x, floorf (y));
  return self->name_at.y + get_height (self->name);
}

static float
arrange_status (ZabPadText *self, const ZabPadSpace *space, float bottom, float head)
{
  float height;

  set_width (self->status, space->width - 2 * space->margin - space->bottom_taken);
  pango_layout_set_text (self->status, self->status_text, -1);
  if (pango_layout_is_ellipsized (self->status))
    pango_layout_set_text (self->status, self->brief, -1);
  height = get_height (self->status);
  self->has_status = *pango_layout_get_text (self->status) && bottom - height >= head;
  if (!self->has_status)
    return bottom;
  self->status_at = GRAPHENE_POINT_INIT (
      space->rtl ? space->margin + space->bottom_taken : space->margin, bottom - height);
  return self->status_at.y;
}

void
zab_pad_text_arrange (ZabPadText *self, const ZabPadSpace *space, graphene_rect_t *band)
{
  const float margin = space->margin, bottom = space->height - margin + 1;
  float       cap, beside, line, name_end, status;
  gboolean    low, wide;

  set_fonts (self, space->scale);
  arrange_cap (self, space);
  cap = self->has_cap ? self->frame.size.width + (margin < 9 ? 3 : 6) : 0;
  beside = space->width - 2 * margin - cap - space->top_taken;
  set_width (self->name, space->width);
  pango_layout_set_height (self->name, -1);
  line = get_height (self->name);
  low = space->height < 2 * margin + self->frame.size.height + line;
  wide = beside >= MIN_BESIDE;
  status
      = arrange_status (self, space, bottom, margin + self->frame.size.height + (wide ? 0 : line));
  self->has_name = !low || beside >= MIN_NAME;
  if (low || wide)
    name_end
        = arrange_name (self, space->rtl ? margin + space->top_taken : margin + cap,
                        margin + (self->frame.size.height - line) / 2, beside, low ? 0 : status);
  else
    name_end = arrange_name (self, margin, margin + self->frame.size.height + 1,
                             space->width - 2 * margin, status);
  name_end = MAX (name_end, margin + self->frame.size.height) + GAP;
  if (self->has_status)
    status -= GAP - 1;
  name_end
      = ceilf (name_end); /* to the pixel: only what ends in the midst of one is slow to draw */
  status = floorf (status);
  if (low || status - name_end < MIN_BAND)
    *band = *graphene_rect_zero ();
  else
    *band = GRAPHENE_RECT_INIT (margin, name_end, space->width - 2 * margin, status - name_end);
}

static void
draw_layout (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_cap (ZabPadText *self, GtkSnapshot *snapshot, const GdkRGBA *color, const GdkRGBA *line)
{
  const graphene_rect_t *frame = &self->frame;
  GskRoundedRect         rounded;
  int                    width;

  pango_layout_get_pixel_size (self->cap, &width, NULL);
  gsk_rounded_rect_init_from_rect (&rounded, frame, 5);
  gtk_snapshot_append_border (snapshot, &rounded, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ *line, *line, *line, *line });
  draw_layout (snapshot, self->cap,
               frame->origin.x + floorf ((frame->size.width - (float)width) / 2),
               frame->origin.y + 1, color);
}

void
zab_pad_text_draw (ZabPadText *self, GtkSnapshot *snapshot, const GdkRGBA *color,
                   const GdkRGBA *dim, const GdkRGBA *line)
{
  if (self->has_cap)
    draw_cap (self, snapshot, dim, line);
  if (*pango_layout_get_text (self->name) == '\0' || !self->has_name)
    return;
  draw_layout (snapshot, self->name, self->name_at.x, self->name_at.y, color);
  if (self->has_status)
    draw_layout (snapshot, self->status, self->status_at.x, self->status_at.y, dim);
}
