/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The plain loops over samples, in a form that compilers turn into vectors.
 *
 * Every function: Thread: any. */

/* No NaN and no infinity among the @n samples. */
gboolean zab_frames_are_finite (const float *samples, gsize n);

/* One channel's part of two blocks, the second @hop frames after the first, as the real and the
 * imaginary parts of @size complex numbers. */
void zab_frames_pack (const float *in, guint channels, guint channel, gsize hop, gsize size,
                      double *out);

/* And back: the real parts of @n_frames complex numbers of each channel as interleaved floats. What
 * does not fit into a float becomes the largest one. For the imaginary parts, pass in[c] + 1. */
void zab_frames_unpack (const double *const *in, gsize n_frames, guint channels, float *out);

/* The same from plain arrays. */
void zab_frames_join (const double *const *in, gsize n_frames, guint channels, float *out);

/* Nothing but zeros in one channel of @n_frames frames. */
gboolean zab_frames_are_silent (const float *in, gsize n_frames, guint channels);

G_END_DECLS
