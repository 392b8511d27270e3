/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The forward FFT, the gain and the inverse FFT of one block pair in one go, for processors with
 * wide vectors (docs/resampler.md). A transform of outer x inner points is done as inner columns of
 * @outer points, then @outer rows of inner points (the four-step FFT: W. M. Gentleman and G. Sande,
 * 1966; D. H. Bailey, 1990). Both transforms have the same @outer, so that one row passes from the
 * forward through the gain into the inverse FFT without leaving the first-level cache; and every
 * vector holds as many columns or rows, so that the arithmetic knows nothing of vectors.
 *
 * Immutable. Every function: Thread: any. */
typedef struct _ZabKernel ZabKernel;

/* The points that a forward FFT, the inner FFTs and an inverse FFT have. */
typedef struct
{
  gsize outer;
  gsize in_inner;
  gsize out_inner;
} ZabKernelSizes;

/* The widest vectors that this processor has for it: 8 or 4 doubles; 0 when it has none. */
guint zab_kernel_get_max_lanes (void);

/* The largest inner size that stays in the cache. */
enum
{
  ZAB_KERNEL_MAX_INNER = 4096,
  ZAB_KERNEL_PADDING = 8 /* samples that may be read and written beyond an array's end */
};

/* @gain: of the bins 0..@n_bins - 1 and their mirror images; the other bins are dropped. @outer
 * is 32 or 64; the inner sizes are products of 2, 3, 5 and 7, at least 8. @n_lanes: 4 or 8, as the
 * processor has. */
ZabKernel *zab_kernel_new (const ZabKernelSizes *sizes, const double *gain, gsize n_bins,
                           guint n_lanes);
void       zab_kernel_free (ZabKernel *self);

/* What a transform of @n points takes, in no unit; @n and @outer as above. */
double zab_kernel_get_cost (gsize n, gsize outer);

/* A run's own memory, doubles, to be 64-byte aligned. */
gsize zab_kernel_get_scratch_size (const ZabKernel *self);

/* Converts the two blocks @in, outer x in_inner samples each, to two blocks of outer x out_inner.
 */
void zab_kernel_run (const ZabKernel *self, const float *const in[2], double *const out[2],
                     double *scratch);

/* The same, rounded to floats; what is too large for them becomes infinite. */
void zab_kernel_run_to_floats (const ZabKernel *self, const float *const in[2], float *const out[2],
                               double *scratch);

G_END_DECLS
