/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <fftw3.h>
#include <glib.h>

#include "engine/resample/zab-resampler-kernel.h"
#include "engine/resample/zab-resampler-polyphase.h"

G_BEGIN_DECLS

/* What a plan is for: blocks that get @out_step samples for every @in_step, with nothing passing
 * above half of @out_rate : @in_rate or half of the input's rate. Both ratios are without a common
 * divisor; where they differ, a polyphase stage makes the rest. */
typedef struct
{
  guint64 in_step;
  guint64 out_step;
  guint64 in_rate;
  guint64 out_rate;
} ZabResamplerRatio;

typedef struct
{
  gsize in_size;  /* of the forward FFT, samples */
  gsize out_size; /* of the inverse FFT */
  gsize in_skip;  /* at both ends of a block, what the filter's edges make useless */
  gsize out_skip;
  gsize n_bins; /* that the filter lets pass, from 0 Hz on */
} ZabResamplerSizes;

/* How blocks of one ratio are converted by overlap-save: sizes, the low-pass's gain and the FFTs.
 * Immutable while it is used. */
typedef struct _ZabResamplerPlan ZabResamplerPlan;

struct _ZabResamplerPlan
{
  ZabResamplerSizes  sizes;
  double            *gain;      /* sizes.n_bins, with the FFTs' own scale taken out */
  double            *gain_back; /* the same for negative frequencies: n_bins - 1, from the last */
  ZabPolyphaseTable *polyphase; /* for the stage after it, or NULL */
  ZabKernel         *kernel;    /* does both FFTs; NULL where FFTW does */
  fftw_plan          forward;
  fftw_plan          inverse;
  gboolean           measured; /* FFTW's are the fastest for this machine, not guessed */
  ZabResamplerPlan  *tail;     /* the same with blocks of half the size, for the end, or NULL */
};

/* These three: Thread: any, with the FFTW lock held (engine/resample/zab-resampler-cache.h). */

/* FALSE where no block of a sensible size has these steps. @n_lanes: of the kernel, 4 or 8; 0
 * leaves all to FFTW. */
gboolean zab_resampler_plan_init (ZabResamplerPlan *plan, const ZabResamplerRatio *ratio,
                                  guint n_lanes);
void     zab_resampler_plan_clear (ZabResamplerPlan *plan);

/* Both FFTs or none, with FFTW's planner flags. */
gboolean zab_resampler_plan_make_ffts (const ZabResamplerSizes *sizes, guint flags,
                                       fftw_plan *forward, fftw_plan *inverse);

G_END_DECLS
