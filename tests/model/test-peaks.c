/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "lib/zab-test.h"
#include "model/zab-peaks-private.h"

enum
{
  RATE = 48000,
  N_QUERIES = 400
};

/* A sound of noise with a slow swell, and the memory that it is charged to. */
typedef struct
{
  ZabSampleMemory *memory;
  const ZabSample *sample;
  ZabPeaks        *peaks;
} Fixture;

static const ZabSample *
make_sample (ZabSampleMemory *memory, guint64 n_frames, guint channels)
{
  ZabSampleBuffer *buffer = zab_sample_buffer_new (memory, channels, RATE);
  g_autoptr (GRand) noise = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;
  float *frames = zab_sample_buffer_reserve (buffer, MAX (n_frames, 1), &error);

  g_assert_no_error (error);
  for (guint64 i = 0; i < n_frames * channels; i++)
    frames[i] = (float)(g_rand_double_range (noise, -1, 1) * (0.2 + 0.8 * sin ((double)i / 9000)));
  g_assert_true (zab_sample_buffer_commit (buffer, n_frames, NULL));
  return zab_sample_buffer_finish (buffer);
}

static void
setup (Fixture *self, guint64 n_frames, guint channels)
{
  g_autoptr (GError) error = NULL;

  self->memory = zab_sample_memory_new (0);
  self->sample = make_sample (self->memory, n_frames, channels);
  self->peaks = zab_peaks_new (self->sample, NULL, &error);
  g_assert_no_error (error);
}

/* The peaks keep the frames until they go. */
static void
teardown (Fixture *self)
{
  const gboolean has_memory = self->sample->n_frames > 0;

  zab_sample_unref (self->sample);
  g_assert_true ((zab_sample_memory_get_used (self->memory) > 0) == has_memory);
  g_assert_finalize_object (self->peaks);
  zab_test_wait_until (zab_sample_memory_get_used (self->memory) == 0);
  zab_sample_memory_unref (self->memory);
}

static ZabPeak
measure (const ZabSample *sample, guint64 start, guint64 end, guint channel)
{
  ZabPeak peak = { FLT_MAX, -FLT_MAX, 0 };
  double  energy = 0;

  end = MIN (end, sample->n_frames);
  if (start >= end)
    return (ZabPeak){ 0 };
  for (guint64 i = start; i < end; i++)
    {
      const float value = sample->frames[i * sample->channels + channel];

      peak.min = MIN (peak.min, value);
      peak.max = MAX (peak.max, value);
      energy += (double)value * (double)value;
    }
  peak.rms = (float)sqrt (energy / (double)(end - start));
  return peak;
}

static void
assert_same (const ZabPeak *peak, const ZabPeak *reference)
{
  g_assert_cmpfloat (peak->min, ==, reference->min);
  g_assert_cmpfloat (peak->max, ==, reference->max);
  g_assert_cmpfloat_with_epsilon (peak->rms, reference->rms, 1e-5);
}

static void
assert_range (Fixture *self, guint64 start, guint64 end)
{
  ZabPeak peaks[2];

  zab_peaks_read (self->peaks, start, end, peaks);
  for (guint c = 0; c < self->sample->channels; c++)
    {
      const ZabPeak reference = measure (self->sample, start, end, c);

      assert_same (&peaks[c], &reference);
    }
}

static void
assert_ranges (guint64 n_frames, guint channels)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  Fixture self;

  setup (&self, n_frames, channels);
  assert_range (&self, 0, n_frames);
  for (guint i = 0; i < N_QUERIES && n_frames > 0; i++)
    {
      const guint64 start = (guint64)g_rand_int_range (random, 0, (gint32)n_frames);
      const guint64 end = (guint64)g_rand_int_range (random, (gint32)start, (gint32)n_frames + 300);

      assert_range (&self, start, end);
      assert_range (&self, start, start + 1);
      assert_range (&self, start, n_frames);
    }
  teardown (&self);
}

