/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/zab-bundle.h"
#include "model/zab-json.h"
#include "model/zab-leftovers.h"
#include "model/zab-regular-file.h"
#include "model/zab-set-error.h"
#include "model/zab-set-file.h"

static const char   SET_NAME[] = "set.zabset";
static const char   SOUNDS[] = "sounds/";
static const gint64 MAX_SOUND = 2LL * 1024 * 1024 * 1024; /* bytes */
static const gint64 MAX_TOTAL = 8LL * 1024 * 1024 * 1024;

enum
{
  BLOCK = 256 * 1024,
  MAX_NAME = 160, /* bytes */
  MAX_OPEN_DIRS = 8,
};

typedef struct archive Reader;

static void
reader_free (Reader *reader)
{
  archive_read_free (reader);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

/* Where the entries go: into a folder, or only through a checksum. */
typedef struct
{
  int         folder; /* descriptor, or -1 */
  GHashTable *hashes; /* entry's name: SHA-256, when there is no folder */
  GString    *set;    /* the set's text, when there is no folder */
  gint64      total;
  guint       n_entries;
} Sink;

static gboolean
set_damaged (GError **error, const char *text)
{
  g_set_error_literal (error, ZAB_SET_ERROR, ZAB_SET_ERROR_DAMAGED, text);
  return FALSE;
}

static gboolean
set_errno (GError **error, int number)
{
  g_set_error_literal (error, G_IO_ERROR, (gint)g_io_error_from_errno (number),
                       g_strerror (number));
  return FALSE;
}

/* "set.zabset" or "sounds/" and a plain name: nothing else is in a bundle. */
static gboolean
is_good_name (const char *name)
{
  const char *plain;

  if (name == NULL || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  if (g_str_equal (name, SET_NAME))
    return TRUE;
  if (!g_str_has_prefix (name, SOUNDS))
    return FALSE;
  plain = name + strlen (SOUNDS);
  if (*plain == '\0' || *plain == '.' || strlen (plain) > MAX_NAME
      || strpbrk (plain, "/\\") != NULL)
    return FALSE;
  for (const char *c = plain; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return FALSE;
  return TRUE;
}

static gboolean
check_entry (Sink *self, struct archive_entry *entry, GError **error)
{
  if (++self->n_entries > ZAB_BUNDLE_MAX_ENTRIES)
    return set_damaged (error, _ ("it holds more files than any set"));
  if (archive_entry_filetype (entry) != AE_IFREG || archive_entry_hardlink (entry) != NULL
      || archive_entry_symlink (entry) != NULL || archive_entry_is_encrypted (entry))
    return set_damaged (error, _ ("it holds something that is no plain file"));
  if (!is_good_name (archive_entry_pathname (entry)))
    return set_damaged (error, _ ("it holds a file that has no place in a set"));
  return TRUE;
}

/* --- One entry ------------------------------------------------------------------------------- */

static gboolean
write_block (int fd, const guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      const ssize_t n = write (fd, data, length);

      if (n < 0 && errno != EINTR)
        return set_errno (error, errno);
      if (n > 0)
        {
          data += n;
          length -= (gsize)n;
        }
    }
  return TRUE;
}

static gboolean
take_block (Sink *self, int fd, GChecksum *checksum, gboolean is_set, const guint8 *data,
            gsize length, GError **error)
{
  if (fd >= 0)
    return write_block (fd, data, length, error);
  g_checksum_update (checksum, data, (gssize)length);
  if (is_set)
    g_string_append_len (self->set, (const char *)data, (gssize)length);
  return TRUE;
}

/* Counts what comes out, whatever the archive says about it. */
static gboolean
read_data (Sink *self, Reader *reader, const char *name, int fd, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const gboolean is_set = g_str_equal (name, SET_NAME);
  gint64         left = is_set ? ZAB_JSON_MAX_LENGTH : MAX_SOUND;
  la_ssize_t     n;

  while ((n = archive_read_data (reader, block, BLOCK)) > 0)
    {
      left -= n;
      self->total += n;
      if (left < 0 || self->total > MAX_TOTAL)
        return set_damaged (error, _ ("it is larger than any set"));
      if (!take_block (self, fd, checksum, is_set, block, (gsize)n, error))
        return FALSE;
    }
  if (n < 0)
    return set_damaged (error, _ ("it is cut off or damaged"));
  if (self->hashes != NULL
      && !g_hash_table_insert (self->hashes, g_strdup (name),
                               g_strdup (g_checksum_get_string (checksum))))
    return set_damaged (error, _ ("it holds a file twice"));
  return TRUE;
}

static gboolean
extract_entry (Sink *self, Reader *reader, const char *name, GError **error)
{
  int      fd = -1;
  gboolean good;

  if (self->folder >= 0)
    {
      fd = openat (self->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
      if (fd < 0 && errno == EEXIST)
        return set_damaged (error, _ ("it holds a file twice"));
      if (fd < 0)
        return set_errno (error, errno);
    }
  good = read_data (self, reader, name, fd, error);
  if (fd >= 0 && close (fd) != 0 && good)
    return set_errno (error, errno);
  return good;
}

static gboolean
read_entries (Sink *self, Reader *reader, GError **error)
{
  struct archive_entry *entry;
  int                   status;

  while ((status = archive_read_next_header (reader, &entry)) == ARCHIVE_OK)
    if (!check_entry (self, entry, error)
        || !extract_entry (self, reader, archive_entry_pathname (entry), error))
      return FALSE;
  return status == ARCHIVE_EOF || set_damaged (error, _ ("it is cut off or damaged"));
}

static gboolean
read_archive (Sink *self, int fd, GError **error)
{
  g_autoptr (Reader) reader = archive_read_new ();

  archive_read_support_format_zip_seekable (reader);
  archive_read_set_options (reader, "zip:hdrcharset=UTF-8");
  if (archive_read_open_fd (reader, fd, BLOCK) != ARCHIVE_OK)
    {
      g_set_error_literal (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NOT_A_SET,
                           _ ("it is no bundle of Zabumba’s"));
      return FALSE;
    }
  return read_entries (self, reader, error);
}

/* --- The whole ------------------------------------------------------------------------------- */

gboolean
zab_bundle_extract (int fd, const char *folder, GError **error)
{
  Sink     sink = { .folder = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
  gboolean good;

  if (sink.folder < 0 || mkdirat (sink.folder, "sounds", 0755) != 0)
    good = set_errno (error, errno);
  else
    good = read_archive (&sink, fd, error);
  if (sink.folder >= 0)
    close (sink.folder);
  return good;
}

typedef struct
{
  GHashTable *hashes;
  gboolean    good;
} Check;

static ZabFileReference *
check_reference (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  Check      *check = user_data;
  const char *sha256 = NULL;

  if (zab_bundle_is_missing (reference))
    return NULL;
  if (reference->relative != NULL)
    sha256 = g_hash_table_lookup (check->hashes, reference->relative);
  check->good &= sha256 != NULL && g_strcmp0 (sha256, reference->sha256) == 0;
  return NULL;
}

gboolean
zab_bundle_verify (int fd, GError **error)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ZabSetContents) contents = NULL;
  g_autoptr (ZabSetContents) same = NULL;
  Sink  sink = { .folder = -1, .hashes = hashes, .set = text };
  Check check = { .hashes = hashes, .good = TRUE };

  if (!read_archive (&sink, fd, error))
    return FALSE;
  contents = zab_set_contents_parse (text->str, text->len, SET_NAME, error);
  if (contents == NULL)
    return FALSE;
  same = zab_set_contents_map_references (contents, check_reference, &check);
  return check.good || set_damaged (error, _ ("it lacks a sound"));
}

/* What it was called, where that is a plain name. */
static GFile *
place_missing (GFile *sounds, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  if (base == NULL || *base == '.' || *base == '\0' || strchr (base, '/') != NULL)
    return g_file_get_child (sounds, "missing");
  return g_file_get_child (sounds, base);
}

/* No way leads out of the folder, whatever the set says. */
static ZabFileReference *
confine (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  GFile            *sounds = user_data;
  ZabFileReference *confined;

  if (g_file_has_prefix (reference->file, sounds))
    return NULL;
  confined = zab_file_reference_copy (reference);
  g_object_unref (confined->file);
  confined->file = place_missing (sounds, reference->file);
  g_clear_pointer (&confined->relative, g_free);
  g_clear_pointer (&confined->host, g_free);
  return confined;
}

static ZabSetContents *
load_extracted (const char *folder, GError **error)
{
  g_autoptr (GFile) set = g_file_new_build_filename (folder, SET_NAME, NULL);
  g_autoptr (GFile) sounds = g_file_new_build_filename (folder, "sounds", NULL);
  g_autoptr (ZabSetContents) contents = zab_set_file_load (set, NULL, error);

  return contents != NULL ? zab_set_contents_map_references (contents, confine, sounds) : NULL;
}

static int
remove_one (const char *path, const struct stat *info, int type, struct FTW *ftw)
{
  return remove (path);
}

/* Into a fresh folder, which then takes its name: one that has it is whole. */
static gboolean
extract_to (int fd, const char *root, const char *folder, GError **error)
{
  g_autofree char *fresh = g_build_filename (root, ".new-XXXXXX", NULL);

  g_mkdir_with_parents (root, 0700);
  if (g_mkdtemp (fresh) == NULL)
    return set_errno (error, errno);
  if (zab_bundle_extract (fd, fresh, error)
      && (g_rename (fresh, folder) == 0 || g_file_test (folder, G_FILE_TEST_IS_DIR)
          || set_errno (error, errno)))
    return TRUE;
  /* NOLINTNEXTLINE(concurrency-mt-unsafe): glibc's is safe without FTW_CHDIR */
  nftw (fresh, remove_one, MAX_OPEN_DIRS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
  return FALSE;
}

static gboolean
unpack (GFile *file, const char *root, const char *folder, GError **error)
{
  const int fd = g_open (g_file_peek_path (file), O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  gboolean  unpacked;

  if (fd < 0)
    return set_errno (error, errno);
  unpacked = extract_to (fd, root, folder, error);
  close (fd);
  return unpacked;
}

static ZabSetContents *
read_bundle (GFile *file, const char *root, int *hold, GError **error)
{
  g_autofree char *sha256 = NULL;
  g_autofree char *folder = NULL;
  gint64           size;

  sha256 = zab_file_reference_hash (file, &size, NULL, error);
  if (sha256 == NULL)
    return NULL;
  folder = g_build_filename (root, sha256, NULL);
  *hold = zab_leftovers_hold (folder);
  if (*hold < 0)
    {
      if (!g_file_test (folder, G_FILE_TEST_IS_DIR) && !unpack (file, root, folder, error))
        return NULL;
      *hold = zab_leftovers_hold (folder);
    }
  return load_extracted (folder, error);
}

ZabSetContents *
zab_bundle_read (GFile *file, const char *root, int *hold, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  int              fd = -1;
  ZabSetContents  *contents = read_bundle (file, root, &fd, &cause);

  if (hold != NULL && contents != NULL)
    *hold = fd;
  else if (fd >= 0)
    close (fd);

  if (contents != NULL)
    return contents;
  if (cause->domain == ZAB_SET_ERROR)
    g_set_error (error, ZAB_SET_ERROR, cause->code,
                 _ ("“%s” can’t be opened: %s"), name, cause->message);
  else
    g_propagate_error (error, zab_set_error_from_reading (cause, file));
  return NULL;
}
