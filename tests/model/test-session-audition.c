/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is heard before it is on a pad. */
#include "lib/zab-test-signal.h"
#include "lib/zab-test-wav.h"
#include "zab-test-session.h"

enum
{
  N_FRAMES = ZAB_TEST_SESSION_FRAMES,
  ATTACK = 144,  /* frames: 3 ms */
  DECLICK = 240, /* frames: 5 ms */
  FIRST = 1000,  /* of the counter */
  OTHER = 9000,
};

typedef struct
{
  ZabTestSession base;
  GPtrArray     *failures; /* char * */
  guint          n_events;
  double         seconds; /* of the last that started */
} Fixture;

static void
on_failed (ZabSession *session, const char *text, Fixture *self)
{
  g_ptr_array_add (self->failures, g_strdup (text));
}

static void
on_started (ZabSession *session, double seconds, Fixture *self)
{
  self->seconds = seconds;
}

static void
on_event (ZabSession *session, GVariant *event, Fixture *self)
{
  self->n_events++;
}

/* The ramps of what was set at the beginning are at their ends. */
static void
set_up (Fixture *self)
{
  float out[2 * DECLICK];

  *self = (Fixture){ .failures = g_ptr_array_new_with_free_func (g_free) };
  zab_test_session_init (&self->base);
  g_assert_true (zab_session_flush (self->base.session));
  zab_engine_render (self->base.engine, out, DECLICK);
  g_signal_connect (self->base.session, "audition-failed", G_CALLBACK (on_failed), self);
  g_signal_connect (self->base.session, "audition-started", G_CALLBACK (on_started), self);
  g_signal_connect (self->base.session, "loader-event", G_CALLBACK (on_event), self);
}

static void
tear_down (Fixture *self)
{
  zab_test_session_clear (&self->base);
  g_ptr_array_unref (self->failures);
}

static void
audition (Fixture *self, const char *name, guint64 first)
{
  g_autoptr (GFile) file = zab_test_session_make_sound (&self->base, name, first);

  zab_session_audition (self->base.session, file);
}

/* The mixer takes what has come; TRUE once the audition sounds. */
static gboolean
sounds (Fixture *self)
{
  zab_engine_apply_commands (self->base.engine);
  return zab_engine_is_auditioning (self->base.engine);
}

static void
render (Fixture *self, float *out, guint n_frames)
{
  zab_engine_render (self->base.engine, out, n_frames);
}

static void
assert_sound (const float *out, guint begin, guint end, guint64 first)
{
  for (guint i = begin; i < end; i++)
    g_assert_cmpfloat (out[2 * i], ==, zab_test_counter (first + i, 0) * 0.7F);
}

static void
test_plays_once (void)
{
  Fixture self;
  float   out[2 * (N_FRAMES + 1)];

  set_up (&self);
  audition (&self, "loop.wav", FIRST); /* its name would make a pad loop */
  zab_test_wait_until (sounds (&self));
  g_assert_true (zab_session_update_activity (self.base.session));
  g_assert_cmpfloat (self.seconds, ==, (double)N_FRAMES / ZAB_TEST_SESSION_RATE);
  render (&self, out, N_FRAMES + 1);
  assert_sound (out, ATTACK, N_FRAMES - DECLICK, FIRST);
  g_assert_cmpfloat (out[2 * N_FRAMES], ==, 0);
  g_assert_false (zab_engine_is_auditioning (self.base.engine));
  tear_down (&self);
}

/* A minute, of which half is decoded and kept. */
static void
test_long (void)
{
  enum
  {
    MINUTE = 60 * ZAB_TEST_SESSION_RATE
  };

  Fixture           self;
  g_autofree float *frames = g_new0 (float, MINUTE);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  set_up (&self);
  file = zab_test_session_get_file (&self.base, "long.wav");
  zab_test_wav_write (g_file_peek_path (file), frames, MINUTE, 1, ZAB_TEST_SESSION_RATE, &error);
  g_assert_no_error (error);
  zab_session_audition (self.base.session, file);
  zab_test_wait_until (sounds (&self));
  g_assert_cmpuint (zab_engine_get_memory_used (self.base.engine), ==,
                    zab_sample_get_size (MINUTE / 2, 1));
  g_assert_cmpfloat (self.seconds, ==, 60);
  tear_down (&self);
}

