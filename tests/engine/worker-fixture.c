/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker-fixture.h"

#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"

enum
{
  MINUTE = 60 * G_USEC_PER_SEC,
  MOMENT = G_USEC_PER_SEC / 20
};

const ZabWorkerPatience WORKER_LONG
    = { .start = MINUTE, .step = MINUTE, .cancel = MINUTE, .work = MINUTE };
const ZabWorkerPatience WORKER_SHORT
    = { .start = MINUTE, .step = 20 * MOMENT, .cancel = MOMENT, .work = MINUTE };
const ZabWorkerPatience WORKER_LAZY
    = { .start = MINUTE, .step = MINUTE, .cancel = MINUTE, .work = MOMENT };

void
worker_fixture_set_up (WorkerFixture *self, const ZabWorkerPatience *patience)
{
  g_autofree char *program
      = g_test_build_filename (G_TEST_BUILT, "engine", "zab-test-worker", NULL);

  *self = (WorkerFixture){ 0 };
  self->worker = zab_worker_new (program, patience);
  self->memory = zab_sample_memory_new (0);
  self->folder = zab_test_make_dir ();
  self->cancellable = g_cancellable_new ();
}

void
worker_fixture_tear_down (WorkerFixture *self)
{
  g_assert_cmpuint (zab_sample_memory_get_used (self->memory), ==, 0);
  zab_sample_memory_unref (self->memory);
  zab_worker_free (self->worker);
  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_free (self->success.warning);
  g_free (self->folder);
}

char *
worker_fixture_write_long_counter (WorkerFixture *self, const char *name, guint channels,
                                   guint rate, guint n_frames)
{
  g_autofree float *frames = g_new (float, (gsize)n_frames *channels);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->folder, name, NULL);

  zab_test_fill_counter (frames, n_frames, channels, 0);
  zab_test_wav_write (path, frames, n_frames, channels, rate, &error);
  g_assert_no_error (error);
  return path;
}

char *
worker_fixture_write_counter (WorkerFixture *self, const char *name, guint channels, guint rate)
{
  return worker_fixture_write_long_counter (self, name, channels, rate, LENGTH);
}

char *
worker_fixture_write_bytes (WorkerFixture *self, const char *name, const char *bytes)
{
  char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, -1, NULL));
  return path;
}

static void
on_progress (ZabLoadStage stage, double fraction, gpointer data)
{
  WorkerFixture *self = data;

  self->fraction = fraction;
  if (self->cancel_at > 0 && fraction >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

ZabSample *
worker_fixture_load_path (WorkerFixture *self, const char *path, gboolean in_worker)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const ZabLoadSpec spec = { .file = file,
                             .rate = RATE,
                             .max_seconds = self->max_seconds,
                             .alone = TRUE,
                             .memory = self->memory };

  g_clear_error (&self->error);
  g_clear_pointer (&self->success.warning, g_free);
  if (in_worker)
    return zab_worker_load_file (self->worker, &spec, on_progress, self, self->cancellable,
                                 &self->success, &self->error);
  return zab_load_file (&spec, on_progress, self, self->cancellable, &self->success, &self->error);
}

ZabSample *
worker_fixture_load (WorkerFixture *self, const char *name)
{
  g_autofree char *path = worker_fixture_write_counter (self, name, 2, RATE);

  return worker_fixture_load_path (self, path, TRUE);
}

void
worker_fixture_assert_counter (const ZabSample *sample, guint channels)
{
  g_assert_nonnull (sample);
  g_assert_cmpuint (sample->n_frames, ==, LENGTH);
  g_assert_cmpuint (sample->channels, ==, channels);
  g_assert_cmpuint (sample->rate, ==, RATE);
  for (guint i = 0; i < LENGTH; i++)
    for (guint c = 0; c < channels; c++)
      g_assert_true (sample->frames[i * channels + c] == zab_test_counter (i, c));
}

int
worker_fixture_assert_works (WorkerFixture *self)
{
  g_autoptr (ZabSample) sample = worker_fixture_load (self, "good");

  g_assert_no_error (self->error);
  worker_fixture_assert_counter (sample, 2);
  return zab_worker_get_pid (self->worker);
}
