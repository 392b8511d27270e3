/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <fftw3.h>
#include <glib.h>

G_BEGIN_DECLS

/* How blocks of one ratio are converted by overlap-save: sizes, the low-pass's gain and the FFTs.
 * Immutable and shared by all that convert at this ratio.
 *
 * Every function: Thread: any. */
typedef struct
{
  gsize in_size;  /* of the forward FFT, samples */
  gsize out_size; /* of the inverse FFT */
  gsize in_skip;  /* at both ends of a block, what the filter's edges make useless */
  gsize out_skip;
  gsize n_bins; /* that the filter lets pass, from 0 Hz on */
} ZabResamplerSizes;

typedef struct
{
  ZabResamplerSizes sizes;
  double           *gain;      /* sizes.n_bins, with the FFTs' own scale taken out */
  double           *gain_back; /* the same for negative frequencies: n_bins - 1, from the last */
  fftw_plan         forward;
  fftw_plan         inverse;
} ZabResamplerPlan;

/* A plan for blocks that get @out_step samples for every @in_step (without a common divisor), with
 * nothing passing above half of @out_rate : @in_rate or half of the input's rate. Release it after
 * use. NULL where no block of a sensible size has these steps. */
const ZabResamplerPlan *zab_resampler_plan_acquire (guint64 in_step, guint64 out_step,
                                                    guint64 in_rate, guint64 out_rate);
void                    zab_resampler_plan_release (const ZabResamplerPlan *plan);

/* Only fftw_execute* may run in two threads at once. Whoever plans, in the whole program, holds
 * this lock meanwhile. */
void zab_fftw_lock (void);
void zab_fftw_unlock (void);

G_END_DECLS
