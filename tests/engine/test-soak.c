/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten thousand requests at random: loads, replacements, cancellations, unloads, while pads play.
 * Each request ends exactly once, and no sample outlives its engine. */
#include "engine/load/zab-load-error.h"
#include "engine/zab-engine-private.h"
#include "lib/zab-test.h"

enum
{
  RATE = 48000,
  N_REQUESTS = 1000, /* of each of ten runs */
  N_PADS = 24,       /* few, so that requests meet */
  BLOCK = 256        /* frames rendered at a time */
};

/* Tiny ones of every format, and what can't be loaded. */
static const char *const files[] = {
  "rate-44100.wav", "rate-44100.flac", "rate-44100.mp3",        "rate-44100.ogg", "rate-44100.opus",
  "rate-44100.m4a", "rate-48000.aiff", "rate-96000.wav",        "rate-8000.wav",  "mp3-mono.mp3",
  "video-only.mp4", "wav-adpcm.wav",   "there-is-no-such-file",
};

typedef struct
{
  ZabEngine *engine;
  GRand     *rand;
  GFile     *files[G_N_ELEMENTS (files)];
  guint8     started[N_REQUESTS + 1]; /* by request: how often */
  guint8     ended[N_REQUESTS + 1];
  guint8     last[N_REQUESTS + 1]; /* ZabLoaderEventType */
  guint      n_ended;
  guint      n_returned; /* callbacks */
} Fixture;

static void
on_event (ZabEngine *engine, ZabLoaderEvent *event, Fixture *self)
{
  g_assert_cmpuint (event->request, >=, 1);
  g_assert_cmpuint (event->request, <=, N_REQUESTS);
  g_assert_cmpuint (self->ended[event->request], ==, 0);
  if (event->type == ZAB_LOADER_EVENT_STARTED)
    g_assert_cmpuint (self->started[event->request]++, ==, 0);
  else if (event->type != ZAB_LOADER_EVENT_CANCELLED)
    g_assert_cmpuint (self->started[event->request], ==, 1);
  self->last[event->request] = (guint8)event->type;
  if (!zab_loader_event_is_end (event))
    return;
  self->ended[event->request]++;
  self->n_ended++;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;
  g_autoptr (GError) error = NULL;

  if (!zab_engine_load_sample_finish (ZAB_ENGINE (source), result, &error))
    g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                   || error->domain == ZAB_LOAD_ERROR);
  self->n_returned++;
}

static void
set_up (Fixture *self, guint32 seed)
{
  self->rand = g_rand_new_with_seed (seed);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", files[i], NULL);

      self->files[i] = g_file_new_for_path (path);
    }
  self->engine = zab_engine_new_offline (RATE);
  g_signal_connect (self->engine, "loader-event", G_CALLBACK (on_event), self);
}

static void
tear_down (Fixture *self)
{
  zab_engine_shut_down (self->engine);
  zab_test_drain ();
  zab_test_wait_until (zab_engine_get_memory_used (self->engine) == 0); /* a worker frees it */
  g_assert_finalize_object (self->engine);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (self->files[i]);
  g_rand_free (self->rand);
}

static void
render (Fixture *self)
{
  float out[2 * BLOCK];

  zab_engine_render (self->engine, out, BLOCK);
}

/* Some of the requests are cancelled by their caller, a few before they are made. */
static void
load (Fixture *self)
{
  const guint file = (guint)g_rand_int_range (self->rand, 0, G_N_ELEMENTS (files));
  const int   fate = g_rand_int_range (self->rand, 0, 20);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  if (fate == 0)
    g_cancellable_cancel (cancellable);
  zab_engine_load_sample_async (self->engine, (guint)g_rand_int_range (self->rand, 0, N_PADS),
                                self->files[file], cancellable, on_loaded, self);
  if (fate == 1)
    {
      zab_test_drain ();
      g_cancellable_cancel (cancellable);
    }
}

/* Whatever else a musician does meanwhile. */
static void
disturb (Fixture *self)
{
  const guint pad = (guint)g_rand_int_range (self->rand, 0, N_PADS);
  const int   what = g_rand_int_range (self->rand, 0, 100);

  if (what < 10)
    zab_engine_cancel_load (self->engine, pad);
  else if (what == 10)
    zab_engine_cancel_all_loads (self->engine);
  else if (what < 20)
    zab_engine_unload_pad (self->engine, pad);
  else if (what < 40)
    zab_engine_play_pad (self->engine, pad, 1.0f);
  else if (what < 60)
    zab_engine_set_visible_bank (self->engine, pad % ZAB_N_BANKS);
  else if (what < 70)
    zab_test_wait_until (self->n_ended > 0);
  else if (what < 80)
    zab_test_wait_until (zab_engine_get_request (self->engine, pad) == 0);
  else
    render (self);
}

static void
soak (guint32 seed)
{
  g_autofree Fixture *self = g_new0 (Fixture, 1);
  guint               n_succeeded = 0;

  set_up (self, seed);
  for (guint i = 0; i < N_REQUESTS; i++)
    {
      load (self);
      disturb (self);
      if (g_rand_boolean (self->rand))
        zab_test_drain ();
    }
  while (self->n_returned < N_REQUESTS)
    {
      render (self);
      zab_test_wait ();
    }
  g_assert_cmpuint (self->n_ended, ==, N_REQUESTS);
  g_assert_cmpuint (self->n_returned, ==, N_REQUESTS);
  for (guint i = 1; i <= N_REQUESTS; i++)
    {
      g_assert_cmpuint (self->ended[i], ==, 1);
      n_succeeded += self->last[i] == ZAB_LOADER_EVENT_SUCCESS;
    }
  g_test_message ("seed %u: %u of %u loaded", seed, n_succeeded, N_REQUESTS);
  g_assert_cmpuint (n_succeeded, >, 0);
  tear_down (self);
}

#define RUN(seed)                                                                                  \
  static void test_##seed (void)                                                                   \
  {                                                                                                \
    soak (seed);                                                                                   \
  }
RUN (1)
RUN (2)
RUN (3)
RUN (4)
RUN (5)
RUN (6)
RUN (7)
RUN (8)
RUN (9)
RUN (10)

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/soak/1", test_1);
  zab_test_add ("/engine/soak/2", test_2);
  zab_test_add ("/engine/soak/3", test_3);
  zab_test_add ("/engine/soak/4", test_4);
  zab_test_add ("/engine/soak/5", test_5);
  zab_test_add ("/engine/soak/6", test_6);
  zab_test_add ("/engine/soak/7", test_7);
  zab_test_add ("/engine/soak/8", test_8);
  zab_test_add ("/engine/soak/9", test_9);
  zab_test_add ("/engine/soak/10", test_10);
  return g_test_run ();
}
