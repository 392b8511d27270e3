/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-sample-buffer.h"
#include "model/zab-peaks.h"

G_BEGIN_DECLS

/* How peaks are made, and what their own files share. */

/* A stone of the pyramid, for one channel. */
typedef struct
{
  float min;
  float max;
  float energy; /* sum of the squares */
} ZabPeakBin;

enum
{
  ZAB_PEAKS_BIN = 256,      /* frames */
  ZAB_PEAKS_RATIO = 4,      /* bins that one of the next level sums up */
  ZAB_PEAKS_MAX_LEVELS = 32 /* more than any memory */
};

struct _ZabPeaks
{
  GObject parent_instance;

  const ZabSample *sample; /* a reference */
  guint            n_levels;
  guint64          n_bins[ZAB_PEAKS_MAX_LEVELS];
  ZabPeakBin      *levels[ZAB_PEAKS_MAX_LEVELS]; /* n_bins x channels, interleaved */
};

/* Adds @n_frames of interleaved @frames to @bins, one for each channel, at most 2. */
void zab_peaks_scan (const float *frames, guint64 n_frames, guint channels, ZabPeakBin *bins);

/* Nothing yet: what any value is added to. */
void zab_peak_bin_clear (ZabPeakBin *self);
void zab_peak_bin_add (ZabPeakBin *self, const ZabPeakBin *other);

/* Reads all of @sample once, and keeps a reference. NULL, and G_IO_ERROR_CANCELLED, when
 * @cancellable (or NULL) says so. Thread: worker. */
ZabPeaks *zab_peaks_new (const ZabSample *sample, GCancellable *cancellable, GError **error);

/* The same, on a worker. Thread: main. */
void      zab_peaks_new_async (const ZabSample *sample, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
ZabPeaks *zab_peaks_new_finish (GAsyncResult *result, GError **error);

G_END_DECLS
