/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/resample/zab-resampler-kernel.h"
#include "engine/resample/zab-resampler-simd.h"

G_BEGIN_DECLS

/* A short FFT, done for all lanes of a vector at once. */
enum
{
  ZAB_MAX_PASSES = 10
};

typedef struct
{
  gsize   size;
  guint   n_passes;
  guint   radices[ZAB_MAX_PASSES];
  double *twiddles; /* of all passes: cosine, sine */
} ZabShortFft;

/* The roots of column x row: those of a group's first column, times those of the lanes from there
 * on, which is a table small enough for the first-level cache. */
typedef struct
{
  double *groups; /* [column group][place of row][cosine, sine] */
  double *lanes;  /* [place of row][cosine, sine][lane] */
} ZabTwiddles;

struct _ZabKernel
{
  gsize       outer;
  gsize       in_inner;
  gsize       out_inner;
  gsize       half; /* inner rows at each end that bins pass through */
  guint       n_lanes;
  ZabShortFft in_fft;
  ZabShortFft out_fft;
  double     *in_roots; /* between the two passes of the columns' FFTs: cosine, sine */
  double     *out_roots;
  ZabTwiddles in_twiddles;
  ZabTwiddles out_twiddles;
  double     *gain_front; /* [row group][inner row][lane] */
  double     *gain_back;
};

/* Rounds @n up to whole vectors. */
static inline gsize
zab_kernel_pad (gsize n, gsize n_lanes)
{
  return (n + n_lanes - 1) / n_lanes * n_lanes;
}

/* @to_floats: what @out points to. */
void zab_kernel_run_4 (const ZabKernel *self, const float *const in[2], void *const out[2],
                       gboolean to_floats, double *memory);
void zab_kernel_run_8 (const ZabKernel *self, const float *const in[2], void *const out[2],
                       gboolean to_floats, double *memory);

G_END_DECLS
