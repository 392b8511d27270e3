/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/bench-resampler-peers.h"

G_BEGIN_DECLS

/* The signal to noise ratio of a full-scale sine of @frequency Hz after conversion, dB: what the
 * best fitting sine of that frequency leaves over is noise. -INFINITY where nothing came out. */
double bench_measure_snr (const BenchPeer *peer, guint in_rate, guint out_rate, double frequency);

/* The same for many sines up to @edge of the lower Nyquist frequency, against what they are exactly
 * at the new rate: ripple, delay and noise together. */
double bench_measure_broadband (const BenchPeer *peer, guint in_rate, guint out_rate, double edge);

G_END_DECLS
