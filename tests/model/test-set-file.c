/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/zab-test-faults.h"
#include "lib/zab-test-process.h"
#include "lib/zab-test.h"
#include "model/zab-pad-private.h"
#include "model/zab-pad-record.h"
#include "model/zab-set-error.h"
#include "model/zab-set-file.h"
#include "rt/zab-rt.h"

typedef struct
{
  char  *dir;
  GFile *file;
} Fixture;

static void
fixture_init (Fixture *self)
{
  self->dir = zab_test_make_dir ();
  self->file = g_file_new_build_filename (self->dir, "a.zabset", NULL);
}

static void
fixture_clear (Fixture *self)
{
  g_free (self->dir);
  g_object_unref (self->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static GFile *
get_file (Fixture *self, const char *name)
{
  return g_file_new_build_filename (self->dir, name, NULL);
}

static void
put (GFile *file, const char *text)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_cmpint (g_mkdir_with_parents (g_file_peek_path (folder), 0700), ==, 0);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, -1, NULL));
}

/* Many pads with a gain that depends on @number, and the file (or NULL) on the first. */
static ZabSetContents *
contents_new (guint number, GFile *file)
{
  JsonNode       *records[ZAB_N_PADS];
  ZabSetContents *contents;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      ZabPad *pad = zab_pad_new (i);

      if (i % 9 == 0)
        zab_pad_set_gain (pad, (number % 1000 + 1) / 1000.0);
      if (i == 0 && file != NULL)
        zab_pad_begin_restore (pad, file, NULL);
      records[i] = zab_pad_record_capture (pad, NULL, NULL);
      g_assert_finalize_object (pad);
    }
  contents = zab_set_contents_new (records, NULL, NULL, NULL);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_clear_pointer (&records[i], json_node_unref);
  return contents;
}

static ZabSetContents *
load (GFile *file)
{
  g_autoptr (GError) error = NULL;
  ZabSetContents *contents = zab_set_file_load (file, NULL, &error);

  g_assert_no_error (error);
  return contents;
}

