/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-set-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/zab-bundle.h"
#include "model/zab-json.h"
#include "model/zab-regular-file.h"
#include "model/zab-set-error.h"

static const char PART[] = ".part";

gboolean
zab_set_file_is_set (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL
         && (g_str_has_suffix (base, ZAB_SET_FILE_SUFFIX) || zab_bundle_is_bundle (file));
}

char *
zab_set_file_stamp (GFile *file)
{
  const char *path = g_file_peek_path (file);
  struct stat info;

  if (path == NULL || stat (path, &info) != 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT
                          ":%" G_GINT64_FORMAT ".%09ld",
                          (guint64)info.st_dev, (guint64)info.st_ino, (gint64)info.st_size,
                          (gint64)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

/* --- Reading --------------------------------------------------------------------------------- */

static ZabFileReference *
find_file (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  g_autoptr (GFile) found = zab_file_reference_resolve (reference, user_data);
  ZabFileReference *moved;

  if (found == NULL || g_file_equal (found, reference->file))
    return NULL;
  moved = zab_file_reference_copy (reference);
  g_set_object (&moved->file, found);
  return moved;
}

ZabSetContents *
zab_set_file_load (GFile *file, char **stamp, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (ZabSetContents) contents = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *before = zab_set_file_stamp (file);
  g_autoptr (GBytes) text = zab_regular_file_read (file, ZAB_JSON_MAX_LENGTH, &cause);

  if (text == NULL)
    {
      g_propagate_error (error, zab_set_error_from_reading (cause, file));
      return NULL;
    }
  contents = zab_set_contents_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text), name,
                                     error);
  if (contents == NULL)
    return NULL;
  if (stamp != NULL)
    *stamp = g_steal_pointer (&before);
  return zab_set_contents_map_references (contents, find_file, folder);
}

/* --- Writing --------------------------------------------------------------------------------- */

static gboolean
set_errno (GError **error, int number)
{
  g_set_error_literal (error, G_FILE_ERROR, (gint)g_file_error_from_errno (number),
                       g_strerror (number));
  return FALSE;
}

/* What another process of ours left when it was killed while it saved @base. */
static void
remove_leftovers (const char *folder, const char *base)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *prefix = g_strdup_printf (".%s.", base);
  const char      *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *number = NULL;
      g_autofree char *path = NULL;
      guint64          pid;

      if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, PART)
          || strlen (name) <= strlen (prefix) + strlen (PART))
        continue;
      number = g_strndup (name + strlen (prefix), strlen (name) - strlen (prefix) - strlen (PART));
      path = g_build_filename (folder, name, NULL);
      if (g_ascii_string_to_unsigned (number, 10, 1, G_MAXINT, &pid, NULL)
          && kill ((pid_t)pid, 0) != 0 && errno == ESRCH)
        g_unlink (path);
    }
}

static gboolean
is_on_disk (const char *path, const char *data, gsize length, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = zab_regular_file_read (file, length, error);

  if (bytes == NULL)
    return FALSE;
  if (g_bytes_get_size (bytes) == length
      && (length == 0 || memcmp (g_bytes_get_data (bytes, NULL), data, length) == 0))
    return TRUE;
  g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_IO,
                       _ ("the disk does not give back what was written to it"));
  return FALSE;
}

static gboolean
write_and_move (const char *part, const char *path, const char *data, gsize length, int mode,
                GError **error)
{
  g_unlink (part); /* of a killed process that had our number */
  if (!g_file_set_contents_full (part, data, (gssize)length, G_FILE_SET_CONTENTS_DURABLE, mode,
                                 error))
    return FALSE;
  if (!is_on_disk (part, data, length, error))
    return FALSE;
  return g_rename (part, path) == 0 || set_errno (error, errno);
}

/* So that the new name is there after a power cut; without it, the old file would be. */
static void
sync_folder (const char *folder)
{
  const int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
zab_set_file_replace (const char *path, const char *data, gsize length, GError **error)
{
  g_autofree char *real = realpath (path, NULL); /* a link stays one */
  const char      *target = real != NULL ? real : path;
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *base = g_path_get_basename (target);
  g_autofree char *part = g_strdup_printf ("%s/.%s.%d%s", folder, base, (int)getpid (), PART);
  struct stat      info;
  int              mode = 0666;

  if (stat (target, &info) == 0)
    mode = (int)(info.st_mode & 0777);
  if (access (target, F_OK) == 0 && access (target, W_OK) != 0)
    return set_errno (error, errno);
  if (!write_and_move (part, target, data, length, mode, error))
    {
      g_unlink (part);
      return FALSE;
    }
  sync_folder (folder);
  remove_leftovers (folder, base);
  return TRUE;
}

static ZabFileReference *
add_relative (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  ZabFileReference *rebased = zab_file_reference_copy (reference);

  g_free (rebased->relative);
  rebased->relative = zab_file_reference_relative_path (user_data, reference->file);
  return rebased;
}

/* The text, once it is shown that it says all that @contents do. */
static char *
make_text (ZabSetContents *contents, const char *name, GError **error)
{
  g_autofree char *text = zab_set_contents_to_text (contents);
  g_autoptr (ZabSetContents) back = zab_set_contents_parse (text, strlen (text), name, error);

  if (back == NULL)
    return NULL;
  if (zab_set_contents_equal (back, contents))
    return g_steal_pointer (&text);
  g_set_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_FAILED,
               _ ("“%s” was not saved, as it would not have been what you see; this is a mistake "
                           "in the program"),
                  name);
  return NULL;
}

gboolean
zab_set_file_check_stamp (GFile *file, const char *expected, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *now = expected != NULL ? zab_set_file_stamp (file) : NULL;

  if (now == NULL || g_str_equal (now, expected))
    return TRUE;
  g_set_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_CHANGED,
               _ ("“%s” was not saved, as someone else has changed it since it was opened here. "
                           "Save under another name, or save once more to replace it."),
                  name);
  return FALSE;
}

gboolean
zab_set_file_save (GFile *file, ZabSetContents *contents, const char *expected, char **stamp,
                   GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (ZabSetContents) rebased = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *text = NULL;

  if (g_file_peek_path (file) == NULL)
    {
      g_set_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_READ_ONLY,
                   _ ("“%s” is not on this computer; save here first"), name);
      return FALSE;
    }
  rebased = zab_set_contents_map_references (contents, add_relative, folder);
  text = make_text (rebased, name, error);
  if (text == NULL || !zab_set_file_check_stamp (file, expected, error))
    return FALSE;
  if (!zab_set_file_replace (g_file_peek_path (file), text, strlen (text), &cause))
    {
      g_propagate_error (error, zab_set_error_from_writing (cause, file));
      return FALSE;
    }
  if (stamp != NULL)
    *stamp = zab_set_file_stamp (file);
  return TRUE;
}
