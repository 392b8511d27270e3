/* SPDX-License-Identifier: GPL-3.0-or-later */
#if defined(__x86_64__)
#define LANES  8
#define TARGET ZAB_WIDEST_TARGET
#define RUN    zab_kernel_run_8
#include "engine/resample/zab-resampler-kernel-body.h"
#endif