static void
save (GFile *file, ZabSetContents *contents)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (zab_set_file_save (file, contents, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
assert_on_disk (GFile *file, ZabSetContents *contents)
{
  g_autoptr (ZabSetContents) back = load (file);

  g_assert_true (zab_set_contents_equal (back, contents));
}

static guint
count_files (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (entries) != NULL)
    n++;
  return n;
}

static void
assert_save_fails (GFile *file, ZabSetContents *contents, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (zab_set_file_save (file, contents, NULL, NULL, &error));
  g_assert_error (error, ZAB_SET_ERROR, code);
  g_assert_nonnull (strstr (error->message, g_file_peek_path (file)));
}

static void
test_save (void)
{
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) one = contents_new (1, NULL);
  g_autoptr (ZabSetContents) two = contents_new (2, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize            length;

  fixture_init (&self);
  save (self.file, one);
  assert_on_disk (self.file, one);
  g_assert_true (g_file_get_contents (g_file_peek_path (self.file), &first, &length, NULL));
  save (self.file, two);
  assert_on_disk (self.file, two);
  save (self.file, one);
  g_assert_true (g_file_get_contents (g_file_peek_path (self.file), &second, &length, NULL));
  g_assert_cmpstr (second, ==, first);
  g_assert_cmpuint (count_files (self.dir), ==, 1);
}

static void
test_keeps_mode_and_link (void)
{
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) one = contents_new (1, NULL);
  g_autoptr (GFile) link = NULL;
  struct stat info;

  fixture_init (&self);
  link = get_file (&self, "link.zabset");
  save (self.file, one);
  g_assert_cmpint (chmod (g_file_peek_path (self.file), 0600), ==, 0);
  g_assert_cmpint (symlink ("a.zabset", g_file_peek_path (link)), ==, 0);
  save (link, one);
  g_assert_cmpint (lstat (g_file_peek_path (link), &info), ==, 0);
  g_assert_true (S_ISLNK (info.st_mode));
  g_assert_cmpint (stat (g_file_peek_path (self.file), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* Whichever call fails and however: the old set or the new one is there, and nothing else. */
static void
test_nth_failure (void)
{
  static const int numbers[] = { EIO, ENOSPC, EDQUOT, EROFS, EACCES };
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) old = contents_new (1, NULL);
  g_autoptr (ZabSetContents) new = contents_new (2, NULL);
  guint n_failed[ZAB_TEST_FAULT_N_KINDS] = { 0 };

  fixture_init (&self);
  for (guint kind = 0; kind < ZAB_TEST_FAULT_N_KINDS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
      {
        gboolean hit = TRUE;

        for (guint nth = 1; hit; nth++)
          {
            gboolean saved;

            zab_test_watch ();
            save (self.file, old);
            zab_test_faults_arm (kind, nth, numbers[i]);
            saved = zab_set_file_save (self.file, new, NULL, NULL, NULL);
            zab_test_faults_disarm (&hit);
            n_failed[kind] += !saved;
            assert_on_disk (self.file, saved ? new : old);
            g_assert_cmpuint (count_files (self.dir), ==, 1);
          }
      }
  for (guint kind = 0; kind < ZAB_TEST_FAULT_CLOSE; kind++)
    g_assert_cmpuint (n_failed[kind], >=, G_N_ELEMENTS (numbers));
}

static void
assert_fault (Fixture *self, ZabTestFault kind, int number, int code)
{
  g_autoptr (ZabSetContents) old = contents_new (1, NULL);
  g_autoptr (ZabSetContents) new = contents_new (2, NULL);

  save (self->file, old);
  zab_test_faults_arm (kind, 1, number);
  assert_save_fails (self->file, new, code);
  zab_test_faults_disarm (NULL);
  assert_on_disk (self->file, old);
}

static void
test_messages (void)
{
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) contents = contents_new (1, NULL);
  g_autoptr (GFile) nowhere = NULL;
  g_autoptr (GFile) below_a_file = NULL;
  g_autoptr (GFile) folder = NULL;

  fixture_init (&self);
  assert_fault (&self, ZAB_TEST_FAULT_WRITE, ENOSPC, ZAB_SET_ERROR_NO_SPACE);
  assert_fault (&self, ZAB_TEST_FAULT_WRITE, EIO, ZAB_SET_ERROR_FAILED);
  assert_fault (&self, ZAB_TEST_FAULT_FSYNC, ENOSPC, ZAB_SET_ERROR_NO_SPACE);
  nowhere = get_file (&self, "gone/b.zabset");
  below_a_file = get_file (&self, "a.zabset/b.zabset");
  folder = get_file (&self, "folder");
  g_assert_cmpint (g_mkdir (g_file_peek_path (folder), 0700), ==, 0);
  assert_save_fails (nowhere, contents, ZAB_SET_ERROR_FOLDER_GONE);
  assert_save_fails (below_a_file, contents, ZAB_SET_ERROR_FOLDER_GONE);
  assert_save_fails (folder, contents, ZAB_SET_ERROR_FAILED);
  g_assert_cmpuint (count_files (self.dir), ==, 2);
}

/* As on a disk that is full after so many bytes, by the kernel's own hand. */
static void
test_no_room (void)
{
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) old = contents_new (1, NULL);
  g_autoptr (ZabSetContents) new = contents_new (2, NULL);
  g_autofree char *text = zab_set_contents_to_text (new);
  struct rlimit    limit;
  struct rlimit    before;

  fixture_init (&self);
  save (self.file, old);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  for (rlim_t size = 0; size < strlen (text); size += strlen (text) / 6)
    {
      gboolean saved;

      limit = before;
      limit.rlim_cur = size;
      setrlimit (RLIMIT_FSIZE, &limit);
      saved = zab_set_file_save (self.file, new, NULL, NULL, NULL);
      setrlimit (RLIMIT_FSIZE, &before);
      g_assert_false (saved);
      assert_on_disk (self.file, old);
      g_assert_cmpuint (count_files (self.dir), ==, 1);
    }
  signal (SIGXFSZ, SIG_DFL);
}

static void
test_changed_by_others (void)
{
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) one = contents_new (1, NULL);
  g_autoptr (ZabSetContents) two = contents_new (2, NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  fixture_init (&self);
  g_assert_true (zab_set_file_save (self.file, one, NULL, &first, NULL));
  g_assert_true (zab_set_file_save (self.file, one, first, &second, NULL));
  g_assert_false (zab_set_file_save (self.file, two, first, NULL, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_CHANGED);
  assert_on_disk (self.file, one);
  /* One that was deleted is no reason not to save it again. */
  g_assert_cmpint (g_unlink (g_file_peek_path (self.file)), ==, 0);
  g_assert_true (zab_set_file_save (self.file, two, second, NULL, NULL));
  assert_on_disk (self.file, two);
}

/* What is left behind by a killed process goes; what is the user's stays. */
static void
test_leftovers (void)
{
  static const char *kept[]
      = { "a.zabset.backup", ".a.zabset.part", ".a.zabset.1x.part", ".b.zabset.2147483647.part" };
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) one = contents_new (1, NULL);
  g_autoptr (GFile) dead = NULL;

  fixture_init (&self);
  dead = get_file (&self, ".a.zabset.2147483647.part");
  put (dead, "torn");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (GFile) file = get_file (&self, kept[i]);

      put (file, "mine");
    }
  save (self.file, one);
  g_assert_false (g_file_query_exists (dead, NULL));
  g_assert_cmpuint (count_files (self.dir), ==, G_N_ELEMENTS (kept) + 1);
}

