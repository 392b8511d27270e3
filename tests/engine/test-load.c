/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The body of a load, which runs in a worker as in the process: how much it still does once it is
 * cancelled. */
#include "engine/load/zab-load.h"

#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"
#include "tests/engine/clip.h"

enum
{
  RATE = 48000,
  LONG_FRAMES = 100 * 8192 /* frames: far more blocks than one thread decodes by itself */
};

typedef struct
{
  GCancellable *cancellable;
  guint         cancel_at; /* step */
  guint         n_steps;
} Steps;

static void
on_step (ZabLoadStage stage, double fraction, gpointer data)
{
  Steps *self = data;

  if (self->n_steps++ == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

/* The error, if the load did not end well. */
static GError *
load (int fd, const char *name, guint cancel_at, guint *n_steps)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Steps             steps = { cancellable, cancel_at, 0 };
  const ZabLoadSpec spec = { .rate = RATE, .memory = memory };
  ZabLoaderSuccess  success = { 0 };
  GError           *error = NULL;
  ZabSampleBuffer  *buffer
      = zab_load_fd (fd, name, &spec, FALSE, on_step, &steps, cancellable, &success, &error);

  g_assert_cmpint (buffer != NULL, ==, error == NULL);
  g_clear_pointer (&buffer, zab_sample_buffer_free);
  g_free (success.warning);
  g_assert_cmpuint (zab_sample_memory_get_used (memory), ==, 0);
  *n_steps = steps.n_steps;
  return error;
}

/* At whichever step it is cancelled, that one was the last: no further block is decoded, resampled
 * or told. */
static void
assert_stops_at_each_step (int fd, const char *name, guint stride)
{
  guint n_steps;

  g_assert_no_error (load (fd, name, G_MAXUINT, &n_steps));
  g_assert_cmpuint (n_steps, >, 2);
  /* After the very last one nothing is left to be stopped. */
  for (guint at = 0; at + 2 < n_steps; at += stride)
    {
      g_autoptr (GError) error = NULL;
      guint n_until_end;

      error = load (fd, name, at, &n_until_end);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (n_until_end, ==, at + 1);
    }
}

static void
test_cancel (gconstpointer name)
{
  const int fd = clip_open_file (name);

  assert_stops_at_each_step (fd, name, 1);
  close (fd);
}

/* Also where a second thread decodes ahead. */
static void
test_cancel_long (void)
{
  g_autofree float *frames = g_new (float, LONG_FRAMES);
  g_autofree char  *dir = zab_test_make_dir ();
  g_autofree char  *path = g_build_filename (dir, "long.wav", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  int fd;

  zab_test_fill_counter (frames, LONG_FRAMES, 1, 0);
  zab_test_wav_write (path, frames, LONG_FRAMES, 1, RATE, &error);
  g_assert_no_error (error);
  fd = zab_load_open (file, &error);
  g_assert_no_error (error);
  assert_stops_at_each_step (fd, "long.wav", 7);
  close (fd);
}

int
main (int argc, char **argv)
{
  static const char *const names[]
      = { "long.flac", "long.ogg",    "long.opus",     "m4a-aac.m4a", "mp3-vbr.mp3",
          "adts.aac",  "wav-s16.wav", "aiff-s16.aiff", "fallback.mka" };

  zab_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/load/cancel/", names[i], NULL);

      g_test_add_data_func (path, names[i], test_cancel);
    }
  zab_test_add ("/engine/load/cancel-long", test_cancel_long);
  return g_test_run ();
}
