/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-peaks-private.h"

#include <math.h>

guint64
zab_peaks_get_n_frames (ZabPeaks *self)
{
  return self->sample->n_frames;
}

guint
zab_peaks_get_channels (ZabPeaks *self)
{
  return self->sample->channels;
}

guint
zab_peaks_get_rate (ZabPeaks *self)
{
  return self->sample->rate;
}

gsize
zab_peaks_get_size (ZabPeaks *self)
{
  guint64 n_bins = 0;

  for (guint i = 0; i < self->n_levels; i++)
    n_bins += self->n_bins[i];
  return n_bins * self->sample->channels * sizeof (ZabPeakBin);
}

/* Level -1 are the frames. */
static void
gather (ZabPeaks *self, int level, guint64 start, guint64 end, ZabPeakBin *sum)
{
  const guint channels = self->sample->channels;

  if (start >= end)
    return;
  if (level < 0)
    {
      zab_peaks_scan (self->sample->frames + start * channels, end - start, channels, sum);
      return;
    }
  for (guint64 i = start * channels; i < end * channels; i++)
    zab_peak_bin_add (&sum[i % channels], &self->levels[level][i]);
}

/* From the frames upwards: what does not fill a bin of the next level is gathered at both ends, the
 * middle is left to that level. The last bin is full when the sound ends in it. */
static void
gather_range (ZabPeaks *self, guint64 start, guint64 end, ZabPeakBin *sum)
{
  guint64 n = self->sample->n_frames;

  for (int level = -1; start < end; level++)
    {
      const guint64 ratio = level < 0 ? ZAB_PEAKS_BIN : ZAB_PEAKS_RATIO;
      const guint64 first = (start + ratio - 1) / ratio;
      const guint64 last = end == n ? (n + ratio - 1) / ratio : end / ratio;

      if (level + 1 >= (int)self->n_levels || first >= last)
        {
          gather (self, level, start, end, sum);
          return;
        }
      gather (self, level, start, first * ratio, sum);
      gather (self, level, MIN (last * ratio, end), end, sum);
      start = first;
      end = last;
      n = self->n_bins[level + 1];
    }
}

void
zab_peaks_read (ZabPeaks *self, guint64 start, guint64 end, ZabPeak *channels)
{
  const guint n_channels = self->sample->channels;
  ZabPeakBin  sum[2];

  end = MIN (end, self->sample->n_frames);
  for (guint c = 0; c < n_channels; c++)
    zab_peak_bin_clear (&sum[c]);
  gather_range (self, start, end, sum);
  for (guint c = 0; c < n_channels; c++)
    channels[c] = start < end ? (ZabPeak){ sum[c].min, sum[c].max,
                                           sqrtf (sum[c].energy / (float)(end - start)) }
                              : (ZabPeak){ 0 };
}

static guint64
to_frame (double frame)
{
  return frame > 0 ? (guint64)frame : 0;
}

void
zab_peaks_read_columns (ZabPeaks *self, double first, double step, guint n_columns, ZabPeak *out)
{
  for (guint i = 0; i < n_columns; i++)
    {
      const double start = first + i * step;
      const double end = first + (i + 1) * step;

      zab_peaks_read (self, to_frame (start), end < 0 ? 0 : to_frame (end) + 1,
                      out + (gsize)i * self->sample->channels);
    }
}

/* Where column @i of @n begins. */
static guint64
find_column (ZabPeaks *self, guint i, guint n)
{
  const guint64 length = self->sample->n_frames;
  const guint64 frame = (guint64)((double)length / n * i);

  if (i == n)
    return length;
  return length / n > 2 * ZAB_PEAKS_BIN ? frame / ZAB_PEAKS_BIN * ZAB_PEAKS_BIN : frame;
}

void
zab_peaks_read_overview (ZabPeaks *self, guint n_columns, ZabPeak *out)
{
  for (guint i = 0; i < n_columns; i++)
    {
      const guint64 start = find_column (self, i, n_columns);
      const guint64 end = find_column (self, i + 1, n_columns);

      zab_peaks_read (self, start, MAX (end, start + 1), out + (gsize)i * self->sample->channels);
    }
}

float
zab_peaks_get_value (ZabPeaks *self, guint64 frame, guint channel)
{
  return frame < self->sample->n_frames
             ? self->sample->frames[frame * self->sample->channels + channel]
             : 0.0f;
}

static float
get_sum (ZabPeaks *self, guint64 frame)
{
  float sum = 0;

  for (guint c = 0; c < self->sample->channels; c++)
    sum += zab_peaks_get_value (self, frame, c);
  return sum;
}

/* At its two ends the sound is cut already. */
static gboolean
is_zero (ZabPeaks *self, guint64 frame)
{
  const float sum = get_sum (self, frame);

  if (frame == 0 || frame >= self->sample->n_frames)
    return TRUE;
  return !(sum < 0 || sum > 0) || (get_sum (self, frame - 1) < 0) != (sum < 0);
}

guint64
zab_peaks_find_zero (ZabPeaks *self, guint64 frame, guint64 reach)
{
  frame = MIN (frame, self->sample->n_frames);
  for (guint64 away = 0; away <= reach; away++)
    {
      if (frame >= away && is_zero (self, frame - away))
        return frame - away;
      if (frame + away <= self->sample->n_frames && is_zero (self, frame + away))
        return frame + away;
    }
  return frame;
}
