/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Damaged files through the program's own way: asked for on all pads, loaded by the loader, in its
 * workers where ZAB_LOAD_WORKER names them, handed to the mixer and taken off again. Each request
 * ends once, in a sample or in an error in words; no decoder crashes or stops answering; and no
 * memory stays taken.
 *
 * The same mutants at each run. Others, for longer, and of other files than those in tests/data:
 *   make fuzz-load ZAB_TEST_SECONDS=1800 ZAB_TEST_SEED=2 [ZAB_TEST_CORPUS=DIR]
 * which tells each minute what it has done and how large the processes are. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"
#include "engine/zab-engine-private.h"
#include "lib/zab-test.h"
#include "tests/engine/clip.h"
#include "tests/engine/mutant.h"

enum
{
  RATE = 48000,
  N_ROUNDS = 4,       /* of a set with a mutant on each pad */
  MAX_FILE = 4 << 20, /* bytes: of a longer one, so many */
  REPORT_USEC = 60 * 1000000
};

typedef struct
{
  ZabEngine *engine;
  GRand     *rand;
  char      *dir;
  GPtrArray *sources; /* GByteArray */
  GPtrArray *names;   /* char *, of each of them */
  char      *paths[ZAB_N_PADS];
  guint      n_ended[ZAB_N_PADS];
  guint      n_left;
  guint      n_loads, n_loaded, n_warned;
} Fixture;

static guint
get_number (const char *variable, guint otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : otherwise;
}

/* What is no error of the file but of a decoder: the mutant stays where it is, to be looked at. */
static void
assert_is_the_files_fault (const ZabLoaderEvent *event, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *kept = g_build_filename (g_get_tmp_dir (), name, NULL);

  if (event->error->domain == ZAB_LOAD_ERROR && strstr (event->error->message, name) != NULL
      && strstr (event->error->message, "crashed") == NULL
      && strstr (event->error->message, "stopped answering") == NULL
      && strstr (event->error->message, "can’t be true") == NULL)
    return;
  g_assert_cmpint (rename (path, kept), ==, 0);
  g_error ("%s: %s", kept, event->error->message);
}

static void
on_event (ZabEngine *engine, ZabLoaderEvent *event, Fixture *self)
{
  if (!zab_loader_event_is_end (event))
    return;
  g_assert_cmpuint (self->n_ended[event->pad]++, ==, 0);
  self->n_left--;
  self->n_loads++;
  if (event->type == ZAB_LOADER_EVENT_SUCCESS)
    {
      self->n_loaded++;
      self->n_warned += event->success.warning != NULL;
    }
  else
    {
      g_assert_cmpint (event->type, ==, ZAB_LOADER_EVENT_ERROR);
      assert_is_the_files_fault (event, self->paths[event->pad]);
    }
}

static void
add_source (Fixture *self, const char *path)
{
  g_autofree char *data = NULL;
  gsize            size;

  if (!g_file_get_contents (path, &data, &size, NULL) || size < 2)
    return;
  size = MIN (size, (gsize)MAX_FILE);
  g_ptr_array_add (self->sources,
                   g_byte_array_append (g_byte_array_new (), (const guint8 *)data, (guint)size));
  g_ptr_array_add (self->names, g_path_get_basename (path));
}

static void
add_sources (Fixture *self)
{
  const char *corpus = g_getenv ("ZAB_TEST_CORPUS");
  g_autoptr (GDir) dir = corpus != NULL ? g_dir_open (corpus, 0, NULL) : NULL;
  const char *name;

  for (const char *const *source = MUTANT_SOURCES; *source != NULL; source++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", *source, NULL);

      add_source (self, path);
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (corpus, name, NULL);

      add_source (self, path);
    }
}

static void
set_up (Fixture *self)
{
  self->rand = g_rand_new_with_seed (get_number ("ZAB_TEST_SEED", 1));
  self->dir = zab_test_make_dir ();
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify)g_byte_array_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
  add_sources (self);
  self->engine = zab_engine_new_offline (RATE);
  g_signal_connect (self->engine, "loader-event", G_CALLBACK (on_event), self);
}

static void
tear_down (Fixture *self)
{
  zab_engine_shut_down (self->engine);
  zab_test_drain ();
  g_assert_finalize_object (self->engine);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_free (self->paths[i]);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->sources);
  g_free (self->dir);
  g_rand_free (self->rand);
}

