/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "engine/load/zab-load-error.h"
#include "engine/resample/zab-resampler-frames.h"
#include "engine/resample/zab-resampler-private.h"
#include "rt/zab-denormals.h"

guint64
zab_resampler_get_loop_length (guint in_rate, guint out_rate, guint64 n_frames)
{
  guint64 whole = n_frames / in_rate * out_rate;
  guint64 rest = n_frames % in_rate * out_rate;

  return MAX (whole + (rest + in_rate / 2) / in_rate, 1);
}

/* The ratio is that of the two lengths, so that the end meets the beginning. What was before the
 * first frame is the loop's end, and what comes after the last is its beginning, as often as it
 * takes to bring out every frame. */
gboolean
zab_resampler_convert_loop (guint in_rate, guint out_rate, guint channels, const float *in,
                            gsize n_frames, float *out, GError **error)
{
  const gsize     n_out = zab_resampler_get_loop_length (in_rate, out_rate, n_frames);
  ZabDenormalMode mode;
  gpointer        converter;
  gsize           given = 0;

  g_return_val_if_fail (n_frames > 0 && (channels == 1 || channels == 2), FALSE);
  if (!zab_frames_are_finite (in, n_frames * channels))
    {
      g_set_error_literal (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FINITE,
                           _ ("The audio contains samples that are not numbers, or infinite"));
      return FALSE;
    }
  mode = zab_denormals_flush ();
  converter = zab_resampler_fft_new (n_frames, n_out, channels);
  zab_resampler_fft_wind_up (converter, in, n_frames);
  while (given < n_out)
    given += zab_resampler_fft_class.process (converter, in, n_frames, out + given * channels,
                                              n_out - given);
  zab_resampler_fft_class.free (converter);
  zab_denormals_restore (mode);
  return TRUE;
}