static void
test_ranges (void)
{
  const guint64 lengths[] = { 0, 1, 7, 255, 256, 257, 1023, 1024, 4097, 65536, 70001, 300000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      assert_ranges (lengths[i], 1);
      assert_ranges (lengths[i], 2);
    }
}

/* Every boundary around those of the steps. */
static void
test_boundaries (void)
{
  const guint64 edges[] = { 0, 256, 1024, 4096, 16384, 65536 };
  Fixture       self;

  setup (&self, 66000, 2);
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    for (guint j = i; j < G_N_ELEMENTS (edges); j++)
      for (guint k = 0; k < 9; k++)
        {
          const guint64 start = edges[i] + k / 3;
          const guint64 end = edges[j] + k % 3;

          assert_range (&self, start > 0 ? start - 1 : 0, end > 0 ? end - 1 : 0);
        }
  teardown (&self);
}

static void
assert_columns (Fixture *self, double first, double step, guint n)
{
  const guint         channels = self->sample->channels;
  g_autofree ZabPeak *columns = g_new (ZabPeak, n * channels);

  zab_peaks_read_columns (self->peaks, first, step, n, columns);
  for (guint i = 0; i < n * channels; i++)
    {
      const double  start = first + i / channels * step;
      const double  end = first + (i / channels + 1) * step;
      const ZabPeak reference = measure (self->sample, start > 0 ? (guint64)start : 0,
                                         end >= 0 ? (guint64)end + 1 : 0, i % channels);

      assert_same (&columns[i], &reference);
    }
}

/* Neighbours share a frame, so that a curve has no holes; what is outside is silent. */
static void
test_columns (void)
{
  Fixture self;

  setup (&self, 200000, 2);
  assert_columns (&self, 0, 200000 / 640.0, 640);
  assert_columns (&self, 12345.6, 17.3, 640);
  assert_columns (&self, 99999, 0.25, 640);
  assert_columns (&self, -1000, 100, 50);
  assert_columns (&self, 199000, 300, 50);
  teardown (&self);
}

/* Its columns join, and are where they belong but for a bin. */
static void
assert_overview (guint64 n_frames, guint n)
{
  const double        step = (double)n_frames / n;
  g_autofree ZabPeak *columns = g_new (ZabPeak, 2 * (gsize)n);
  ZabPeak             whole = { FLT_MAX, -FLT_MAX, 0 };
  ZabPeak             most, reference;
  Fixture             self;

  setup (&self, n_frames, 2);
  zab_peaks_read_overview (self.peaks, n, columns);
  for (guint i = 0; i < n; i++)
    {
      most = measure (self.sample, (guint64)MAX (0, i * step - ZAB_PEAKS_BIN),
                      (guint64)((i + 1) * step) + ZAB_PEAKS_BIN + 1, 1);
      g_assert_cmpfloat (columns[2 * i + 1].min, >=, most.min);
      g_assert_cmpfloat (columns[2 * i + 1].max, <=, most.max);
      whole.min = MIN (whole.min, columns[2 * i + 1].min);
      whole.max = MAX (whole.max, columns[2 * i + 1].max);
    }
  reference = measure (self.sample, 0, n_frames, 1);
  g_assert_cmpfloat (whole.min, ==, reference.min);
  g_assert_cmpfloat (whole.max, ==, reference.max);
  teardown (&self);
}

static void
test_overview (void)
{
  assert_overview (1, 116);
  assert_overview (100, 116);
  assert_overview (5000, 116);
  assert_overview (116 * 512 + 1, 116);
  assert_overview (116 * 513, 116);
  assert_overview (240000, 116);
  assert_overview (300001, 33);
}

