/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that is really full: sets, bundles and the journal on a small one of their own. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "lib/zab-test.h"
#include "model/zab-bundle.h"
#include "model/zab-document.h"
#include "model/zab-journal.h"
#include "model/zab-pad-private.h"
#include "model/zab-set-error.h"
#include "zab-test-session.h"

enum
{
  PAGE = 4096,
  N_EDITED = 80, /* pads: their set has several pages */
};

typedef struct
{
  ZabTestSession session;
  ZabDocument   *document;
  char          *disk; /* a folder on it */
  char          *filler;
  GFile         *file;
} Fixture;

static void
fixture_init (Fixture *self)
{
  static guint     number;
  g_autofree char *name = g_strdup_printf ("%u", ++number);

  zab_test_session_init (&self->session);
  self->disk = g_build_filename (g_getenv ("RIG_DISK"), name, NULL);
  g_assert_cmpint (g_mkdir (self->disk, 0700), ==, 0);
  self->filler = g_build_filename (g_getenv ("RIG_DISK"), "filler", NULL);
  self->file = g_file_new_build_filename (self->disk, "a.zabset", NULL);
  self->document = zab_document_new (self->session.session, self->disk);
}

static void
fixture_clear (Fixture *self)
{
  zab_document_shut_down (self->document);
  zab_test_wait_until (G_OBJECT (self->document)->ref_count == 1);
  g_assert_finalize_object (self->document);
  zab_test_session_clear (&self->session);
  g_unlink (self->filler);
  g_free (self->disk);
  g_free (self->filler);
  g_object_unref (self->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static guint64
count_free_pages (void)
{
  struct statvfs info;

  g_assert_cmpint (statvfs (g_getenv ("RIG_DISK"), &info), ==, 0);
  return info.f_bavail * info.f_bsize / PAGE;
}

/* Until @n_left pages are free, by the kernel's own count. */
static void
fill (Fixture *self, guint n_left)
{
  static const char page[PAGE] = { 1 };
  const int         fd = g_open (self->filler, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  while (count_free_pages () > n_left)
    g_assert_cmpint (write (fd, page, PAGE), ==, PAGE);
  if (n_left == 0)
    {
      g_assert_cmpint (write (fd, page, PAGE), ==, -1);
      g_assert_cmpint (errno, ==, ENOSPC);
    }
  close (fd);
}

static void
make_room (Fixture *self)
{
  g_assert_cmpint (g_unlink (self->filler), ==, 0);
}

static ZabPad *
get_pad (Fixture *self, guint pad)
{
  return zab_test_session_get_pad (&self->session, pad);
}

static void
edit (Fixture *self, double gain)
{
  for (guint i = 0; i < N_EDITED; i++)
    zab_pad_set_gain (get_pad (self, i), gain);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
save (Fixture *self, GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  zab_document_save_async (self->document, file, ZAB_SAVE_NONE, on_done, &result);
  zab_test_wait_until (result != NULL);
  return zab_document_save_finish (self->document, result, error);
}

static char *
read_file (GFile *file)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  return text;
}

/* What is beside the journal and the mark that the set is open. */
static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) entries = g_dir_open (self->disk, 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (entries)) != NULL)
    n += !g_str_equal (name, "journal-1") && !g_str_has_prefix (name, "open-");
  return n;
}

static void
test_save (void)
{
  g_auto (Fixture) self;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  fixture_init (&self);
  edit (&self, 0.25);
  g_assert_true (save (&self, self.file, NULL));
  before = read_file (self.file);
  edit (&self, 0.5);
  fill (&self, 0);
  g_assert_false (save (&self, NULL, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, g_file_peek_path (self.file)));
  after = read_file (self.file);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (count_files (&self), ==, 1);
  g_assert_true (zab_document_get_modified (self.document));
  make_room (&self);
  g_assert_true (save (&self, NULL, NULL));
  g_assert_false (zab_document_get_modified (self.document));
}