static void
write_mutant (Fixture *self, guint pad)
{
  const guint       source = (self->n_loads + pad) % self->sources->len;
  const GByteArray *whole = self->sources->pdata[source];
  g_autoptr (GByteArray) mutant = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%u-%u-%s", get_number ("ZAB_TEST_SEED", 1),
                                           self->n_loads + pad, (char *)self->names->pdata[source]);

  g_byte_array_append (mutant, whole->data, whole->len);
  mutant_damage (mutant, self->rand);
  g_free (self->paths[pad]);
  self->paths[pad] = g_build_filename (self->dir, name, NULL);
  g_file_set_contents_full (self->paths[pad], (const char *)mutant->data, mutant->len,
                            G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static void
run_round (Fixture *self)
{
  float out[512];

  self->n_left = ZAB_N_PADS;
  for (guint pad = 0; pad < ZAB_N_PADS; pad++)
    {
      self->n_ended[pad] = 0;
      write_mutant (self, pad);
    }
  for (guint pad = 0; pad < ZAB_N_PADS; pad++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (self->paths[pad]);

      zab_engine_load_sample_async (self->engine, pad, file, NULL, NULL, NULL);
    }
  zab_test_wait_until (self->n_left == 0);
  for (guint pad = 0; pad < ZAB_N_PADS; pad++)
    {
      unlink (self->paths[pad]);
      zab_engine_unload_pad (self->engine, pad);
      zab_engine_render (self->engine, out, G_N_ELEMENTS (out) / 2);
    }
  zab_test_wait_until (zab_engine_get_memory_used (self->engine) == 0);
}

/* kB of a process that are resident. */
static guint64
get_size (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "statm", NULL);
  g_autofree char *text = NULL;
  guint64          size = 0;

  if (g_file_get_contents (path, &text, NULL, NULL))
    sscanf (text, "%*u %" G_GUINT64_FORMAT, &size);
  return size * (guint64)sysconf (_SC_PAGESIZE) / 1024;
}

static void
report (Fixture *self)
{
  g_autoptr (GString) sizes = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) children = NULL;

  g_string_printf (sizes, "%" G_GUINT64_FORMAT, get_size ("self"));
  if (g_file_get_contents ("/proc/thread-self/children", &text, NULL, NULL))
    children = g_strsplit (g_strchomp (text), " ", -1);
  for (guint i = 0; children != NULL && children[i] != NULL && children[i][0] != '\0'; i++)
    g_string_append_printf (sizes, ", worker %s %" G_GUINT64_FORMAT, children[i],
                            get_size (children[i]));
  g_test_message ("%u mutants: %u loaded, %u of them with a warning; kB: %s", self->n_loads,
                  self->n_loaded, self->n_warned, sizes->str);
  fflush (stdout);
}

static void
test_mutants (void)
{
  const gint64 end = g_get_monotonic_time () + get_number ("ZAB_TEST_SECONDS", 0) * (gint64)1000000;
  g_autofree Fixture *self = g_new0 (Fixture, 1);
  gint64              reported = g_get_monotonic_time ();

  set_up (self);
  for (guint round = 0; round < N_ROUNDS || g_get_monotonic_time () < end; round++)
    {
      run_round (self);
      if (g_get_monotonic_time () - reported < REPORT_USEC)
        continue;
      report (self);
      reported = g_get_monotonic_time ();
    }
  report (self);
  g_assert_cmpuint (self->n_loaded, >, 0);
  g_assert_cmpuint (self->n_loaded, <, self->n_loads);
  tear_down (self);
}

/* A tag that says that all of it is the encoder's own padding. */
static void
test_no_frame (void)
{
  enum
  {
    N_FRAMES = 47, /* where mp3-cbr.mp3's tag has how many there are, its last byte, */
    DELAY = 177    /* and delay and padding, 12 bits each */
  };
  g_autofree Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GByteArray) bytes = clip_read_file ("mp3-cbr.mp3");
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  set_up (self);
  bytes->data[N_FRAMES] = 1;
  memset (bytes->data + DELAY, 0xff, 3);
  self->paths[0] = g_build_filename (self->dir, "padding.mp3", NULL);
  g_file_set_contents (self->paths[0], (const char *)bytes->data, bytes->len, &error);
  g_assert_no_error (error);
  file = g_file_new_for_path (self->paths[0]);
  self->n_left = 1;
  zab_engine_load_sample_async (self->engine, 0, file, NULL, NULL, NULL);
  zab_test_wait_until (self->n_left == 0);
  g_assert_cmpuint (self->n_loaded, ==, 0);
  zab_test_wait_until (zab_engine_get_memory_used (self->engine) == 0); /* a worker frees it */
  tear_down (self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  /* GStreamer may grumble about such files; we may not. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_fatal_mask (G_LOG_DOMAIN,
                        G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  zab_test_add ("/engine/load-mutants/no-frame", test_no_frame);
  zab_test_add ("/engine/load-mutants/all-pads", test_mutants);
  return g_test_run ();
}
