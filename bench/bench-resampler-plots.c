/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench-resampler-plots.h"

#include <fftw3.h>
#include <math.h>

#include "tests/engine/test-resampler-measure.h"

#define HEAD                                                                                       \
  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "                          \
  "font-family=\"sans-serif\" font-size=\"12\">\n"                                                 \
  "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"

static void
save (GString *svg, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  g_string_append (svg, "</svg>\n");
  g_mkdir_with_parents (directory, 0755);
  if (!g_file_set_contents (path, svg->str, (gssize)svg->len, &error))
    g_printerr ("%s\n", error->message);
}

static void
add_text (GString *svg, double x, double y, const char *anchor, const char *text)
{
  g_string_append_printf (svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y,
                          anchor, text);
}

typedef struct
{
  double left, top, width, height;
  double from_x, to_x, from_y, to_y; /* from_y is at the bottom */
} Axes;

static double
place_x (const Axes *a, double x)
{
  return a->left + a->width * (x - a->from_x) / (a->to_x - a->from_x);
}

static double
place_y (const Axes *a, double y)
{
  return a->top + a->height * (a->to_y - y) / (a->to_y - a->from_y);
}

static void
add_axes (GString *svg, const Axes *a, double step_x, double step_y, const char *format_x,
          const char *format_y, const char *title)
{
  char text[64];

  for (double x = a->from_x; x <= a->to_x + step_x / 1000; x += step_x)
    {
      g_string_append_printf (svg, "<path d=\"M%.1f %.1fv%.1f\" stroke=\"#ddd\" fill=\"none\"/>\n",
                              place_x (a, x), a->top, a->height);
      g_ascii_formatd (text, sizeof text, format_x, x);
      add_text (svg, place_x (a, x), a->top + a->height + 16, "middle", text);
    }
  for (double y = a->from_y; y <= a->to_y + step_y / 1000; y += step_y)
    {
      g_string_append_printf (svg, "<path d=\"M%.1f %.1fh%.1f\" stroke=\"#ddd\" fill=\"none\"/>\n",
                              a->left, place_y (a, y), a->width);
      g_ascii_formatd (text, sizeof text, format_y, y);
      add_text (svg, a->left - 6, place_y (a, y) + 4, "end", text);
    }
  add_text (svg, a->left + a->width / 2, a->top - 8, "middle", title);
}

/* The gain's line, with the highest bin for each pixel. */
static void
add_response (GString *svg, const Axes *a, const ZabFilterResponse *response)
{
  gboolean first = TRUE;

  g_string_append (svg, "<path fill=\"none\" stroke=\"#c01c28\" d=\"");
  for (int pixel = 0; pixel < (int)a->width; pixel++)
    {
      double from = a->from_x + (a->to_x - a->from_x) * pixel / a->width;
      double to = a->from_x + (a->to_x - a->from_x) * (pixel + 1) / a->width;
      double min, max;

      zab_filter_response_get_range (response, from, to, &min, &max);
      if (!isfinite (max))
        continue;
      g_string_append_printf (svg, "%c%.1f %.1f", first ? 'M' : 'L', a->left + pixel,
                              place_y (a, CLAMP (max, a->from_y, a->to_y)));
      first = FALSE;
    }
  g_string_append (svg, "\"/>\n");
}

void
bench_plot_response (const char *directory)
{
  const ZabMeasure measure = {
    .convert = bench_convert_mono, .converter = &bench_peers[0], .in_rate = 44100, .out_rate = 48000
  };
  const Axes all = { 60, 40, 520, 260, 0, 3, -200, 0 };
  const Axes edge = { 650, 40, 300, 260, 0.94, 1.0, -180, 0 };
  g_autoptr (ZabFilterResponse) response = zab_measure_response (&measure);
  g_autoptr (GString) svg = g_string_new (NULL);

  g_string_append_printf (svg, HEAD, 980, 340);
  add_axes (svg, &all, 0.5, 40, "%.1f", "%.0f dB",
            "44.1 to 48 kHz: gain over frequency / lower Nyquist frequency");
  add_response (svg, &all, response);
  add_axes (svg, &edge, 0.01, 20, "%.2f", "%.0f dB", "the edge");
  add_response (svg, &edge, response);
  save (svg, directory, "resampler-response.svg");
}

enum
{
  SWEEP_COLUMNS = 150,
  SWEEP_ROWS = 100,
  SWEEP_WINDOW = 4096,
  SWEEP_SECONDS = 4,
  N_LEVELS = 8 /* of 20 dB, from 0 down */
};

static float *
make_sweep (gsize n, double rate)
{
  float *sweep = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      double t = (double)i / rate;

      sweep[i] = (float)(0.9 * sin (2 * G_PI * (0.5 * (rate / 2) / SWEEP_SECONDS * t * t)));
    }
  return sweep;
}

/* The strongest bin of each row, dB, in one column. The window is cos^8: its side lobes fall below
 * what float32 can hold. */
