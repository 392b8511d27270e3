/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <unistd.h>

#include "lib/zab-test.h"
#include "model/zab-folder-list.h"
#include "model/zab-folder-scan.h"

typedef struct
{
  ZabFolderList *list;
  char          *dir;
  guint          n_changes; /* of items */
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *self)
{
  g_assert_cmpuint (position, ==, 0);
  self->n_changes++;
}

static void
set_up (Fixture *self)
{
  *self = (Fixture){ .list = zab_folder_list_new (), .dir = zab_test_make_dir () };
  g_signal_connect (self->list, "items-changed", G_CALLBACK (on_items_changed), self);
}

/* A scan that was given up holds the list until it has noticed. */
static void
tear_down (Fixture *self)
{
  zab_test_wait_until (G_OBJECT (self->list)->ref_count == 1);
  g_assert_finalize_object (self->list);
  g_free (self->dir);
}

/* With the folders that lead there. */
static void
put_file (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
wait_loaded (Fixture *self)
{
  g_assert_true (zab_folder_list_get_loading (self->list));
  zab_test_wait_until (!zab_folder_list_get_loading (self->list));
}

static void
show (Fixture *self, const char *below)
{
  g_autoptr (GFile) folder = g_file_new_build_filename (self->dir, below, NULL);

  zab_folder_list_show_folder (self->list, folder);
  g_assert_true (zab_folder_list_get_folder (self->list) == folder);
  wait_loaded (self);
}

static void
search (Fixture *self, const char *text)
{
  zab_folder_list_search (self->list, text);
  wait_loaded (self);
}

/* "[folder]|sound.KIND|place/sound.KIND". */
static void
assert_items (Fixture *self, const char *expected)
{
  GListModel *model = G_LIST_MODEL (self->list);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ZabFolderItem) item = g_list_model_get_item (model, i);
      const char *place = zab_folder_item_get_place (item);

      g_assert_cmpuint (zab_folder_list_find (self->list, zab_folder_item_get_file (item)), ==, i);
      g_string_append_printf (text, "%s%s%s", i > 0 ? "|" : "", place ? place : "",
                              place ? "/" : "");
      g_string_append_printf (text, zab_folder_item_is_folder (item) ? "[%s]%s" : "%s.%s",
                              zab_folder_item_get_name (item), zab_folder_item_get_kind (item));
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_browse (void)
{
  Fixture self;

  set_up (&self);
  put_file (&self, "10 clap.wav");
  put_file (&self, "2 snare.FLAC");
  put_file (&self, "v1.2 kick.ogg");
  put_file (&self, "notes.txt");
  put_file (&self, ".hidden.wav");
  put_file (&self, "Loops 10/a.wav");
  put_file (&self, "Loops 9.wav/b.wav");
  put_file (&self, ".secret/c.wav");
  show (&self, "");
  assert_items (&self, "[Loops 9.wav]|[Loops 10]|2 snare.FLAC|10 clap.WAV|v1.2 kick.OGG");
  g_assert_cmpuint (self.n_changes, ==, 1);
  show (&self, "Loops 10");
  assert_items (&self, "a.WAV");
  tear_down (&self);
}

static void
test_search (void)
{
  Fixture self;

  set_up (&self);
  put_file (&self, "kick.wav");
  put_file (&self, "snare.wav");
  put_file (&self, "808/Deep/KICK long.wav");
  put_file (&self, "808/hat.wav");
  put_file (&self, "808/kick.txt");
  put_file (&self, ".hidden/kick.wav");
  show (&self, "");
  search (&self, "kick");
  assert_items (&self, "kick.WAV|808/Deep/KICK long.WAV");
  search (&self, " Long  kick "); /* in any order */
  assert_items (&self, "808/Deep/KICK long.WAV");
  search (&self, "808 hat"); /* where it is counts, too */
  assert_items (&self, "808/hat.WAV");
  search (&self, "nothing");
  assert_items (&self, "");
  search (&self, "");
  assert_items (&self, "[808]|kick.WAV|snare.WAV");
  tear_down (&self);
}

/* Letters are the same however they were typed. */
static void
test_fold (void)
{
  Fixture self;

  set_up (&self);
  put_file (&self, "Trommelwirbel \303\234BER.wav"); /* U with diaeresis */
  put_file (&self, "Trommel u\314\210ber.wav");      /* u, combining diaeresis */
  show (&self, "");
  search (&self, "\303\274ber");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.list)), ==, 2);
  tear_down (&self);
}

