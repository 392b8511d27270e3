/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a waveform is drawn: few nodes, of which the large ones are pictures that are kept. What
 * stands still while the playhead moves is one node, kept too. */
#include "ui/zab-waveform-canvas-private.h"

#include "ui/zab-color.h"
#include "ui/zab-compat.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const float OUTSIDE = 0.35f; /* opacity of what is not played */
static const float FULL = 0.92f;    /* of its lane, that the loudest moment takes */

enum
{
  TWO_LANES_FROM = 90, /* px of height that two channels need to be told apart */
  LABEL_GAP = 4,
  MAX_LINES = 2000, /* of the ruler, whatever comes */
};

typedef struct
{
  GtkSnapshot      *snapshot;
  ZabPeaks         *peaks;
  ZabWaveformLayout layout;
  int               width;
  float             gain;
  GdkRGBA           text, wave, loop;
} Canvas;

static void
forget_picture (ZabWaveformDrawn *self)
{
  g_clear_object (&self->texture);
}

void
zab_waveform_canvas_forget_drawn (ZabWaveformCanvas *self)
{
  forget_picture (&self->wave);
  forget_picture (&self->overview);
  g_clear_pointer (&self->still, gsk_render_node_unref);
}

int
zab_waveform_canvas_get_playhead (ZabWaveformCanvas *self)
{
  double x;

  if (zab_waveform_canvas_get_peaks (self) == NULL || !zab_pad_get_playing (self->pad))
    return -1;
  x = zab_waveform_span_to_x (&self->span, zab_pad_get_position (self->pad) * self->span.n_frames);
  return x >= 0 && x < self->span.width ? (int)x : -1;
}

static GdkTexture *
get_picture (ZabWaveformDrawn *self, const ZabWaveformPicture *facts, ZabPeaks *peaks)
{
  if (self->texture == NULL || !zab_waveform_picture_equal (&self->facts, facts))
    {
      forget_picture (self);
      self->facts = *facts;
      self->texture = zab_waveform_picture_draw (facts, peaks);
    }
  return self->texture;
}

static void
fill (const Canvas *canvas, GdkRGBA color, double x, double y, double width, double height)
{
  const double left = MAX (x, 0), right = MIN (x + width, canvas->width);

  if (left < right)
    gtk_snapshot_append_color (
        canvas->snapshot, &color,
        &GRAPHENE_RECT_INIT ((float)left, (float)y, (float)(right - left), (float)height));
}

/* --- The ruler ------------------------------------------------------------------------------- */

static void
draw_label (ZabWaveformCanvas *self, const Canvas *canvas, const char *label, double x)
{
  const GdkRGBA color = zab_color_fade (canvas->text, 0.75f);
  int           width, height;

  if (self->text == NULL)
    self->text = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (self->text, label, -1);
  pango_layout_get_pixel_size (self->text, &width, &height);
  if (x + LABEL_GAP + width > canvas->width)
    return;
  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (
      canvas->snapshot,
      &GRAPHENE_POINT_INIT ((float)x + LABEL_GAP, (float)((canvas->layout.ruler - height) / 2)));
  gtk_snapshot_append_layout (canvas->snapshot, self->text, &color);
  gtk_snapshot_restore (canvas->snapshot);
}

static void
draw_lines (ZabWaveformCanvas *self, const Canvas *canvas, const ZabWaveformRuler *ruler,
            double step, gboolean labels)
{
  const double first = zab_waveform_canvas_to_seconds (self, 0);
  gint64       i = zab_waveform_ruler_get_index (ruler, step, first);

  for (guint n = 0; n < MAX_LINES; n++, i++)
    {
      const double x
          = round (zab_waveform_canvas_to_x (self, zab_waveform_ruler_get_time (ruler, step, i)));
      g_autofree char *label = NULL;

      if (x >= canvas->width)
        break;
      fill (canvas, zab_color_fade (canvas->text, 0.12f), x, canvas->layout.ruler, 1,
            canvas->layout.wave);
      if (!labels || canvas->layout.ruler == 0 || x < 0)
        continue;
      fill (canvas, zab_color_fade (canvas->text, 0.3f), x, canvas->layout.ruler - 6, 1, 6);
      label = zab_waveform_ruler_format (ruler, step, i);
      draw_label (self, canvas, label, x);
    }
}

