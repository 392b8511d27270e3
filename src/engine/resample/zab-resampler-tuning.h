/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* FFTW guesses how it does a transform, or measures what is fastest, which takes a second for each
 * and makes the resampler 1.2 to 1.6 times as fast (docs/resampler.md). A tuned program starts on
 * guesses and measures, in a thread of its own at the lowest priority, the ratios that were used,
 * while nothing is being resampled. What it learns is kept as FFTW's wisdom for the next start.
 * Without these calls nothing of it happens.
 *
 * Every function: Thread: main. */

/* FALSE on processors where our own kernel does the transforms and there is nothing to measure. */
gboolean zab_resampler_is_tunable (void);

/* Reads the wisdom in @directory, which is made where it is missing, and begins. NULL: the user's
 * cache directory. Wisdom that is damaged, or of another FFTW or processor, is as good as none. */
void zab_resampler_start_tuning (const char *directory);

/* Waits until there is nothing left to measure. */
void zab_resampler_finish_tuning (void);

/* Ends the thread: at once, or with the transform that it measures, and within seconds. Does
 * nothing where nothing was started. */
void zab_resampler_stop_tuning (void);

/* The file that start_tuning () reads in @directory (transfer full). */
char *zab_resampler_get_wisdom_path (const char *directory);

G_END_DECLS