/* On the main thread, and a pad that was not played for an hour may be out on disk. */
static void
test_overview_of_stones (void)
{
  ZabPeak columns[2 * 116];
  Fixture self;

  setup (&self, 240001, 2);
  for (guint i = 0; i < 2 * 240001; i++)
    ((float *)self.sample->frames)[i] = 9;
  zab_peaks_read_overview (self.peaks, 116, columns);
  for (guint i = 0; i < 2 * 116; i++)
    g_assert_cmpfloat (columns[i].max, <=, 1);
  teardown (&self);
}

static void
test_size (void)
{
  Fixture self;

  setup (&self, 10 * RATE, 2);
  g_assert_cmpuint (zab_peaks_get_n_frames (self.peaks), ==, 10 * RATE);
  g_assert_cmpuint (zab_peaks_get_channels (self.peaks), ==, 2);
  g_assert_cmpuint (zab_peaks_get_rate (self.peaks), ==, RATE);
  g_assert_cmpuint (zab_peaks_get_size (self.peaks), <, 10 * RATE * 2 * sizeof (float) / 50);
  g_assert_cmpfloat (zab_peaks_get_value (self.peaks, 100, 1), ==, self.sample->frames[201]);
  g_assert_cmpfloat (zab_peaks_get_value (self.peaks, 10 * RATE, 0), ==, 0);
  teardown (&self);
}

/* The nearest one on either side, none when it is too far, and always one at the ends. */
static void
test_zero (void)
{
  Fixture self;
  float  *frames;

  setup (&self, 1000, 2);
  frames = (float *)self.sample->frames;
  for (guint i = 0; i < 2000; i++)
    frames[i] = i / 2 < 300 || i / 2 >= 700 ? 0.5f : -0.5f;
  frames[2 * 500] = 2; /* of one channel only: the sum is above zero for one frame */
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 290, 50), ==, 300);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 300, 50), ==, 300);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 310, 50), ==, 300);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 360, 50), ==, 360);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 498, 50), ==, 500);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 503, 50), ==, 501);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 20, 50), ==, 0);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 980, 50), ==, 1000);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 5000, 50), ==, 1000);
  frames[2 * 400] = frames[2 * 400 + 1] = 0;
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 410, 50), ==, 401);
  g_assert_cmpuint (zab_peaks_find_zero (self.peaks, 390, 50), ==, 400);
  teardown (&self);
}

static void
test_cancel (void)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const ZabSample *sample = make_sample (memory, 100000, 1);

  g_cancellable_cancel (cancellable);
  g_assert_null (zab_peaks_new (sample, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  zab_sample_unref (sample);
  zab_test_wait_until (zab_sample_memory_get_used (memory) == 0);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(ZabPeaks **)user_data = zab_peaks_new_finish (result, &error);
  g_assert_no_error (error);
}

/* The job has a reference of its own. */
static void
test_async (void)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
  const ZabSample *sample = make_sample (memory, 100000, 2);
  const ZabPeak    reference = measure (sample, 10, 90000, 1);
  ZabPeaks        *peaks = NULL;
  ZabPeak          channels[2];

  zab_peaks_new_async (sample, NULL, on_made, &peaks);
  zab_sample_unref (sample);
  zab_test_wait_until (peaks != NULL);
  zab_peaks_read (peaks, 10, 90000, channels);
  assert_same (&channels[1], &reference);
  g_assert_finalize_object (peaks);
  zab_test_wait_until (zab_sample_memory_get_used (memory) == 0);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/peaks/ranges", test_ranges);
  zab_test_add ("/model/peaks/boundaries", test_boundaries);
  zab_test_add ("/model/peaks/columns", test_columns);
  zab_test_add ("/model/peaks/overview", test_overview);
  zab_test_add ("/model/peaks/overview-of-stones", test_overview_of_stones);
  zab_test_add ("/model/peaks/size", test_size);
  zab_test_add ("/model/peaks/zero", test_zero);
  zab_test_add ("/model/peaks/cancel", test_cancel);
  zab_test_add ("/model/peaks/async", test_async);
  return g_test_run ();
}
