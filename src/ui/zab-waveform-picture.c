/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-picture.h"

#include <math.h>

static const float  HULL = 0.5f;        /* opacity of what is beyond the rms */
static const float  MIN_HEIGHT = 1.0f;  /* px; silence is a line */
static const double DOT_STEP = 1 / 7.0; /* frames a px from which on each has its dot */

static const float MAX_GAIN = 32; /* what is quieter than -30 dB looks so */

enum
{
  N_OPACITIES = 256
};

/* What a column of a lane covers, in rows from the top of the picture. */
typedef struct
{
  float top, bottom;           /* from the highest to the lowest value */
  float body_top, body_bottom; /* the rms on both sides of the middle */
} Column;

typedef struct
{
  int   top, bottom; /* rows */
  float middle, half;
} Lane;

float
zab_waveform_picture_get_gain (ZabPeaks *peaks)
{
  ZabPeak channels[2];
  float   highest = 1 / MAX_GAIN;

  zab_peaks_read (peaks, 0, zab_peaks_get_n_frames (peaks), channels);
  for (guint c = 0; c < zab_peaks_get_channels (peaks); c++)
    highest = MAX (highest, MAX (channels[c].max, -channels[c].min));
  return 1 / highest;
}

gboolean
zab_waveform_picture_equal (const ZabWaveformPicture *a, const ZabWaveformPicture *b)
{
  return !(a->first < b->first) && !(a->first > b->first) && !(a->step < b->step)
         && !(a->step > b->step) && a->width == b->width && a->height == b->height
         && !(a->gain < b->gain) && !(a->gain > b->gain) && a->scale == b->scale
         && a->merge == b->merge && gdk_rgba_equal (&a->color, &b->color);
}

static guint
count_lanes (const ZabWaveformPicture *self, ZabPeaks *peaks)
{
  return self->merge ? 1 : zab_peaks_get_channels (peaks);
}

static Lane
get_lane (const ZabWaveformPicture *self, guint n_lanes, guint lane)
{
  const int top = self->height * (int)lane / (int)n_lanes;
  const int bottom = self->height * (int)(lane + 1) / (int)n_lanes;

  return (Lane){ top, bottom, (float)(top + bottom) / 2, (float)(bottom - top) / 2 };
}

/* --- Many frames a pixel --------------------------------------------------------------------- */

static ZabPeak
merge (const ZabPeak *channels, guint n)
{
  ZabPeak sum = channels[0];

  for (guint c = 1; c < n; c++)
    {
      sum.min = MIN (sum.min, channels[c].min);
      sum.max = MAX (sum.max, channels[c].max);
      sum.rms = hypotf (sum.rms, channels[c].rms);
    }
  sum.rms /= sqrtf ((float)n);
  return sum;
}

static Column
make_column (const Lane *lane, const ZabPeak *peak, float gain, float thinnest)
{
  const float high = CLAMP (peak->max * gain, -1, 1), low = CLAMP (peak->min * gain, -1, 1);
  const float rms = MIN (peak->rms * gain, 1);
  Column      column = { lane->middle - high * lane->half, lane->middle - low * lane->half, 0, 0 };
  const float missing = thinnest - (column.bottom - column.top);

  if (missing > 0) /* a line has no hull */
    return (Column){ column.top - missing / 2, column.bottom + missing / 2,
                     column.top - missing / 2, column.bottom + missing / 2 };
  column.body_top = MAX (column.top, lane->middle - rms * lane->half);
  column.body_bottom = MIN (column.bottom, lane->middle + rms * lane->half);
  return column;
}

/* How much of row @y lies between the two. */
static inline float
cover (float y, float top, float bottom)
{
  const float covered = MIN (y + 1, bottom) - MAX (y, top);

  return CLAMP (covered, 0.0f, 1.0f);
}

/* Row by row, as the memory lies. */
static void
fill_lane (guint32 *pixels, int width, const Lane *lane, const Column *columns,
           const guint32 *colors)
{
  for (int y = lane->top; y < lane->bottom; y++)
    for (int x = 0; x < width; x++)
      {
        const Column *column = &columns[x];
        const float   hull = cover ((float)y, column->top, column->bottom);
        const float   body = cover ((float)y, column->body_top, column->body_bottom);
        const float   opacity = hull * HULL + body * (1 - HULL);

        pixels[(gsize)y * (gsize)width + (gsize)x] = colors[(int)(opacity * (N_OPACITIES - 1))];
      }
}

