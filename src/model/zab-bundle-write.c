/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "model/zab-bundle.h"
#include "model/zab-regular-file.h"
#include "model/zab-set-error.h"

static const char MISSING[] = "bundle:///missing/";

enum
{
  BLOCK = 256 * 1024,
  N_SHOWN_DIGITS = 12, /* of the hash, in an entry's name */
  MAX_STEM = 80,       /* bytes of the file's own name */
};

typedef struct archive Writer;

static void
writer_free (Writer *writer)
{
  archive_write_free (writer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writer, writer_free)

/* What is being made. */
typedef struct
{
  Writer     *archive;
  GHashTable *names; /* hash: the entry that has that content */
  gboolean    without_missing;
  GError     *error; /* the first */
} Bundle;

gboolean
zab_bundle_is_bundle (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL && g_str_has_suffix (base, ZAB_BUNDLE_SUFFIX);
}

static gboolean
set_archive_error (Writer *archive, GError **error)
{
  g_set_error (error, G_IO_ERROR, (gint)g_io_error_from_errno (archive_errno (archive)), "%s",
               archive_error_string (archive));
  return FALSE;
}

static gboolean
begin_entry (Writer *archive, const char *name, gint64 size, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int                   status;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, size);
  archive_entry_set_mtime (entry, 315532800, 0); /* 1980: the same set gives the same bytes */
  status = archive_write_header (archive, entry);
  archive_entry_free (entry);
  return status == ARCHIVE_OK || set_archive_error (archive, error);
}

static gboolean
write_data (Writer *archive, const void *data, gsize length, GError **error)
{
  return archive_write_data (archive, data, length) == (la_ssize_t)length
         || set_archive_error (archive, error);
}

/* @cause is consumed. */
static gboolean
set_sound_error (GFile *file, GError *cause, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  g_set_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_FAILED,
               _ ("“%s” can’t be taken into the bundle: %s"), name, cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
copy_data (Writer *archive, GFile *file, GInputStream *stream, GChecksum *checksum, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  GError            *cause = NULL;
  gssize             n;

  do
    {
      n = g_input_stream_read (stream, block, BLOCK, NULL, &cause);
      if (n < 0)
        return set_sound_error (file, cause, error);
      if (n > 0 && !write_data (archive, block, (gsize)n, error))
        return FALSE;
      g_checksum_update (checksum, block, n);
    }
  while (n > 0);
  return TRUE;
}

/* The content must still be what was hashed. */
static gboolean
add_file (Writer *archive, GFile *file, const char *name, gint64 size, const char *sha256,
          GError **error)
{
  GError *cause = NULL;
  g_autoptr (GInputStream) stream = zab_regular_file_open (file, &cause);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (stream == NULL)
    return set_sound_error (file, cause, error);
  if (!begin_entry (archive, name, size, error)
      || !copy_data (archive, file, stream, checksum, error))
    return FALSE;
  if (g_str_equal (g_checksum_get_string (checksum), sha256))
    return TRUE;
  cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, _ ("it changed while it was read"));
  return set_sound_error (file, cause, error);
}

/* What is left of the file's name where any system can have it. */
static char *
make_name (GFile *file, const char *sha256)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *text = g_filename_display_name (base);
  char            *dot = strrchr (text, '.');
  g_autofree char *stem = NULL;
  g_autofree char *ending = NULL;
  const char      *end;

  stem = dot != NULL && dot != text ? g_strndup (text, (gsize)(dot - text)) : g_strdup (text);
  ending = g_strdup (dot != NULL && dot != text && strlen (dot) <= 8 ? dot : "");
  g_strcanon (stem, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-+ ", '_');
  g_strcanon (ending, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".", '_');
  stem[MIN (strlen (stem), MAX_STEM)] = '\0';
  end = g_strstrip (stem);
  return g_strdup_printf ("sounds/%s-%.*s%s", end, N_SHOWN_DIGITS, sha256, ending);
}

static const char *
add_sound (Bundle *self, GFile *file, gint64 *size, char **sha256)
{
  GError *cause = NULL;
  char   *name;

  *sha256 = zab_file_reference_hash (file, size, NULL, &cause);
  if (*sha256 == NULL)
    {
      set_sound_error (file, cause, &self->error);
      return NULL;
    }
  name = g_hash_table_lookup (self->names, *sha256);
  if (name != NULL)
    return name;
  name = make_name (file, *sha256);
  g_hash_table_insert (self->names, g_strdup (*sha256), name);
  return add_file (self->archive, file, name, *size, *sha256, &self->error) ? name : NULL;
}

static gboolean
is_there (GFile *file)
{
  return g_file_query_exists (file, NULL);
}

gboolean
zab_bundle_is_missing (const ZabFileReference *reference)
{
  g_autofree char *uri = g_file_get_uri (reference->file);

  return reference->relative == NULL && g_str_has_prefix (uri, MISSING);
}

/* By what it is found again, and nothing of where it was. */
static ZabFileReference *
collect_missing (const ZabFileReference *reference)
{
  g_autofree char *base = g_file_get_basename (reference->file);
  g_autofree char *escaped = g_uri_escape_string (base != NULL ? base : "", NULL, FALSE);
  g_autofree char *uri = g_strconcat (MISSING, escaped, NULL);
  g_autoptr (GFile) place = g_file_new_for_uri (uri);
  ZabFileReference *collected = zab_file_reference_new (place);

  collected->size = reference->size;
  collected->sha256 = g_strdup (reference->sha256);
  return collected;
}

