/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "model/zab-document.h"
#include "model/zab-pad-private.h"
#include "model/zab-set-error.h"
#include "model/zab-set-file.h"
#include "zab-test-session.h"

typedef struct
{
  ZabTestSession session;
  ZabDocument   *document;
  char          *journal;
} Fixture;

static void
fixture_init (Fixture *self)
{
  zab_test_session_init (&self->session);
  self->journal = g_build_filename (self->session.dir, "state", NULL);
  self->document = zab_document_new (self->session.session, self->journal);
}

static void
fixture_clear (Fixture *self)
{
  zab_document_shut_down (self->document);
  zab_test_wait_until (G_OBJECT (self->document)->ref_count == 1); /* a search may hold one */
  g_assert_finalize_object (self->document);
  zab_test_session_clear (&self->session);
  g_free (self->journal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

/* As after a crash: what is in the journal is all that there is. */
static void
restart (Fixture *self)
{
  char *dir = g_steal_pointer (&self->session.dir);
  char *journal = g_steal_pointer (&self->journal);

  zab_document_flush (self->document);
  self->session.dir = g_strdup (dir);
  fixture_clear (self);
  zab_test_session_init (&self->session);
  g_free (self->session.dir);
  self->session.dir = dir;
  self->journal = journal;
  self->document = zab_document_new (self->session.session, journal);
}

static ZabPad *
get_pad (Fixture *self, guint pad)
{
  return zab_test_session_get_pad (&self->session, pad);
}

static void
load (Fixture *self, guint pad, const char *name, guint64 first)
{
  zab_test_session_load_sound (&self->session, pad, name, first);
}

static void
wait_for_loads (Fixture *self)
{
  zab_test_wait_until (zab_session_count_loading (self->session.session) == 0);
}

static void
assert_flags (Fixture *self, gboolean modified, gboolean can_undo, gboolean can_redo)
{
  gboolean undo;
  gboolean redo;

  g_assert_cmpint (zab_document_get_modified (self->document), ==, modified);
  g_object_get (self->document, "can-undo", &undo, "can-redo", &redo, NULL);
  g_assert_cmpint (undo, ==, can_undo);
  g_assert_cmpint (redo, ==, can_redo);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
save (Fixture *self, GFile *file, ZabSaveFlags flags, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  zab_document_save_async (self->document, file, flags, on_done, &result);
  zab_test_wait_until (result != NULL);
  return zab_document_save_finish (self->document, result, error);
}

static void
save_well (Fixture *self, GFile *file)
{
  g_autoptr (GError) error = NULL;

  save (self, file, ZAB_SAVE_NONE, &error);
  g_assert_no_error (error);
}

static gboolean
open_set (Fixture *self, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  zab_document_open_async (self->document, file, NULL, on_done, &result);
  zab_test_wait_until (result != NULL);
  return zab_document_open_finish (self->document, result, error);
}

static void
open_well (Fixture *self, GFile *file)
{
  g_autoptr (GError) error = NULL;

  open_set (self, file, &error);
  g_assert_no_error (error);
  wait_for_loads (self);
}

static void
test_edits (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  assert_flags (&self, FALSE, FALSE, FALSE);
  load (&self, 3, "kick.wav", 1);
  zab_pad_set_gain (get_pad (&self, 3), 0.5);
  assert_flags (&self, TRUE, TRUE, FALSE);
  zab_document_undo (self.document);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 3)), ==, 1);
  g_assert_cmpint (zab_pad_get_state (get_pad (&self, 3)), ==, ZAB_PAD_READY);
  zab_document_undo (self.document);
  g_assert_cmpint (zab_pad_get_state (get_pad (&self, 3)), ==, ZAB_PAD_EMPTY);
  assert_flags (&self, FALSE, FALSE, TRUE);
  zab_document_redo (self.document);
  zab_document_redo (self.document);
  wait_for_loads (&self);
  zab_test_session_assert_sound (&self.session, 3, 1);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 3)), ==, 0.5);
  assert_flags (&self, TRUE, TRUE, FALSE);
}

