/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on a pad, put on another one, and taken back again. */
#include "model/zab-document.h"
#include "model/zab-pad-private.h"
#include "zab-test-session.h"

typedef struct
{
  ZabTestSession session;
  ZabDocument   *document;
} Fixture;

static ZabPad *
get_pad (Fixture *self, guint pad)
{
  return zab_test_session_get_pad (&self->session, pad);
}

/* A kick on pad 0, panned and looped; a snare on pad 40, choked. */
static void
fixture_init (Fixture *self)
{
  zab_test_session_init (&self->session);
  self->document = zab_document_new (self->session.session, NULL);
  zab_test_session_load_sound (&self->session, 0, "kick.wav", 1);
  zab_pad_set_name (get_pad (self, 0), "Boom");
  zab_pad_set_pan (get_pad (self, 0), -0.5);
  zab_pad_set_mode (get_pad (self, 0), ZAB_PAD_MODE_LOOP);
  zab_test_session_load_sound (&self->session, 40, "snare.wav", 2000);
  zab_pad_set_choke (get_pad (self, 40), 3);
  zab_test_drain ();
}

static void
fixture_clear (Fixture *self)
{
  zab_document_shut_down (self->document);
  zab_test_wait_until (G_OBJECT (self->document)->ref_count == 1);
  g_assert_finalize_object (self->document);
  zab_test_session_clear (&self->session);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static void
wait_for_loads (Fixture *self)
{
  zab_test_wait_until (zab_session_count_loading (self->session.session) == 0);
}

static void
assert_kick (Fixture *self, guint pad)
{
  wait_for_loads (self);
  zab_test_session_assert_sound (&self->session, pad, 1);
  g_assert_cmpstr (zab_pad_get_name (get_pad (self, pad)), ==, "Boom");
  g_assert_cmpfloat (zab_pad_get_pan (get_pad (self, pad)), ==, -0.5);
  g_assert_cmpint (zab_pad_get_mode (get_pad (self, pad)), ==, ZAB_PAD_MODE_LOOP);
  g_assert_cmpuint (zab_pad_get_choke (get_pad (self, pad)), ==, 0);
}

static void
assert_snare (Fixture *self, guint pad)
{
  wait_for_loads (self);
  zab_test_session_assert_sound (&self->session, pad, 2000);
  g_assert_cmpstr (zab_pad_get_name (get_pad (self, pad)), ==, "snare");
  g_assert_cmpuint (zab_pad_get_choke (get_pad (self, pad)), ==, 3);
  g_assert_cmpint (zab_pad_get_mode (get_pad (self, pad)), ==, ZAB_PAD_MODE_ONE_SHOT);
}

static void
assert_empty (Fixture *self, guint pad)
{
  g_assert_cmpint (zab_pad_get_state (get_pad (self, pad)), ==, ZAB_PAD_EMPTY);
  g_assert_cmpfloat (zab_pad_get_pan (get_pad (self, pad)), ==, 0);
  g_assert_cmpint (zab_pad_get_mode (get_pad (self, pad)), ==, ZAB_PAD_MODE_ONE_SHOT);
  g_assert_cmpuint (zab_pad_get_choke (get_pad (self, pad)), ==, 0);
}

static void
test_copy (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_session_copy_pad (self.session.session, 0, 215);
  assert_kick (&self, 0);
  assert_kick (&self, 215);
  zab_session_copy_pad (self.session.session, 40, 0);
  assert_snare (&self, 0);
  assert_snare (&self, 40);
  zab_document_undo (self.document);
  assert_kick (&self, 0);
  zab_document_undo (self.document);
  assert_empty (&self, 215);
  zab_document_redo (self.document);
  assert_kick (&self, 215);
}

static void
test_swap (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_session_swap_pads (self.session.session, 0, 40);
  assert_snare (&self, 0);
  assert_kick (&self, 40);
  zab_document_undo (self.document);
  assert_kick (&self, 0);
  assert_snare (&self, 40);
}

static void
test_with_empty (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_session_swap_pads (self.session.session, 0, 1);
  assert_empty (&self, 0);
  assert_kick (&self, 1);
  zab_session_copy_pad (self.session.session, 0, 40);
  assert_empty (&self, 40);
  zab_session_swap_pads (self.session.session, 1, 1);
  assert_kick (&self, 1);
  zab_document_undo (self.document);
  assert_snare (&self, 40);
  zab_document_undo (self.document);
  assert_kick (&self, 0);
  assert_empty (&self, 1);
}

/* Settings go with a sound that is not there, and so does its reference. */
static void
test_missing (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) gone = NULL;

  fixture_init (&self);
  gone = zab_test_session_get_file (&self.session, "gone.wav");
  zab_session_restore (self.session.session, 5, gone, "Gone");
  zab_pad_set_speed (get_pad (&self, 5), 2);
  wait_for_loads (&self);
  g_assert_true (zab_pad_get_missing (get_pad (&self, 5)));
  zab_session_swap_pads (self.session.session, 5, 6);
  wait_for_loads (&self);
  assert_empty (&self, 5);
  g_assert_false (zab_pad_get_missing (get_pad (&self, 5)));
  g_assert_true (zab_pad_get_missing (get_pad (&self, 6)));
  g_assert_cmpint (zab_pad_get_state (get_pad (&self, 6)), ==, ZAB_PAD_FAILED);
  g_assert_true (g_file_equal (zab_pad_get_kept_file (get_pad (&self, 6)), gone));
  g_assert_cmpstr (zab_pad_get_kept_name (get_pad (&self, 6)), ==, "Gone");
  g_assert_cmpfloat (zab_pad_get_speed (get_pad (&self, 6)), ==, 2);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
open_set (Fixture *self, const char *text)
{
  g_autoptr (GFile) file = zab_test_session_get_file (&self->session, "a.zabset");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, -1, NULL));
  zab_document_open_async (self->document, file, NULL, on_done, &result);
  zab_test_wait_until (result != NULL);
  zab_document_open_finish (self->document, result, &error);
  g_assert_no_error (error);
  wait_for_loads (self);
}

