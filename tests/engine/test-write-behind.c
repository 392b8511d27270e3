/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-write-behind.h"

#include <gio/gio.h>

enum
{
  SIZE = 64 /* floats in a block */
};

/* Who writes: counts, looks at the order, fails at a block, and can be held up. */
typedef struct
{
  guint    n_written;
  guint    fail_at; /* G_MAXUINT: never */
  GThread *last;    /* that has written */
  GMutex   lock;    /* held by the test: writing has to wait */
  gint     begun;   /* atomic: blocks that it has begun to write */
} Writer;

static gboolean
write_block (const float *frames, gsize n_frames, gpointer user_data, GError **error)
{
  Writer *self = user_data;

  g_atomic_int_inc (&self->begun);
  g_mutex_lock (&self->lock);
  g_mutex_unlock (&self->lock);
  self->last = g_thread_self ();
  g_assert_cmpuint (n_frames, ==, self->n_written % SIZE + 1);
  for (gsize i = 0; i < n_frames; i++)
    g_assert_cmpfloat (frames[i], ==, (float)self->n_written);
  if (self->n_written == self->fail_at)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
      return FALSE;
    }
  self->n_written++;
  return TRUE;
}

/* FALSE: there is no room, and there will be none. */
static gboolean
put (ZabWriteBehind *behind, guint number)
{
  float *room = zab_write_behind_get_room (behind);

  for (gsize i = 0; room != NULL && i <= number % SIZE; i++)
    room[i] = (float)number;
  if (room != NULL)
    zab_write_behind_put (behind, number % SIZE + 1);
  return room != NULL;
}

static void
test_order (void)
{
  enum
  {
    N = 10000
  };
  Writer writer = { .fail_at = G_MAXUINT };
  g_autoptr (ZabWriteBehind) behind = zab_write_behind_new (SIZE, write_block, &writer);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N; i++)
    g_assert_true (put (behind, i));
  g_assert_true (zab_write_behind_finish (behind, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (writer.n_written, ==, N);
}

/* No thread is worth its start for so little. */
static void
test_few (void)
{
  Writer writer = { .fail_at = G_MAXUINT };
  g_autoptr (ZabWriteBehind) behind = zab_write_behind_new (SIZE, write_block, &writer);

  for (guint i = 0; i < 3; i++)
    g_assert_true (put (behind, i));
  g_assert_cmpint (g_atomic_int_get (&writer.begun), ==, 0);
  g_assert_true (zab_write_behind_finish (behind, NULL));
  g_assert_cmpuint (writer.n_written, ==, 3);
  g_assert_true (writer.last == g_thread_self ());
}

/* The thread that has just been started may find that the other is at them already. */
static void
test_both_awake (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      const guint n = 4 + round % 5;
      Writer      writer = { .fail_at = G_MAXUINT };
      g_autoptr (ZabWriteBehind) behind = zab_write_behind_new (SIZE, write_block, &writer);

      for (guint i = 0; i < n; i++)
        g_assert_true (put (behind, i));
      g_assert_true (zab_write_behind_finish (behind, NULL));
      g_assert_cmpuint (writer.n_written, ==, n);
      g_assert_cmpint (g_atomic_int_get (&writer.begun), ==, (gint)n);
    }
}

/* While one is at its first block the other can put as many as there is room for. */
static void
test_behind (void)
{
  Writer writer = { .fail_at = G_MAXUINT };
  g_autoptr (ZabWriteBehind) behind = zab_write_behind_new (SIZE, write_block, &writer);

  g_mutex_lock (&writer.lock);
  for (guint i = 0; i < 8; i++)
    g_assert_true (put (behind, i));
  while (g_atomic_int_get (&writer.begun) == 0)
    g_thread_yield ();
  g_mutex_unlock (&writer.lock);
  for (guint i = 8; i < 100; i++)
    g_assert_true (put (behind, i));
  g_assert_true (zab_write_behind_finish (behind, NULL));
  g_assert_cmpuint (writer.n_written, ==, 100);
}

static void
test_failure (void)
{
  for (guint fail_at = 0; fail_at < 20; fail_at++)
    {
      Writer writer = { .fail_at = fail_at };
      g_autoptr (ZabWriteBehind) behind = zab_write_behind_new (SIZE, write_block, &writer);
      g_autoptr (GError) error = NULL;
      guint n = 0;

      while (n < 20 && put (behind, n))
        n++;
      g_assert_false (zab_write_behind_finish (behind, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_assert_cmpuint (writer.n_written, ==, fail_at);
      g_assert_cmpint (g_atomic_int_get (&writer.begun), ==, (gint)fail_at + 1);
    }
}

/* Who has been told of the failure can wait as long as it likes: nothing more is written. */
static void
test_failure_is_the_end (void)
{
  for (guint round = 0; round < 20; round++)
    {
      Writer writer = { .fail_at = 5 };
      g_autoptr (ZabWriteBehind) behind = zab_write_behind_new (SIZE, write_block, &writer);
      guint n = 0;

      while (n < 10 && put (behind, n))
        n++;
      g_assert_false (zab_write_behind_finish (behind, NULL));
      g_usleep (2000); /* µs: some naps of the thread */
      g_assert_cmpint (g_atomic_int_get (&writer.begun), ==, 6);
    }
}

/* What was put and not written is left. */
static void
test_freed (void)
{
  Writer          writer = { .fail_at = G_MAXUINT };
  ZabWriteBehind *behind = zab_write_behind_new (SIZE, write_block, &writer);

  for (guint i = 0; i < 30; i++)
    g_assert_true (put (behind, i));
  zab_write_behind_free (behind);
  g_assert_cmpint (g_atomic_int_get (&writer.begun), ==, (gint)writer.n_written);
  g_assert_cmpuint (writer.n_written, <=, 30);

  writer = (Writer){ .fail_at = G_MAXUINT };
  behind = zab_write_behind_new (SIZE, write_block, &writer);
  g_assert_true (put (behind, 0));
  zab_write_behind_free (behind);
  g_assert_cmpuint (writer.n_written, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/write-behind/order", test_order);
  g_test_add_func ("/engine/write-behind/few", test_few);
  g_test_add_func ("/engine/write-behind/both-awake", test_both_awake);
  g_test_add_func ("/engine/write-behind/behind", test_behind);
  g_test_add_func ("/engine/write-behind/failure", test_failure);
  g_test_add_func ("/engine/write-behind/failure-is-the-end", test_failure_is_the_end);
  g_test_add_func ("/engine/write-behind/freed", test_freed);
  return g_test_run ();
}
