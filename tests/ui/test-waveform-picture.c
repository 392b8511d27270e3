/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-sample-buffer.h"
#include "model/zab-peaks-private.h"
#include "ui/zab-waveform-picture.h"

enum
{
  N_FRAMES = 1000,
  WIDTH = 10,
  HEIGHT = 80
};

/* Stereo: the left is at 0.5 in its first half and silent then, the right the other way round and
 * at -0.25. */
static ZabPeaks *
make_peaks (void)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
  ZabSampleBuffer *buffer = zab_sample_buffer_new (memory, 2, 48000);
  float           *frames = zab_sample_buffer_reserve (buffer, N_FRAMES, NULL);
  g_autoptr (ZabSample) sample = NULL;

  for (guint i = 0; i < N_FRAMES; i++)
    {
      frames[2 * i] = i < N_FRAMES / 2 ? 0.5f : 0;
      frames[2 * i + 1] = i < N_FRAMES / 2 ? 0 : -0.25f;
    }
  g_assert_true (zab_sample_buffer_commit (buffer, N_FRAMES, NULL));
  sample = zab_sample_buffer_finish (buffer);
  return zab_peaks_new (sample, NULL, NULL);
}

/* Which rows of a column are covered at least half: "from-to from-to". */
static char *
dup_rows (GdkTexture *texture, int column)
{
  const int           width = gdk_texture_get_width (texture);
  const int           height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize)width * (gsize)height);
  GString            *rows = g_string_new (NULL);
  int                 from = -1;

  gdk_texture_download (texture, (guchar *)pixels, (gsize)width * 4);
  for (int y = 0; y <= height; y++)
    {
      const gboolean on = y < height && pixels[y * width + column] >> 24 >= 64;

      if (on && from < 0)
        from = y;
      else if (!on && from >= 0)
        {
          g_string_append_printf (rows, "%s%d-%d", rows->len > 0 ? " " : "", from, y - 1);
          from = -1;
        }
    }
  return g_string_free (rows, FALSE);
}

static void
assert_rows (const ZabWaveformPicture *picture, ZabPeaks *peaks, int column, const char *expected)
{
  g_autoptr (GdkTexture) texture = zab_waveform_picture_draw (picture, peaks);
  g_autofree char *rows = dup_rows (texture, column);

  g_assert_cmpstr (rows, ==, expected);
}

static ZabWaveformPicture
make_picture (void)
{
  return (ZabWaveformPicture){ .step = (double)N_FRAMES / WIDTH,
                               .width = WIDTH,
                               .height = HEIGHT,
                               .scale = 1,
                               .gain = 1,
                               .color = { 0, 0, 1, 1 } };
}

/* A constant goes up and down as far as its rms, but no further than its peak; silence is a line.
 */
static void
test_columns (void)
{
  g_autoptr (ZabPeaks) peaks = make_peaks ();
  ZabWaveformPicture picture = make_picture ();

  assert_rows (&picture, peaks, 2, "9-10 59-60");
  assert_rows (&picture, peaks, 7, "19-20 64-65");
  picture.merge = TRUE;
  assert_rows (&picture, peaks, 2, "20-39");
  assert_rows (&picture, peaks, 7, "40-49");
  picture.gain = 2;
  assert_rows (&picture, peaks, 2, "0-39");
  assert_rows (&picture, peaks, 7, "40-59");
}

static void
test_gain (void)
{
  g_autoptr (ZabPeaks) peaks = make_peaks ();

  g_assert_cmpfloat (zab_waveform_picture_get_gain (peaks), ==, 2);
}

/* Where a frame is wider than a pixel, it is a line through the frames. */
static void
test_line (void)
{
  g_autoptr (ZabPeaks) peaks = make_peaks ();
  ZabWaveformPicture picture = make_picture ();

  picture.merge = TRUE;
  picture.first = 100;
  picture.step = 0.5;
  assert_rows (&picture, peaks, 5, "29-30");
  picture.first = 700;
  assert_rows (&picture, peaks, 5, "44-45");
}

static void
test_equal (void)
{
  const ZabWaveformPicture a = make_picture ();
  ZabWaveformPicture       b = a;

  g_assert_true (zab_waveform_picture_equal (&a, &b));
  b.first = 1;
  g_assert_false (zab_waveform_picture_equal (&a, &b));
  b = a;
  b.height++;
  g_assert_false (zab_waveform_picture_equal (&a, &b));
  b = a;
  b.color.red = 1;
  g_assert_false (zab_waveform_picture_equal (&a, &b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/waveform-picture/columns", test_columns);
  g_test_add_func ("/ui/waveform-picture/gain", test_gain);
  g_test_add_func ("/ui/waveform-picture/line", test_line);
  g_test_add_func ("/ui/waveform-picture/equal", test_equal);
  return g_test_run ();
}
