/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-load-error.h"
#include "engine/zab-engine-private.h"
#include "engine/zab-test-gate.h"
#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "lib/zab-test.h"

enum
{
  RATE = 48000,
  ATTACK = RATE * 3 / 1000,
  LENGTH = 9600, /* of the files, frames */
  N_FILES = 2
};

typedef struct
{
  ZabEngine  *engine;
  ZabTestGate gate; /* where every step of every job passes */
  GPtrArray  *events;
  char       *folder;
  GFile      *files[N_FILES]; /* the counter; a constant 0.5 */
  GFile      *missing;
} Fixture;

static GFile *
write_file (const char *folder, const char *name, const float *frames, guint64 n_frames)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  zab_test_wav_write (path, frames, n_frames, 2, RATE, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
on_event (ZabEngine *engine, ZabLoaderEvent *event, GPtrArray *events)
{
  g_ptr_array_add (events, zab_loader_event_copy (event));
}

static void
set_up (Fixture *self, gboolean gate_open)
{
  g_autofree float *frames = g_new (float, 2 * LENGTH);

  self->folder = zab_test_make_dir ();
  zab_test_fill_counter (frames, LENGTH, 2, 0);
  self->files[0] = write_file (self->folder, "counter.wav", frames, LENGTH);
  for (guint i = 0; i < 2 * LENGTH; i++)
    frames[i] = 0.5f;
  self->files[1] = write_file (self->folder, "constant.wav", frames, LENGTH);
  self->missing = g_file_new_build_filename (self->folder, "missing.wav", NULL);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)zab_loader_event_free);
  self->engine = zab_engine_new_offline (RATE);
  zab_test_gate_init (&self->gate, gate_open);
  zab_engine_set_load_observer (self->engine, zab_test_gate_observe, &self->gate);
}

static void
listen (Fixture *self)
{
  g_signal_connect (self->engine, "loader-event", G_CALLBACK (on_event), self->events);
}

/* No sample may outlive the engine's shutting down. */
static void
tear_down (Fixture *self)
{
  zab_test_gate_open (&self->gate);
  zab_engine_shut_down (self->engine);
  zab_test_drain ();
  zab_test_wait_until (zab_engine_get_memory_used (self->engine) == 0); /* a worker frees it */
  g_assert_finalize_object (self->engine);
  zab_test_gate_clear (&self->gate);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  for (guint i = 0; i < N_FILES; i++)
    g_clear_object (&self->files[i]);
  g_clear_object (&self->missing);
  g_free (self->folder);
}

static void
load (Fixture *self, guint pad, guint file)
{
  zab_engine_load_sample_async (self->engine, pad, self->files[file], NULL, NULL, NULL);
}

static const ZabLoaderEvent *
event_at (Fixture *self, guint i)
{
  g_assert_cmpuint (i, <, self->events->len);
  return self->events->pdata[i];
}

static const ZabLoaderEvent *
last_event (Fixture *self)
{
  return event_at (self, self->events->len - 1);
}

static guint
count_type (Fixture *self, guint64 request, ZabLoaderEventType type)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    n += (request == 0 || event_at (self, i)->request == request)
         && event_at (self, i)->type == type;
  return n;
}

static guint
count_ends (Fixture *self)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    n += zab_loader_event_is_end (event_at (self, i)) != FALSE;
  return n;
}

/* Started first, Progress that never goes back and ends at 1, one end and nothing after it. */
static void
assert_request_in_order (Fixture *self, guint64 request)
{
  gboolean started = FALSE;
  gboolean ended = FALSE;
  double   fraction = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      const ZabLoaderEvent *event = event_at (self, i);

      if (event->request != request)
        continue;
      g_assert_false (ended);
      if (event->type == ZAB_LOADER_EVENT_STARTED)
        g_assert_false (started);
      else if (event->type != ZAB_LOADER_EVENT_CANCELLED)
        g_assert_true (started);
      started |= event->type == ZAB_LOADER_EVENT_STARTED;
      ended = zab_loader_event_is_end (event);
      if (event->type == ZAB_LOADER_EVENT_PROGRESS)
        {
          g_assert_cmpfloat (event->progress.fraction, >=, fraction);
          fraction = event->progress.fraction;
        }
      if (event->type == ZAB_LOADER_EVENT_SUCCESS)
        g_assert_true (fraction == 1.0);
    }
  g_assert_true (ended);
}

