/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/zab-json.h"
#include "model/zab-set-file.h"

enum
{
  MAX_JOURNALS = 16,             /* processes that run at the same time */
  MAX_LENGTH = 64 * 1024 * 1024, /* that is read */
  MAX_OLD_LENGTH = 1024 * 1024,  /* of entries before the last restart */
  CHECKSUM_LENGTH = 8,           /* digits */
  PREFIX_LENGTH = CHECKSUM_LENGTH + 1,
};

/* A restart writes the new beginning behind the old entries and lets readers start from it. Only
 * a journal that has grown long is made short, when it is opened. */
static const char RESTART = '!';
static const char ENTRY = ' ';

struct _ZabJournal
{
  int          fd;
  GThreadPool *writer; /* one thread, in order */

  GMutex  lock;
  GCond   changed;
  guint   n_waiting; /* entries that are not on the disk yet */
  gsize   length;    /* of the whole entries */
  GError *error;
};

/* FNV-1a: against cut-off lines, not against people. */
static guint32
checksum (const char *text, gsize length)
{
  guint32 sum = 2166136261u;

  for (gsize i = 0; i < length; i++)
    sum = (sum ^ (guchar)text[i]) * 16777619u;
  return sum;
}

static char *
make_line (char kind, const char *entry)
{
  return g_strdup_printf ("%08x%c%s\n", checksum (entry, strlen (entry)), kind, entry);
}

/* --- Reading --------------------------------------------------------------------------------- */

/* The entry in the line, which ends before its line break; NULL if it is not whole. */
static JsonNode *
read_line (const char *line, gsize length, char *kind)
{
  g_autofree char *sum = g_strndup (line, MIN (length, CHECKSUM_LENGTH));
  guint64          value;

  if (length < PREFIX_LENGTH || !g_ascii_string_to_unsigned (sum, 16, 0, G_MAXUINT32, &value, NULL)
      || (guint32)value != checksum (line + PREFIX_LENGTH, length - PREFIX_LENGTH))
    return NULL;
  *kind = line[CHECKSUM_LENGTH];
  if (*kind != ENTRY && *kind != RESTART)
    return NULL;
  return zab_json_parse (line + PREFIX_LENGTH, length - PREFIX_LENGTH, NULL);
}

/* How many bytes of @text are whole entries; @begin: where the last restart is. */
static gsize
read_lines (const char *text, gsize length, GPtrArray *entries, gsize *begin)
{
  gsize at = 0;

  while (at < length)
    {
      const char *end = memchr (text + at, '\n', length - at);
      JsonNode   *node;
      char        kind;

      if (end == NULL)
        break;
      node = read_line (text + at, (gsize)(end - text) - at, &kind);
      if (node == NULL)
        break;
      if (kind == RESTART)
        {
          g_ptr_array_set_size (entries, 0);
          *begin = at;
        }
      g_ptr_array_add (entries, node);
      at = (gsize)(end - text) + 1;
    }
  return at;
}

static int open_and_lock (const char *path);

/* Without what was before the last restart. */
static gboolean
shorten (ZabJournal *self, const char *path, const char *text, gsize begin, GError **error)
{
  if (!zab_set_file_replace (path, text + begin, self->length - begin, error))
    return FALSE;
  close (self->fd);
  self->fd = open_and_lock (path);
  self->length -= begin;
  if (self->fd >= 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_BUSY, g_strerror (EBUSY));
  return FALSE;
}

static gboolean
read_all (ZabJournal *self, const char *path, GPtrArray *entries, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *copy = NULL;
  struct stat      info;
  gsize            length;
  gsize            begin = 0;

  if (fstat (self->fd, &info) != 0 || info.st_size > MAX_LENGTH
      || !g_file_get_contents (path, &text, &length, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("it is too large"));
      return FALSE;
    }
  self->length = read_lines (text, length, entries, &begin);
  if (begin > MAX_OLD_LENGTH)
    return shorten (self, path, text, begin, error);
  if (self->length == length)
    return TRUE;
  /* More than the one line that a crash can cut off is kept for a look. */
  if (memchr (text + self->length, '\n', length - self->length) != NULL)
    {
      copy = g_strconcat (path, ".damaged", NULL);
      g_file_set_contents (copy, text, (gssize)length, NULL);
    }
  return ftruncate (self->fd, (off_t)self->length) == 0;
}