/* What is done in one go is undone in one go. */
static void
test_gestures (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_document_begin_gesture (self.document);
  for (guint i = 1; i < 10; i++)
    {
      zab_pad_set_gain (get_pad (&self, i % 3), i / 10.0);
      zab_test_drain ();
    }
  zab_document_end_gesture (self.document);
  zab_pad_set_gain (get_pad (&self, 2), 3);
  zab_document_undo (self.document);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 2)), ==, 0.8);
  zab_document_undo (self.document);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, i)), ==, 1);
  assert_flags (&self, FALSE, FALSE, TRUE);
}

/* Two fingers on two sliders: one step, until the last of them is up. */
static void
test_gestures_at_once (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_document_begin_gesture (self.document);
  zab_pad_set_gain (get_pad (&self, 0), 0.1);
  zab_document_begin_gesture (self.document);
  zab_pad_set_gain (get_pad (&self, 1), 0.2);
  zab_document_end_gesture (self.document);
  zab_pad_set_gain (get_pad (&self, 0), 0.3);
  zab_document_end_gesture (self.document);
  zab_document_undo (self.document);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, i)), ==, 1);
  assert_flags (&self, FALSE, FALSE, TRUE);
}

static void
test_clear_pad (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  load (&self, 0, "kick.wav", 1);
  zab_pad_set_name (get_pad (&self, 0), "Boom");
  zab_pad_set_gain (get_pad (&self, 0), 2);
  zab_test_drain ();
  zab_session_clear (self.session.session, 0);
  zab_document_undo (self.document);
  wait_for_loads (&self);
  zab_test_session_assert_sound (&self.session, 0, 1);
  g_assert_cmpstr (zab_pad_get_name (get_pad (&self, 0)), ==, "Boom");
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 0)), ==, 2);
}

/* Looking at another bank is no edit; it is remembered nevertheless. */
static void
test_view (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  zab_session_set_bank (self.session.session, 4);
  assert_flags (&self, FALSE, FALSE, FALSE);
  restart (&self);
  g_assert_cmpuint (zab_session_get_bank (self.session.session), ==, 4);
}

static void
test_save_and_open (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;

  fixture_init (&self);
  file = zab_test_session_get_file (&self.session, "my set.zabset");
  load (&self, 0, "kick.wav", 1);
  load (&self, 40, "snare.wav", 2000);
  zab_pad_set_mode (get_pad (&self, 40), ZAB_PAD_MODE_LOOP);
  zab_session_set_volume (self.session.session, 0.3);
  zab_session_set_bank (self.session.session, 1);
  g_assert_cmpstr (zab_document_get_title (self.document), ==, "Untitled set");
  save_well (&self, file);
  g_assert_cmpstr (zab_document_get_title (self.document), ==, "my set");
  g_assert_false (zab_document_get_modified (self.document));
  zab_document_clear (self.document);
  g_assert_null (zab_document_get_file (self.document));
  g_assert_cmpint (zab_pad_get_state (get_pad (&self, 40)), ==, ZAB_PAD_EMPTY);
  zab_session_set_bank (self.session.session, 0);
  zab_session_set_volume (self.session.session, 1);
  open_well (&self, file);
  zab_test_session_assert_sound (&self.session, 0, 1);
  zab_test_session_assert_sound (&self.session, 40, 2000);
  g_assert_cmpint (zab_pad_get_mode (get_pad (&self, 40)), ==, ZAB_PAD_MODE_LOOP);
  g_assert_cmpfloat (zab_session_get_volume (self.session.session), ==, 0.3);
  g_assert_cmpuint (zab_session_get_bank (self.session.session), ==, 1);
  assert_flags (&self, FALSE, FALSE, FALSE);
}

/* Each save is of what the set is when its turn comes; the last one wins. */
static void
test_saves_in_order (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  GAsyncResult *results[3] = { NULL };

  fixture_init (&self);
  file = zab_test_session_get_file (&self.session, "a.zabset");
  for (guint i = 0; i < 3; i++)
    {
      zab_pad_set_gain (get_pad (&self, 0), 0.1 * (i + 1));
      zab_document_save_async (self.document, file, ZAB_SAVE_NONE, on_done, &results[i]);
    }
  zab_test_wait_until (results[2] != NULL);
  g_assert_nonnull (results[0]);
  g_assert_nonnull (results[1]);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (zab_document_save_finish (self.document, results[i], NULL));
      g_object_unref (results[i]);
    }
  g_assert_false (zab_document_get_modified (self.document));
  zab_document_clear (self.document);
  open_well (&self, file);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 0)), ==, 0.1 * 3);
}

