/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the pyramid is built. zab-peaks-read.c looks it up. */
#include "model/zab-peaks-private.h"

#include <float.h>

enum
{
  LANES = 8,               /* values that are taken together, whichever channels they are of */
  BINS_BETWEEN_LOOKS = 512 /* at the cancellable */
};

G_DEFINE_FINAL_TYPE (ZabPeaks, zab_peaks, G_TYPE_OBJECT)

void
zab_peak_bin_clear (ZabPeakBin *self)
{
  *self = (ZabPeakBin){ .min = FLT_MAX, .max = -FLT_MAX };
}

void
zab_peak_bin_add (ZabPeakBin *self, const ZabPeakBin *other)
{
  self->min = MIN (self->min, other->min);
  self->max = MAX (self->max, other->max);
  self->energy += other->energy;
}

/* Lanes of their own, in an order that vectors can keep: the compiler makes them of the loop. */
static void
scan_lanes (const float *values, gsize n_values, float *min, float *max, float *energy)
{
  for (gsize i = 0; i + LANES <= n_values; i += LANES)
    for (guint l = 0; l < LANES; l++)
      {
        const float value = values[i + l];

        min[l] = value < min[l] ? value : min[l];
        max[l] = value > max[l] ? value : max[l];
        energy[l] += value * value;
      }
}

void
zab_peaks_scan (const float *frames, guint64 n_frames, guint channels, ZabPeakBin *bins)
{
  const gsize n_values = n_frames * channels;
  float       min[LANES], max[LANES], energy[LANES] = { 0 };

  for (guint l = 0; l < LANES; l++)
    {
      min[l] = FLT_MAX;
      max[l] = -FLT_MAX;
    }
  scan_lanes (frames, n_values, min, max, energy);
  for (guint l = 0; l < LANES; l++)
    zab_peak_bin_add (&bins[l % channels], &(ZabPeakBin){ min[l], max[l], energy[l] });
  for (gsize i = n_values / LANES * LANES; i < n_values; i++)
    zab_peak_bin_add (&bins[i % channels],
                      &(ZabPeakBin){ frames[i], frames[i], frames[i] * frames[i] });
}

static ZabPeakBin *
add_level (ZabPeaks *self, guint64 n_bins)
{
  ZabPeakBin *bins = g_new (ZabPeakBin, n_bins * self->sample->channels);

  for (guint64 i = 0; i < n_bins * self->sample->channels; i++)
    zab_peak_bin_clear (&bins[i]);
  self->n_bins[self->n_levels] = n_bins;
  self->levels[self->n_levels] = bins;
  self->n_levels++;
  return bins;
}

static gboolean
build_lowest (ZabPeaks *self, GCancellable *cancellable, GError **error)
{
  const ZabSample *sample = self->sample;
  const guint64    n_bins = (sample->n_frames + ZAB_PEAKS_BIN - 1) / ZAB_PEAKS_BIN;
  ZabPeakBin      *bins = add_level (self, n_bins);

  for (guint64 i = 0; i < n_bins; i++)
    {
      const guint64 start = i * ZAB_PEAKS_BIN;

      if (i % BINS_BETWEEN_LOOKS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      zab_peaks_scan (sample->frames + start * sample->channels,
                      MIN (ZAB_PEAKS_BIN, sample->n_frames - start), sample->channels,
                      bins + i * sample->channels);
    }
  return TRUE;
}

static void
build_next (ZabPeaks *self)
{
  const guint       channels = self->sample->channels;
  const guint64     n_below = self->n_bins[self->n_levels - 1];
  const ZabPeakBin *below = self->levels[self->n_levels - 1];
  ZabPeakBin       *bins = add_level (self, (n_below + ZAB_PEAKS_RATIO - 1) / ZAB_PEAKS_RATIO);

  for (guint64 i = 0; i < n_below; i++)
    for (guint c = 0; c < channels; c++)
      zab_peak_bin_add (&bins[i / ZAB_PEAKS_RATIO * channels + c], &below[i * channels + c]);
}

ZabPeaks *
zab_peaks_new (const ZabSample *sample, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZabPeaks) self = g_object_new (ZAB_TYPE_PEAKS, NULL);

  self->sample = zab_sample_ref (sample);
  if (!build_lowest (self, cancellable, error))
    return NULL;
  while (self->n_bins[self->n_levels - 1] > ZAB_PEAKS_RATIO)
    build_next (self);
  return g_steal_pointer (&self);
}

static void
build_in_thread (GTask *task, gpointer source, gpointer sample, GCancellable *cancellable)
{
  GError   *error = NULL;
  ZabPeaks *self = zab_peaks_new (sample, cancellable, &error);

  if (self != NULL)
    g_task_return_pointer (task, self, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
zab_peaks_new_async (const ZabSample *sample, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, zab_peaks_new_async);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, (gpointer)zab_sample_ref (sample),
                        (GDestroyNotify)zab_sample_unref_later);
  g_task_run_in_thread (task, build_in_thread);
}

ZabPeaks *
zab_peaks_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
zab_peaks_finalize (GObject *object)
{
  ZabPeaks *self = ZAB_PEAKS (object);

  for (guint i = 0; i < self->n_levels; i++)
    g_free (self->levels[i]);
  if (self->sample != NULL)
    zab_sample_unref_later (self->sample);
  G_OBJECT_CLASS (zab_peaks_parent_class)->finalize (object);
}

static void
zab_peaks_class_init (ZabPeaksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zab_peaks_finalize;
}

static void
zab_peaks_init (ZabPeaks *self)
{
}