/* The set does not know, nor does anyone who counts loads. */
static void
test_leaves_the_set (void)
{
  Fixture self;

  set_up (&self);
  audition (&self, "a.wav", FIRST);
  zab_test_session_assert_loading (&self.base, 0, "", 0);
  zab_test_wait_until (sounds (&self));
  zab_session_update_activity (self.base.session);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      ZabPad *pad = zab_test_session_get_pad (&self.base, i);

      g_assert_cmpint (zab_pad_get_state (pad), ==, ZAB_PAD_EMPTY);
      g_assert_false (zab_pad_get_playing (pad));
    }
  g_assert_cmpuint (self.n_events, ==, 0);
  tear_down (&self);
}

static gboolean
is_freed (Fixture *self)
{
  float out[2];

  render (self, out, 1);
  return zab_engine_get_memory_used (self->base.engine) == 0;
}

static void
test_stop (void)
{
  Fixture self;

  set_up (&self);
  audition (&self, "a.wav", FIRST);
  zab_test_wait_until (sounds (&self));
  g_assert_cmpuint (zab_engine_get_memory_used (self.base.engine), >, 0);
  zab_session_stop_audition (self.base.session);
  zab_test_wait_until (is_freed (&self));
  g_assert_false (zab_engine_is_auditioning (self.base.engine));
  tear_down (&self);
}

static void
test_stop_all (void)
{
  Fixture self;

  set_up (&self);
  audition (&self, "a.wav", FIRST);
  zab_test_wait_until (sounds (&self));
  zab_session_stop_all (self.base.session);
  zab_test_wait_until (is_freed (&self));
  tear_down (&self);
}

/* Left while it loads: it never sounds, and nobody is told. */
static void
test_cancel (void)
{
  Fixture self;

  set_up (&self);
  zab_test_session_close_gate (&self.base, ZAB_LOAD_STAGE_READING);
  audition (&self, "a.wav", FIRST);
  zab_test_wait_until (zab_test_session_get_n_held (&self.base) == 1);
  zab_session_stop_audition (self.base.session);
  zab_test_session_open_gate (&self.base);
  zab_test_wait_until (zab_engine_get_memory_used (self.base.engine) == 0);
  zab_test_session_load_sound (&self.base, 3, "b.wav", OTHER); /* comes after it */
  g_assert_false (sounds (&self));
  g_assert_cmpuint (self.failures->len, ==, 0);
  tear_down (&self);
}

/* Down the list: the last one counts. */
static void
test_supersede (void)
{
  Fixture self;
  float   out[2 * N_FRAMES];

  set_up (&self);
  zab_test_session_close_gate (&self.base, ZAB_LOAD_STAGE_READING);
  audition (&self, "a.wav", FIRST);
  zab_test_wait_until (zab_test_session_get_n_held (&self.base) == 1);
  audition (&self, "b.wav", OTHER);
  zab_test_session_open_gate (&self.base);
  zab_test_wait_until (sounds (&self));
  render (&self, out, N_FRAMES);
  assert_sound (out, ATTACK, N_FRAMES - DECLICK, OTHER);
  g_assert_cmpuint (self.failures->len, ==, 0);
  tear_down (&self);
}

static void
test_failure (void)
{
  Fixture self;
  g_autoptr (GFile) file = NULL;

  set_up (&self);
  file = zab_test_session_get_file (&self.base, "missing.wav");
  zab_session_audition (self.base.session, file);
  zab_test_wait_until (self.failures->len == 1);
  g_assert_nonnull (strstr (self.failures->pdata[0], "missing.wav"));
  g_assert_cmpuint (self.n_events, ==, 0);
  g_assert_cmpuint (self.base.messages->len, ==, 0);
  tear_down (&self);
}

static void
test_shut_down (void)
{
  Fixture self;

  set_up (&self);
  zab_test_session_close_gate (&self.base, ZAB_LOAD_STAGE_READING);
  audition (&self, "a.wav", FIRST);
  zab_test_wait_until (zab_test_session_get_n_held (&self.base) == 1);
  zab_test_session_open_gate (&self.base);
  zab_session_shut_down (self.base.session);
  audition (&self, "b.wav", OTHER);
  zab_session_stop_audition (self.base.session);
  g_assert_cmpuint (self.failures->len, ==, 0);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/session-audition/plays-once", test_plays_once);
  zab_test_add ("/model/session-audition/long", test_long);
  zab_test_add ("/model/session-audition/leaves-the-set", test_leaves_the_set);
  zab_test_add ("/model/session-audition/stop", test_stop);
  zab_test_add ("/model/session-audition/stop-all", test_stop_all);
  zab_test_add ("/model/session-audition/cancel", test_cancel);
  zab_test_add ("/model/session-audition/supersede", test_supersede);
  zab_test_add ("/model/session-audition/failure", test_failure);
  zab_test_add ("/model/session-audition/shut-down", test_shut_down);
  return g_test_run ();
}