static void
test_save_fails (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) nowhere = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) changed = NULL;

  fixture_init (&self);
  nowhere = zab_test_session_get_file (&self.session, "gone/a.zabset");
  file = zab_test_session_get_file (&self.session, "a.zabset");
  zab_pad_set_gain (get_pad (&self, 0), 0.1);
  g_assert_false (save (&self, nowhere, ZAB_SAVE_NONE, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_FOLDER_GONE);
  g_assert_null (zab_document_get_file (self.document));
  g_assert_true (zab_document_get_modified (self.document));
  save_well (&self, file);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), "someone else's", -1, NULL));
  zab_pad_set_gain (get_pad (&self, 0), 0.2);
  g_assert_false (save (&self, NULL, ZAB_SAVE_NONE, &changed));
  g_assert_error (changed, ZAB_SET_ERROR, ZAB_SET_ERROR_CHANGED);
  g_assert_true (zab_document_get_modified (self.document));
  g_assert_true (save (&self, NULL, ZAB_SAVE_REPLACE, NULL));
  g_assert_false (zab_document_get_modified (self.document));
}

static void
test_open_fails (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  file = zab_test_session_get_file (&self.session, "a.zabset");
  g_assert_true (g_file_set_contents (g_file_peek_path (file), "{}", -1, NULL));
  load (&self, 0, "kick.wav", 1);
  g_assert_false (open_set (&self, file, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NOT_A_SET);
  zab_test_session_assert_sound (&self.session, 0, 1);
  assert_flags (&self, TRUE, TRUE, FALSE);
}

/* --- The next start -------------------------------------------------------------------------- */

static void
test_restart (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  load (&self, 0, "kick.wav", 1);
  zab_pad_set_gain (get_pad (&self, 0), 0.5);
  zab_test_drain ();
  load (&self, 215, "snare.wav", 77);
  zab_document_undo (self.document);
  restart (&self);
  wait_for_loads (&self);
  zab_test_session_assert_sound (&self.session, 0, 1);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 0)), ==, 0.5);
  assert_flags (&self, TRUE, TRUE, TRUE);
  zab_document_redo (self.document);
  wait_for_loads (&self);
  zab_test_session_assert_sound (&self.session, 215, 77);
  zab_document_undo (self.document);
  zab_document_undo (self.document);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 0)), ==, 1);
  restart (&self);
  assert_flags (&self, TRUE, TRUE, TRUE);
  zab_document_undo (self.document);
  assert_flags (&self, FALSE, FALSE, TRUE);
}

static void
test_restart_of_saved (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;

  fixture_init (&self);
  file = zab_test_session_get_file (&self.session, "a.zabset");
  load (&self, 0, "kick.wav", 1);
  save_well (&self, file);
  restart (&self);
  wait_for_loads (&self);
  g_assert_true (g_file_equal (zab_document_get_file (self.document), file));
  assert_flags (&self, FALSE, TRUE, FALSE);
  zab_pad_set_gain (get_pad (&self, 0), 0.5);
  restart (&self);
  assert_flags (&self, TRUE, TRUE, FALSE);
  save_well (&self, NULL);
  restart (&self);
  wait_for_loads (&self);
  assert_flags (&self, FALSE, TRUE, FALSE);
}

/* --- Missing files --------------------------------------------------------------------------- */

static void
rename_file (Fixture *self, const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (self->session.dir, from, NULL);
  g_autofree char *new = g_build_filename (self->session.dir, to, NULL);
  g_autofree char *folder = g_path_get_dirname (new);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_rename (old, new), ==, 0);
}

static GFile *
save_two (Fixture *self)
{
  GFile *file = zab_test_session_get_file (&self->session, "a.zabset");

  load (self, 0, "kick.wav", 1);
  load (self, 1, "snare.wav", 77);
  zab_pad_set_gain (get_pad (self, 0), 0.5);
  zab_pad_set_name (get_pad (self, 1), "Crack");
  zab_pad_set_mode (get_pad (self, 1), ZAB_PAD_MODE_LOOP);
  save_well (self, file);
  zab_document_clear (self->document);
  return file;
}