static char *
save_set (Fixture *self)
{
  g_autoptr (GFile) file = zab_test_session_get_file (&self->session, "a.zabset");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  zab_document_save_async (self->document, NULL, TRUE, on_done, &result);
  zab_test_wait_until (result != NULL);
  zab_document_save_finish (self->document, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  return text;
}

/* By which the sound will be found again. */
static void
test_hash_goes_along (void)
{
  g_auto (Fixture) self;
  g_autofree char *text = NULL;

  fixture_init (&self);
  open_set (&self, "{\"format\":\"zabumba-set\",\"version\":2,\"pads\":[{\"pad\":\"A1\",\"file\":"
                   "{\"uri\":\"file:///nowhere/a.wav\",\"size\":7,\"sha256\":"
                   "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"}}]}");
  g_assert_true (zab_pad_get_missing (get_pad (&self, 0)));
  zab_session_swap_pads (self.session.session, 0, 71);
  wait_for_loads (&self);
  text = save_set (&self);
  g_assert_null (strstr (text, "\"A1\""));
  g_assert_nonnull (strstr (text, "\"B36\""));
  g_assert_nonnull (
      strstr (text, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
  g_assert_nonnull (strstr (text, "\"size\": 7"));
}

/* While the audio thread takes nothing, everything stays as it is. */
static void
test_full_ring (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  while (zab_engine_stop_all (self.session.engine))
    ;
  zab_session_copy_pad (self.session.session, 0, 40);
  zab_session_swap_pads (self.session.session, 0, 40);
  g_assert_cmpuint (self.session.messages->len, ==, 2);
  assert_kick (&self, 0);
  assert_snare (&self, 40);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/session/move/copy", test_copy);
  zab_test_add ("/model/session/move/swap", test_swap);
  zab_test_add ("/model/session/move/with-empty", test_with_empty);
  zab_test_add ("/model/session/move/missing", test_missing);
  zab_test_add ("/model/session/move/hash-goes-along", test_hash_goes_along);
  zab_test_add ("/model/session/move/full-ring", test_full_ring);
  return g_test_run ();
}