/* As fast as one types: only the last is shown. */
static void
test_supersede (void)
{
  Fixture self;

  set_up (&self);
  put_file (&self, "a.wav");
  put_file (&self, "ab.wav");
  put_file (&self, "abc.wav");
  show (&self, "");
  self.n_changes = 0;
  zab_folder_list_search (self.list, "a");
  zab_folder_list_search (self.list, "ab");
  search (&self, "abc");
  zab_test_drain ();
  g_assert_cmpuint (self.n_changes, ==, 1);
  assert_items (&self, "abc.WAV");
  zab_folder_list_search (self.list, "  ABC "); /* is the same */
  g_assert_false (zab_folder_list_get_loading (self.list));
  tear_down (&self);
}

static void
test_files (void)
{
  Fixture self;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  set_up (&self);
  g_ptr_array_add (files, g_file_new_for_path ("/sounds/b kick.wav"));
  g_ptr_array_add (files, g_file_new_for_path ("/other/a.flac"));
  put_file (&self, "kick.wav");
  show (&self, "");
  zab_folder_list_show_files (self.list, files);
  g_assert_null (zab_folder_list_get_folder (self.list));
  g_assert_false (zab_folder_list_get_loading (self.list));
  assert_items (&self, "b kick.WAV|a.FLAC"); /* in their own order */
  zab_folder_list_search (self.list, "KICK");
  assert_items (&self, "b kick.WAV");
  zab_folder_list_search (self.list, "");
  assert_items (&self, "b kick.WAV|a.FLAC");
  tear_down (&self);
}

static void
test_no_folder (void)
{
  Fixture          self;
  g_autofree char *error = NULL;
  g_autofree char *none = NULL;

  set_up (&self);
  show (&self, "not there");
  assert_items (&self, "");
  g_object_get (self.list, "error", &error, NULL);
  g_assert_nonnull (error);
  show (&self, "");
  g_object_get (self.list, "error", &none, NULL);
  g_assert_null (none);
  tear_down (&self);
}

/* A link is there to be opened, and a search does not run in circles. */
static void
test_links (void)
{
  Fixture          self;
  g_autofree char *link = NULL;

  set_up (&self);
  put_file (&self, "a.wav");
  link = g_build_filename (self.dir, "here", NULL);
  g_assert_cmpint (symlink (".", link), ==, 0);
  show (&self, "");
  assert_items (&self, "[here]|a.WAV");
  search (&self, "a.wav");
  assert_items (&self, "a.WAV");
  tear_down (&self);
}

/* However deep and however many: it ends. */
static void
test_bounds (void)
{
  Fixture self;
  g_autoptr (GString) deep = g_string_new ("x");

  set_up (&self);
  for (guint i = 0; i <= ZAB_FOLDER_SCAN_FOUND; i++)
    {
      g_autofree char *name = g_strdup_printf ("many/%u.wav", i);

      put_file (&self, name);
    }
  for (guint i = 1; i < ZAB_FOLDER_SCAN_DEPTH; i++)
    g_string_append (deep, "/x");
  g_string_append (deep, "/found.wav");
  put_file (&self, deep->str);
  g_string_insert (deep, 0, "x/");
  put_file (&self, deep->str);
  show (&self, "");
  search (&self, "found");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.list)), ==, 1);
  search (&self, "wav");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self.list)), ==, ZAB_FOLDER_SCAN_FOUND);
  tear_down (&self);
}

static void
test_dispose (void)
{
  Fixture self;
  g_autoptr (GFile) folder = NULL;

  set_up (&self);
  folder = g_file_new_for_path (self.dir);
  zab_folder_list_show_folder (self.list, folder);
  g_object_run_dispose (G_OBJECT (self.list));
  zab_test_wait_until (G_OBJECT (self.list)->ref_count == 1);
  g_assert_cmpuint (self.n_changes, ==, 0);
  tear_down (&self);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/folder-list/browse", test_browse);
  zab_test_add ("/model/folder-list/search", test_search);
  zab_test_add ("/model/folder-list/fold", test_fold);
  zab_test_add ("/model/folder-list/supersede", test_supersede);
  zab_test_add ("/model/folder-list/files", test_files);
  zab_test_add ("/model/folder-list/no-folder", test_no_folder);
  zab_test_add ("/model/folder-list/links", test_links);
  zab_test_add ("/model/folder-list/bounds", test_bounds);
  zab_test_add ("/model/folder-list/dispose", test_dispose);
  return g_test_run ();
}
