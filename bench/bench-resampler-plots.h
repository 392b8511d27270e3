/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/bench-resampler-peers.h"

G_BEGIN_DECLS

/* SVG images of what was measured, into @directory. */

/* The filter from 44.1 to 48 kHz: all of it, and its edge. */
void bench_plot_response (const char *directory);

/* A sweep from 0 to 24 kHz, converted from 48 to 44.1 kHz by two converters: everything but the
 * line is alias or noise. */
void bench_plot_sweep (const char *directory, const BenchPeer *const peers[2]);

/* How many times faster than real time; NAN: could not. */
void bench_plot_speed (const char *directory, const char *title, const double speed[BENCH_N_PEERS]);

G_END_DECLS
