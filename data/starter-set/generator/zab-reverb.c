/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-reverb.h"

#include <glib.h>
#include <math.h>

#define N_LINES   8
#define PRE_DELAY 0.011
#define DAMPING   5200.0 /* Hz: walls swallow what is above */
#define LOW_CUT   180.0  /* Hz: keeps the bass dry */

/* A feedback delay network: eight lines mixed by a Hadamard matrix (Jot, 1991). */
typedef struct
{
  double *memory;
  size_t  length;
  size_t  at;
  double  gain;
  double  damped;
} Line;

static const double lengths[N_LINES]
    = { 0.0297, 0.0371, 0.0411, 0.0437, 0.0533, 0.0599, 0.0671, 0.0719 };

static void
hadamard (double *x)
{
  for (size_t half = 1; half < N_LINES; half *= 2)
    for (size_t i = 0; i < N_LINES; i += 2 * half)
      for (size_t j = i; j < i + half; j++)
        {
          double a = x[j];
          double b = x[j + half];

          x[j] = (a + b) * G_SQRT2 / 2;
          x[j + half] = (a - b) * G_SQRT2 / 2;
        }
}

static void
lines_step (Line *lines, double left, double right, double damping, double *out)
{
  double x[N_LINES];

  out[0] = out[1] = 0;
  for (size_t i = 0; i < N_LINES; i++)
    {
      Line *line = &lines[i];

      line->damped += damping * (line->memory[line->at] - line->damped);
      x[i] = line->damped * line->gain;
      out[i % 2] += i & 2 ? -line->damped : line->damped;
    }
  hadamard (x);
  for (size_t i = 0; i < N_LINES; i++)
    {
      Line *line = &lines[i];

      line->memory[line->at] = x[i] + (i % 2 ? right : left);
      line->at = (line->at + 1) % line->length;
    }
}

static void
lines_run (Line *lines, ZabSound *sound, double amount)
{
  size_t  pre_delay = zab_sound_frame_at (sound, PRE_DELAY);
  double  damping = 1 - exp (-2 * G_PI * DAMPING / sound->rate);
  double  low_cut = 1 - exp (-2 * G_PI * LOW_CUT / sound->rate);
  double  low[2] = { 0, 0 };
  double  out[2];
  double *dry[2];

  dry[0] = g_memdup2 (sound->left, sound->n_frames * sizeof (double));
  dry[1] = g_memdup2 (sound->right, sound->n_frames * sizeof (double));
  for (size_t i = pre_delay; i < sound->n_frames; i++)
    {
      for (size_t c = 0; c < 2; c++)
        low[c] += low_cut * (dry[c][i - pre_delay] - low[c]);
      lines_step (lines, dry[0][i - pre_delay] - low[0], dry[1][i - pre_delay] - low[1], damping,
                  out);
      sound->left[i] += amount * out[0];
      sound->right[i] += amount * out[1];
    }
  g_free (dry[0]);
  g_free (dry[1]);
}

void
zab_reverb (ZabSound *sound, double amount, double seconds)
{
  Line lines[N_LINES];

  for (size_t i = 0; i < N_LINES; i++)
    {
      size_t length = zab_sound_frame_at (sound, lengths[i]);

      lines[i] = (Line){ .memory = g_new0 (double, length),
                         .length = length,
                         .gain = pow (10, -3 * lengths[i] / seconds) };
    }
  lines_run (lines, sound, amount);
  for (size_t i = 0; i < N_LINES; i++)
    g_free (lines[i].memory);
}