static float *
render (Fixture *self, guint n_frames)
{
  float *out = g_new (float, 2 * n_frames);

  zab_engine_render (self->engine, out, n_frames);
  return out;
}

/* After its fade-in pad 0 plays file 0 (the counter) or file 1 (the constant). */
static void
assert_plays (Fixture *self, guint pad, guint file)
{
  g_autofree float *out = NULL;

  g_assert_true (zab_engine_stop_all (self->engine));
  g_free (render (self, 1000)); /* whatever sounded has faded */
  g_assert_true (zab_engine_play_pad (self->engine, pad, 1.0f));
  out = render (self, 1000);
  for (guint i = ATTACK; i < 1000; i++)
    {
      g_assert_true (out[2 * i] == (file == 0 ? zab_test_counter (i, 0) : 0.5f));
      g_assert_true (out[2 * i + 1] == (file == 0 ? zab_test_counter (i, 1) : 0.5f));
    }
}

static void
load_and_wait (Fixture *self, guint pad, guint file)
{
  const guint before = count_ends (self);

  load (self, pad, file);
  zab_test_wait_until (count_ends (self) > before);
}

/* --- Tests ----------------------------------------------------------------------------------- */

/* The call is back while its job stands at the gate. */
static void
test_returns_at_once (void)
{
  Fixture self = { 0 };

  set_up (&self, FALSE);
  listen (&self);
  load (&self, 0, 0);
  g_assert_cmpuint (self.events->len, ==, 0);
  g_assert_cmpuint (zab_engine_get_request (self.engine, 0), ==, 1);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) == 1);
  zab_test_drain ();
  g_assert_cmpuint (self.events->len, ==, 1);
  g_assert_cmpint (event_at (&self, 0)->type, ==, ZAB_LOADER_EVENT_STARTED);
  zab_test_gate_open (&self.gate);
  zab_test_wait_until (count_ends (&self) == 1);
  g_assert_cmpint (last_event (&self)->type, ==, ZAB_LOADER_EVENT_SUCCESS);
  g_assert_cmpuint (zab_engine_get_request (self.engine, 0), ==, 0);
  assert_request_in_order (&self, 1);
  assert_plays (&self, 0, 0);
  tear_down (&self);
}

static void
test_success_tells_the_sample (void)
{
  Fixture               self = { 0 };
  const ZabLoaderEvent *event;

  set_up (&self, TRUE);
  listen (&self);
  load_and_wait (&self, 215, 0);
  event = last_event (&self);
  g_assert_cmpint (event->type, ==, ZAB_LOADER_EVENT_SUCCESS);
  g_assert_cmpuint (event->pad, ==, 215);
  g_assert_cmpuint (event->success.n_frames, ==, LENGTH);
  g_assert_cmpuint (event->success.channels, ==, 2);
  g_assert_cmpuint (event->success.rate, ==, RATE);
  g_assert_true (event->success.duration == (double)LENGTH / RATE);
  g_assert_null (event->success.warning);
  tear_down (&self);
}

