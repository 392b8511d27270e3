/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/zab-test-process.h"
#include "lib/zab-test.h"
#include "model/zab-journal.h"

static ZabJournal *
open_journal (const char *dir, GPtrArray **entries)
{
  g_autoptr (GError) error = NULL;
  ZabJournal *journal = zab_journal_open (dir, entries, &error);

  g_assert_no_error (error);
  return journal;
}

static void
flush (ZabJournal *journal)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (zab_journal_flush (journal, &error));
  g_assert_no_error (error);
}

/* The entries are the numbers from @first on. */
static void
assert_numbers (GPtrArray *entries, gint64 first, guint n)
{
  g_assert_cmpuint (entries->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      JsonArray *array = json_node_get_array (entries->pdata[i]);

      g_assert_cmpint (json_array_get_int_element (array, 0), ==, first + i);
    }
}

static void
assert_holds (const char *dir, gint64 first, guint n)
{
  g_autoptr (GPtrArray) entries = NULL;
  G_GNUC_UNUSED g_autoptr (ZabJournal) journal = open_journal (dir, &entries);

  assert_numbers (entries, first, n);
}

static void
append (ZabJournal *journal, guint number)
{
  g_autofree char *entry = g_strdup_printf ("[%u]", number);

  zab_journal_append (journal, entry);
}

static char *
make_journal (guint n)
{
  char *dir = zab_test_make_dir ();
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (ZabJournal) journal = open_journal (dir, &entries);

  g_assert_cmpuint (entries->len, ==, 0);
  for (guint i = 0; i < n; i++)
    append (journal, i);
  return dir;
}

static void
test_append (void)
{
  g_autofree char *dir = make_journal (100);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (ZabJournal) journal = open_journal (dir, &entries);

  assert_numbers (entries, 0, 100);
  append (journal, 100);
  g_clear_pointer (&journal, zab_journal_free);
  assert_holds (dir, 0, 101);
}

static void
test_restart (void)
{
  g_autofree char *dir = make_journal (10);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (ZabJournal) journal = open_journal (dir, &entries);

  zab_journal_restart (journal, "[70]");
  append (journal, 71);
  g_clear_pointer (&journal, zab_journal_free);
  assert_holds (dir, 70, 2);
}

/* What came before a restart goes when it is much, also when there was no room for that then. */
static void
test_shortened (void)
{
  g_autofree char *dir = make_journal (1);
  g_autofree char *spaces = g_strnfill (2 * 1024 * 1024, ' ');
  g_autofree char *long_entry = g_strdup_printf ("[1,%s2]", spaces);
  g_autofree char *part = g_build_filename (dir, "journal-1.part", NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (ZabJournal) journal = open_journal (dir, &entries);

  zab_journal_append (journal, long_entry);
  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  zab_journal_restart (journal, "[5]");
  g_clear_pointer (&journal, zab_journal_free);
  assert_holds (dir, 5, 1);
  g_assert_cmpint (g_rmdir (part), ==, 0);
  assert_holds (dir, 5, 1);
  g_clear_pointer (&entries, g_ptr_array_unref);
  journal = open_journal (dir, &entries);
  g_assert_cmpuint (zab_journal_get_length (journal), <, 100);
  append (journal, 6);
  g_clear_pointer (&journal, zab_journal_free);
  assert_holds (dir, 5, 2);
}

/* One process, one journal. */
static void
test_lock (void)
{
  g_autofree char *dir = make_journal (3);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  G_GNUC_UNUSED g_autoptr (ZabJournal) one = open_journal (dir, &first);
  G_GNUC_UNUSED g_autoptr (ZabJournal) two = open_journal (dir, &second);

  assert_numbers (first, 0, 3);
  assert_numbers (second, 0, 0);
}

/* However many bytes of the last entry are there: the others are whole, and it can go on. */
static void
test_cut_off (void)
{
  g_autofree char *dir = make_journal (5);
  g_autofree char *path = g_build_filename (dir, "journal-1", NULL);
  g_autofree char *text = NULL;
  gsize            length;
  const gsize      entry = 8 + 1 + 3 + 1;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, ==, 5 * entry);
  for (gsize cut = 0; cut <= length; cut++)
    {
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (ZabJournal) journal = NULL;
      const guint whole = (guint)(cut / entry);

      g_assert_true (g_file_set_contents (path, text, (gssize)cut, NULL));
      journal = open_journal (dir, &entries);
      assert_numbers (entries, 0, whole);
      append (journal, whole);
      g_clear_pointer (&journal, zab_journal_free);
      assert_holds (dir, 0, whole + 1);
    }
}

/* A damaged entry ends it; a copy is kept for a look. */
static void
test_damaged (void)
{
  g_autofree char *dir = make_journal (5);
  g_autofree char *path = g_build_filename (dir, "journal-1", NULL);
  g_autofree char *copy = g_build_filename (dir, "journal-1.damaged", NULL);
  g_autofree char *text = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  text[2 * 13 + 10] = '9';
  g_assert_true (g_file_set_contents (path, text, (gssize)length, NULL));
  assert_holds (dir, 0, 2);
  g_assert_true (g_file_test (copy, G_FILE_TEST_EXISTS));
}

