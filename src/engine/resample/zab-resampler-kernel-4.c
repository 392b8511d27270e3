/* SPDX-License-Identifier: GPL-3.0-or-later */
#if defined(__x86_64__)
#define LANES  4
#define TARGET ZAB_FAST_TARGET
#define RUN    zab_kernel_run_4
#include "engine/resample/zab-resampler-kernel-body.h"
#endif
