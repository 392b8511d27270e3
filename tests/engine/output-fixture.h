/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-engine-private.h"
#include "lib/zab-test-audio.h"

G_BEGIN_DECLS

/* An engine that plays through the private audio session (tests/rig/with-audio), and a file for its
 * pads. Thread: main, every function; while they wait, they run the default main context. */

enum
{
  RATE = 48000,
  ATTACK = RATE * 3 / 1000,
  RELEASE = RATE * 5 / 1000,
  QUANTUM = 256,  /* with-audio's */
  LENGTH = 24000, /* of the file, frames */
};

typedef struct
{
  ZabEngine *engine;
  GFile     *file; /* the counter */
  guint      n_success;
  guint      n_error;
  guint64    n_frames; /* of the last success */
} OutputFixture;

/* Without waiting for the output. */
void output_fixture_set_up (OutputFixture *self);

/* No sample may be left. */
void output_fixture_tear_down (OutputFixture *self);

/* The fixture's own file is another one from now on: LENGTH stereo frames. */
void output_fixture_set_frames (OutputFixture *self, const float *frames);

void output_fixture_load (OutputFixture *self, guint pad);
void output_fixture_wait_for_state (OutputFixture *self, ZabOutputState state);

/* Running, and heard on both channels. */
void output_fixture_wait_for_sound (OutputFixture *self);
void output_fixture_wait_for_playing (OutputFixture *self, guint pad);

/* Frame @frame of the file played once, as the mixer is to play it. */
float output_fixture_expected (gint64 frame, guint channel);

G_END_DECLS
