/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-window.h"

#include <unistd.h>

#include "tests/engine/clip.h"

enum
{
  N_BYTES = 1000,
  CHUNK = 100
};

typedef struct
{
  int            fd;
  ZabByteSource *source;
  ZabWindow      window;
} Fixture;

/* Each byte tells where it is. */
static void
set_up (Fixture *self, gconstpointer data)
{
  guint8 bytes[N_BYTES];

  for (guint i = 0; i < N_BYTES; i++)
    bytes[i] = (guint8)(i % 251);
  self->fd = clip_make_file (bytes, sizeof bytes);
  self->source = zab_byte_source_new (self->fd, N_BYTES);
  zab_byte_source_append_range (self->source, 0, N_BYTES);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  zab_window_clear (&self->window);
  zab_byte_source_free (self->source);
  close (self->fd);
}

static void
fill (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (zab_window_fill (&self->window, self->source, CHUNK, &error));
  g_assert_no_error (error);
}

static void
assert_holds (const Fixture *self, gint64 from, gint64 to)
{
  g_assert_cmpuint (self->window.end - self->window.begin, ==, (gsize)(to - from));
  for (gint64 i = from; i < to; i++)
    g_assert_cmpuint (self->window.data[self->window.begin + (gsize)(i - from)], ==, i % 251);
}

/* What is used goes, what is not stays, whatever comes behind it. */
static void
test_fill (Fixture *self, gconstpointer data)
{
  fill (self);
  assert_holds (self, 0, 100);
  self->window.begin += 60;
  fill (self);
  assert_holds (self, 60, 200);
  for (int i = 3; i <= 10; i++)
    fill (self);
  assert_holds (self, 60, 1000);
  g_assert_false (self->window.is_all);
  fill (self);
  assert_holds (self, 60, 1000);
  g_assert_true (self->window.is_all);
}

static void
test_skip (Fixture *self, gconstpointer data)
{
  zab_window_skip_to (&self->window, self->source, 0);
  fill (self);
  zab_window_skip_to (&self->window, self->source, 40);
  assert_holds (self, 40, 100);
  zab_window_skip_to (&self->window, self->source, 100);
  assert_holds (self, 100, 100);
  fill (self);
  assert_holds (self, 100, 200);
  zab_window_skip_to (&self->window, self->source, 750);
  assert_holds (self, 750, 750);
  g_assert_cmpint (zab_byte_source_get_position (self->source), ==, 750);
  fill (self);
  assert_holds (self, 750, 850);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/engine/window/fill", Fixture, NULL, set_up, test_fill, tear_down);
  g_test_add ("/engine/window/skip", Fixture, NULL, set_up, test_skip, tear_down);
  return g_test_run ();
}
