/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output-fixture.h"

#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"

static void
on_event (ZabEngine *engine, ZabLoaderEvent *event, OutputFixture *self)
{
  self->n_success += event->type == ZAB_LOADER_EVENT_SUCCESS;
  self->n_error += event->type == ZAB_LOADER_EVENT_ERROR;
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    self->n_frames = event->success.n_frames;
}

void
output_fixture_set_frames (OutputFixture *self, const float *frames)
{
  g_autofree char *folder = zab_test_make_dir ();
  g_autofree char *path = g_build_filename (folder, "sound.wav", NULL);
  g_autoptr (GError) error = NULL;

  zab_test_wav_write (path, frames, LENGTH, 2, RATE, &error);
  g_assert_no_error (error);
  g_clear_object (&self->file);
  self->file = g_file_new_for_path (path);
}

void
output_fixture_set_up (OutputFixture *self)
{
  g_autofree float *frames = g_new (float, 2 * LENGTH);

  *self = (OutputFixture){ .engine = zab_engine_new () };
  zab_test_fill_counter (frames, LENGTH, 2, 0);
  output_fixture_set_frames (self, frames);
  g_signal_connect (self->engine, "loader-event", G_CALLBACK (on_event), self);
}

void
output_fixture_tear_down (OutputFixture *self)
{
  zab_engine_shut_down (self->engine);
  zab_test_drain ();
  zab_test_wait_until (zab_engine_get_memory_used (self->engine) == 0); /* a worker frees it */
  g_assert_finalize_object (self->engine);
  g_clear_object (&self->file);
}

void
output_fixture_load (OutputFixture *self, guint pad)
{
  const guint before = self->n_success;

  zab_engine_load_sample_async (self->engine, pad, self->file, NULL, NULL, NULL);
  zab_test_wait_until (self->n_success > before);
}

void
output_fixture_wait_for_state (OutputFixture *self, ZabOutputState state)
{
  zab_test_wait_until (zab_engine_get_output_state (self->engine) == state);
}

void
output_fixture_wait_for_sound (OutputFixture *self)
{
  output_fixture_wait_for_state (self, ZAB_OUTPUT_RUNNING);
  zab_test_audio_wait_linked ("zabumba");
}

static gboolean
is_playing (OutputFixture *self, guint pad)
{
  ZabPadActivity activity;

  zab_engine_get_pad_activity (self->engine, pad, &activity);
  return activity.playing;
}

void
output_fixture_wait_for_playing (OutputFixture *self, guint pad)
{
  zab_test_wait_until (is_playing (self, pad));
}

/* How far up a fade is @step frames from its silent end. */
static float
fade (gint64 step, gint64 length)
{
  return step > length ? 1.0f : (float)step / (float)(length + 1);
}

float
output_fixture_expected (gint64 frame, guint channel)
{
  return zab_test_counter ((guint64)frame, channel) * fade (frame + 1, ATTACK)
         * fade (LENGTH - frame, RELEASE);
}