static guint
count_missing (Fixture *self)
{
  guint n;

  g_object_get (self->document, "n-missing", &n, NULL);
  return n;
}

/* Gone, cancelled, dismissed: the set remembers it all, and says so when it is saved again. */
static void
test_missing (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_init (&self);
  file = save_two (&self);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &before, NULL, NULL));
  rename_file (&self, "kick.wav", "hidden/.kick.wav");
  open_well (&self, file);
  g_assert_cmpint (zab_pad_get_state (get_pad (&self, 0)), ==, ZAB_PAD_FAILED);
  g_assert_cmpstr (zab_pad_get_name (get_pad (&self, 0)), ==, "kick");
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 0)), ==, 0.5);
  g_assert_cmpuint (count_missing (&self), ==, 1);
  zab_session_dismiss_error (self.session.session, 0);
  assert_flags (&self, FALSE, FALSE, FALSE);
  save_well (&self, NULL);
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
  rename_file (&self, "hidden/.kick.wav", "kick.wav");
  zab_session_retry (self.session.session, 0);
  wait_for_loads (&self);
  zab_test_session_assert_sound (&self.session, 0, 1);
  g_assert_cmpuint (count_missing (&self), ==, 0);
  assert_flags (&self, FALSE, FALSE, FALSE);
}

/* Another name, another folder that the set knows: the content tells. */
static void
test_relink (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;

  fixture_init (&self);
  file = save_two (&self);
  rename_file (&self, "kick.wav", "deep/er/renamed.wav");
  open_well (&self, file);
  zab_test_wait_until (zab_pad_get_has_sample (get_pad (&self, 0)));
  zab_test_session_assert_sound (&self.session, 0, 1);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 0)), ==, 0.5);
  g_assert_cmpstr (zab_pad_get_name (get_pad (&self, 0)), ==, "kick");
  assert_flags (&self, FALSE, FALSE, FALSE);
}

static void
on_used (ZabSession *session, GFile *file, GPtrArray *used)
{
  g_ptr_array_add (used, g_object_ref (file));
}

/* Every file moved to where the set does not look; one is shown, and the other is found. */
static void
test_locate (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) kick = NULL;
  g_autoptr (GPtrArray) used = g_ptr_array_new_with_free_func (g_object_unref);

  fixture_init (&self);
  file = save_two (&self);
  g_signal_connect (self.session.session, "used", G_CALLBACK (on_used), used);
  rename_file (&self, "kick.wav", ".far/k.wav");
  rename_file (&self, "snare.wav", ".far/s.wav");
  open_well (&self, file);
  g_assert_cmpuint (count_missing (&self), ==, 2);
  kick = zab_test_session_get_file (&self.session, ".far/k.wav");
  zab_document_locate (self.document, 0, kick);
  zab_test_wait_until (zab_pad_get_has_sample (get_pad (&self, 1)));
  wait_for_loads (&self);
  zab_test_session_assert_sound (&self.session, 0, 1);
  zab_test_session_assert_sound (&self.session, 1, 77);
  g_assert_cmpstr (zab_pad_get_name (get_pad (&self, 1)), ==, "Crack");
  g_assert_cmpint (zab_pad_get_mode (get_pad (&self, 1)), ==, ZAB_PAD_MODE_LOOP);
  g_assert_cmpfloat (zab_pad_get_gain (get_pad (&self, 0)), ==, 0.5);
  g_assert_cmpuint (used->len, ==, 1); /* was chosen */
  g_assert_true (g_file_equal (used->pdata[0], kick));
}

/* A new set takes the place of one that was not saved: nothing of it is lost. */
static void
test_unsaved (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  const char      *text;

  fixture_init (&self);
  load (&self, 0, "kick.wav", 1);
  zab_document_clear (self.document);
  zab_test_wait_until (self.session.messages->len == 1);
  text = self.session.messages->pdata[0];
  path = g_strndup (strstr (text, "/"), strlen (strstr (text, "/")) - strlen ("”"));
  file = g_file_new_for_path (path);
  open_well (&self, file);
  zab_test_session_assert_sound (&self.session, 0, 1);
  g_assert_cmpuint (self.session.messages->len, ==, 1);
}