/* Points go to each line of the beats; seconds have only those that are told. */
static void
draw_grid (ZabWaveformCanvas *self, const Canvas *canvas)
{
  const ZabWaveformRuler ruler = zab_waveform_canvas_get_ruler (self);

  if (self->beats)
    draw_lines (self, canvas, &ruler,
                zab_waveform_canvas_get_step (self, &ruler, ZAB_WAVEFORM_LINE_DISTANCE), FALSE);
  draw_lines (self, canvas, &ruler,
              zab_waveform_canvas_get_step (self, &ruler, ZAB_WAVEFORM_LABEL_DISTANCE), TRUE);
}

/* --- The wave -------------------------------------------------------------------------------- */

static void
append_wave (const Canvas *canvas, GdkTexture *texture, double from, double to, float opacity)
{
  const float top = (float)canvas->layout.ruler, height = (float)canvas->layout.wave;

  from = CLAMP (from, 0, canvas->width);
  to = CLAMP (to, 0, canvas->width);
  if (from >= to)
    return;
  gtk_snapshot_push_clip (canvas->snapshot,
                          &GRAPHENE_RECT_INIT ((float)from, top, (float)(to - from), height));
  if (opacity < 1)
    gtk_snapshot_push_opacity (canvas->snapshot, (double)opacity);
  gtk_snapshot_append_texture (canvas->snapshot, texture,
                               &GRAPHENE_RECT_INIT (0, top, (float)canvas->width, height));
  if (opacity < 1)
    gtk_snapshot_pop (canvas->snapshot);
  gtk_snapshot_pop (canvas->snapshot);
}

static double
get_x (ZabWaveformCanvas *self, ZabWaveformPoint point)
{
  return round (zab_waveform_canvas_to_x (self, zab_waveform_point_get (point, self->pad)));
}

static void
draw_wave (ZabWaveformCanvas *self, const Canvas *canvas)
{
  const int                scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const double             start = get_x (self, ZAB_WAVEFORM_START);
  const double             end = get_x (self, ZAB_WAVEFORM_END);
  const ZabWaveformPicture facts = {
    .first = self->span.first,
    .step = self->span.scale / scale,
    .width = canvas->width * scale,
    .height = canvas->layout.wave * scale,
    .scale = scale,
    .gain = canvas->gain,
    .merge = zab_peaks_get_channels (canvas->peaks) == 1 || canvas->layout.wave < TWO_LANES_FROM,
    .color = canvas->wave,
  };
  GdkTexture *texture = get_picture (&self->wave, &facts, canvas->peaks);
  const guint n_lanes = facts.merge ? 1 : zab_peaks_get_channels (canvas->peaks);

  for (guint l = 0; l < n_lanes; l++)
    fill (canvas, zab_color_fade (canvas->text, 0.15f), 0,
          canvas->layout.ruler + canvas->layout.wave * (2 * l + 1) / (2 * n_lanes), canvas->width,
          1);
  append_wave (canvas, texture, 0, start, OUTSIDE);
  append_wave (canvas, texture, start, end, 1);
  append_wave (canvas, texture, end, canvas->width, OUTSIDE);
}

/* The crossfade is where the loop's colour grows. */
static void
draw_loop (ZabWaveformCanvas *self, const Canvas *canvas)
{
  const double start = get_x (self, ZAB_WAVEFORM_LOOP_START);
  const double end = get_x (self, ZAB_WAVEFORM_LOOP_END);
  const double crossfade = get_x (self, ZAB_WAVEFORM_CROSSFADE);
  const float  top = (float)canvas->layout.ruler, height = (float)canvas->layout.wave;

  if (!zab_waveform_point_is_shown (ZAB_WAVEFORM_LOOP_START, self->pad))
    return;
  fill (canvas, zab_color_fade (canvas->loop, 0.1f), start, canvas->layout.ruler, end - start,
        canvas->layout.wave);
  fill (canvas, canvas->loop, start, canvas->layout.ruler + canvas->layout.wave - 3, end - start,
        3);
  if (crossfade < end && end > 0 && crossfade < canvas->width)
    gtk_snapshot_append_linear_gradient (
        canvas->snapshot,
        &GRAPHENE_RECT_INIT ((float)crossfade, top, (float)(end - crossfade), height),
        &GRAPHENE_POINT_INIT ((float)crossfade, 0), &GRAPHENE_POINT_INIT ((float)end, 0),
        (GskColorStop[]){ { 0, zab_color_fade (canvas->loop, 0) },
                          { 1, zab_color_fade (canvas->loop, 0.5f) } },
        2);
}

/* --- The whole ------------------------------------------------------------------------------- */

