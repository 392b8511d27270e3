/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a sound looks like: how far it goes up and down in any range of its frames, exactly and at
 * the same small cost for an hour as for a second. Immutable. It keeps the sound's frames alive.
 *
 * Above the frames stands a pyramid: each stone of its lowest step sums up 256 frames, each of a
 * higher one four of the step below. A range is looked up in as few and as large stones as fit into
 * it, and in the frames themselves at its two ends. It takes 1.6 % of the sound's memory. */
#define ZAB_TYPE_PEAKS (zab_peaks_get_type ())
G_DECLARE_FINAL_TYPE (ZabPeaks, zab_peaks, ZAB, PEAKS, GObject)

typedef struct
{
  float min;
  float max;
  float rms;
} ZabPeak;

/* Thread: any, every function that follows; none blocks. */
guint64 zab_peaks_get_n_frames (ZabPeaks *self);
guint   zab_peaks_get_channels (ZabPeaks *self);
guint   zab_peaks_get_rate (ZabPeaks *self); /* Hz */
gsize   zab_peaks_get_size (ZabPeaks *self); /* bytes, without the frames */

/* Frames @start to @end (the one after the last), one peak for each channel. What lies outside the
 * sound is left out; where nothing is left, the peak is 0. */
void zab_peaks_read (ZabPeaks *self, guint64 start, guint64 end, ZabPeak *channels);

/* A picture of @n_columns columns: column i shows the frames from @first + i * @step to the first
 * of the next column, that one included, so that columns join. @out: n_columns x channels. */
void zab_peaks_read_columns (ZabPeaks *self, double first, double step, guint n_columns,
                             ZabPeak *out);

/* All of it, for a picture so small that nobody sees a stone more or less: columns wider than two
 * stones are made of whole ones, and no frame is looked at. @out: n_columns x channels. */
void zab_peaks_read_overview (ZabPeaks *self, guint n_columns, ZabPeak *out);

/* One value of the sound itself; 0 outside. */
float zab_peaks_get_value (ZabPeaks *self, guint64 frame, guint channel);

/* The frame nearest to @frame, at most @reach away, at which the sum of the channels crosses zero:
 * a cut there makes no click. @frame itself where there is none. */
guint64 zab_peaks_find_zero (ZabPeaks *self, guint64 frame, guint64 reach);

G_END_DECLS
