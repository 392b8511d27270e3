/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The body of a load, which runs in a worker as in the process: how much it still does once it is
 * cancelled. */
#include "engine/load/zab-load.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"
#include "tests/engine/clip.h"

enum
{
  RATE = 48000,
  SHORT_FRAMES = 20000,
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
  const ZabLoadSpec spec = { .rate = RATE, .alone = TRUE, .memory = memory };
  ZabLoaderSuccess  success = { 0 };
  GError           *error = NULL;
  ZabSampleBuffer  *buffer
      = zab_load_fd (fd, name, &spec, NULL, on_step, &steps, cancellable, &success, &error);

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

static GFile *
write_long (void)
{
  g_autofree float *frames = g_new (float, LONG_FRAMES);
  g_autofree char  *dir = zab_test_make_dir ();
  g_autofree char  *path = g_build_filename (dir, "long.wav", NULL);
  g_autoptr (GError) error = NULL;

  zab_test_fill_counter (frames, LONG_FRAMES, 1, 0);
  zab_test_wav_write (path, frames, LONG_FRAMES, 1, RATE, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

/* Also where a second thread decodes ahead. */
static void
test_cancel_long (void)
{
  g_autoptr (GFile) file = write_long ();
  g_autoptr (GError) error = NULL;
  int fd;

  fd = zab_load_open (file, &error);
  g_assert_no_error (error);
  assert_stops_at_each_step (fd, "long.wav", 7);
  close (fd);
}

/* No more of it is decoded than is wanted, nor is there memory for more; how long all of it is is
 * known. */
static void
test_beginning (void)
{
  g_autoptr (GFile) file = write_long ();

  for (guint seconds = 1; seconds <= LONG_FRAMES / RATE + 1; seconds++)
    {
      g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
      const ZabLoadSpec spec
          = { .file = file, .rate = RATE, .max_seconds = seconds, .memory = memory };
      const guint64    n_frames = MIN (LONG_FRAMES, (guint64)seconds * RATE);
      Steps            steps = { NULL, G_MAXUINT, 0 };
      ZabLoaderSuccess success = { 0 };
      ZabSample       *sample = zab_load_file (&spec, on_step, &steps, NULL, &success, NULL);

      g_assert_cmpuint (sample->n_frames, ==, n_frames);
      for (guint64 i = 0; i < n_frames; i++)
        g_assert_true (sample->frames[i] == zab_test_counter (i, 0));
      g_assert_cmpuint (zab_sample_memory_get_used (memory), ==, zab_sample_get_size (n_frames, 1));
      g_assert_cmpuint (steps.n_steps, <=, n_frames / 8192 + 4);
      g_assert_true (success.duration == (double)n_frames / RATE);
      g_assert_true (success.file_duration == (double)LONG_FRAMES / RATE);
      zab_sample_unref (sample);
    }
}

/* --- What can't be loaded --------------------------------------------------------------------- */

static void
assert_refused (GFile *file, int code, const char *words)
{
  g_autoptr (ZabSampleMemory) memory = zab_sample_memory_new (0);
  g_autofree char  *name = g_file_get_basename (file);
  const ZabLoadSpec spec = { .file = file, .rate = RATE, .memory = memory };
  Steps             steps = { NULL, G_MAXUINT, 0 };
  ZabLoaderSuccess  success = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (zab_load_file (&spec, on_step, &steps, NULL, &success, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpuint (zab_sample_memory_get_used (memory), ==, 0);
}

/* At once, even of a FIFO that nobody writes to and of a device without an end. */
static void
test_no_file (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (GFile) folder = g_file_new_for_path (dir);
  g_autoptr (GFile) missing = g_file_get_child (folder, "missing.wav");
  g_autoptr (GFile) fifo = g_file_get_child (folder, "fifo.wav");
  g_autoptr (GFile) empty = g_file_get_child (folder, "empty.wav");
  g_autoptr (GFile) below = g_file_get_child (empty, "below.wav");
  g_autoptr (GFile) zero = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://example.org/far.wav");

  g_assert_cmpint (mkfifo (g_file_peek_path (fifo), 0600), ==, 0);
  g_assert_true (g_file_set_contents (g_file_peek_path (empty), "", 0, NULL));
  assert_refused (missing, ZAB_LOAD_ERROR_NOT_FOUND, "moved or renamed");
  assert_refused (below, ZAB_LOAD_ERROR_NOT_FOUND, "can’t be opened");
  assert_refused (folder, ZAB_LOAD_ERROR_NOT_REGULAR_FILE, "a folder");
  assert_refused (fifo, ZAB_LOAD_ERROR_NOT_REGULAR_FILE, "a pipe");
  assert_refused (zero, ZAB_LOAD_ERROR_NOT_REGULAR_FILE, "a device");
  assert_refused (empty, ZAB_LOAD_ERROR_EMPTY, "empty");
  assert_refused (remote, ZAB_LOAD_ERROR_NOT_READABLE, "not on this computer");
}

/* Neither at the file's own rate nor resampled. */
static void
test_not_finite (void)
{
  static const float values[] = { NAN, INFINITY, -INFINITY };
  g_autofree char   *dir = zab_test_make_dir ();

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (values); i++)
    {
      g_autofree float *frames = g_new0 (float, SHORT_FRAMES);
      g_autofree char  *path = g_build_filename (dir, "odd.wav", NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;

      frames[SHORT_FRAMES - 1 - 500 * i] = values[i / 2];
      zab_test_wav_write (path, frames, SHORT_FRAMES, 1, i % 2 == 0 ? RATE : 44100, &error);
      g_assert_no_error (error);
      assert_refused (file, ZAB_LOAD_ERROR_NOT_FINITE, "not numbers, or infinite");
    }
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
  zab_test_add ("/engine/load/beginning", test_beginning);
  zab_test_add ("/engine/load/no-file", test_no_file);
  zab_test_add ("/engine/load/not-finite", test_not_finite);
  return g_test_run ();
}