/* Premultiplied, in the byte order of cairo's ARGB32 and of GDK_MEMORY_DEFAULT. */
static void
make_colors (const GdkRGBA *color, guint32 *colors)
{
  for (guint i = 0; i < N_OPACITIES; i++)
    {
      const float   alpha = color->alpha * (float)i / (N_OPACITIES - 1);
      const guint32 a = (guint32)lroundf (alpha * 255),
                    r = (guint32)lroundf (color->red * alpha * 255),
                    g = (guint32)lroundf (color->green * alpha * 255),
                    b = (guint32)lroundf (color->blue * alpha * 255);

      colors[i] = a << 24 | r << 16 | g << 8 | b;
    }
}

static void
draw_columns (const ZabWaveformPicture *self, ZabPeaks *peaks, guint32 *pixels)
{
  const guint         channels = zab_peaks_get_channels (peaks);
  const guint         n_lanes = count_lanes (self, peaks);
  g_autofree ZabPeak *values = g_new (ZabPeak, (gsize)self->width * channels);
  g_autofree Column  *columns = g_new (Column, self->width);
  guint32             colors[N_OPACITIES];

  make_colors (&self->color, colors);
  zab_peaks_read_columns (peaks, self->first, self->step, (guint)self->width, values);
  for (guint l = 0; l < n_lanes; l++)
    {
      const Lane lane = get_lane (self, n_lanes, l);

      for (int x = 0; x < self->width; x++)
        {
          const ZabPeak *column = &values[(gsize)x * channels];
          const ZabPeak  peak = self->merge ? merge (column, channels) : column[l];

          columns[x] = make_column (&lane, &peak, self->gain, MIN_HEIGHT * (float)self->scale);
        }
      fill_lane (pixels, self->width, &lane, columns, colors);
    }
}

/* --- Pixels between frames ------------------------------------------------------------------- */

static double
get_value (const ZabWaveformPicture *self, ZabPeaks *peaks, guint64 frame, guint lane)
{
  const guint channels = zab_peaks_get_channels (peaks);
  double      sum = 0;

  if (!self->merge)
    return (double)zab_peaks_get_value (peaks, frame, lane);
  for (guint c = 0; c < channels; c++)
    sum += (double)zab_peaks_get_value (peaks, frame, c);
  return sum / channels;
}

static void
draw_line (const ZabWaveformPicture *self, ZabPeaks *peaks, cairo_t *cr, guint n_lanes, guint l)
{
  const Lane     lane = get_lane (self, n_lanes, l);
  const guint64  first = (guint64)MAX (0, floor (self->first));
  const double   after = self->first + self->width * self->step + 1;
  const guint64  last = MIN ((guint64)MAX (0, ceil (after)), zab_peaks_get_n_frames (peaks));
  const gboolean dots = self->step < DOT_STEP / self->scale;

  for (guint pass = 0; pass < (dots ? 2u : 1u); pass++)
    {
      for (guint64 i = first; i < last; i++)
        {
          const double value = CLAMP (get_value (self, peaks, i, l) * (double)self->gain, -1, 1);
          const double x = ((double)i - self->first) / self->step;
          const double y = (double)lane.middle - value * ((double)lane.half - self->scale);

          if (pass == 0)
            cairo_line_to (cr, x, y);
          else
            {
              cairo_new_sub_path (cr);
              cairo_arc (cr, x, y, 2.5 * self->scale, 0, 2 * G_PI);
            }
        }
      if (pass == 0)
        cairo_stroke (cr);
      else
        cairo_fill (cr);
    }
}

static void
draw_lines (const ZabWaveformPicture *self, ZabPeaks *peaks, guchar *pixels)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
      pixels, CAIRO_FORMAT_ARGB32, self->width, self->height, self->width * 4);
  cairo_t    *cr = cairo_create (surface);
  const guint n_lanes = count_lanes (self, peaks);

  gdk_cairo_set_source_rgba (cr, &self->color);
  cairo_set_line_width (cr, 1.5 * self->scale);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint l = 0; l < n_lanes; l++)
    draw_line (self, peaks, cr, n_lanes, l);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

GdkTexture *
zab_waveform_picture_draw (const ZabWaveformPicture *self, ZabPeaks *peaks)
{
  const gsize stride = (gsize)self->width * sizeof (guint32);
  const gsize size = stride * (gsize)self->height;
  guint32    *pixels;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self->width > 0 && self->height > 0, NULL);
  pixels = g_malloc0 (size);
  bytes = g_bytes_new_take (pixels, size);
  if (self->step >= 1)
    draw_columns (self, peaks, pixels);
  else
    draw_lines (self, peaks, (guchar *)pixels);
  return gdk_memory_texture_new (self->width, self->height, GDK_MEMORY_DEFAULT, bytes, stride);
}
