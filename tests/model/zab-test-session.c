/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zab-test-session.h"

#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"

/* Thread: worker. */
static void
on_step (ZabLoadStage stage, double fraction, gpointer user_data)
{
  ZabTestSession *self = user_data;

  g_mutex_lock (&self->lock);
  if (self->closed && stage == self->stage)
    {
      self->n_held++;
      while (self->closed)
        g_cond_wait (&self->changed, &self->lock);
      self->n_held--;
    }
  g_mutex_unlock (&self->lock);
}

static void
on_message (ZabSession *session, const char *text, ZabTestSession *self)
{
  g_ptr_array_add (self->messages, g_strdup (text));
}

void
zab_test_session_init (ZabTestSession *self)
{
  *self = (ZabTestSession){ .dir = zab_test_make_dir () };
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  self->session = zab_session_new_offline (ZAB_TEST_SESSION_RATE);
  self->engine = g_object_ref (zab_session_peek_engine (self->session));
  zab_session_set_limiter (self->session, FALSE);
  zab_engine_set_load_observer (self->engine, on_step, self);
  g_signal_connect (self->session, "message", G_CALLBACK (on_message), self);
}

/* Samples that the mixer gave back are freed on a worker. */
void
zab_test_session_clear (ZabTestSession *self)
{
  zab_session_shut_down (self->session);
  g_assert_null (zab_session_peek_engine (self->session));
  zab_test_wait_until (zab_engine_get_memory_used (self->engine) == 0);
  zab_test_drain ();
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->engine);
  g_ptr_array_unref (self->messages);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->dir);
}

void
zab_test_session_close_gate (ZabTestSession *self, ZabLoadStage stage)
{
  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  self->stage = stage;
  g_mutex_unlock (&self->lock);
}

void
zab_test_session_open_gate (ZabTestSession *self)
{
  g_mutex_lock (&self->lock);
  self->closed = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

guint
zab_test_session_get_n_held (ZabTestSession *self)
{
  guint n_held;

  g_mutex_lock (&self->lock);
  n_held = self->n_held;
  g_mutex_unlock (&self->lock);
  return n_held;
}

GFile *
zab_test_session_get_file (ZabTestSession *self, const char *name)
{
  return g_file_new_build_filename (self->dir, name, NULL);
}

GFile *
zab_test_session_make_sound (ZabTestSession *self, const char *name, guint64 first)
{
  g_autofree float *frames = g_new (float, ZAB_TEST_SESSION_FRAMES);
  g_autoptr (GError) error = NULL;
  GFile *file = zab_test_session_get_file (self, name);

  zab_test_fill_counter (frames, ZAB_TEST_SESSION_FRAMES, 1, first);
  zab_test_wav_write (g_file_peek_path (file), frames, ZAB_TEST_SESSION_FRAMES, 1,
                      ZAB_TEST_SESSION_RATE, &error);
  g_assert_no_error (error);
  return file;
}

ZabPad *
zab_test_session_get_pad (ZabTestSession *self, guint pad)
{
  return zab_set_get_pad (zab_session_get_set (self->session), pad);
}

void
zab_test_session_load_sound (ZabTestSession *self, guint pad, const char *name, guint64 first)
{
  g_autoptr (GFile) file = zab_test_session_make_sound (self, name, first);

  zab_session_load (self->session, pad, file);
  zab_test_wait_until (zab_session_count_loading (self->session) == 0);
  g_assert_cmpstr (zab_pad_get_error (zab_test_session_get_pad (self, pad)), ==, NULL);
  zab_test_session_assert_sound (self, pad, first);
}

void
zab_test_session_assert_sound (ZabTestSession *self, guint pad, guint64 first)
{
  const ZabSample *sample = zab_engine_peek_sample (self->engine, pad);

  g_assert_nonnull (sample);
  g_assert_cmpuint (sample->n_frames, ==, ZAB_TEST_SESSION_FRAMES);
  g_assert_cmpuint (sample->channels, ==, 1);
  g_assert_cmpuint (sample->rate, ==, ZAB_TEST_SESSION_RATE);
  for (guint i = 0; i < ZAB_TEST_SESSION_FRAMES; i++)
    g_assert_cmpfloat (sample->frames[i], ==, zab_test_counter (first + i, 0));
}

void
zab_test_session_assert_loading (ZabTestSession *self, guint n_loading, const char *summary,
                                 double fraction)
{
  g_autofree char *text = NULL;
  guint            n;
  double           done;

  g_object_get (self->session, "n-loading", &n, "load-summary", &text, "load-fraction", &done,
                NULL);
  g_assert_cmpuint (n, ==, n_loading);
  g_assert_cmpstr (text, ==, summary);
  g_assert_cmpfloat (done, ==, fraction);
}