/* One that is dropped on a pad that misses its own shows where the others are. */
static void
test_found_by_drop (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) kick = NULL;

  fixture_init (&self);
  file = save_two (&self);
  rename_file (&self, "kick.wav", ".far/k.wav");
  rename_file (&self, "snare.wav", ".far/s.wav");
  open_well (&self, file);
  kick = zab_test_session_get_file (&self.session, ".far/k.wav");
  zab_session_load (self.session.session, 0, kick);
  zab_test_wait_until (zab_pad_get_has_sample (get_pad (&self, 1)));
  wait_for_loads (&self);
  zab_test_session_assert_sound (&self.session, 0, 1);
  zab_test_session_assert_sound (&self.session, 1, 77);
}

static void
on_open_set (ZabSession *session, GFile *file, GPtrArray *files)
{
  g_ptr_array_add (files, g_object_ref (file));
}

static void
test_set_among_files (void)
{
  g_auto (Fixture) self;
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  fixture_init (&self);
  g_signal_connect (self.session.session, "open-set", G_CALLBACK (on_open_set), asked);
  g_ptr_array_add (files, zab_test_session_make_sound (&self.session, "kick.wav", 1));
  g_ptr_array_add (files, zab_test_session_get_file (&self.session, "a.zabset"));
  zab_session_load_files (self.session.session, 0, files);
  g_assert_cmpuint (asked->len, ==, 1);
  g_assert_true (asked->pdata[0] == files->pdata[1]);
  g_assert_cmpint (zab_pad_get_state (get_pad (&self, 0)), ==, ZAB_PAD_EMPTY);
}

/* Two programs with one set: the second is told, and the first after it has saved under that name.
 */
static void
test_open_twice (void)
{
  g_auto (Fixture) self;
  ZabTestSession other;
  ZabDocument   *second;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) again = NULL;

  fixture_init (&self);
  file = save_two (&self);
  open_well (&self, file);
  open_well (&self, file);
  g_assert_cmpuint (self.session.messages->len, ==, 0);
  zab_test_session_init (&other);
  second = zab_document_new (other.session, self.journal);
  zab_document_open_async (second, file, NULL, on_done, &result);
  zab_test_wait_until (result != NULL);
  g_assert_true (zab_document_open_finish (second, result, NULL));
  g_assert_cmpuint (other.messages->len, ==, 1);
  g_assert_nonnull (strstr (other.messages->pdata[0], "open in another Zabumba"));
  g_assert_nonnull (strstr (other.messages->pdata[0], g_file_peek_path (file)));
  zab_test_wait_until (zab_session_count_loading (other.session) == 0);
  zab_document_clear (self.document); /* lets go of it */
  zab_document_open_async (second, file, NULL, on_done, &again);
  zab_test_wait_until (again != NULL);
  g_assert_true (zab_document_open_finish (second, again, NULL));
  g_assert_cmpuint (other.messages->len, ==, 1);
  g_clear_object (&result);
  g_clear_object (&again);
  zab_document_shut_down (second);
  zab_test_wait_until (G_OBJECT (second)->ref_count == 1);
  g_assert_finalize_object (second);
  zab_test_session_clear (&other);
}

/* The bundle's own copies sound when the originals are gone. */
static void
test_bundle (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;

  fixture_init (&self);
  file = zab_test_session_get_file (&self.session, "all.zabumba");
  load (&self, 0, "kick.wav", 1);
  save_well (&self, file);
  g_assert_cmpstr (zab_document_get_title (self.document), ==, "all");
  zab_document_clear (self.document);
  rename_file (&self, "kick.wav", ".gone/kick.wav");
  open_well (&self, file);
  zab_test_session_assert_sound (&self.session, 0, 1);
  assert_flags (&self, FALSE, FALSE, FALSE);
}