/* The program that is killed: saves until it comes to the @nth call. */
G_NORETURN static void
run_child (GFile *file, guint nth)
{
  zab_test_faults_arm (ZAB_TEST_FAULT_ANY, nth, 0);
  for (guint i = 0;; i++)
    {
      ZabSetContents *contents = contents_new (i, NULL);

      zab_set_file_save (file, contents, NULL, NULL, NULL);
      zab_set_contents_unref (contents);
    }
}

/* The set is whole and is one of those that were saved. */
static void
assert_whole (GFile *file)
{
  g_autoptr (ZabSetContents) found = load (file);
  JsonObject *record = json_node_get_object (zab_set_contents_get_record (found, 0));
  const guint number = (guint)(json_object_get_double_member (record, "gain") * 1000 - 0.5);
  g_autoptr (ZabSetContents) expected = contents_new (number, NULL);

  g_assert_true (zab_set_contents_equal (found, expected));
}

enum
{
#ifdef ZAB_SANITIZING
  N_KILLS = 48 /* sanitized programs take their time to start */
#else
  N_KILLS = 1000
#endif
};

static void
test_kill (void)
{
  g_auto (Fixture) self;
  g_autoptr (ZabSetContents) one = contents_new (0, NULL);

  fixture_init (&self);
  save (self.file, one);
  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *nth = g_strdup_printf ("%u", i % 24 + 1);
      const char      *arguments[] = { "--save", g_file_peek_path (self.file), nth, NULL };
      int              out;
      int              status;
      const GPid       child = zab_test_process_spawn_self (arguments, &out);

      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      close (out);
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      assert_whole (self.file);
      if (i % 100 == 0)
        zab_test_watch ();
    }
  save (self.file, one);
  g_assert_cmpuint (count_files (self.dir), ==, 1);
}

/* --- Loading --------------------------------------------------------------------------------- */

static void
assert_first_file (ZabSetContents *contents, GFile *expected, const char *relative)
{
  g_autoptr (ZabFileReference) reference
      = zab_pad_record_dup_reference (zab_set_contents_get_record (contents, 0));

  g_assert_true (g_file_equal (reference->file, expected));
  g_assert_cmpstr (reference->relative, ==, relative);
}

static void
rename_folder (Fixture *self, const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (self->dir, from, NULL);
  g_autofree char *new = g_build_filename (self->dir, to, NULL);

  g_assert_cmpint (g_rename (old, new), ==, 0);
}

