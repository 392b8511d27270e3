/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-sound.h"

#include <glib.h>
#include <math.h>

#define SILENCE 0.00025 /* -72 dBFS: where a one-shot may end */

ZabSound *
zab_sound_new (double rate, double seconds)
{
  ZabSound *self = g_new0 (ZabSound, 1);

  self->rate = rate;
  self->n_frames = (size_t)lround (rate * seconds);
  self->left = g_new0 (double, self->n_frames);
  self->right = g_new0 (double, self->n_frames);
  return self;
}

void
zab_sound_free (ZabSound *self)
{
  g_free (self->left);
  g_free (self->right);
  g_free (self);
}

ZabPan
zab_pan (double place)
{
  double angle = (place + 1) * G_PI / 4;

  return (ZabPan){ cos (angle), sin (angle) };
}

size_t
zab_sound_frame_at (const ZabSound *self, double seconds)
{
  return (size_t)lround (seconds * self->rate);
}

void
zab_sound_fold (ZabSound *self, size_t n_frames)
{
  for (size_t i = n_frames; i < self->n_frames; i++)
    {
      self->left[i % n_frames] += self->left[i];
      self->right[i % n_frames] += self->right[i];
    }
  self->n_frames = MIN (self->n_frames, n_frames);
}

void
zab_sound_trim (ZabSound *self)
{
  double threshold = SILENCE * zab_sound_peak (self);
  size_t fade = zab_sound_frame_at (self, 0.02);
  size_t end = self->n_frames;

  while (end > fade && fabs (self->left[end - 1]) < threshold
         && fabs (self->right[end - 1]) < threshold)
    end--;
  end &= ~(size_t)1; /* no chunk of odd size: not every reader gets those right */
  for (size_t i = 0; i < MIN (fade, end); i++)
    {
      double gain = 0.5 - 0.5 * cos (G_PI * (double)i / (double)fade);

      self->left[end - 1 - i] *= gain;
      self->right[end - 1 - i] *= gain;
    }
  self->n_frames = end;
}

void
zab_sound_remove_dc (ZabSound *self)
{
  double  keep = exp (-2 * G_PI * 12 / self->rate); /* first-order high-pass at 12 Hz */
  double *channels[] = { self->left, self->right };

  for (size_t c = 0; c < G_N_ELEMENTS (channels); c++)
    {
      double in = 0;
      double out = 0;

      for (size_t i = 0; i < self->n_frames; i++)
        {
          double value = channels[c][i];

          out = keep * (out + value - in);
          in = value;
          channels[c][i] = out;
        }
    }
}

void
zab_sound_to_mono (ZabSound *self)
{
  for (size_t i = 0; i < self->n_frames; i++)
    self->left[i] = self->right[i] = 0.5 * (self->left[i] + self->right[i]);
}

void
zab_sound_saturate (ZabSound *self, double drive)
{
  zab_sound_scale (self, drive / zab_sound_peak (self));
  for (size_t i = 0; i < self->n_frames; i++)
    {
      self->left[i] = tanh (self->left[i]);
      self->right[i] = tanh (self->right[i]);
    }
}

double
zab_sound_peak (const ZabSound *self)
{
  double peak = 1e-12;

  for (size_t i = 0; i < self->n_frames; i++)
    peak = MAX (peak, MAX (fabs (self->left[i]), fabs (self->right[i])));
  return peak;
}

void
zab_sound_scale (ZabSound *self, double gain)
{
  for (size_t i = 0; i < self->n_frames; i++)
    {
      self->left[i] *= gain;
      self->right[i] *= gain;
    }
}
