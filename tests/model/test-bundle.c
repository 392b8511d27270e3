/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "lib/zab-test-faults.h"
#include "lib/zab-test.h"
#include "model/zab-bundle.h"
#include "model/zab-pad-private.h"
#include "model/zab-pad-record.h"
#include "model/zab-set-error.h"
#include "rt/zab-rt.h"

#define HEAD "{\"format\":\"zabumba-set\",\"version\":1"

typedef struct
{
  char  *dir;
  char  *root;
  GFile *bundle;
} Fixture;

static void
fixture_init (Fixture *self)
{
  self->dir = zab_test_make_dir ();
  self->root = g_build_filename (self->dir, "unpacked", NULL);
  self->bundle = g_file_new_build_filename (self->dir, "a.zabumba", NULL);
}

static void
fixture_clear (Fixture *self)
{
  g_free (self->dir);
  g_free (self->root);
  g_object_unref (self->bundle);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static GFile *
put (Fixture *self, const char *name, const char *text)
{
  GFile *file = g_file_new_build_filename (self->dir, name, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (folder), 0700), ==, 0);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, -1, NULL));
  return file;
}

static ZabSetContents *
contents_new (GFile *const *files, guint n)
{
  JsonNode       *records[ZAB_N_PADS] = { NULL };
  ZabSetContents *contents;

  for (guint i = 0; i < n; i++)
    {
      ZabPad *pad = zab_pad_new (i);

      zab_pad_begin_restore (pad, files[i], NULL);
      records[i] = zab_pad_record_capture (pad, NULL, NULL);
      g_assert_finalize_object (pad);
    }
  contents = zab_set_contents_new (records, NULL, NULL, NULL);
  for (guint i = 0; i < n; i++)
    json_node_unref (records[i]);
  return contents;
}

static void
assert_sound (ZabSetContents *contents, guint pad, const char *text, const char *inside)
{
  g_autoptr (ZabFileReference) reference
      = zab_pad_record_dup_reference (zab_set_contents_get_record (contents, pad));
  g_autofree char *found = NULL;

  g_assert_nonnull (strstr (g_file_peek_path (reference->file), inside));
  g_assert_true (g_file_get_contents (g_file_peek_path (reference->file), &found, NULL, NULL));
  g_assert_cmpstr (found, ==, text);
}

static ZabSetContents *
read_well (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  ZabSetContents *contents = zab_bundle_read (self->bundle, self->root, NULL, &error);

  g_assert_no_error (error);
  return contents;
}

static guint
count_files (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (entries != NULL && g_dir_read_name (entries) != NULL)
    n++;
  return n;
}

/* Three pads, two contents, three names; the originals are gone when it is opened. */
static void
test_round_trip (void)
{
  g_auto (Fixture) self;
  GFile *files[3];
  g_autoptr (ZabSetContents) contents = NULL;
  g_autoptr (ZabSetContents) back = NULL;
  g_autoptr (ZabSetContents) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) unpacked = NULL;
  g_autofree char *sounds = NULL;

  fixture_init (&self);
  files[0] = put (&self, "one/kick.wav", "boom");
  files[1] = put (&self, "two/ß:*\n.flac", "crack");
  files[2] = put (&self, "two/kick.wav", "boom");
  contents = contents_new (files, 3);
  g_assert_true (zab_bundle_write (self.bundle, contents, FALSE, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (g_unlink (g_file_peek_path (files[i])), ==, 0);
      g_object_unref (files[i]);
    }
  back = read_well (&self);
  assert_sound (back, 0, "boom", self.root);
  assert_sound (back, 1, "crack", self.root);
  assert_sound (back, 2, "boom", self.root);
  unpacked = g_dir_open (self.root, 0, NULL);
  sounds = g_build_filename (self.root, g_dir_read_name (unpacked), "sounds", NULL);
  g_assert_cmpuint (count_files (sounds), ==, 2);
  again = read_well (&self);
  g_assert_true (zab_set_contents_equal (again, back));
  g_assert_cmpuint (count_files (self.root), ==, 1);
}

/* Nothing of the maker's folders is in it, and the same set gives the same bytes. */
static void
test_private (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ZabSetContents) contents = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize            n_first;
  gsize            n_second;

  fixture_init (&self);
  file = put (&self, "secret folder/kick.wav", "boom");
  contents = contents_new (&file, 1);
  g_assert_true (zab_bundle_write (self.bundle, contents, FALSE, NULL));
  g_assert_true (g_file_get_contents (g_file_peek_path (self.bundle), &first, &n_first, NULL));
  g_assert_null (g_strstr_len (first, (gssize)n_first, "secret"));
  g_assert_true (zab_bundle_write (self.bundle, contents, FALSE, NULL));
  g_assert_true (g_file_get_contents (g_file_peek_path (self.bundle), &second, &n_second, NULL));
  g_assert_cmpmem (first, n_first, second, n_second);
}

