/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The private audio session that the test runs in (tests/rig/with-audio). Thread: main; while they
 * wait, these functions run the default main context. */

/* The daemon dies without a word to its clients. */
void zab_test_audio_crash (void);

/* It runs again, with its sink. */
void zab_test_audio_start (void);

/* Waits until both channels of the stream or device called @node are linked to something. A stream
 * that is "streaming" may have its left one only. */
void zab_test_audio_wait_linked (const char *node);

/* Of the graph, until 0 is said. A test that is to miss no deadline on a busy machine takes a cycle
 * that is long. */
void zab_test_audio_force_rate (guint rate);
void zab_test_audio_force_quantum (guint quantum);

void zab_test_audio_remove_sink (void);
void zab_test_audio_return_sink (void);

/* The sink as it is heard: a recorder (tests/rig/zab-test-recorder) that drives the graph, so that
 * no cycle is ever missed, and the graph's time stands still but for the cycles that the test asks
 * for. Make what is to be heard first or later, as you like. */
typedef struct _ZabTestRecorder ZabTestRecorder;

ZabTestRecorder *zab_test_recorder_new (void);
void             zab_test_recorder_free (ZabTestRecorder *self);

/* Runs @n_cycles and returns the graph's clock, in frames, at the start of the next one. */
guint64 zab_test_recorder_step (ZabTestRecorder *self, guint n_cycles);

/* Ends the recording and gives it (transfer full): stereo frames, and the graph's clock at the
 * first of them. Frame i was heard at *first_clock + i. */
float *zab_test_recorder_finish (ZabTestRecorder *self, gsize *n_frames, guint64 *first_clock);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabTestRecorder, zab_test_recorder_free)

G_END_DECLS
