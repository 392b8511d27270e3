/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/resample/zab-resampler-plan.h"

G_BEGIN_DECLS

/* The plans of the process, shared by all that convert at the same ratio.
 *
 * Every function: Thread: any. */

/* The plan for @ratio; release it after use. NULL where there can't be one. */
const ZabResamplerPlan *zab_resampler_cache_acquire (const ZabResamplerRatio *ratio);
void                    zab_resampler_cache_release (const ZabResamplerPlan *plan);

/* Waits until there are plans that are guessed and none that is in use; then measures one of the
 * guessed and puts what is best in its place. FALSE when told to stop. */
gboolean zab_resampler_cache_measure_next (void);

/* From now on, the waiting goes on, or ends at once. */
void zab_resampler_cache_set_measuring (gboolean measuring);

/* Waits until every plan is measured. */
void zab_resampler_cache_wait_measured (void);

/* Drops every plan that is not in use. */
void zab_resampler_cache_clear (void);

/* Drops every plan that is not in use, and makes new ones by kernels of at most @max lanes: 0
 * leaves all to FFTW. For tests and benchmarks, which look at all of them. */
void zab_resampler_cache_limit_lanes (guint max);

/* Only fftw_execute* may run in two threads at once. Whoever plans, in the whole program, holds
 * this lock meanwhile. */
void zab_fftw_lock (void);
void zab_fftw_unlock (void);

G_END_DECLS
