/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "zab-test-notify.h"
#include "zab-test-session.h"

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* Sounds "1.wav", "2.wav", ... whose counters begin at 100, 200, ... */
static GPtrArray *
make_sounds (ZabTestSession *self, guint n)
{
  GPtrArray *files = new_list ();

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.wav", i);

      g_ptr_array_add (files, zab_test_session_make_sound (self, name, 100 * i));
    }
  return files;
}

static void
wait_until_ready (ZabTestSession *self, guint pad)
{
  zab_test_wait_until (zab_pad_get_state (zab_test_session_get_pad (self, pad)) == ZAB_PAD_READY);
}

static guint
count_empty (ZabTestSession *self)
{
  guint n = 0;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    n += zab_pad_get_state (zab_test_session_get_pad (self, i)) == ZAB_PAD_EMPTY;
  return n;
}

static void
test_many (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = NULL;

  zab_test_session_init (&self);
  files = make_sounds (&self, 5);
  zab_session_load_files (self.session, 34, files);
  for (guint i = 0; i < 5; i++)
    wait_until_ready (&self, 34 + i);
  for (guint i = 0; i < 5; i++)
    zab_test_session_assert_sound (&self, 34 + i, 100 * (i + 1));
  g_assert_cmpuint (count_empty (&self), ==, ZAB_N_PADS - 5);
  g_assert_cmpuint (self.messages->len, ==, 0);
  zab_test_session_assert_loading (&self, 0, "", 0);
}

/* What is told of all loads together is told once, however many they are. */
static void
test_told_once (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = NULL;
  ZabTestNotify notify;

  zab_test_session_init (&self);
  files = make_sounds (&self, 3);
  zab_test_session_close_gate (&self, ZAB_LOAD_STAGE_READING);
  zab_test_notify_init (&notify, self.session);
  zab_session_load_files (self.session, 0, files);
  zab_test_wait_until (zab_session_count_loading (self.session) == 3);
  zab_test_assert_notified (&notify, "load-summary n-loading");
  zab_test_session_assert_loading (&self, 3, "Loading sound 1 of 3…", 0);
  zab_test_notify_clear (&notify);
  zab_test_session_open_gate (&self);
  wait_until_ready (&self, 2);
}

static void
overflow (guint first_pad, const char *message)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = NULL;

  zab_test_session_init (&self);
  files = make_sounds (&self, 3);
  zab_session_load_files (self.session, first_pad, files);
  for (guint i = first_pad; i < ZAB_N_PADS; i++)
    wait_until_ready (&self, i);
  for (guint i = first_pad; i < ZAB_N_PADS; i++)
    zab_test_session_assert_sound (&self, i, 100 * (i - first_pad + 1));
  g_assert_cmpuint (count_empty (&self), ==, first_pad);
  if (message == NULL)
    g_assert_cmpuint (self.messages->len, ==, 0);
  else
    {
      g_assert_cmpuint (self.messages->len, ==, 1);
      g_assert_cmpstr (self.messages->pdata[0], ==, message);
    }
}

static void
test_overflow (void)
{
  overflow (ZAB_N_PADS - 3, NULL);
  overflow (ZAB_N_PADS - 2, "1 file didn’t fit: there are no more pads");
  overflow (ZAB_N_PADS - 1, "2 files didn’t fit: there are no more pads");
}

/* Puts the 216 pads to work at once, all of them. */
static void
test_all_pads (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = new_list ();
  g_autoptr (GFile) file = NULL;

  zab_test_session_init (&self);
  file = zab_test_session_make_sound (&self, "kick.wav", 5);
  for (guint i = 0; i < ZAB_N_PADS + 10; i++)
    g_ptr_array_add (files, g_object_ref (file));
  zab_session_load_files (self.session, 0, files);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    wait_until_ready (&self, i);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    zab_test_session_assert_sound (&self, i, 5);
  g_assert_cmpuint (self.messages->len, ==, 1);
  g_assert_cmpstr (self.messages->pdata[0], ==, "10 files didn’t fit: there are no more pads");
  zab_test_session_assert_loading (&self, 0, "", 0);
}

static GPtrArray *
list_folder (const char *path)
{
  GPtrArray *files = new_list ();

  g_ptr_array_add (files, g_file_new_for_path (path));
  return files;
}

