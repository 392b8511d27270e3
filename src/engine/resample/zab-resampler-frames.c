/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-frames.h"

#include <float.h>
#include <string.h>

#include "engine/resample/zab-resampler-simd.h"

ZAB_BODY gboolean
are_finite (const float *samples, gsize n)
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

ZAB_FAST_TARGET static gboolean
are_finite_fast (const float *samples, gsize n)
{
  return are_finite (samples, n);
}

gboolean
zab_frames_are_finite (const float *samples, gsize n)
{
  return zab_cpu_is_fast () ? are_finite_fast (samples, n) : are_finite (samples, n);
}

gboolean
zab_frames_are_silent (const float *samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (samples[i] != 0)
      return FALSE;
  return TRUE;
}

static void
split_stereo (const float *restrict in, gsize n_frames, float *restrict left, float *restrict right)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      left[i] = in[2 * i];
      right[i] = in[2 * i + 1];
    }
}

void
zab_frames_split (const float *in, gsize n_frames, guint channels, float *const *out, gsize offset)
{
  if (in == NULL)
    for (guint c = 0; c < channels; c++)
      memset (out[c] + offset, 0, n_frames * sizeof **out);
  else if (channels == 2)
    split_stereo (in, n_frames, out[0] + offset, out[1] + offset);
  else
    memcpy (out[0] + offset, in, n_frames * sizeof *in);
}

void
zab_frames_pack (const float *restrict real, const float *restrict imaginary, gsize n,
                 double *restrict out)
{
  for (gsize i = 0; i < n; i++)
    {
      out[2 * i] = (double)real[i];
      out[2 * i + 1] = (double)imaginary[i];
    }
}

ZAB_BODY float
to_float (double x)
{
  const double max = (double)FLT_MAX;

  x = x > max ? max : x;
  x = x < -max ? -max : x;
  return (float)x;
}

ZAB_BODY void
join_channels (const double *restrict left, const double *restrict right, gsize stride,
               gsize n_frames, float *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      out[2 * i] = to_float (left[stride * i]);
      out[2 * i + 1] = to_float (right[stride * i]);
    }
}

ZAB_BODY void
join_channel (const double *restrict in, gsize stride, gsize n_frames, float *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    out[i] = to_float (in[stride * i]);
}

/* With the stride known to the compiler. */
ZAB_BODY void
join (const double *const *in, gsize stride, gsize n_frames, guint channels, float *out)
{
  if (channels == 2 && stride == 1)
    join_channels (in[0], in[1], 1, n_frames, out);
  else if (channels == 2)
    join_channels (in[0], in[1], 2, n_frames, out);
  else if (stride == 1)
    join_channel (in[0], 1, n_frames, out);
  else
    join_channel (in[0], 2, n_frames, out);
}

ZAB_FAST_TARGET static void
join_fast (const double *const *in, gsize stride, gsize n_frames, guint channels, float *out)
{
  join (in, stride, n_frames, channels, out);
}

static void
join_plain (const double *const *in, gsize stride, gsize n_frames, guint channels, float *out)
{
  join (in, stride, n_frames, channels, out);
}

void
zab_frames_join (const double *const *in, gsize stride, gsize n_frames, guint channels, float *out)
{
  (zab_cpu_is_fast () ? join_fast : join_plain) (in, stride, n_frames, channels, out);
}

ZAB_BODY float
to_finite (float x)
{
  x = x > FLT_MAX ? FLT_MAX : x;
  return x < -FLT_MAX ? -FLT_MAX : x;
}

ZAB_BODY void
interleave (const float *restrict left, const float *restrict right, gsize n_frames,
            float *restrict out)
{
  for (gsize i = 0; i < n_frames; i++)
    {
      out[2 * i] = to_finite (left[i]);
      out[2 * i + 1] = to_finite (right[i]);
    }
}

ZAB_FAST_TARGET static void
interleave_fast (const float *left, const float *right, gsize n_frames, float *out)
{
  interleave (left, right, n_frames, out);
}

static void
interleave_plain (const float *left, const float *right, gsize n_frames, float *out)
{
  interleave (left, right, n_frames, out);
}

void
zab_frames_interleave (const float *const *in, gsize n_frames, guint channels, float *out)
{
  if (channels == 2)
    (zab_cpu_is_fast () ? interleave_fast : interleave_plain) (in[0], in[1], n_frames, out);
  else
    for (gsize i = 0; i < n_frames; i++)
      out[i] = to_finite (in[0][i]);
}