/* Each step has a name of its own, whichever way it goes; loads and looks are none. */
static void
test_step (void)
{
  g_auto (Fixture) self;
  guint64 steps[5];

  fixture_init (&self);
  zab_test_session_load_sound (&self.session, 0, "kick.wav", 1);
  steps[0] = zab_document_get_step (self.document);
  zab_session_set_bank (self.session.session, 1);
  g_assert_cmpuint (zab_document_get_step (self.document), ==, steps[0]);
  zab_pad_set_gain (get_pad (&self, 0), 0.5);
  steps[1] = zab_document_get_step (self.document);
  zab_document_undo (self.document);
  steps[2] = zab_document_get_step (self.document);
  zab_document_redo (self.document);
  steps[3] = zab_document_get_step (self.document);
  zab_document_clear (self.document);
  steps[4] = zab_document_get_step (self.document);
  for (guint i = 1; i < G_N_ELEMENTS (steps); i++)
    g_assert_cmpuint (steps[i], >, steps[i - 1]);
  g_assert_cmpuint (zab_document_get_step (self.document), ==, steps[4]);
}

/* A sound with a chunk that tells its tempo; of one frame, float. */
static GFile *
make_acid (Fixture *self, const char *name)
{
  static const char chunks[]
      = "RIFF\x50\0\0\0WAVEfmt \x10\0\0\0\3\0\1\0\x80\xbb\0\0\0\xee\2\0\4\0\x20\0"
        "acid\x18\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\4\0\4\0\0\0\xc8\x42"
        "data\4\0\0\0\0\0\0\x3f";
  GFile *file = zab_test_session_get_file (&self->session, name);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), chunks, sizeof chunks - 1, NULL));
  return file;
}

/* The file's tempo comes with the file: in the same step, and not against what is known. */
static void
test_learnt_tempo (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) named = NULL;

  fixture_init (&self);
  file = make_acid (&self, "acid.wav");
  named = make_acid (&self, "acid 90bpm.wav");
  zab_session_load (self.session.session, 0, file);
  wait_for_loads (&self);
  g_assert_cmpfloat (zab_pad_get_tempo (get_pad (&self, 0)), ==, 100);
  zab_document_undo (self.document);
  g_assert_cmpint (zab_pad_get_state (get_pad (&self, 0)), ==, ZAB_PAD_EMPTY);
  assert_flags (&self, FALSE, FALSE, TRUE);
  zab_document_redo (self.document);
  wait_for_loads (&self);
  g_assert_cmpfloat (zab_pad_get_tempo (get_pad (&self, 0)), ==, 100);
  zab_pad_set_tempo (get_pad (&self, 0), 0);
  zab_document_undo (self.document);
  g_assert_cmpfloat (zab_pad_get_tempo (get_pad (&self, 0)), ==, 100);
  zab_session_load (self.session.session, 1, named);
  wait_for_loads (&self);
  g_assert_cmpfloat (zab_pad_get_tempo (get_pad (&self, 1)), ==, 90);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = NULL;

  zab_test_init (&argc, &argv);
  data = zab_test_make_dir ();
  g_setenv ("XDG_DATA_HOME", data, TRUE); /* for what bundles unpack */
  zab_test_add ("/model/document/edits", test_edits);
  zab_test_add ("/model/document/gestures", test_gestures);
  zab_test_add ("/model/document/gestures-at-once", test_gestures_at_once);
  zab_test_add ("/model/document/clear-pad", test_clear_pad);
  zab_test_add ("/model/document/view", test_view);
  zab_test_add ("/model/document/save-and-open", test_save_and_open);
  zab_test_add ("/model/document/saves-in-order", test_saves_in_order);
  zab_test_add ("/model/document/save-fails", test_save_fails);
  zab_test_add ("/model/document/open-fails", test_open_fails);
  zab_test_add ("/model/document/restart", test_restart);
  zab_test_add ("/model/document/restart-of-saved", test_restart_of_saved);
  zab_test_add ("/model/document/missing", test_missing);
  zab_test_add ("/model/document/relink", test_relink);
  zab_test_add ("/model/document/locate", test_locate);
  zab_test_add ("/model/document/step", test_step);
  zab_test_add ("/model/document/learnt-tempo", test_learnt_tempo);
  zab_test_add ("/model/document/unsaved", test_unsaved);
  zab_test_add ("/model/document/found-by-drop", test_found_by_drop);
  zab_test_add ("/model/document/set-among-files", test_set_among_files);
  zab_test_add ("/model/document/open-twice", test_open_twice);
  zab_test_add ("/model/document/bundle", test_bundle);
  return g_test_run ();
}