/* Without a main loop: poll () never waits, hands over, and tells everything in order. */
static void
test_poll (void)
{
  Fixture         self = { 0 };
  ZabLoaderEvent *event;

  set_up (&self, FALSE);
  g_assert_null (zab_engine_poll_loader_event (self.engine));
  load (&self, 0, 0);
  while ((event = zab_engine_poll_loader_event (self.engine)) == NULL)
    g_thread_yield ();
  g_ptr_array_add (self.events, event);
  while (zab_test_gate_get_n_held (&self.gate) == 0)
    g_thread_yield ();
  g_assert_null (zab_engine_poll_loader_event (self.engine));
  zab_test_gate_open (&self.gate);
  while (!zab_loader_event_is_end (last_event (&self)))
    {
      event = zab_engine_poll_loader_event (self.engine);
      if (event != NULL)
        g_ptr_array_add (self.events, event);
      g_thread_yield ();
    }
  g_assert_null (zab_engine_poll_loader_event (self.engine));
  assert_request_in_order (&self, 1);
  g_assert_cmpint (last_event (&self)->type, ==, ZAB_LOADER_EVENT_SUCCESS);
  assert_plays (&self, 0, 0);
  tear_down (&self);
}

typedef struct
{
  gboolean done;
  gboolean ok;
  GError  *error;
} Result;

static void
on_loaded (GObject *source, GAsyncResult *async_result, gpointer data)
{
  Result *result = data;

  result->ok = zab_engine_load_sample_finish (ZAB_ENGINE (source), async_result, &result->error);
  result->done = TRUE;
}

static void
test_callback (void)
{
  Fixture self = { 0 };
  Result  loaded = { 0 };
  Result  failed = { 0 };

  set_up (&self, TRUE);
  zab_engine_load_sample_async (self.engine, 0, self.files[0], NULL, on_loaded, &loaded);
  zab_engine_load_sample_async (self.engine, 1, self.missing, NULL, on_loaded, &failed);
  zab_test_wait_until (loaded.done && failed.done);
  g_assert_true (loaded.ok);
  g_assert_no_error (loaded.error);
  g_assert_false (failed.ok);
  g_assert_error (failed.error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (failed.error->message, "missing.wav"));
  g_clear_error (&failed.error);
  tear_down (&self);
}

