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

gboolean
zab_frames_are_silent (const float *in, gsize n_frames, guint channels)
{
  for (gsize i = 0; i < n_frames; i++)
    if (in[i * channels] != 0)
      return FALSE;
  return TRUE;
}

static void
pack_stereo (const float *restrict first, const float *restrict second, gsize size,
             double *restrict out)
{
  for (gsize i = 0; i < size; i++)
    {
      out[2 * i] = (double)first[2 * i];
      out[2 * i + 1] = (double)second[2 * i];
    }
}

static void
pack_mono (const float *restrict first, const float *restrict second, gsize size,
           double *restrict out)
{
  for (gsize i = 0; i < size; i++)
    {
      out[2 * i] = (double)first[i];
      out[2 * i + 1] = (double)second[i];
    }
}

void
zab_frames_pack (const float *in, guint channels, guint channel, gsize hop, gsize size, double *out)
{
  if (channels == 2)
    pack_stereo (in + channel, in + 2 * hop + channel, size, out);
  else
    pack_mono (in, in + hop, size, out);
}

static inline float
to_float (double x)
{
  const double max = (double)FLT_MAX;

  x = x > max ? max : x;
  x = x < -max ? -max : x;
  return (float)x;
}

static inline void
join_stereo (const double *restrict left, const double *restrict right, gsize stride,
             gsize n_frames, float *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      out[2 * i] = to_float (left[stride * i]);
      out[2 * i + 1] = to_float (right[stride * i]);
    }
}

static inline void
join_mono (const double *restrict in, gsize stride, gsize n_frames, float *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    out[i] = to_float (in[stride * i]);
}

void
zab_frames_unpack (const double *const *in, gsize n_frames, guint channels, float *out)
{
  if (channels == 2)
    join_stereo (in[0], in[1], 2, n_frames, out);
  else
    join_mono (in[0], 2, n_frames, out);
}

void
zab_frames_join (const double *const *in, gsize n_frames, guint channels, float *out)
{
  if (channels == 2)
    join_stereo (in[0], in[1], 1, n_frames, out);
  else
    join_mono (in[0], 1, n_frames, out);
}
