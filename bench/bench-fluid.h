/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* FluidSynth as a player of looping stereo sounds: two of its voices for each. */
typedef struct _BenchFluid BenchFluid;

/* @order of the interpolation: 0 (none), 1, 4 or 7. Loops are stereo, float, full scale +-1. */
BenchFluid *bench_fluid_new (const float *const *loops, uint32_t n_loops, uint32_t n_frames,
                             uint32_t n_voices, double speed, int order);
void        bench_fluid_free (BenchFluid *self);

/* Interleaved stereo. */
void bench_fluid_render (BenchFluid *self, float *out, uint32_t n_frames);

const char *bench_fluid_version (void);
