/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The plain loops over samples, in a form that compilers turn into vectors.
 *
 * Every function: Thread: any. */

/* No NaN and no infinity among the @n samples. */
gboolean zab_frames_are_finite (const float *samples, gsize n);

/* Nothing but zeros. */
gboolean zab_frames_are_silent (const float *samples, gsize n);

/* Interleaved frames of 1 or 2 channels to one array for each, from @offset on; silence where @in
 * is NULL. */
void zab_frames_split (const float *in, gsize n_frames, guint channels, float *const *out,
                       gsize offset);

/* And back, from doubles that lie @stride apart, which is 1 or 2. What does not fit into a float
 * becomes the largest one. */
void zab_frames_join (const double *const *in, gsize stride, gsize n_frames, guint channels,
                      float *out);

/* And back from floats. What is infinite becomes the largest number. */
void zab_frames_interleave (const float *const *in, gsize n_frames, guint channels, float *out);

/* Two arrays as the real and the imaginary parts of complex numbers. */
void zab_frames_pack (const float *real, const float *imaginary, gsize n, double *out);

G_END_DECLS
