/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The plain loops over samples, in a form that compilers turn into vectors.
 *
 * Every function: Thread: any. */

/* No NaN and no infinity among the @n samples. */
gboolean zab_frames_are_finite (const float *samples, gsize n);

/* Interleaved floats to one array of doubles for each of 1 or 2 channels, each from @offset on;
 * silence where @in is NULL. */
void zab_frames_split (const float *in, gsize n_frames, guint channels, double *const *out,
                       gsize offset);

/* And back. What does not fit into a float becomes the largest one. */
void zab_frames_join (double *const *in, gsize offset, gsize n_frames, guint channels, float *out);

G_END_DECLS