static ZabFileReference *
collect (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  Bundle          *self = user_data;
  g_autofree char *sha256 = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GFile) place = NULL;
  ZabFileReference *collected;
  const char       *name;
  gint64            size;

  if (self->error != NULL)
    return NULL;
  if (self->without_missing && !is_there (reference->file))
    return collect_missing (reference);
  name = add_sound (self, reference->file, &size, &sha256);
  if (name == NULL)
    return NULL;
  escaped = g_uri_escape_string (name, "/", FALSE);
  uri = g_strconcat ("bundle:///", escaped, NULL);
  place = g_file_new_for_uri (uri);
  collected = zab_file_reference_new (place);
  collected->relative = g_strdup (name);
  collected->size = size;
  collected->sha256 = g_steal_pointer (&sha256);
  return collected;
}

/* The set comes last: by then it is known where each sound is. */
static gboolean
write_entries (Writer *archive, ZabSetContents *contents, gboolean without_missing, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Bundle self = { .archive = archive, .names = names, .without_missing = without_missing };
  g_autoptr (ZabSetContents) collected = zab_set_contents_map_references (contents, collect, &self);
  g_autofree char *text = NULL;

  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return FALSE;
    }
  text = zab_set_contents_to_text (collected);
  return begin_entry (archive, "set.zabset", (gint64)strlen (text), error)
         && write_data (archive, text, strlen (text), error);
}

static gboolean
write_archive (int fd, ZabSetContents *contents, gboolean without_missing, GError **error)
{
  g_autoptr (Writer) archive = archive_write_new ();

  archive_write_set_format_zip (archive);
  archive_write_set_options (archive, "zip:compression=store,zip:hdrcharset=UTF-8");
  if (archive_write_open_fd (archive, fd) != ARCHIVE_OK)
    return set_archive_error (archive, error);
  if (!write_entries (archive, contents, without_missing, error))
    return FALSE;
  return archive_write_close (archive) == ARCHIVE_OK || set_archive_error (archive, error);
}

static gboolean
set_errno (GError **error)
{
  const int number = errno;

  g_set_error_literal (error, G_IO_ERROR, (gint)g_io_error_from_errno (number),
                       g_strerror (number));
  return FALSE;
}

static gboolean
write_part (const char *part, ZabSetContents *contents, gboolean without_missing, GError **error)
{
  const int fd = g_open (part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  gboolean  written;

  if (fd < 0)
    return set_errno (error);
  written = write_archive (fd, contents, without_missing, error);
  if (written && fsync (fd) != 0)
    written = set_errno (error);
  if (close (fd) != 0 && written)
    written = set_errno (error);
  return written;
}

/* What was written is read from the disk. */
static gboolean
check_part (const char *part, GError **error)
{
  const int fd = g_open (part, O_RDONLY | O_CLOEXEC, 0);
  gboolean  good;

  if (fd < 0)
    return set_errno (error);
  good = zab_bundle_verify (fd, error);
  close (fd);
  return good;
}

typedef struct
{
  char       *name; /* of the first */
  guint       n;    /* files, each once */
  GHashTable *seen;
} Missing;

static ZabFileReference *
count_missing (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  Missing *missing = user_data;
  char    *uri = g_file_get_uri (reference->file);

  if (!g_hash_table_add (missing->seen, uri) || is_there (reference->file))
    return NULL;
  if (missing->n++ == 0)
    missing->name = g_file_get_parse_name (reference->file);
  return NULL;
}

static gboolean
check_missing (ZabSetContents *contents, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Missing                         missing = { .seen = seen };
  g_autoptr (ZabSetContents) same G_GNUC_UNUSED
      = zab_set_contents_map_references (contents, count_missing, &missing);
  g_autofree char *name = missing.name;

  if (missing.n == 0)
    return TRUE;
  if (missing.n == 1)
    g_set_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_MISSING,
                 _ ("“%s” is not there, and can’t be taken into the bundle"), name);
  else
    g_set_error (
        error, ZAB_SET_ERROR, ZAB_SET_ERROR_MISSING,
        g_dngettext (GETTEXT_PACKAGE,
                     "“%s” and %u more sound are not there, and can’t be taken into the bundle",
                     "“%s” and %u more sounds are not there, and can’t be taken into the bundle",
                     missing.n - 1),
        name, missing.n - 1);
  return FALSE;
}

gboolean
zab_bundle_write (GFile *file, ZabSetContents *contents, gboolean without_missing, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char      *path = g_file_peek_path (file);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *base = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *part = NULL;

  if (path == NULL)
    {
      g_set_error_literal (error, ZAB_SET_ERROR, ZAB_SET_ERROR_READ_ONLY,
                           _ ("A bundle can only be saved on this computer"));
      return FALSE;
    }
  if (!without_missing && !check_missing (contents, error))
    return FALSE;
  part = g_strdup_printf ("%s/.%s.%d.part", folder, base, (int)getpid ());
  if (write_part (part, contents, without_missing, &cause) && check_part (part, &cause)
      && (g_rename (part, path) == 0 || set_errno (&cause)))
    return TRUE;
  g_unlink (part);
  g_propagate_error (error, zab_set_error_from_writing (cause, file));
  return FALSE;
}
