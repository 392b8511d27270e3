/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-regular-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

static void
set_system_error (GError **error, int number)
{
  g_set_error_literal (error, G_IO_ERROR, (gint)g_io_error_from_errno (number),
                       g_strerror (number));
}

GInputStream *
zab_regular_file_open (GFile *file, GError **error)
{
  const char *path = g_file_peek_path (file);
  struct stat info;
  int         fd;

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("it is not on this computer"));
      return NULL;
    }
  fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    {
      set_system_error (error, errno);
      return NULL;
    }
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return g_unix_input_stream_new (fd, TRUE);
  close (fd);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("it is no regular file"));
  return NULL;
}

GBytes *
zab_regular_file_read (GFile *file, gsize max_length, GError **error)
{
  g_autoptr (GInputStream) stream = zab_regular_file_open (file, error);
  g_autofree char *data = NULL;
  gsize            n_read;

  if (stream == NULL)
    return NULL;
  data = g_malloc (max_length + 1);
  if (!g_input_stream_read_all (stream, data, max_length + 1, &n_read, NULL, error))
    return NULL;
  if (n_read > max_length)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("it is too large"));
      return NULL;
    }
  return g_bytes_new_take (g_realloc (g_steal_pointer (&data), MAX (n_read, 1)), n_read);
}