static void
test_missing (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ZabSetContents) contents = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  file = g_file_new_build_filename (self.dir, "gone.wav", NULL);
  contents = contents_new (&file, 1);
  g_assert_false (zab_bundle_write (self.bundle, contents, FALSE, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "gone.wav"));
  g_assert_cmpuint (count_files (self.dir), ==, 0);
}

/* Made without it all the same: its pad keeps its settings and what it was called, and it is found
 * again by its content; nothing tells where it was. */
static void
test_without_missing (void)
{
  g_auto (Fixture) self;
  GFile *files[3];
  g_autoptr (ZabSetContents) contents = NULL;
  g_autoptr (ZabSetContents) back = NULL;
  g_autoptr (ZabFileReference) gone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *name = NULL;
  gsize            length;

  fixture_init (&self);
  files[0] = put (&self, "secret/kick.wav", "boom");
  files[1] = g_file_new_build_filename (self.dir, "secret", "gone ß.wav", NULL);
  files[2] = g_file_new_build_filename (self.dir, "secret", "gone too.wav", NULL);
  contents = contents_new (files, 3);
  g_assert_false (zab_bundle_write (self.bundle, contents, FALSE, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "gone ß.wav” and 1 more sound"));
  g_assert_true (zab_bundle_write (self.bundle, contents, TRUE, NULL));
  g_assert_true (g_file_get_contents (g_file_peek_path (self.bundle), &data, &length, NULL));
  g_assert_null (g_strstr_len (data, (gssize)length, "secret"));
  back = read_well (&self);
  assert_sound (back, 0, "boom", self.root);
  gone = zab_pad_record_dup_reference (zab_set_contents_get_record (back, 1));
  g_assert_false (g_file_query_exists (gone->file, NULL));
  g_assert_true (g_str_has_prefix (g_file_peek_path (gone->file), self.root));
  name = g_file_get_basename (gone->file);
  g_assert_cmpstr (name, ==, "gone ß.wav");
  for (guint i = 0; i < 3; i++)
    g_object_unref (files[i]);
}

/* Whichever call fails: the old bundle or the new one is there, and nothing else. */
static void
test_nth_failure (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ZabSetContents) old = NULL;
  g_autoptr (ZabSetContents) new = NULL;

  fixture_init (&self);
  file = put (&self, "kick.wav", "boom");
  old = contents_new (&file, 0);
  new = contents_new (&file, 1);
  for (guint kind = 0; kind < ZAB_TEST_FAULT_N_KINDS; kind++)
    {
      gboolean hit = TRUE;

      for (guint nth = 1; hit; nth++)
        {
          gboolean saved;
          g_autoptr (ZabSetContents) back = NULL;

          g_assert_true (zab_bundle_write (self.bundle, old, FALSE, NULL));
          zab_test_faults_arm (kind, nth, ENOSPC);
          saved = zab_bundle_write (self.bundle, new, FALSE, NULL);
          zab_test_faults_disarm (&hit);
          back = read_well (&self);
          g_assert_cmpint (zab_set_contents_get_record (back, 0) != NULL, ==, saved);
          g_assert_cmpuint (count_files (self.dir), ==, 3);
        }
    }
}

