/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-wave.h"

#include <math.h>

static const float QUIETEST = 0.02f; /* what is softer than this stays small */

/* Of all channels together. */
typedef struct
{
  float min, max;
} Column;

static float
read_columns (ZabPeaks *peaks, Column *columns, guint n)
{
  const guint         n_channels = zab_peaks_get_channels (peaks);
  g_autofree ZabPeak *read = g_new (ZabPeak, (gsize)n * n_channels);
  float               loudest = QUIETEST;

  zab_peaks_read_overview (peaks, n, read);
  for (guint i = 0; i < n; i++)
    {
      columns[i] = (Column){ 0 };
      for (guint c = 0; c < n_channels; c++)
        {
          const ZabPeak *peak = &read[i * n_channels + c];

          columns[i].min = MIN (columns[i].min, peak->min);
          columns[i].max = MAX (columns[i].max, peak->max);
        }
      loudest = MAX (loudest, MAX (columns[i].max, -columns[i].min));
    }
  return loudest;
}

/* How much of the row from @y to @y + 1 lies between @top and @bottom. */
static float
get_coverage (float y, float top, float bottom)
{
  return CLAMP (MIN (bottom, y + 1) - MAX (top, y), 0.0f, 1.0f);
}

static guint32
premultiply (const GdkRGBA *color, float alpha)
{
  const float a = color->alpha * alpha * 255;

  return (guint32)roundf (a) << 24 | (guint32)roundf (color->red * a) << 16
         | (guint32)roundf (color->green * a) << 8 | (guint32)roundf (color->blue * a);
}

static void
draw_column (guint32 *pixels, int width, int height, const Column *column, float gain,
             const GdkRGBA *color)
{
  const float   middle = (float)height / 2;
  const float   top = MIN (middle - 0.5f, middle - column->max * gain * middle);
  const float   bottom = MAX (middle + 0.5f, middle - column->min * gain * middle);
  const int     first = MAX (0, (int)top);
  const int     last = MIN (height - 1, (int)bottom);
  const guint32 full = premultiply (color, 1);

  /* Only its ends take less than all of a row. */
  for (int y = first + 1; y < last; y++)
    pixels[y * width] = full;
  pixels[first * width] = premultiply (color, get_coverage ((float)first, top, bottom));
  pixels[last * width] = premultiply (color, get_coverage ((float)last, top, bottom));
}

GdkTexture *
zab_pad_wave_new (ZabPeaks *peaks, int width, int height, const GdkRGBA *color)
{
  const gsize        stride = sizeof (guint32) * (gsize)width;
  guint32           *pixels = g_malloc0 (stride * (gsize)height);
  g_autofree Column *columns = g_new (Column, width);
  const float        gain = 1 / read_columns (peaks, columns, (guint)width);
  g_autoptr (GBytes) bytes = NULL;

  for (int x = 0; x < width; x++)
    draw_column (pixels + x, width, height, &columns[x], gain, color);
  bytes = g_bytes_new_take (pixels, stride * (gsize)height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}