/* Wrong arguments: an error for the caller, and no event for anyone. */
static void
test_invalid_arguments (void)
{
  Fixture self = { 0 };
  Result  pad = { 0 };
  Result  file = { 0 };

  set_up (&self, TRUE);
  listen (&self);
  zab_engine_load_sample_async (self.engine, 216, self.files[0], NULL, on_loaded, &pad);
  zab_engine_load_sample_async (self.engine, 0, NULL, NULL, on_loaded, &file);
  g_assert_false (pad.done);
  zab_test_wait_until (pad.done && file.done);
  g_assert_error (pad.error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_INVALID_ARGUMENT);
  g_assert_error (file.error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (self.events->len, ==, 0);
  g_clear_error (&pad.error);
  g_clear_error (&file.error);
  tear_down (&self);
}

/* A failure leaves the pad as it was. */
static void
test_failure_keeps_the_old_sample (void)
{
  Fixture self = { 0 };

  set_up (&self, TRUE);
  listen (&self);
  load_and_wait (&self, 0, 0);
  zab_engine_load_sample_async (self.engine, 0, self.missing, NULL, NULL, NULL);
  zab_test_wait_until (count_ends (&self) == 2);
  g_assert_cmpint (last_event (&self)->type, ==, ZAB_LOADER_EVENT_ERROR);
  g_assert_error (last_event (&self)->error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_NOT_FOUND);
  assert_plays (&self, 0, 0);
  tear_down (&self);
}

/* A load that would pass the limit ends in an Error, and in nothing else. */
static void
test_memory_limit (void)
{
  Fixture self = { 0 };
  guint64 used;

  set_up (&self, TRUE);
  listen (&self);
  load_and_wait (&self, 0, 0);
  used = zab_engine_get_memory_used (self.engine);
  zab_engine_set_memory_limit (self.engine, used + LENGTH);
  g_assert_cmpuint (zab_engine_get_memory_limit (self.engine), ==, used + LENGTH);
  load_and_wait (&self, 0, 1);
  g_assert_error (last_event (&self)->error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (last_event (&self)->error->message, "constant.wav"));
  g_assert_cmpuint (zab_engine_get_memory_used (self.engine), ==, used);
  assert_plays (&self, 0, 0);
  zab_engine_set_memory_limit (self.engine, 4 * used);
  load_and_wait (&self, 0, 1);
  g_assert_cmpint (last_event (&self)->type, ==, ZAB_LOADER_EVENT_SUCCESS);
  assert_plays (&self, 0, 1);
  tear_down (&self);
}

/* A full ring is an Error, never a loss: the old sample still plays, the new one is freed. */
static void
test_full_ring (void)
{
  Fixture self = { 0 };
  guint64 used;

  set_up (&self, TRUE);
  listen (&self);
  load_and_wait (&self, 0, 0);
  used = zab_engine_get_memory_used (self.engine);
  g_assert_cmpuint (used, >=, LENGTH * 2 * sizeof (float));
  while (zab_engine_stop_all (self.engine))
    ;
  load_and_wait (&self, 0, 1);
  g_assert_error (last_event (&self)->error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_QUEUE_FULL);
  g_assert_nonnull (strstr (last_event (&self)->error->message, "constant.wav"));
  g_assert_cmpuint (zab_engine_get_memory_used (self.engine), ==, used);
  g_free (render (&self, 1000)); /* takes what is in the ring */
  assert_plays (&self, 0, 0);
  load_and_wait (&self, 0, 1); /* and now there is room */
  g_assert_cmpint (last_event (&self)->type, ==, ZAB_LOADER_EVENT_SUCCESS);
  assert_plays (&self, 0, 1);
  tear_down (&self);
}

/* The old sample sounds on until the new one is there, fades out, and its memory comes back. */
static void
test_replace_while_playing (void)
{
  Fixture           self = { 0 };
  g_autofree float *a = NULL;
  guint64           used;

  set_up (&self, TRUE);
  listen (&self);
  load_and_wait (&self, 0, 1);
  g_assert_true (zab_engine_set_pad_loop (self.engine, 0, TRUE));
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  g_free (render (&self, 1000));
  used = zab_engine_get_memory_used (self.engine);
  zab_test_gate_close (&self.gate);
  load (&self, 0, 0);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) == 1);
  a = render (&self, 1000);
  for (guint i = 0; i < 2000; i++)
    g_assert_true (a[i] == 0.5f);
  zab_test_gate_open (&self.gate);
  zab_test_wait_until (count_ends (&self) == 2);
  g_assert_cmpuint (zab_engine_get_memory_used (self.engine), >, used);
  g_free (render (&self, 1000));
  zab_test_wait_until (zab_engine_get_memory_used (self.engine) == used);
  assert_plays (&self, 0, 0);
  tear_down (&self);
}

static void
test_cancel_running (void)
{
  Fixture self = { 0 };
  Result  result = { 0 };

  set_up (&self, FALSE);
  listen (&self);
  zab_engine_load_sample_async (self.engine, 0, self.files[0], NULL, on_loaded, &result);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) == 1);
  zab_engine_cancel_load (self.engine, 0);
  g_assert_cmpuint (zab_engine_get_request (self.engine, 0), ==, 0);
  zab_test_wait_until (result.done); /* the worker still stands at the gate */
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  zab_test_gate_open (&self.gate);
  zab_test_wait_until (zab_engine_get_memory_used (self.engine) == 0);
  load_and_wait (&self, 1, 0); /* whatever the first job still said has come by now */
  g_assert_cmpuint (count_type (&self, 1, ZAB_LOADER_EVENT_CANCELLED), ==, 1);
  g_assert_cmpuint (count_type (&self, 1, ZAB_LOADER_EVENT_SUCCESS), ==, 0);
  assert_request_in_order (&self, 1);
  g_assert_null (zab_engine_peek_sample (self.engine, 0));
  g_clear_error (&result.error);
  tear_down (&self);
}

