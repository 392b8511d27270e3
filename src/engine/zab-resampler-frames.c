/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-resampler-frames.h"

#include <float.h>
#include <string.h>

gboolean
zab_frames_are_finite (const float *samples, gsize n)
{
  const guint32 exponent = 0x7f800000;
  guint32       bad = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint32 bits;

      memcpy (&bits, samples + i, sizeof bits);
      bad |= (bits & exponent) == exponent;
    }
  return !bad;
}

static void
split_stereo (const float *restrict in, gsize n_frames, double *restrict left,
              double *restrict right)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      left[i] = (double)in[2 * i];
      right[i] = (double)in[2 * i + 1];
    }
}

static void
split_mono (const float *restrict in, gsize n_frames, double *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    out[i] = (double)in[i];
}

void
zab_frames_split (const float *in, gsize n_frames, guint channels, double *const *out, gsize offset)
{
  if (in == NULL)
    for (guint c = 0; c < channels; c++)
      memset (out[c] + offset, 0, n_frames * sizeof **out);
  else if (channels == 2)
    split_stereo (in, n_frames, out[0] + offset, out[1] + offset);
  else
    split_mono (in, n_frames, out[0] + offset);
}

static inline float
to_float (double x)
{
  const double max = (double)FLT_MAX;

  x = x > max ? max : x;
  x = x < -max ? -max : x;
  return (float)x;
}

static void
join_stereo (const double *restrict left, const double *restrict right, gsize n_frames,
             float *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      out[2 * i] = to_float (left[i]);
      out[2 * i + 1] = to_float (right[i]);
    }
}

static void
join_mono (const double *restrict in, gsize n_frames, float *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    out[i] = to_float (in[i]);
}

void
zab_frames_join (double *const *in, gsize offset, gsize n_frames, guint channels, float *out)
{
  if (channels == 2)
    join_stereo (in[0] + offset, in[1] + offset, n_frames, out);
  else
    join_mono (in[0] + offset, n_frames, out);
}
