/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/resample/zab-resampler.h"

G_BEGIN_DECLS

/* What a converter does behind ZabResampler. It sees finite samples only and runs with
 * denormals flushed.
 *
 * process () takes @n_frames interleaved frames, or, where the input has ended and @in is NULL, as
 * much silence, and writes those that are finished, at most @max_out, to @out. Every rate pair
 * comes to an end: enough silence brings out every frame. */
typedef struct
{
  gsize (*process) (gpointer converter, const float *in, gsize n_frames, float *out, gsize max_out);
  void (*free) (gpointer converter);
} ZabResamplerClass;

extern const ZabResamplerClass zab_resampler_fft_class;
extern const ZabResamplerClass zab_resampler_src_class;

/* @out_rate : @in_rate may be any ratio, not just one of rates. */
gpointer zab_resampler_fft_new (guint64 in_rate, guint64 out_rate, guint channels);
gpointer zab_resampler_src_new (guint in_rate, guint out_rate, guint channels, GError **error);

/* Before the first process (): what was heard before time 0, where it is not silence. Takes the
 * last frames of @loop, as many as the filter reaches back, round and round if need be. */
void zab_resampler_fft_wind_up (gpointer converter, const float *loop, gsize n_frames);

G_END_DECLS