/* Loads that wait for their turn are cancelled without a job, at once. */
static void
test_cancel_all (void)
{
  Fixture self = { 0 };

  set_up (&self, FALSE);
  listen (&self);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    load (&self, i, i % N_FILES);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) > 0);
  zab_engine_cancel_all_loads (self.engine);
  zab_test_wait_until (count_ends (&self) == ZAB_N_PADS);
  g_assert_cmpuint (count_type (&self, 0, ZAB_LOADER_EVENT_CANCELLED), ==, ZAB_N_PADS);
  for (guint64 request = 1; request <= ZAB_N_PADS; request++)
    assert_request_in_order (&self, request);
  tear_down (&self);
}

/* The caller's own cancellable, before its turn and while its job runs. */
static void
test_callers_cancellable (void)
{
  Fixture self = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Result results[ZAB_PADS_PER_BANK + 1] = { 0 };

  set_up (&self, FALSE);
  listen (&self);
  g_cancellable_cancel (cancelled);
  for (guint i = 0; i < ZAB_PADS_PER_BANK; i++)
    zab_engine_load_sample_async (self.engine, i, self.files[0], cancellable, on_loaded,
                                  &results[i]);
  zab_engine_load_sample_async (self.engine, ZAB_PADS_PER_BANK, self.files[0], cancelled, on_loaded,
                                &results[ZAB_PADS_PER_BANK]);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) > 0);
  g_cancellable_cancel (cancellable);
  zab_test_gate_open (&self.gate);
  zab_test_wait_until (count_ends (&self) == ZAB_PADS_PER_BANK + 1);
  for (guint i = 0; i <= ZAB_PADS_PER_BANK; i++)
    {
      zab_test_wait_until (results[i].done);
      g_assert_error (results[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&results[i].error);
      assert_request_in_order (&self, i + 1);
    }
  tear_down (&self);
}

/* The newest request wins; the older one ends as Cancelled and never touches the pad. */
static void
test_supersede (void)
{
  Fixture self = { 0 };

  set_up (&self, FALSE);
  listen (&self);
  load (&self, 0, 0);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) == 1);
  load (&self, 0, 1);
  g_assert_cmpuint (zab_engine_get_request (self.engine, 0), ==, 2);
  zab_test_gate_open (&self.gate);
  zab_test_wait_until (count_ends (&self) == 2);
  g_assert_cmpuint (count_type (&self, 1, ZAB_LOADER_EVENT_CANCELLED), ==, 1);
  g_assert_cmpuint (count_type (&self, 2, ZAB_LOADER_EVENT_SUCCESS), ==, 1);
  assert_request_in_order (&self, 1);
  assert_request_in_order (&self, 2);
  assert_plays (&self, 0, 1);
  tear_down (&self);
}

/* Superseded after the worker was done, before the main thread heard of it. */
static void
test_supersede_when_finished (void)
{
  Fixture self = { 0 };

  set_up (&self, TRUE);
  load (&self, 0, 0);
  while (zab_engine_get_memory_used (self.engine) == 0)
    g_thread_yield ();
  load (&self, 0, 1);
  listen (&self);
  zab_test_wait_until (count_ends (&self) == 2);
  g_assert_cmpuint (count_type (&self, 1, ZAB_LOADER_EVENT_SUCCESS), ==, 0);
  g_assert_cmpuint (count_type (&self, 2, ZAB_LOADER_EVENT_SUCCESS), ==, 1);
  assert_plays (&self, 0, 1);
  tear_down (&self);
}

