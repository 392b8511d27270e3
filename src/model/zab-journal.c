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
#include "model/zab-lock-file.h"

enum
{
  MAX_JOURNALS = 16,             /* processes that run at the same time */
  MAX_LENGTH = 64 * 1024 * 1024, /* that is read */
  MAX_OLD_LENGTH = 1024 * 1024,  /* of entries before the last restart */
  CHECKSUM_LENGTH = 8,           /* digits */
  PREFIX_LENGTH = CHECKSUM_LENGTH + 1,
};

/* A restart writes the new beginning behind the old entries and lets readers start from it. Only
 * a journal that has grown long, or lacks an entry, is written anew. */
static const char RESTART = '!';
static const char ENTRY = ' ';

struct _ZabJournal
{
  char        *path;
  int          fd;
  GThreadPool *writer; /* one thread, in order */

  ZabJournalFunc failed;
  gpointer       user_data;
  GMainContext  *context; /* where it is called */

  GMutex   lock;
  GCond    changed;
  guint    n_waiting; /* entries that are not on the disk yet */
  gsize    length;    /* of the whole entries */
  gboolean broken;    /* an entry is missing: the next must be a restart */
  GError  *error;
  GSource *telling; /* that there is a failure, or NULL */
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

/* --- The file --------------------------------------------------------------------------------- */

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

/* One that is whole and locked takes the journal's place; when it can't, all stays as it was. */
static gboolean
replace (ZabJournal *self, const char *data, gsize length)
{
  g_autofree char *part = g_strconcat (self->path, ".part", NULL);
  const int fd = open (part, O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0)
    return FALSE;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0 || !write_all (fd, data, length) || fdatasync (fd) != 0
      || rename (part, self->path) != 0)
    {
      g_unlink (part);
      close (fd);
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  close (self->fd);
  self->fd = fd;
  self->length = length;
  g_mutex_unlock (&self->lock);
  return TRUE;
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

/* More than the one line that a crash can cut off is kept for a look. */
static void
keep_damaged (ZabJournal *self, const char *text, gsize length)
{
  g_autofree char *copy = g_strconcat (self->path, ".damaged", NULL);

  if (memchr (text + self->length, '\n', length - self->length) != NULL)
    g_file_set_contents (copy, text, (gssize)length, NULL);
}

static gboolean
read_all (ZabJournal *self, GPtrArray *entries, GError **error)
{
  g_autofree char *text = NULL;
  struct stat      info;
  gsize            length;
  gsize            begin = 0;

  if (fstat (self->fd, &info) != 0 || info.st_size > MAX_LENGTH
      || !g_file_get_contents (self->path, &text, &length, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("it is too large"));
      return FALSE;
    }
  self->length = read_lines (text, length, entries, &begin);
  if (self->length < length)
    keep_damaged (self, text, length);
  if (begin > MAX_OLD_LENGTH && replace (self, text + begin, self->length - begin))
    return TRUE;
  return ftruncate (self->fd, (off_t)self->length) == 0;
}

/* --- Writing (in the writer's thread) -------------------------------------------------------- */

/* Thread: main. */
static gboolean
on_failed (gpointer user_data)
{
  ZabJournal *self = user_data;
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->telling, g_source_unref);
  error = self->error != NULL ? g_error_copy (self->error) : NULL;
  g_mutex_unlock (&self->lock);
  if (error != NULL && self->failed != NULL)
    self->failed (self, error, self->user_data);
  return G_SOURCE_REMOVE;
}

/* With the lock held. The first failure is told; then there is silence until it is well again. */
static void
note_failure (ZabJournal *self, int number)
{
  if (self->error == NULL)
    self->error = g_error_new_literal (G_IO_ERROR, (gint)g_io_error_from_errno (number),
                                       g_strerror (number));
  if (self->broken)
    return;
  self->broken = TRUE;
  self->telling = g_idle_source_new ();
  g_source_set_callback (self->telling, on_failed, self, NULL);
  g_source_attach (self->telling, self->context);
}

/* A part of an entry is taken back, so that the next one begins on a line of its own. */
static gboolean
write_line (ZabJournal *self, const char *line, gsize length, int *number)
{
  if (write_all (self->fd, line, length) && fdatasync (self->fd) == 0)
    return TRUE;
  *number = errno;
  if (ftruncate (self->fd, (off_t)self->length) != 0)
    g_debug ("the journal keeps a torn entry: %s", g_strerror (errno));
  return FALSE;
}

static void
write_entry (gpointer data, gpointer user_data)
{
  ZabJournal      *self = user_data;
  g_autofree char *line = data;
  const gsize      length = strlen (line);
  int              number = 0;
  const gboolean   restarts = line[CHECKSUM_LENGTH] == RESTART;
  /* An entry says what has changed since the one before: after a gap it says nothing. */
  const gboolean gap = zab_journal_is_broken (self);
  const gboolean replaced
      = restarts && (gap || self->length > MAX_OLD_LENGTH) && replace (self, line, length);
  const gboolean written
      = replaced || ((restarts || !gap) && write_line (self, line, length, &number));

  g_mutex_lock (&self->lock);
  self->n_waiting--;
  if (written)
    {
      self->length += replaced ? 0 : length;
      self->broken = FALSE;
    }
  else if (restarts || !gap)
    note_failure (self, number);
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

gboolean
zab_journal_is_broken (ZabJournal *self)
{
  gboolean broken;

  g_mutex_lock (&self->lock);
  broken = self->broken;
  g_mutex_unlock (&self->lock);
  return broken;
}

void
zab_journal_set_failure_func (ZabJournal *self, ZabJournalFunc failed, gpointer user_data)
{
  self->failed = failed;
  self->user_data = user_data;
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

static char *
lock_any (const char *folder, int *fd)
{
  for (guint i = 1; i <= MAX_JOURNALS; i++)
    {
      g_autofree char *name = g_strdup_printf ("journal-%u", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      *fd = zab_lock_file_open (path);
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
  self->path = g_steal_pointer (&path);
  self->fd = fd;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->writer = g_thread_pool_new (write_entry, self, 1, FALSE, NULL);
  if (!read_all (self, nodes, error))
    return NULL;
  *entries = g_steal_pointer (&nodes);
  return g_steal_pointer (&self);
}

void
zab_journal_free (ZabJournal *self)
{
  g_thread_pool_free (self->writer, FALSE, TRUE);
  close (self->fd);
  if (self->telling != NULL)
    g_source_destroy (self->telling);
  g_clear_pointer (&self->telling, g_source_unref);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self);
}
