/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A sample on its way from one process to another: written, sealed, checked. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "engine/zab-sample-parts.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test.h"

enum
{
  RATE = 48000,
  CHANNELS = 2,
  BLOCK = 8917,               /* frames: no whole pages */
  SHORT = 5,                  /* blocks: one part */
  LONG = 600,                 /* blocks: many parts */
  LIMIT = ZAB_SAMPLE_PART / 2 /* bytes of a file, in test_no_memory () */
};

/* What madvise () fails with; 0: it does its work. */
static int madvise_error;

int
madvise (void *memory, size_t size, int advice)
{
  if (madvise_error == 0)
    return (int)syscall (SYS_madvise, memory, size, advice);
  errno = madvise_error;
  return -1;
}

typedef struct
{
  ZabSampleMemory *memory;
  ZabSampleBuffer *buffer;
  ZabSampleParts  *parts;
  guint64          n_frames;
  guint            n_parts; /* that came before the last */
  gboolean         refused;
} Fixture;

static void
on_part (int fd, gpointer user_data)
{
  Fixture *self = user_data;

  self->n_parts++;
  if (!zab_sample_parts_add (self->parts, fd, ZAB_SAMPLE_PART))
    self->refused = TRUE;
}

/* A buffer of the counter, half of it written in place and half appended, with @value at @index of
 * the interleaved values. */
static void
set_up (Fixture *self, gsize block_frames, guint n_blocks, gsize index, float value)
{
  g_autoptr (GError) error = NULL;

  *self = (Fixture){ .n_frames = n_blocks * block_frames, .parts = zab_sample_parts_new () };
  self->memory = zab_sample_memory_new (0);
  self->buffer = zab_sample_buffer_new_shared (self->memory, CHANNELS, RATE, on_part, self);
  for (gsize i = 0; i < n_blocks; i++)
    {
      float *block = zab_sample_buffer_reserve (self->buffer, block_frames, &error);

      g_assert_no_error (error);
      zab_test_fill_counter (block, block_frames, CHANNELS, i * block_frames);
      if (index / (block_frames * CHANNELS) == i)
        block[index % (block_frames * CHANNELS)] = value;
      if (i % 2 == 0)
        g_assert_true (zab_sample_buffer_commit (self->buffer, block_frames, &error));
      else
        {
          g_autofree float *copy = g_memdup2 (block, block_frames * CHANNELS * sizeof *block);

          g_assert_true (zab_sample_buffer_append (self->buffer, copy, block_frames, &error));
        }
    }
}

static ZabSample *
receive (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  const int     fd = zab_sample_buffer_seal (self->buffer, &error);
  const guint64 n_frames = zab_sample_buffer_get_n_frames (self->buffer);
  const guint64 size = zab_sample_get_size (n_frames, CHANNELS);
  const guint64 before = zab_sample_parts_get_size (self->parts);

  g_assert_no_error (error);
  g_assert_cmpuint (n_frames, ==, self->n_frames);
  g_assert_cmpuint (zab_sample_memory_get_used (self->memory), ==, size);
  g_assert_cmpuint (self->n_parts, ==, (size - 1) / ZAB_SAMPLE_PART);
  g_assert_cmpuint (before, ==, (guint64)self->n_parts * ZAB_SAMPLE_PART);
  if (self->refused || !zab_sample_parts_add (self->parts, fd, size - before))
    return NULL;
  g_assert_true (zab_sample_memory_take (self->memory, size, &error));
  return zab_sample_parts_finish (g_steal_pointer (&self->parts), self->memory, n_frames, CHANNELS,
                                  RATE);
}

static void
tear_down (Fixture *self)
{
  zab_sample_buffer_free (self->buffer);
  g_clear_pointer (&self->parts, zab_sample_parts_free);
  g_assert_cmpuint (zab_sample_memory_get_used (self->memory), ==, 0);
  zab_sample_memory_unref (self->memory);
}

