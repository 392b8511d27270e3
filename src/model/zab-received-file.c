/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-received-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum
{
  BLOCK = 1 << 16,
  MAX_NAME = 255 /* bytes: what file systems take */
};

static void
set_errno (GError **error, const char *name)
{
  const int code = errno;

  g_set_error (error, G_IO_ERROR, (int)g_io_error_from_errno (code),
               _ ("“%s” can’t be taken over: %s"), name, g_strerror (code));
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, message);
  return FALSE;
}

/* --- What is not taken ----------------------------------------------------------------------- */

static gboolean
check_name (const char *name, GError **error)
{
  gboolean sound = *name != '\0' && strlen (name) <= MAX_NAME && strchr (name, '/') == NULL
                   && !g_str_equal (name, ".") && !g_str_equal (name, "..")
                   && g_utf8_validate (name, -1, NULL);

  for (const char *c = name; sound && *c != '\0'; c = g_utf8_next_char (c))
    sound = g_unichar_isprint (g_utf8_get_char (c));
  if (!sound)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
                 _ ("That is no name for a file: it takes 1 to 255 bytes and no slash"));
  return sound;
}

/* What is wrong with it (transfer full); NULL for a file. */
static char *
explain_kind (mode_t mode, const char *name)
{
  switch (mode & S_IFMT)
    {
    case S_IFREG:
      return NULL;
    case S_IFDIR:
      return g_strdup_printf (_ ("“%s” is a folder and no file"), name);
    case S_IFIFO:
      return g_strdup_printf (_ ("“%s” is a pipe and no file"), name);
    case S_IFSOCK:
      return g_strdup_printf (_ ("“%s” is a socket and no file"), name);
    default:
      return g_strdup_printf (_ ("“%s” is a device and no file"), name);
    }
}

static gboolean
check_descriptor (int fd, const char *name, struct stat *status, GError **error)
{
  const int        flags = fcntl (fd, F_GETFL);
  g_autofree char *message = NULL;

  if (flags < 0 || fstat (fd, status) != 0)
    {
      set_errno (error, name);
      return FALSE;
    }
  message = explain_kind (status->st_mode, name);
  if (message == NULL && ((flags & O_PATH) != 0 || (flags & O_ACCMODE) == O_WRONLY))
    message = g_strdup_printf (_ ("“%s” is not open for reading"), name);
  return message == NULL || refuse (error, message);
}

/* --- The file itself ------------------------------------------------------------------------- */

/* The file by its own name, or NULL where that leads elsewhere, or nowhere. */
static GFile *
find_by_name (int fd, const struct stat *status)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);
  struct stat      found;

  if (path == NULL || !g_path_is_absolute (path) || lstat (path, &found) != 0
      || found.st_dev != status->st_dev || found.st_ino != status->st_ino
      || g_access (path, R_OK) != 0)
    return NULL;
  return g_file_new_for_path (path);
}

/* --- A copy ---------------------------------------------------------------------------------- */

static gboolean
write_all (int fd, const guint8 *data, gsize size)
{
  while (size > 0)
    {
      const ssize_t n = write (fd, data, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      size -= (gsize)n;
    }
  return TRUE;
}

static gboolean
check_size (gint64 size, const char *name, GError **error)
{
  if (size <= ZAB_RECEIVED_FILE_MAX)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
               _ ("“%s” is larger than 2 GiB"), name);
  return FALSE;
}

/* The SHA-256 of what was copied (transfer full). The file may grow or shrink meanwhile. */
static char *
copy (int from, int to, const char *name, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK);
  gint64             at = 0;
  ssize_t            n;

  while ((n = pread (from, block, BLOCK, at)) != 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || !write_all (to, block, (gsize)n))
        {
          set_errno (error, name);
          return NULL;
        }
      g_checksum_update (sum, block, n);
      at += n;
      if (!check_size (at, name, error))
        return NULL;
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* The copy takes its place, or gives way to the same content under the same name. */
static GFile *
settle (const char *fresh, const char *root, const char *sum, const char *name, GError **error)
{
  g_autofree char *folder = g_build_filename (root, sum, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_rename (fresh, path) == 0)
    return g_file_new_for_path (path);
  set_errno (error, name);
  return NULL;
}

static GFile *
store_copy (int fd, const char *name, const char *root, GCancellable *cancellable, GError **error)
{
  g_autofree char *fresh = g_build_filename (root, ".XXXXXX", NULL);
  g_autofree char *sum = NULL;
  GFile           *file = NULL;
  int              to;

  if (g_mkdir_with_parents (root, 0700) != 0
      || (to = g_mkstemp_full (fresh, O_WRONLY | O_CLOEXEC, 0600)) < 0)
    {
      set_errno (error, name);
      return NULL;
    }
  sum = copy (fd, to, name, cancellable, error);
  if (close (to) != 0 && sum != NULL)
    {
      set_errno (error, name);
      g_clear_pointer (&sum, g_free);
    }
  if (sum != NULL)
    file = settle (fresh, root, sum, name, error);
  if (file == NULL)
    g_unlink (fresh);
  return file;
}

GFile *
zab_received_file_store (int fd, const char *name, const char *root, GCancellable *cancellable,
                         GError **error)
{
  struct stat status;
  GFile      *file;

  if (!check_name (name, error) || !check_descriptor (fd, name, &status, error))
    return NULL;
  file = find_by_name (fd, &status);
  if (file != NULL)
    return file;
  return check_size (status.st_size, name, error) ? store_copy (fd, name, root, cancellable, error)
                                                  : NULL;
}

/* --- The same on a worker -------------------------------------------------------------------- */

typedef struct
{
  int   fd;
  char *name;
  char *root;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_free (self->root);
  g_free (self);
}

static void
run_job (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  GFile  *file = zab_received_file_store (job->fd, job->name, job->root, cancellable, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
zab_received_file_store_async (int fd, const char *name, const char *root,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job){ .fd = fd, .name = g_strdup (name), .root = g_strdup (root) };
  g_task_set_source_tag (task, zab_received_file_store_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

GFile *
zab_received_file_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
zab_received_file_get_default_root (void)
{
  return g_build_filename (g_get_user_data_dir (), "zabumba", "received", NULL);
}