/* A whole set at once: never more jobs than cores, all of them playable in the end. */
static void
test_whole_set (void)
{
  Fixture self = { 0 };

  set_up (&self, TRUE);
  listen (&self);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    load (&self, i, i % N_FILES);
  zab_test_wait_until (count_ends (&self) == ZAB_N_PADS);
  g_assert_cmpuint (count_type (&self, 0, ZAB_LOADER_EVENT_SUCCESS), ==, ZAB_N_PADS);
  g_assert_cmpuint (self.gate.max_held, <=, g_get_num_processors ());
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      assert_request_in_order (&self, i + 1);
      assert_plays (&self, i, i % N_FILES);
    }
  tear_down (&self);
}

/* Where a pad is in the order of loading when @visible is the visible bank and pad 0 is first. */
static guint
expected_place (guint pad, guint visible)
{
  const guint bank = pad / ZAB_PADS_PER_BANK;

  if (pad == 0)
    return 0;
  if (bank == visible)
    return 1 + pad % ZAB_PADS_PER_BANK;
  return bank < visible ? pad + ZAB_PADS_PER_BANK : pad;
}

/* Pads of the visible bank go first, the others in the order they were asked for. */
static void
test_visible_bank_first (void)
{
  Fixture self = { 0 };
  guint   place = 0;

  set_up (&self, FALSE);
  listen (&self);
  zab_loader_set_max_jobs (self.engine->loader, 1);
  for (guint i = 0; i < 3 * ZAB_PADS_PER_BANK; i++)
    load (&self, i, 0);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) == 1);
  zab_engine_set_visible_bank (self.engine, 1);
  zab_test_gate_open (&self.gate);
  zab_test_wait_until (count_ends (&self) == 3 * ZAB_PADS_PER_BANK);
  for (guint i = 0; i < self.events->len; i++)
    if (event_at (&self, i)->type == ZAB_LOADER_EVENT_STARTED)
      g_assert_cmpuint (expected_place (event_at (&self, i)->pad, 1), ==, place++);
  g_assert_cmpuint (place, ==, 3 * ZAB_PADS_PER_BANK);
  tear_down (&self);
}

static void
test_unload (void)
{
  Fixture           self = { 0 };
  g_autofree float *out = NULL;
  ZabPadActivity    activity;

  set_up (&self, TRUE);
  listen (&self);
  load_and_wait (&self, 0, 1);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  g_free (render (&self, 960));
  zab_engine_get_pad_activity (self.engine, 0, &activity);
  g_assert_true (activity.playing);
  g_assert_true (activity.position == 0.1);
  g_assert_true (zab_engine_unload_pad (self.engine, 0));
  g_assert_null (zab_engine_peek_sample (self.engine, 0));
  g_free (render (&self, 1000));
  zab_test_wait_until (zab_engine_get_memory_used (self.engine) == 0);
  g_assert_true (zab_engine_play_pad (self.engine, 0, 1.0f));
  out = render (&self, 100);
  for (guint i = 0; i < 200; i++)
    g_assert_true (out[i] == 0.0f);
  zab_engine_get_pad_activity (self.engine, 0, &activity);
  g_assert_false (activity.playing);
  tear_down (&self);
}

/* The window is closed in mid-load: tasks end, nothing is left behind (tear_down () looks). */
static gpointer
open_when_shutting_down (gpointer data)
{
  Fixture *self = data;

  g_usleep (1000); /* whenever: the main thread waits for the workers in shut_down () */
  zab_test_gate_open (&self->gate);
  return NULL;
}

static void
test_shut_down_in_mid_load (void)
{
  Fixture  self = { 0 };
  Result   results[ZAB_N_PADS] = { 0 };
  GThread *opener;

  set_up (&self, FALSE);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    zab_engine_load_sample_async (self.engine, i, self.files[0], NULL, on_loaded, &results[i]);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) > 0);
  opener = g_thread_new ("opener", open_when_shutting_down, &self);
  zab_engine_shut_down (self.engine);
  g_thread_join (opener);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      zab_test_wait_until (results[i].done);
      g_assert_error (results[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&results[i].error);
    }
  tear_down (&self);
}