/* However many pages there is room for: the old set or the new one. */
static void
test_every_page (void)
{
  g_auto (Fixture) self;
  guint n_failed = 0;
  guint n_saved = 0;

  fixture_init (&self);
  edit (&self, 1);
  g_assert_true (save (&self, self.file, NULL));
  for (guint n_left = 0; n_left < 16; n_left++)
    {
      g_autofree char *before = read_file (self.file);
      g_autofree char *after = NULL;
      gboolean         saved;

      edit (&self, n_left % 2 == 0 ? 0.125 : 0.25);
      zab_document_flush (self.document); /* the journal has its part first */
      fill (&self, n_left);
      saved = save (&self, NULL, NULL);
      after = read_file (self.file);
      g_assert_cmpint (g_str_equal (after, before), ==, !saved);
      g_assert_cmpint (zab_document_get_modified (self.document), ==, !saved);
      g_assert_cmpuint (count_files (&self), ==, 1);
      *(saved ? &n_saved : &n_failed) += 1;
      make_room (&self);
    }
  g_assert_cmpuint (n_failed, >=, 2);
  g_assert_cmpuint (n_saved, >=, 2);
}

static void
test_bundle (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) bundle = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *root = NULL;

  fixture_init (&self);
  bundle = g_file_new_build_filename (self.disk, "a.zabumba", NULL);
  root = g_build_filename (self.disk, "bundles", NULL);
  zab_test_session_load_sound (&self.session, 0, "kick.wav", 1);
  fill (&self, 1);
  g_assert_false (save (&self, bundle, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (&self), ==, 0);
  make_room (&self);
  g_assert_true (save (&self, bundle, NULL));
  fill (&self, 1);
  g_assert_null (zab_bundle_read (bundle, root, NULL, &error));
  g_assert_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NO_SPACE);
  make_room (&self);
  zab_set_contents_unref (zab_bundle_read (bundle, root, NULL, NULL));
}

static char *
read_journal (Fixture *self)
{
  g_autoptr (GFile) file = g_file_new_build_filename (self->disk, "journal-1", NULL);

  return read_file (file);
}

/* Another document, as the next start has it. */
static void
assert_kept (Fixture *self, double gain)
{
  ZabTestSession   next;
  g_autofree char *path = NULL;
  g_autofree char *journal = read_journal (self);
  ZabDocument     *document;

  zab_test_session_init (&next);
  path = g_build_filename (next.dir, "journal-1", NULL);
  g_assert_true (g_file_set_contents (path, journal, -1, NULL));
  document = zab_document_new (next.session, next.dir);
  for (guint i = 0; i < N_EDITED; i++)
    g_assert_cmpfloat (zab_pad_get_gain (zab_test_session_get_pad (&next, i)), ==, gain);
  zab_document_shut_down (document);
  zab_test_wait_until (G_OBJECT (document)->ref_count == 1);
  g_assert_finalize_object (document);
  zab_test_session_clear (&next);
}

/* Until the last page of the journal is full, too. */
static gboolean
is_told_after_edit (Fixture *self)
{
  edit (self, zab_pad_get_gain (get_pad (self, 0)) + 0.001);
  zab_test_drain ();
  return self->session.messages->len == 1;
}

/* What was kept stays, what can't be is told once, and all is kept again when there is room. */
static void
test_journal (void)
{
  g_auto (Fixture) self;
  const char *message;

  fixture_init (&self);
  edit (&self, 0.25);
  zab_document_flush (self.document);
  fill (&self, 0);
  zab_test_wait_until (is_told_after_edit (&self));
  for (guint i = 0; i < 10; i++)
    {
      edit (&self, 0.3 + i / 100.0);
      zab_test_drain ();
    }
  message = self.session.messages->pdata[0];
  g_assert_nonnull (strstr (message, self.disk));
  g_assert_nonnull (strstr (message, g_strerror (ENOSPC)));
  make_room (&self);
  edit (&self, 0.75);
  zab_document_flush (self.document);
  assert_kept (&self, 0.75);
  g_assert_cmpuint (self.session.messages->len, ==, 1);
}

/* Nothing is edited any more: it looks for room by itself. */
static void
test_journal_waits (void)
{
  g_auto (Fixture) self;

  fixture_init (&self);
  fill (&self, 0);
  zab_test_wait_until (is_told_after_edit (&self));
  make_room (&self);
  zab_test_wait_until (!zab_document_is_at_risk (self.document));
  assert_kept (&self, zab_pad_get_gain (get_pad (&self, 0)));
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/model/full-disk/save", test_save);
  zab_test_add ("/model/full-disk/every-page", test_every_page);
  zab_test_add ("/model/full-disk/bundle", test_bundle);
  zab_test_add ("/model/full-disk/journal", test_journal);
  zab_test_add ("/model/full-disk/journal-waits", test_journal_waits);
  return g_test_run ();
}
