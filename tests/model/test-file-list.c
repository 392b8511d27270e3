/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <unistd.h>

#include "lib/zab-test.h"
#include "model/zab-file-list.h"

static void
put_file (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static GPtrArray *
list_of (const char *first, ...)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  va_list    arguments;

  va_start (arguments, first);
  for (const char *path = first; path != NULL; path = va_arg (arguments, const char *))
    g_ptr_array_add (files, g_file_new_for_path (path));
  va_end (arguments);
  return files;
}

static void
on_expanded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static GPtrArray *
expand (GPtrArray *files, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  zab_file_list_expand_async (files, cancellable, on_expanded, &result);
  g_assert_null (result);
  zab_test_wait_until (result != NULL);
  return zab_file_list_expand_finish (result, error);
}

/* The names, one after the other. */
static char *
names_of (GPtrArray *files)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = g_file_get_basename (files->pdata[i]);

      g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", name);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_expands (GPtrArray *files, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) expanded = expand (files, NULL, &error);
  g_autofree char *names = NULL;

  g_assert_no_error (error);
  names = names_of (expanded);
  g_assert_cmpstr (names, ==, expected);
}

static void
test_endings (void)
{
  static const char *audio[]
      = { "a.wav",  "A.WAV", "a.wave", "a.aif",  "a.aiff", "a.aifc",   "a.flac",
          "a.mp3",  "a.ogg", "a.oga",  "a.opus", "a.m4a",  "a.mp4",    "a.aac",
          "a.alac", "a.wv",  "a.caf",  "a.w64",  "a.au",   "a.b.Flac", "C# 3.wav" };
  static const char *other[]
      = { "a", "a.", "a.txt", "wav", "awav", "a.wav~", "a.wav.part", "a.mid", "a.wav.txt", "" };

  for (guint i = 0; i < G_N_ELEMENTS (audio); i++)
    g_assert_true (zab_file_list_is_audio_name (audio[i]));
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    g_assert_false (zab_file_list_is_audio_name (other[i]));
}

static void
test_folder (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *nested = g_build_filename (dir, "3 nested.wav", NULL);
  g_autofree char *link = g_build_filename (dir, "4 link.wav", NULL);
  g_autofree char *dangling = g_build_filename (dir, "5 dangling.wav", NULL);
  g_autoptr (GPtrArray) files = list_of (dir, NULL);

  put_file (dir, "10 clap.wav");
  put_file (dir, "2 snare.FLAC");
  put_file (dir, "1 kick.ogg");
  put_file (dir, ".hidden.wav");
  put_file (dir, "notes.txt");
  g_assert_cmpint (g_mkdir (nested, 0700), ==, 0);
  put_file (nested, "below.wav");
  g_assert_cmpint (symlink ("2 snare.FLAC", link), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  assert_expands (files, "1 kick.ogg|2 snare.FLAC|4 link.wav|10 clap.wav");
}

static void
test_empty_folder (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (GPtrArray) files = list_of (dir, NULL);
  g_autoptr (GPtrArray) none = list_of (NULL, NULL);

  put_file (dir, "notes.txt");
  assert_expands (files, "");
  assert_expands (none, "");
}

/* Files stay where they are in the list, whatever they are: what is wrong with them is told when
 * they are loaded. */
static void
test_mixed (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *folder = g_build_filename (dir, "folder", NULL);
  g_autofree char *text = g_build_filename (dir, "z notes.txt", NULL);
  g_autofree char *missing = g_build_filename (dir, "missing.wav", NULL);
  g_autofree char *hidden = g_build_filename (dir, ".hidden.wav", NULL);
  g_autoptr (GPtrArray) files = list_of (text, folder, missing, hidden, NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  put_file (folder, "b.wav");
  put_file (folder, "a.wav");
  put_file (dir, "z notes.txt");
  put_file (dir, ".hidden.wav");
  assert_expands (files, "z notes.txt|a.wav|b.wav|missing.wav|.hidden.wav");
}

/* What the caller does to the list afterwards does not matter. */
static void
test_keeps_its_own_list (void)
{
  GPtrArray *files = list_of ("/a.wav", "/b.wav", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) expanded = NULL;
  g_autofree char *names = NULL;

  zab_file_list_expand_async (files, NULL, on_expanded, &result);
  g_ptr_array_unref (files);
  zab_test_wait_until (result != NULL);
  expanded = zab_file_list_expand_finish (result, NULL);
  names = names_of (expanded);
  g_assert_cmpstr (names, ==, "a.wav|b.wav");
}

static void
test_cancel (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (GPtrArray) files = list_of (dir, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) expanded = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  put_file (dir, "a.wav");
  zab_file_list_expand_async (files, cancellable, on_expanded, &result);
  g_cancellable_cancel (cancellable);
  zab_test_wait_until (result != NULL);
  expanded = zab_file_list_expand_finish (result, &error);
  g_assert_null (expanded);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/file-list/endings", test_endings);
  zab_test_add ("/model/file-list/folder", test_folder);
  zab_test_add ("/model/file-list/empty-folder", test_empty_folder);
  zab_test_add ("/model/file-list/mixed", test_mixed);
  zab_test_add ("/model/file-list/keeps-its-own-list", test_keeps_its_own_list);
  zab_test_add ("/model/file-list/cancel", test_cancel);
  return g_test_run ();
}