typedef struct
{
  Fixture *fixture;
  gboolean was_cancelled;
  Result   again;
} Insistent;

/* Who hears that a load was cancelled may ask for it again. */
static void
on_load_again (GObject *source, GAsyncResult *result, gpointer data)
{
  Insistent *self = data;
  g_autoptr (GError) error = NULL;

  g_assert_false (zab_engine_load_sample_finish (ZAB_ENGINE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  self->was_cancelled = TRUE;
  zab_engine_load_sample_async (ZAB_ENGINE (source), 0, self->fixture->files[0], NULL, on_loaded,
                                &self->again);
}

static gboolean
shut_down (gpointer data)
{
  Fixture *self = data;
  GThread *opener = g_thread_new ("opener", open_when_shutting_down, self);

  zab_engine_shut_down (self->engine);
  g_thread_join (opener);
  return G_SOURCE_REMOVE;
}

/* In the main loop callers are told at once, and the engine is not gone yet. */
static void
test_load_when_shutting_down (void)
{
  Fixture   self = { 0 };
  Insistent insistent = { .fixture = &self };

  set_up (&self, FALSE);
  zab_engine_load_sample_async (self.engine, 0, self.files[0], NULL, on_load_again, &insistent);
  zab_test_wait_until (zab_test_gate_get_n_held (&self.gate) > 0);
  g_idle_add (shut_down, &self);
  zab_test_wait_until (insistent.again.done);
  g_assert_true (insistent.was_cancelled);
  g_assert_error (insistent.again.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&insistent.again.error);
  tear_down (&self);
}

/* After shutting down the engine answers, and does nothing. */
static void
test_after_shut_down (void)
{
  Fixture self = { 0 };
  Result  result = { 0 };

  set_up (&self, TRUE);
  zab_engine_shut_down (self.engine);
  g_assert_false (zab_engine_play_pad (self.engine, 0, 1.0f));
  g_assert_null (zab_engine_poll_loader_event (self.engine));
  zab_engine_load_sample_async (self.engine, 0, self.files[0], NULL, on_loaded, &result);
  zab_test_wait_until (result.done);
  g_assert_error (result.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&result.error);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/engine/engine/returns-at-once", test_returns_at_once);
  zab_test_add ("/engine/engine/success-tells-the-sample", test_success_tells_the_sample);
  zab_test_add ("/engine/engine/poll", test_poll);
  zab_test_add ("/engine/engine/callback", test_callback);
  zab_test_add ("/engine/engine/invalid-arguments", test_invalid_arguments);
  zab_test_add ("/engine/engine/failure-keeps-the-old-sample", test_failure_keeps_the_old_sample);
  zab_test_add ("/engine/engine/memory-limit", test_memory_limit);
  zab_test_add ("/engine/engine/full-ring", test_full_ring);
  zab_test_add ("/engine/engine/replace-while-playing", test_replace_while_playing);
  zab_test_add ("/engine/engine/cancel-running", test_cancel_running);
  zab_test_add ("/engine/engine/cancel-all", test_cancel_all);
  zab_test_add ("/engine/engine/callers-cancellable", test_callers_cancellable);
  zab_test_add ("/engine/engine/supersede", test_supersede);
  zab_test_add ("/engine/engine/supersede-when-finished", test_supersede_when_finished);
  zab_test_add ("/engine/engine/whole-set", test_whole_set);
  zab_test_add ("/engine/engine/visible-bank-first", test_visible_bank_first);
  zab_test_add ("/engine/engine/unload", test_unload);
  zab_test_add ("/engine/engine/shut-down-in-mid-load", test_shut_down_in_mid_load);
  zab_test_add ("/engine/engine/load-when-shutting-down", test_load_when_shutting_down);
  zab_test_add ("/engine/engine/after-shut-down", test_after_shut_down);
  return g_test_run ();
}