/* --- Hostile bundles ------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *data;
  int         type;
  const char *link;
} Entry;

static void
write_entry (struct archive *archive, const Entry *data)
{
  struct archive_entry *entry = archive_entry_new ();
  const gsize           length = data->data != NULL ? strlen (data->data) : 0;

  archive_entry_set_pathname_utf8 (entry, data->name);
  archive_entry_set_filetype (entry, data->type != 0 ? (unsigned)data->type : AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  if (data->link != NULL)
    archive_entry_set_symlink (entry, data->link);
  else
    archive_entry_set_size (entry, (gint64)length);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  if (length > 0)
    archive_write_data (archive, data->data, length);
  archive_entry_free (entry);
}

static void
make_archive (Fixture *self, const Entry *entries, guint n)
{
  struct archive *archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, g_file_peek_path (self->bundle)), ==,
                   ARCHIVE_OK);
  for (guint i = 0; i < n; i++)
    write_entry (archive, &entries[i]);
  archive_write_close (archive);
  archive_write_free (archive);
}

static void
assert_refused (Fixture *self, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zab_bundle_read (self->bundle, self->root, NULL, &error));
  g_assert_error (error, ZAB_SET_ERROR, code);
  g_assert_cmpuint (count_files (self->root), ==, 0);
}

static void
test_hostile_entries (void)
{
  static const Entry entries[] = {
    { "../evil", "x", 0, NULL },
    { "sounds/../../evil", "x", 0, NULL },
    { "/tmp/evil", "x", 0, NULL },
    { "sounds/a/b.wav", "x", 0, NULL },
    { "sounds/", "", 0, NULL },
    { "sounds/.hidden", "x", 0, NULL },
    { "sounds/..", "x", 0, NULL },
    { "sounds/a\\b", "x", 0, NULL },
    { "sounds/a\nb", "x", 0, NULL },
    { "sounds", "", AE_IFDIR, NULL },
    { "sounds/link", NULL, AE_IFLNK, "/etc/passwd" },
    { "other.txt", "x", 0, NULL },
    { "sounds/set.zabset/", "", AE_IFDIR, NULL },
  };
  g_auto (Fixture) self;

  fixture_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      const Entry both[] = { { "set.zabset", HEAD "}", 0, NULL }, entries[i] };

      make_archive (&self, both, 2);
      assert_refused (&self, ZAB_SET_ERROR_DAMAGED);
      g_assert_cmpuint (count_files (self.dir), ==, 2);
    }
}

static void
test_twice (void)
{
  static const Entry entries[] = { { "set.zabset", HEAD "}", 0, NULL },
                                   { "sounds/a.wav", "x", 0, NULL },
                                   { "sounds/a.wav", "y", 0, NULL } };
  g_auto (Fixture) self;

  fixture_init (&self);
  make_archive (&self, entries, 3);
  assert_refused (&self, ZAB_SET_ERROR_DAMAGED);
}

static void
test_too_many (void)
{
  g_auto (Fixture) self;
  g_autofree Entry *entries = g_new0 (Entry, ZAB_BUNDLE_MAX_ENTRIES + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  fixture_init (&self);
  for (guint i = 0; i <= ZAB_BUNDLE_MAX_ENTRIES; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("sounds/%u", i));
      entries[i].name = names->pdata[i];
    }
  make_archive (&self, entries, ZAB_BUNDLE_MAX_ENTRIES + 1);
  assert_refused (&self, ZAB_SET_ERROR_DAMAGED);
}

/* The set is read like any other, and reaches nothing outside of the bundle. */
static void
test_hostile_set (void)
{
  static const char *references[]
      = { "{\"uri\":\"file:///etc/passwd\"}",
          "{\"uri\":\"bundle:///a\",\"relative\":\"../../../../../../../etc/passwd\"}",
          "{\"uri\":\"bundle:///a\",\"host-path\":\"/etc/passwd\"}",
          "{\"uri\":\"bundle:///missing/..%2F..%2F..%2F..%2F..%2Fetc%2Fpasswd\"}",
          "{\"uri\":\"bundle:///missing/..\"}",
          "{\"uri\":\"bundle:///a\",\"relative\":\"sounds/../../../../../../../etc/passwd\"}" };
  g_auto (Fixture) self;

  fixture_init (&self);
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *text
          = g_strdup_printf (HEAD ",\"pads\":[{\"pad\":\"A1\",\"file\":%s}]}", references[i]);
      const Entry entry = { "set.zabset", text, 0, NULL };
      g_autoptr (ZabSetContents) contents = NULL;
      g_autoptr (ZabFileReference) reference = NULL;

      make_archive (&self, &entry, 1);
      contents = read_well (&self);
      reference = zab_pad_record_dup_reference (zab_set_contents_get_record (contents, 0));
      g_assert_true (g_str_has_prefix (g_file_peek_path (reference->file), self.root));
      g_assert_false (g_file_query_exists (reference->file, NULL));
      g_assert_cmpint (g_unlink (g_file_peek_path (self.bundle)), ==, 0);
    }
}

static void
test_no_set (void)
{
  static const Entry entry = { "sounds/a.wav", "x", 0, NULL };
  g_auto (Fixture) self;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  make_archive (&self, &entry, 1);
  g_assert_null (zab_bundle_read (self.bundle, self.root, NULL, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NOT_FOUND);
}

/* Cut off after any number of bytes, or something else altogether. */
static void
test_damaged (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ZabSetContents) contents = NULL;
  g_autofree char *data = NULL;
  const char      *path;
  gsize            length;

  fixture_init (&self);
  path = g_file_peek_path (self.bundle);
  file = put (&self, "kick.wav", "boom");
  contents = contents_new (&file, 1);
  g_assert_true (zab_bundle_write (self.bundle, contents, FALSE, NULL));
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  for (gsize cut = 0; cut < length; cut += 3)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, data, (gssize)cut, NULL));
      g_assert_null (zab_bundle_read (self.bundle, self.root, NULL, &error));
      g_assert_true (error->domain == ZAB_SET_ERROR);
    }
  g_assert_cmpuint (count_files (self.root), ==, 0);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/bundle/round-trip", test_round_trip);
  zab_test_add ("/model/bundle/private", test_private);
  zab_test_add ("/model/bundle/missing", test_missing);
  zab_test_add ("/model/bundle/without-missing", test_without_missing);
  zab_test_add ("/model/bundle/nth-failure", test_nth_failure);
  zab_test_add ("/model/bundle/hostile-entries", test_hostile_entries);
  zab_test_add ("/model/bundle/twice", test_twice);
  zab_test_add ("/model/bundle/too-many", test_too_many);
  zab_test_add ("/model/bundle/hostile-set", test_hostile_set);
  zab_test_add ("/model/bundle/no-set", test_no_set);
  zab_test_add ("/model/bundle/damaged", test_damaged);
  return g_test_run ();
}