static void
test_folder (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) sounds = NULL;
  g_autoptr (GPtrArray) files = NULL;

  zab_test_session_init (&self);
  sounds = make_sounds (&self, 12);
  files = list_folder (self.dir);
  zab_session_load_files (self.session, 0, files);
  g_assert_cmpuint (zab_session_count_loading (self.session), ==, 0);
  for (guint i = 0; i < sounds->len; i++)
    wait_until_ready (&self, i);
  for (guint i = 0; i < sounds->len; i++)
    zab_test_session_assert_sound (&self, i, 100 * (i + 1)); /* "10.wav" comes after "9.wav" */
  g_assert_cmpuint (count_empty (&self), ==, ZAB_N_PADS - 12);
}

static void
test_folder_without_sounds (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = NULL;

  zab_test_session_init (&self);
  files = list_folder (self.dir);
  zab_session_load_files (self.session, 0, files);
  zab_test_wait_until (self.messages->len == 1);
  g_assert_cmpstr (self.messages->pdata[0], ==, "There are no audio files in what you chose");
  g_assert_cmpuint (count_empty (&self), ==, ZAB_N_PADS);
}

/* A file of the list that can't be loaded fails its own pad and no other. */
static void
test_one_of_many_fails (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = NULL;
  ZabPad *pad;

  zab_test_session_init (&self);
  files = make_sounds (&self, 3);
  pad = zab_test_session_get_pad (&self, 1);
  g_assert_cmpint (g_unlink (g_file_peek_path (files->pdata[1])), ==, 0);
  zab_session_load_files (self.session, 0, files);
  wait_until_ready (&self, 0);
  wait_until_ready (&self, 2);
  zab_test_wait_until (zab_pad_get_state (pad) == ZAB_PAD_FAILED);
  g_assert_nonnull (strstr (zab_pad_get_error (pad), "“2.wav”"));
  g_assert_cmpuint (self.messages->len, ==, 0);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
test_count (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) sounds = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  zab_test_session_init (&self);
  sounds = make_sounds (&self, 3);
  files = list_folder (self.dir);
  g_ptr_array_add (files, g_file_new_for_path ("/nowhere/any.wav"));
  zab_session_count_files_async (self.session, files, NULL, on_counted, &result);
  zab_test_wait_until (result != NULL);
  g_assert_cmpint (zab_session_count_files_finish (self.session, result, &error), ==, 4);
  g_assert_no_error (error);
  g_assert_cmpuint (count_empty (&self), ==, ZAB_N_PADS);
}

