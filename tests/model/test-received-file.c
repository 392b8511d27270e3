/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-received-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/zab-test.h"

static char *
write_file (const char *dir, const char *text)
{
  char *path = g_build_filename (dir, "a.wav", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static int
make_memory (const char *text)
{
  const int fd = memfd_create ("nowhere", MFD_CLOEXEC);

  g_assert_cmpint (write (fd, text, strlen (text)), ==, strlen (text));
  return fd; /* its position is the end */
}

static void
assert_content (GFile *file, const char *expected)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static guint
count_entries (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* A file that is there under its own name is that file. */
static void
test_same (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *root = g_build_filename (dir, "received", NULL);
  g_autofree char *path = write_file (dir, "sound");
  const int        fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = zab_received_file_store (fd, "b.wav", root, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (g_file_peek_path (file), ==, path);
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
  close (fd);
}

/* Another file at the place of the one that was opened is not that one. */
static void
test_replaced (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *root = g_build_filename (dir, "received", NULL);
  g_autofree char *path = write_file (dir, "sound");
  const int        fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_autofree char *other = g_strconcat (path, " (deleted)", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_file_set_contents (other, "other", -1, &error); /* where /proc says that it is now */
  g_assert_no_error (error);
  file = zab_received_file_store (fd, "b.wav", root, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_file_peek_path (file), root));
  assert_content (file, "sound");
  close (fd);
}

static void
test_memory (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *root = g_build_filename (dir, "not", "there", NULL);
  const int        fd = make_memory ("sound");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) first = zab_received_file_store (fd, "b.wav", root, NULL, &error);
  g_autoptr (GFile) second = zab_received_file_store (fd, "b.wav", root, NULL, &error);
  g_autofree char *base = g_file_get_basename (first);

  g_assert_no_error (error);
  g_assert_cmpstr (base, ==, "b.wav");
  g_assert_true (g_file_equal (first, second));
  assert_content (first, "sound");
  g_assert_cmpuint (count_entries (root), ==, 1);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, strlen ("sound"));
  close (fd);
}

static void
assert_refused (int fd, const char *name, GIOErrorEnum code, const char *words)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *root = g_build_filename (dir, "received", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = zab_received_file_store (fd, name, root, NULL, &error);

  g_assert_null (file);
  g_assert_error (error, G_IO_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_false (g_file_test (root, G_FILE_TEST_EXISTS));
}

static void
test_kinds (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  g_autofree char *path = write_file (dir, "sound");
  int              ends[2], sockets[2];
  const int        folder = open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const int        device = open ("/dev/zero", O_RDONLY | O_CLOEXEC);
  const int        write_only = open (path, O_WRONLY | O_CLOEXEC);
  const int        by_path = open (path, O_PATH | O_CLOEXEC);

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, sockets), ==, 0);
  assert_refused (ends[0], "a.wav", G_IO_ERROR_NOT_REGULAR_FILE, "“a.wav” is a pipe");
  assert_refused (sockets[0], "a.wav", G_IO_ERROR_NOT_REGULAR_FILE, "“a.wav” is a socket");
  assert_refused (folder, "a.wav", G_IO_ERROR_NOT_REGULAR_FILE, "“a.wav” is a folder");
  assert_refused (device, "a.wav", G_IO_ERROR_NOT_REGULAR_FILE, "“a.wav” is a device");
  assert_refused (write_only, "a.wav", G_IO_ERROR_NOT_REGULAR_FILE, "is not open for reading");
  assert_refused (by_path, "a.wav", G_IO_ERROR_NOT_REGULAR_FILE, "is not open for reading");
  for (guint i = 0; i < 2; i++)
    {
      close (ends[i]);
      close (sockets[i]);
    }
  close (folder);
  close (device);
  close (write_only);
  close (by_path);
}

static void
test_names (void)
{
  const int        fd = make_memory ("sound");
  g_autofree char *longest = g_strnfill (255, 'a');
  g_autofree char *long_name = g_strnfill (256, 'a');
  g_autofree char *dir = zab_test_make_dir ();
  g_autoptr (GFile) file = zab_received_file_store (fd, longest, dir, NULL, NULL);

  g_assert_nonnull (file);
  for (const char *const *name
       = (const char *const[]){ "", ".", "..", "../a", "a/b", "/a", "a\nb", "\x1b[2J", NULL };
       *name != NULL; name++)
    assert_refused (fd, *name, G_IO_ERROR_INVALID_FILENAME, "name");
  assert_refused (fd, long_name, G_IO_ERROR_INVALID_FILENAME, "name");
  assert_refused (fd, "\xff", G_IO_ERROR_INVALID_FILENAME, "name");
  close (fd);
}

/* Not a byte of it is read: it is as long as it says. */
static void
test_too_large (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  const int        fd = make_memory ("");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  g_assert_cmpint (ftruncate (fd, ZAB_RECEIVED_FILE_MAX + 1), ==, 0);
  file = zab_received_file_store (fd, "huge.wav", dir, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_null (file);
  g_assert_cmpuint (count_entries (dir), ==, 0);
  close (fd);
}

static void
test_cancelled (void)
{
  g_autofree char *dir = zab_test_make_dir ();
  const int        fd = make_memory ("sound");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;

  g_cancellable_cancel (cancellable);
  file = zab_received_file_store (fd, "a.wav", dir, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (file);
  g_assert_cmpuint (count_entries (dir), ==, 0);
  close (fd);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/received-file/same", test_same);
  zab_test_add ("/model/received-file/replaced", test_replaced);
  zab_test_add ("/model/received-file/memory", test_memory);
  zab_test_add ("/model/received-file/kinds", test_kinds);
  zab_test_add ("/model/received-file/names", test_names);
  zab_test_add ("/model/received-file/too-large", test_too_large);
  zab_test_add ("/model/received-file/cancelled", test_cancelled);
  return g_test_run ();
}
