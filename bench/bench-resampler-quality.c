/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench-resampler-quality.h"

#include <math.h>

enum
{
  N_TONES = 300,
  LENGTH_MS = 1500
};

static float *
convert_mono (const BenchPeer *peer, guint in_rate, guint out_rate, const float *in, gsize n_in,
              gsize *n_out)
{
  gsize  room = (gsize)((guint64)n_in * out_rate / in_rate) + 4096;
  float *out = g_new0 (float, room);

  *n_out = peer->convert (in_rate, out_rate, 1, in, n_in, out, room);
  return out;
}

/* Solves the normal equations of a cos + b sin = y, and gives what is left over. */
double
bench_measure_snr (const BenchPeer *peer, guint in_rate, guint out_rate, double frequency)
{
  const gsize       n_in = (gsize)in_rate * LENGTH_MS / 1000;
  g_autofree float *in = g_new (float, n_in), *out = NULL;
  double            cc = 0, ss = 0, cs = 0, yc = 0, ys = 0, a, b, power = 0, noise = 0;
  gsize             n_out, from, to;

  for (gsize i = 0; i < n_in; i++)
    in[i] = (float)(0.999 * sin (2 * G_PI * frequency / in_rate * (double)i));
  out = convert_mono (peer, in_rate, out_rate, in, n_in, &n_out);
  from = n_out / 4;
  to = n_out * 3 / 4;
  for (gsize i = from; i < to; i++)
    {
      double x = 2 * G_PI * frequency / out_rate * (double)i;
      double c = cos (x), s = sin (x);

      cc += c * c;
      ss += s * s;
      cs += c * s;
      yc += c * (double)out[i];
      ys += s * (double)out[i];
    }
  a = (yc * ss - ys * cs) / (cc * ss - cs * cs);
  b = (ys * cc - yc * cs) / (cc * ss - cs * cs);
  for (gsize i = from; i < to; i++)
    {
      double x = 2 * G_PI * frequency / out_rate * (double)i;
      double fit = a * cos (x) + b * sin (x);

      power += fit * fit;
      noise += ((double)out[i] - fit) * ((double)out[i] - fit);
    }
  return to > from ? 10 * log10 (power / noise) : (double)-INFINITY;
}

/* Sines at @step x odd numbers with phases of Schroeder's: no peak stands out. */
static double
multitone (double step, gsize i)
{
  double sum = 0;

  for (int k = 0; k < N_TONES; k++)
    sum += cos (2 * G_PI * fmod (step * (k + 0.5) * (double)i, 1) + G_PI * (double)k * k / N_TONES);
  return 0.9 / sqrt (2.0 * N_TONES) * sum;
}

double
bench_measure_broadband (const BenchPeer *peer, guint in_rate, guint out_rate, double edge)
{
  const gsize       n_in = (gsize)in_rate * LENGTH_MS / 5000;
  const double      step = edge * MIN (in_rate, out_rate) / 2 / N_TONES;
  g_autofree float *in = g_new (float, n_in), *out = NULL;
  double            power = 0, noise = 0;
  gsize             n_out;

  for (gsize i = 0; i < n_in; i++)
    in[i] = (float)multitone (step / in_rate, i);
  out = convert_mono (peer, in_rate, out_rate, in, n_in, &n_out);
  for (gsize i = n_out / 4; i < n_out * 3 / 4; i++)
    {
      double exact = multitone (step / out_rate, i);

      power += exact * exact;
      noise += (exact - (double)out[i]) * (exact - (double)out[i]);
    }
  return power > 0 ? 10 * log10 (power / noise) : (double)-INFINITY;
}