/* The set and its sounds are moved together; then the sound alone is back in its old place. */
static void
test_moved (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) sound = NULL;
  g_autoptr (GFile) moved_sound = NULL;
  g_autoptr (GFile) set = NULL;
  g_autoptr (GFile) moved_set = NULL;
  g_autoptr (ZabSetContents) contents = NULL;
  g_autoptr (ZabSetContents) first = NULL;
  g_autoptr (ZabSetContents) second = NULL;

  fixture_init (&self);
  sound = get_file (&self, "one/sounds/kick ß.wav");
  moved_sound = get_file (&self, "two/sounds/kick ß.wav");
  set = get_file (&self, "one/sets/a.zabset");
  moved_set = get_file (&self, "two/sets/a.zabset");
  put (sound, "boom");
  put (set, "");
  contents = contents_new (1, sound);
  save (set, contents);
  first = load (set);
  assert_first_file (first, sound, "../sounds/kick ß.wav");
  rename_folder (&self, "one", "two");
  second = load (moved_set);
  assert_first_file (second, moved_sound, "../sounds/kick ß.wav");
}

/* Nowhere to be found: the set remembers it as it was, also when it is saved again. */
static void
test_missing (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) sound = NULL;
  g_autoptr (ZabSetContents) contents = NULL;
  g_autoptr (ZabSetContents) back = NULL;
  g_autoptr (ZabSetContents) again = NULL;

  fixture_init (&self);
  sound = get_file (&self, "sounds/kick.wav");
  contents = contents_new (1, sound);
  save (self.file, contents);
  back = load (self.file);
  assert_first_file (back, sound, "sounds/kick.wav");
  save (self.file, back);
  again = load (self.file);
  g_assert_true (zab_set_contents_equal (again, back));
}

/* Portal URIs are no less URIs: what can't be looked at is written back as it was. */
static void
test_portal_kept (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) sound = g_file_new_for_path ("/run/user/4242/doc/1a2b3c4d/kick.wav");
  g_autoptr (ZabSetContents) contents = contents_new (1, sound);
  g_autoptr (ZabSetContents) back = NULL;
  g_autofree char *text = NULL;

  fixture_init (&self);
  save (self.file, contents);
  back = load (self.file);
  assert_first_file (back, sound, NULL);
  save (self.file, back);
  g_assert_true (g_file_get_contents (g_file_peek_path (self.file), &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"file:///run/user/4242/doc/1a2b3c4d/kick.wav\""));
}

static void
assert_load_fails (GFile *file, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zab_set_file_load (file, NULL, &error));
  g_assert_error (error, ZAB_SET_ERROR, code);
}

static void
test_not_loadable (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) fifo = NULL;
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/zero");
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) large = NULL;

  fixture_init (&self);
  fifo = get_file (&self, "fifo");
  folder = g_file_new_for_path (self.dir);
  large = get_file (&self, "large");
  g_assert_cmpint (mkfifo (g_file_peek_path (fifo), 0600), ==, 0);
  put (large, "");
  g_assert_cmpint (truncate (g_file_peek_path (large), 5 * 1024 * 1024), ==, 0);
  assert_load_fails (self.file, ZAB_SET_ERROR_NOT_FOUND);
  assert_load_fails (fifo, ZAB_SET_ERROR_NOT_READABLE);
  assert_load_fails (device, ZAB_SET_ERROR_NOT_READABLE);
  assert_load_fails (folder, ZAB_SET_ERROR_NOT_READABLE);
  assert_load_fails (large, ZAB_SET_ERROR_NOT_READABLE);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--save"))
    run_child (g_file_new_for_path (argv[2]), (guint)g_ascii_strtoull (argv[3], NULL, 10));
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/set-file/kill", test_kill);
  zab_test_add ("/model/set-file/save", test_save);
  zab_test_add ("/model/set-file/keeps-mode-and-link", test_keeps_mode_and_link);
  zab_test_add ("/model/set-file/nth-failure", test_nth_failure);
  zab_test_add ("/model/set-file/messages", test_messages);
  zab_test_add ("/model/set-file/no-room", test_no_room);
  zab_test_add ("/model/set-file/changed-by-others", test_changed_by_others);
  zab_test_add ("/model/set-file/leftovers", test_leftovers);
  zab_test_add ("/model/set-file/moved", test_moved);
  zab_test_add ("/model/set-file/missing", test_missing);
  zab_test_add ("/model/set-file/portal-kept", test_portal_kept);
  zab_test_add ("/model/set-file/not-loadable", test_not_loadable);
  return g_test_run ();
}