static void
analyse (fftw_plan plan, const float *out, double *samples, fftw_complex *bins,
         double rows[SWEEP_ROWS])
{
  for (int i = 0; i < SWEEP_WINDOW; i++)
    samples[i] = (double)out[i] * pow (sin (G_PI * (i + 0.5) / SWEEP_WINDOW), 8);
  fftw_execute (plan);
  for (int r = 0; r < SWEEP_ROWS; r++)
    {
      double max = 1e-30;

      for (int k = r * SWEEP_WINDOW / 2 / SWEEP_ROWS; k < (r + 1) * SWEEP_WINDOW / 2 / SWEEP_ROWS;
           k++)
        max = MAX (max, hypot (bins[k][0], bins[k][1]));
      rows[r] = 20 * log10 (max / (SWEEP_WINDOW * 0.137 * 0.9));
    }
}

/* One path for each level keeps the file small. */
static void
add_spectrogram (GString *svg, const Axes *a, const BenchPeer *peer)
{
  const gsize       n_in = 48000 * SWEEP_SECONDS;
  g_autofree float *in = make_sweep (n_in, 48000);
  gsize             n_out;
  g_autofree float *out = bench_convert_mono (peer, 48000, 44100, in, n_in, &n_out);
  double           *samples = fftw_alloc_real (SWEEP_WINDOW);
  fftw_complex     *bins = fftw_alloc_complex (SWEEP_WINDOW / 2 + 1);
  fftw_plan         plan = fftw_plan_dft_r2c_1d (SWEEP_WINDOW, samples, bins, FFTW_ESTIMATE);
  GString          *levels[N_LEVELS];

  for (int l = 0; l < N_LEVELS; l++)
    levels[l] = g_string_new (NULL);
  for (int column = 0; column < SWEEP_COLUMNS; column++)
    {
      double rows[SWEEP_ROWS];

      analyse (plan, out + (n_out - SWEEP_WINDOW) * (gsize)column / SWEEP_COLUMNS, samples, bins,
               rows);
      for (int r = 0; r < SWEEP_ROWS; r++)
        if (rows[r] > -20 * N_LEVELS)
          g_string_append_printf (levels[CLAMP ((int)(-rows[r] / 20), 0, N_LEVELS - 1)],
                                  "M%d %dh1v1h-1z", column, SWEEP_ROWS - 1 - r);
    }
  g_string_append_printf (svg, "<g transform=\"translate(%g %g) scale(%g %g)\">\n", a->left, a->top,
                          a->width / SWEEP_COLUMNS, a->height / SWEEP_ROWS);
  for (int l = 0; l < N_LEVELS; l++)
    {
      int grey = 230 * l / (N_LEVELS - 1);

      g_string_append_printf (svg, "<path fill=\"rgb(%d,%d,%d)\" d=\"%s\"/>\n", grey, grey,
                              MIN (grey + 40, 255), levels[l]->str);
      g_string_free (levels[l], TRUE);
    }
  g_string_append (svg, "</g>\n");
  fftw_destroy_plan (plan);
  fftw_free (samples);
  fftw_free (bins);
}

void
bench_plot_sweep (const char *directory, const BenchPeer *const peers[2])
{
  g_autoptr (GString) svg = g_string_new (NULL);

  g_string_append_printf (svg, HEAD, 1000, 390);
  for (int i = 0; i < 2; i++)
    {
      const Axes a = { 60 + 480.0 * i, 40, 420, 280, 0, 24, 0, 22.05 };

      add_axes (svg, &a, 4, 4.41, "%.0f", "%.1f", peers[i]->name);
      add_spectrogram (svg, &a, peers[i]);
    }
  add_text (svg, 500, 370, "middle",
            "kHz out over kHz in, 48 to 44.1 kHz; black 0 dB, one shade each 20 dB, white below "
            "-160 dB");
  save (svg, directory, "resampler-sweep.svg");
}

void
bench_plot_speed (const char *directory, const char *title, const double speed[BENCH_N_PEERS])
{
  g_autoptr (GString) svg = g_string_new (NULL);
  double max = 0;

  for (int p = 0; p < BENCH_N_PEERS; p++)
    max = isfinite (speed[p]) ? MAX (max, speed[p]) : max;
  g_string_append_printf (svg, HEAD, 760, 50 + 26 * BENCH_N_PEERS);
  add_text (svg, 380, 24, "middle", title);
  for (int p = 0; p < BENCH_N_PEERS; p++)
    {
      double y = 40 + 26 * p, width = isfinite (speed[p]) ? 480 * speed[p] / max : 0;
      char   text[32];

      add_text (svg, 170, y + 15, "end", bench_peers[p].name);
      g_string_append_printf (
          svg, "<rect x=\"180\" y=\"%.0f\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>\n", y, width,
          p == 0 ? "#c01c28" : "#9a9996");
      g_snprintf (text, sizeof text, isfinite (speed[p]) ? "%.0f" : "-", speed[p]);
      add_text (svg, 186 + width, y + 15, "start", text);
    }
  save (svg, directory, "resampler-speed.svg");
}