/* --- Writing (in the writer's thread) -------------------------------------------------------- */

static gboolean
write_all (int fd, const char *text, gsize length)
{
  while (length > 0)
    {
      const ssize_t n = write (fd, text, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          text += n;
          length -= (gsize)n;
        }
    }
  return TRUE;
}

/* A part of an entry is taken back, so that the next one begins on a line of its own. */
static void
write_entry (gpointer data, gpointer user_data)
{
  ZabJournal      *self = user_data;
  g_autofree char *line = data;
  const gsize      length = strlen (line);
  gboolean         written = write_all (self->fd, line, length) && fdatasync (self->fd) == 0;
  const int        number = errno;

  if (!written && ftruncate (self->fd, (off_t)self->length) != 0)
    written = FALSE;
  g_mutex_lock (&self->lock);
  self->n_waiting--;
  if (written)
    self->length += length;
  else if (self->error == NULL)
    self->error = g_error_new_literal (G_IO_ERROR, (gint)g_io_error_from_errno (number),
                                       g_strerror (number));
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* --- Main thread ----------------------------------------------------------------------------- */

static void
append_line (ZabJournal *self, char *line)
{
  g_mutex_lock (&self->lock);
  self->n_waiting++;
  g_mutex_unlock (&self->lock);
  g_thread_pool_push (self->writer, line, NULL);
}

void
zab_journal_append (ZabJournal *self, const char *entry)
{
  append_line (self, make_line (ENTRY, entry));
}

void
zab_journal_restart (ZabJournal *self, const char *entry)
{
  append_line (self, make_line (RESTART, entry));
}

gboolean
zab_journal_flush (ZabJournal *self, GError **error)
{
  GError *failure;

  g_mutex_lock (&self->lock);
  while (self->n_waiting > 0)
    g_cond_wait (&self->changed, &self->lock);
  failure = g_steal_pointer (&self->error);
  g_mutex_unlock (&self->lock);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gsize
zab_journal_get_length (ZabJournal *self)
{
  gsize length;

  g_mutex_lock (&self->lock);
  length = self->length;
  g_mutex_unlock (&self->lock);
  return length;
}

/* The lock belongs to the file: one that was replaced meanwhile is locked for nothing. */
static int
open_and_lock (const char *path)
{
  struct stat by_fd;
  struct stat by_name;
  const int   fd = open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 && fstat (fd, &by_fd) == 0 && stat (path, &by_name) == 0
      && by_fd.st_ino == by_name.st_ino && S_ISREG (by_fd.st_mode))
    return fd;
  close (fd);
  return -1;
}

static char *
lock_any (const char *folder, int *fd)
{
  for (guint i = 1; i <= MAX_JOURNALS; i++)
    {
      g_autofree char *name = g_strdup_printf ("journal-%u", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      *fd = open_and_lock (path);
      if (*fd >= 0)
        return g_steal_pointer (&path);
    }
  return NULL;
}

ZabJournal *
zab_journal_open (const char *folder, GPtrArray **entries, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
  g_autoptr (ZabJournal) self = NULL;
  int fd;

  g_mkdir_with_parents (folder, 0700);
  path = lock_any (folder, &fd);
  if (path == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("Nothing can be written in “%s”, where unsaved work would be kept"), folder);
      return NULL;
    }
  self = g_new0 (ZabJournal, 1);
  self->fd = fd;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->writer = g_thread_pool_new (write_entry, self, 1, FALSE, NULL);
  if (!read_all (self, path, nodes, error))
    return NULL;
  *entries = g_steal_pointer (&nodes);
  return g_steal_pointer (&self);
}

void
zab_journal_free (ZabJournal *self)
{
  g_thread_pool_free (self->writer, FALSE, TRUE);
  close (self->fd);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_clear_error (&self->error);
  g_free (self);
}