static void
draw_overview (ZabWaveformCanvas *self, const Canvas *canvas)
{
  const int                scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  const int                y = canvas->layout.overview, height = canvas->layout.overview_height;
  const double             px = canvas->width / self->span.n_frames;
  const double             x = self->span.first * px;
  const double             width = MAX (3, self->span.width * self->span.scale * px);
  const ZabWaveformPicture facts = {
    .step = self->span.n_frames / canvas->width / scale,
    .width = canvas->width * scale,
    .height = height * scale,
    .scale = scale,
    .gain = canvas->gain,
    .merge = TRUE,
    .color = zab_color_fade (canvas->text, 0.7f),
  };
  GskRoundedRect frame;
  const GdkRGBA  line = canvas->wave;

  if (height == 0)
    return;
  fill (canvas, zab_color_fade (canvas->text, 0.05f), 0, y, canvas->width, height);
  gtk_snapshot_append_texture (
      canvas->snapshot, get_picture (&self->overview, &facts, canvas->peaks),
      &GRAPHENE_RECT_INIT (0, (float)y, (float)canvas->width, (float)height));
  if (zab_waveform_span_is_whole (&self->span))
    return;
  fill (canvas, zab_color_fade (canvas->wave, 0.2f), x, y, width, height);
  gsk_rounded_rect_init_from_rect (
      &frame, &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height), 3);
  gtk_snapshot_append_border (canvas->snapshot, &frame, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ line, line, line, line });
}

static GskRenderNode *
draw_still (ZabWaveformCanvas *self)
{
  Canvas canvas = { .snapshot = gtk_snapshot_new (),
                    .peaks = zab_waveform_canvas_get_peaks (self),
                    .layout = zab_waveform_canvas_get_layout (self),
                    .width = gtk_widget_get_width (GTK_WIDGET (self)) };

  canvas.gain = FULL * zab_waveform_picture_get_gain (canvas.peaks);
  zab_compat_get_color (GTK_WIDGET (self), &canvas.text);
  zab_compat_get_color (self->markers[ZAB_WAVEFORM_START], &canvas.wave);
  zab_compat_get_color (self->markers[ZAB_WAVEFORM_LOOP_START], &canvas.loop);
  draw_grid (self, &canvas);
  draw_loop (self, &canvas);
  draw_wave (self, &canvas);
  draw_overview (self, &canvas);
  return gtk_snapshot_free_to_node (canvas.snapshot);
}

/* Why there is no wave, in the middle. */
static void
draw_told (ZabWaveformCanvas *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) text = gtk_widget_create_pango_layout (widget, self->told);
  GdkRGBA color;
  int     width, height;

  zab_compat_get_color (widget, &color);
  color = zab_color_fade (color, 0.7f);
  pango_layout_get_pixel_size (text, &width, &height);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float)((gtk_widget_get_width (widget) - width) / 2),
                                      (float)((gtk_widget_get_height (widget) - height) / 2)));
  gtk_snapshot_append_layout (snapshot, text, &color);
}

static void
draw_playhead (ZabWaveformCanvas *self, GtkSnapshot *snapshot)
{
  const ZabWaveformLayout layout = zab_waveform_canvas_get_layout (self);
  const int               width = gtk_widget_get_width (GTK_WIDGET (self));
  const Canvas            canvas = { .snapshot = snapshot, .width = width };
  GdkRGBA                 color;

  if (!zab_pad_get_playing (self->pad))
    return;
  zab_compat_get_color (GTK_WIDGET (self), &color);
  self->playhead = zab_waveform_canvas_get_playhead (self);
  if (self->playhead >= 0)
    fill (&canvas, color, self->playhead, layout.ruler, 2, layout.wave);
  fill (&canvas, color, zab_pad_get_position (self->pad) * width, layout.overview, 1,
        layout.overview_height);
}

void
zab_waveform_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ZabWaveformCanvas *self = ZAB_WAVEFORM_CANVAS (widget);

  if (zab_waveform_canvas_get_peaks (self) == NULL)
    {
      draw_told (self, snapshot);
      return;
    }
  if (self->still == NULL)
    self->still = draw_still (self);
  if (self->still != NULL)
    gtk_snapshot_append_node (snapshot, self->still);
  draw_playhead (self, snapshot);
  for (guint i = 0; i < ZAB_WAVEFORM_N_POINTS; i++)
    gtk_widget_snapshot_child (widget, self->markers[i], snapshot);
}