/* The disk has no room for a while: what was written before and after is there. */
static void
test_no_room (void)
{
  g_autofree char *dir = make_journal (5);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (ZabJournal) journal = open_journal (dir, &entries);
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  limit = before;
  limit.rlim_cur = zab_journal_get_length (journal) + 5;
  setrlimit (RLIMIT_FSIZE, &limit);
  append (journal, 99);
  g_assert_false (zab_journal_flush (journal, &error));
  g_assert_nonnull (error);
  setrlimit (RLIMIT_FSIZE, &before);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_true (zab_journal_is_broken (journal));
  append (journal, 100); /* says nothing without the one that is lost */
  zab_journal_restart (journal, "[30]");
  append (journal, 31);
  flush (journal);
  g_assert_false (zab_journal_is_broken (journal));
  g_clear_pointer (&journal, zab_journal_free);
  assert_holds (dir, 30, 2);
}

/* A journal that has grown long is written anew at the next restart, and is nobody else's then. */
static void
test_long_restart (void)
{
  g_autofree char *dir = make_journal (1);
  g_autofree char *spaces = g_strnfill (2 * 1024 * 1024, ' ');
  g_autofree char *long_entry = g_strdup_printf ("[1,%s2]", spaces);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (ZabJournal) journal = open_journal (dir, &entries);
  g_autoptr (ZabJournal) other = NULL;

  zab_journal_append (journal, long_entry);
  zab_journal_restart (journal, "[5]");
  append (journal, 6);
  flush (journal);
  g_assert_cmpuint (zab_journal_get_length (journal), <, 100);
  other = open_journal (dir, &second);
  assert_numbers (second, 0, 0);
  g_clear_pointer (&journal, zab_journal_free);
  assert_holds (dir, 5, 2);
}

static void
test_nowhere (void)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (zab_journal_open ("/dev/null/below", &entries, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static gboolean is_killed; /* this is the program to be killed */

/* What is written survives the process; only a power cut needs the disk, and that is slow. */
int
fdatasync (int fd)
{
  return is_killed ? 0 : (int)syscall (SYS_fdatasync, fd);
}

/* What it tells: so large that it can't be far ahead of who reads it. */
typedef struct
{
  guint number;
  char  padding[60];
} Told;

/* The program that is killed: appends for ever, and tells of entries that are written. */
G_NORETURN static void
run_child (const char *dir)
{
  GPtrArray  *entries;
  ZabJournal *journal = zab_journal_open (dir, &entries, NULL);

  fcntl (STDOUT_FILENO, F_SETPIPE_SZ, 4096);
  for (guint i = entries->len;; i++)
    {
      const Told told = { .number = i };

      append (journal, i);
      if (i % 3 == 0)
        zab_journal_flush (journal, NULL);
      if (i % 3 == 0 && write (STDOUT_FILENO, &told, sizeof told) != sizeof told)
        _exit (1);
    }
}

enum
{
#ifdef ZAB_SANITIZING
  N_KILLS = 48 /* sanitized programs take their time to start */
#else
  N_KILLS = 1000
#endif
};

/* Killed at any moment: nothing that was told is lost. */
static void
test_kill (void)
{
  g_autofree char *dir = NULL;

  for (guint round = 0; round < N_KILLS; round++)
    {
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (ZabJournal) journal = NULL;
      Told told = { 0 };
      int  out;
      int  status;
      GPid child;

      if (round % 10 == 0)
        {
          g_free (dir);
          dir = zab_test_make_dir ();
        }
      child = zab_test_process_spawn_self ((const char *[]){ "--append", dir, NULL }, &out);
      for (guint i = 0; i <= round % 5; i++)
        g_assert_cmpint (read (out, &told, sizeof told), ==, sizeof told);
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
      close (out);
      journal = open_journal (dir, &entries);
      g_assert_cmpuint (entries->len, >, told.number);
      assert_numbers (entries, 0, entries->len);
      zab_test_watch ();
    }
}

int
main (int argc, char **argv)
{
  is_killed = argc == 3 && g_str_equal (argv[1], "--append");
  if (is_killed)
    run_child (argv[2]);
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/journal/kill", test_kill);
  zab_test_add ("/model/journal/append", test_append);
  zab_test_add ("/model/journal/restart", test_restart);
  zab_test_add ("/model/journal/shortened", test_shortened);
  zab_test_add ("/model/journal/lock", test_lock);
  zab_test_add ("/model/journal/cut-off", test_cut_off);
  zab_test_add ("/model/journal/damaged", test_damaged);
  zab_test_add ("/model/journal/no-room", test_no_room);
  zab_test_add ("/model/journal/long-restart", test_long_restart);
  zab_test_add ("/model/journal/nowhere", test_nowhere);
  return g_test_run ();
}
