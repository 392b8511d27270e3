/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/resample/zab-converter.h"

G_BEGIN_DECLS

/* Converts float32 audio from one rate to another at load time. Zero delay; head and tail kept;
 * N frames in give exactly ceil (N * out_rate / in_rate) out; channels are independent; silence
 * stays exactly 0. Where the rates are equal the frames are passed on as they are.
 *
 * Every function: Thread: any one at a time (a worker in the program). */
typedef struct _ZabResampler ZabResampler;

/* Rates in Hz, 4000..384000; channels 1 or 2. NULL and a ZAB_LOAD_ERROR on failure. */
ZabResampler *zab_resampler_new (ZabConverter converter, guint in_rate, guint out_rate,
                                 guint channels, GError **error);
void          zab_resampler_free (ZabResampler *self);

/* The length of @n_frames after conversion: ceil (n_frames * out_rate / in_rate). */
guint64 zab_resampler_get_length (const ZabResampler *self, guint64 n_frames);

/* The most frames that the next push () of @n_frames, or, for 0, the finish (), can give. */
gsize zab_resampler_get_max_output (const ZabResampler *self, gsize n_frames);

/* Takes @n_frames x channels interleaved from @in and writes the frames that are finished to @out
 * (room for get_max_output ()), which may be NULL where the rates are equal: then what comes out is
 * what came in. Returns how many, or -1 and ZAB_LOAD_ERROR_NOT_FINITE when @in has NaN or infinity
 * in it. */
gssize zab_resampler_push (ZabResampler *self, const float *in, gsize n_frames, float *out,
                           GError **error);

/* The end of the input: writes the rest to @out. Nothing may be pushed after it. */
gssize zab_resampler_finish (ZabResampler *self, float *out, GError **error);

/* A loop of @n_frames at @out_rate is this many frames long: the nearest whole number, at least 1.
 */
guint64 zab_resampler_get_loop_length (guint in_rate, guint out_rate, guint64 n_frames);

/* Converts a loop as what it is, without ends: the filter reaches round from the last frame to the
 * first, so that a loop without a seam has none afterwards. Its duration becomes that of
 * get_loop_length () frames, by which the pitch changes by less than 1 part in 2 x n_frames. Always
 * by FFT. @out has room for get_loop_length () frames. FALSE and ZAB_LOAD_ERROR_NOT_FINITE when @in
 * has NaN or infinity in it.
 *
 * Thread: any. */
gboolean zab_resampler_convert_loop (guint in_rate, guint out_rate, guint channels, const float *in,
                                     gsize n_frames, float *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabResampler, zab_resampler_free)

G_END_DECLS
