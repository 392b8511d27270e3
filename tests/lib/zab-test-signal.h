/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Signals that tests play and look for. Frames are interleaved float32. Thread: any. */

/* The counter: each sample says which frame it is. Frame k is ((k mod (2^24 - 1)) + 1) / 2^24,
 * exact in float32 and never 0; odd channels have it negated. */
float zab_test_counter (guint64 frame, guint channel);

/* Frames @first, @first + 1, ... of the counter. */
void zab_test_fill_counter (float *out, gsize n_frames, guint channels, guint64 first);

/* @frequency in Hz, from phase 0, the same on all channels. */
void zab_test_fill_sine (float *out, gsize n_frames, guint channels, double frequency, double rate,
                         double amplitude);

/* What a recording of the counter holds. */
typedef struct
{
  guint64 exact;   /* frames that are the counter, bit for bit, on both channels */
  guint64 silent;  /* frames of exact 0 */
  guint64 wrong;   /* frames that are neither */
  guint64 breaks;  /* places where the count does not go on with the next number */
  gsize   start;   /* index of the first exact frame */
  guint64 counter; /* which frame of the counter that is */
} ZabTestCounterReport;

/* @frames are stereo. */
ZabTestCounterReport zab_test_check_counter (const float *frames, gsize n_frames);

G_END_DECLS
