/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The low-pass of the resampler: a sinc under a Kaiser window (J. F. Kaiser, "Nonrecursive digital
 * filter design using the I0-sinh window function", 1974).
 *
 * Every function: Thread: any. */
typedef struct
{
  double cutoff;     /* -6 dB, cycles per sample */
  double half_width; /* of the window, samples */
  double beta;
  double i0_beta; /* I0 (beta), by which the window is 1 in its middle */
} ZabKaiser;

/* The shortest one that passes up to @pass and stops from @stop on, cycles per sample, with
 * @attenuation dB. */
ZabKaiser zab_kaiser_design (double pass, double stop, double attenuation);

/* The impulse response at @t samples: that of the band-limited interpolation, so 2 x cutoff at 0.
 */
double zab_kaiser_impulse (const ZabKaiser *self, double t);

/* The frequency response at k * @step for k = 0..@n - 1, cycles per sample: of the impulse
 * response as a function of continuous time, so without images. */
void zab_kaiser_response (const ZabKaiser *self, double step, double *gain, gsize n);

G_END_DECLS