static void
test_count_cancelled (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  zab_test_session_init (&self);
  files = list_folder (self.dir);
  zab_session_count_files_async (self.session, files, cancellable, on_counted, &result);
  g_cancellable_cancel (cancellable);
  zab_test_wait_until (result != NULL);
  g_assert_cmpint (zab_session_count_files_finish (self.session, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What was asked for and is still being read never lands. */
static void
test_cancel_all (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) sounds = NULL;
  g_autoptr (GPtrArray) files = NULL;

  zab_test_session_init (&self);
  sounds = make_sounds (&self, 3);
  files = list_folder (self.dir);
  zab_session_load_files (self.session, 0, files);
  zab_session_cancel_all_loads (self.session);
  zab_session_load_files (self.session, 10, files);
  wait_until_ready (&self, 12);
  g_assert_cmpuint (count_empty (&self), ==, ZAB_N_PADS - 3);
  g_assert_cmpuint (self.messages->len, ==, 0);
}

static void
test_shut_down_while_a_folder_is_read (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) sounds = NULL;

  zab_test_session_init (&self);
  sounds = make_sounds (&self, 3);
  files = list_folder (self.dir);
  zab_session_load_files (self.session, 0, files);
  g_assert_cmpuint (G_OBJECT (self.session)->ref_count, ==, 2);
  zab_session_shut_down (self.session);
  zab_test_wait_until (G_OBJECT (self.session)->ref_count == 1);
  g_assert_cmpuint (count_empty (&self), ==, ZAB_N_PADS);
  g_assert_cmpuint (self.messages->len, ==, 0);
}

static void
on_used (ZabSession *session, GFile *file, GPtrArray *used)
{
  g_ptr_array_add (used, g_object_ref (file));
}

static void
test_starter_set (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GPtrArray) used = new_list ();
  g_autofree char *folder = NULL;

  zab_test_session_init (&self);
  folder = g_build_filename (self.dir, "starter-set", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  file = zab_test_session_make_sound (&self, "starter-set/1 kick.wav", 5);
  g_setenv ("ZABUMBA_DATA_DIR", self.dir, TRUE);
  g_signal_connect (self.session, "used", G_CALLBACK (on_used), used);
  zab_session_load_starter_set (self.session);
  wait_until_ready (&self, 0);
  zab_test_session_assert_sound (&self, 0, 5);
  g_assert_cmpuint (count_empty (&self), ==, ZAB_N_PADS - 1);
  g_assert_cmpuint (used->len, ==, 0);
}

/* A folder's and one of its own; not what failed, nor what another took the place of. */
static void
test_used (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) used = new_list ();
  g_autoptr (GPtrArray) sounds = NULL;
  g_autoptr (GPtrArray) folder = NULL;
  g_autoptr (GFile) gone = g_file_new_for_path ("/nowhere/any.wav");

  zab_test_session_init (&self);
  g_signal_connect (self.session, "used", G_CALLBACK (on_used), used);
  sounds = make_sounds (&self, 2);
  folder = list_folder (self.dir);
  zab_session_load_files (self.session, 0, folder);
  zab_test_wait_until (used->len == 2);
  g_assert_true (g_file_equal (used->pdata[0], sounds->pdata[0])
                 != g_file_equal (used->pdata[1], sounds->pdata[0]));
  zab_session_load (self.session, 4, gone);
  zab_test_wait_until (zab_pad_get_state (zab_test_session_get_pad (&self, 4)) == ZAB_PAD_FAILED);
  zab_session_load (self.session, 5, sounds->pdata[0]);
  zab_session_load (self.session, 5, sounds->pdata[1]);
  wait_until_ready (&self, 5);
  g_assert_cmpuint (used->len, ==, 3);
  g_assert_true (g_file_equal (used->pdata[2], sounds->pdata[1]));
  zab_session_copy_pad (self.session, 5, 6);
  wait_until_ready (&self, 6);
  g_assert_cmpuint (used->len, ==, 3);
}

/* Nobody knows these by their place. */
static void
test_not_used (void)
{
  g_auto (ZabTestSession) self;
  g_autoptr (GPtrArray) used = new_list ();
  g_autoptr (GFile) sound = NULL;
  g_autoptr (GFile) received
      = g_file_new_build_filename (g_get_user_data_dir (), "zabumba", "received", "a.wav", NULL);
  g_autoptr (GFile) folder = g_file_get_parent (received);
  g_autoptr (GError) error = NULL;

  zab_test_session_init (&self);
  g_signal_connect (self.session, "used", G_CALLBACK (on_used), used);
  sound = zab_test_session_make_sound (&self, "a.wav", 5);
  g_file_make_directory_with_parents (folder, NULL, NULL);
  g_file_copy (sound, received, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  zab_session_load (self.session, 0, received);
  wait_until_ready (&self, 0);
  g_assert_cmpuint (used->len, ==, 0);
  zab_session_load (self.session, 1, sound);
  wait_until_ready (&self, 1);
  g_assert_cmpuint (used->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = NULL;

  zab_test_init (&argc, &argv);
  data = zab_test_make_dir ();
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  zab_test_add ("/model/session/files/many", test_many);
  zab_test_add ("/model/session/files/told-once", test_told_once);
  zab_test_add ("/model/session/files/overflow", test_overflow);
  zab_test_add ("/model/session/files/all-pads", test_all_pads);
  zab_test_add ("/model/session/files/folder", test_folder);
  zab_test_add ("/model/session/files/folder-without-sounds", test_folder_without_sounds);
  zab_test_add ("/model/session/files/one-of-many-fails", test_one_of_many_fails);
  zab_test_add ("/model/session/files/count", test_count);
  zab_test_add ("/model/session/files/count-cancelled", test_count_cancelled);
  zab_test_add ("/model/session/files/cancel-all", test_cancel_all);
  zab_test_add ("/model/session/files/shut-down-while-a-folder-is-read",
                test_shut_down_while_a_folder_is_read);
  zab_test_add ("/model/session/files/starter-set", test_starter_set);
  zab_test_add ("/model/session/files/used", test_used);
  zab_test_add ("/model/session/files/not-used", test_not_used);
  return g_test_run ();
}