/* Every value is there, and no page is missing when they are read. */
static void
test_exact (gconstpointer data)
{
  Fixture       self;
  ZabSample    *sample;
  struct rusage before;
  struct rusage after;
  gboolean      equal = TRUE;

  set_up (&self, BLOCK, GPOINTER_TO_UINT (data), G_MAXSIZE, 0);
  sample = receive (&self);
  g_assert_nonnull (sample);
  getrusage (RUSAGE_THREAD, &before);
  getrusage (RUSAGE_THREAD, &after);
  getrusage (RUSAGE_THREAD, &before);
  for (gsize i = 0; i < sample->n_frames; i++)
    for (guint c = 0; c < CHANNELS; c++)
      equal = equal && sample->frames[CHANNELS * i + c] == zab_test_counter (i, c);
  getrusage (RUSAGE_THREAD, &after);
  g_assert_true (equal);
  g_assert_cmpint (after.ru_minflt - before.ru_minflt + after.ru_majflt - before.ru_majflt, ==, 0);
  zab_sample_unref (sample);
  tear_down (&self);
}

/* No part is empty. */
static void
test_whole_parts (void)
{
  for (guint n = 1; n <= 3; n++)
    {
      Fixture self;

      set_up (&self, ZAB_SAMPLE_PART / sizeof (float) / CHANNELS, n, G_MAXSIZE, 0);
      zab_sample_unref (receive (&self));
      g_assert_cmpuint (self.n_parts, ==, n - 1);
      tear_down (&self);
    }
}

/* Wherever it is. */
static void
test_not_finite (gconstpointer data)
{
  const guint n_blocks = GPOINTER_TO_UINT (data);
  const gsize n = (gsize)n_blocks * BLOCK * CHANNELS;
  const gsize places[] = { 0, n / 4, n / 2 - 1, n / 2, n / 4 * 3, n - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Fixture self;

      set_up (&self, BLOCK, n_blocks, places[i], i % 2 == 0 ? (float)NAN : -(float)INFINITY);
      g_assert_null (receive (&self));
      tear_down (&self);
    }
}

/* Where the pages can't be had nobody looks at them; an old kernel can't be asked. */
static void
test_pages (void)
{
  Fixture self;

  set_up (&self, BLOCK, SHORT, G_MAXSIZE, 0);
  madvise_error = EFAULT;
  g_assert_null (receive (&self));
  tear_down (&self);
  set_up (&self, BLOCK, SHORT, G_MAXSIZE, 0);
  madvise_error = EINVAL;
  zab_sample_unref (receive (&self));
  madvise_error = 0;
  tear_down (&self);
}

/* What the system does not take is an error, and what was there before stays. */
static void
test_no_memory (void)
{
  g_autofree float *frames = g_new0 (float, LIMIT *CHANNELS);
  g_autoptr (GError) error = NULL;
  struct rlimit old;
  struct rlimit tight;
  Fixture       self;

  set_up (&self, BLOCK, SHORT, G_MAXSIZE, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tight = (struct rlimit){ LIMIT, old.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_nonnull (zab_sample_buffer_reserve (self.buffer, LIMIT, &error));
  g_assert_false (zab_sample_buffer_commit (self.buffer, LIMIT, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_false (zab_sample_buffer_append (self.buffer, frames, LIMIT, &error));
  g_assert_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE);
  g_assert_cmpuint (zab_sample_buffer_get_n_frames (self.buffer), ==, SHORT * BLOCK);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  g_test_add_data_func ("/engine/sample-buffer/exact", GUINT_TO_POINTER (SHORT), test_exact);
  g_test_add_data_func ("/engine/sample-buffer/exact-long", GUINT_TO_POINTER (LONG), test_exact);
  zab_test_add ("/engine/sample-buffer/whole-parts", test_whole_parts);
  g_test_add_data_func ("/engine/sample-buffer/not-finite", GUINT_TO_POINTER (SHORT),
                        test_not_finite);
  g_test_add_data_func ("/engine/sample-buffer/not-finite-long", GUINT_TO_POINTER (LONG),
                        test_not_finite);
  zab_test_add ("/engine/sample-buffer/pages", test_pages);
  zab_test_add ("/engine/sample-buffer/no-memory", test_no_memory);
  return g_test_run ();
}
