/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-leftovers.h"

#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/zab-lock-file.h"

static const char   USES[] = ".sets"; /* a URI a line */
static const gint64 DAY = 24 * 60 * 60;
static const gint64 MAX_TEXT = 64 * 1024 * 1024; /* of a file that is looked through */

enum
{
  MAX_BUNDLE_DAYS = 30,
  MAX_UNSAVED_DAYS = 90,
  MAX_OPEN_DIRS = 8,
  SHA256_LENGTH = 64,
};

char *
zab_leftovers_get_bundles (void)
{
  return g_build_filename (g_get_user_data_dir (), "zabumba", "bundles", NULL);
}

int
zab_leftovers_hold (const char *folder)
{
  const int   fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  struct stat by_fd;
  struct stat by_name;

  if (fd < 0)
    return -1;
  if (flock (fd, LOCK_SH) == 0 && fstat (fd, &by_fd) == 0 && stat (folder, &by_name) == 0
      && by_fd.st_ino == by_name.st_ino)
    {
      futimens (fd, NULL); /* it was used just now */
      return fd;
    }
  close (fd);
  return -1;
}

/* --- Who refers to what ---------------------------------------------------------------------- */

typedef struct
{
  const char *bundles;
  GHashTable *folders;
} Use;

static ZabFileReference *
note_folder (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  Use             *use = user_data;
  const char      *path = g_file_peek_path (reference->file);
  const gsize      length = strlen (use->bundles);
  g_autofree char *name = NULL;

  if (path == NULL || !g_str_has_prefix (path, use->bundles) || path[length] != '/')
    return NULL;
  name = g_strndup (path + length + 1, strcspn (path + length + 1, "/"));
  if (strlen (name) == SHA256_LENGTH)
    g_hash_table_add (use->folders, g_steal_pointer (&name));
  return NULL;
}

static void
add_line (const char *path, const char *line)
{
  g_autofree char *text = NULL;
  g_autofree char *with_break = g_strconcat (line, "\n", NULL);
  g_autofree char *all = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  if (text != NULL && strstr (text, with_break) != NULL)
    return;
  all = g_strconcat (text != NULL ? text : "", with_break, NULL);
  g_file_set_contents (path, all, -1, NULL);
}

void
zab_leftovers_note_use (const char *bundles, ZabSetContents *contents, GFile *set)
{
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Use                             use = { .bundles = bundles, .folders = folders };
  g_autoptr (ZabSetContents) same G_GNUC_UNUSED
      = zab_set_contents_map_references (contents, note_folder, &use);
  g_autofree char *uri = g_file_get_uri (set);
  GHashTableIter   iter;
  gpointer         name;

  g_hash_table_iter_init (&iter, folders);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *path = g_build_filename (bundles, name, USES, NULL);

      add_line (path, uri);
    }
}

/* What can't be read may refer to anything. */
static gboolean
may_mention (const char *path, const char *what)
{
  g_autofree char *text = NULL;
  struct stat      info;
  gsize            length;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > MAX_TEXT
      || !g_file_get_contents (path, &text, &length, NULL))
    return TRUE;
  return memmem (text, length, what, strlen (what)) != NULL;
}

static gboolean
any_mentions (const char *folder, const char *prefix, const char *what)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix) && may_mention (path, what))
        return TRUE;
    }
  return FALSE;
}

/* A set that is not there may be on a disk that is not. */
static gboolean
has_sets (const char *folder, const char *name)
{
  g_autofree char *uses = g_build_filename (folder, USES, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) uris = NULL;

  if (!g_file_get_contents (uses, &text, NULL, NULL))
    return g_file_test (uses, G_FILE_TEST_EXISTS);
  uris = g_strsplit (text, "\n", -1);
  for (guint i = 0; uris[i] != NULL; i++)
    {
      g_autoptr (GFile) set = g_file_new_for_uri (uris[i]);

      if (*uris[i] != '\0'
          && (g_file_peek_path (set) == NULL || may_mention (g_file_peek_path (set), name)))
        return TRUE;
    }
  return FALSE;
}

/* --- Removing -------------------------------------------------------------------------------- */

static int
remove_one (const char *path, const struct stat *info, int type, struct FTW *ftw)
{
  return remove (path);
}

static gboolean
is_older (const char *path, gint64 now, gint64 days)
{
  struct stat info;

  return lstat (path, &info) == 0 && now - (gint64)info.st_mtim.tv_sec > days * DAY;
}

/* Out of sight in one move first: whoever comes then finds nothing instead of a half. */
static gboolean
remove_folder (const char *bundles, const char *name)
{
  g_autofree char *path = g_build_filename (bundles, name, NULL);
  g_autofree char *gone_name = g_strconcat (".old-", name, NULL);
  g_autofree char *gone = g_build_filename (bundles, gone_name, NULL);
  const int        fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  gboolean         moved;

  if (fd < 0)
    return FALSE;
  moved = flock (fd, LOCK_EX | LOCK_NB) == 0 && rename (path, gone) == 0;
  close (fd);
  if (moved)
    /* NOLINTNEXTLINE(concurrency-mt-unsafe): glibc's is safe without FTW_CHDIR */
    nftw (gone, remove_one, MAX_OPEN_DIRS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
  return moved;
}

static gboolean
is_bundle_past (const char *path, const char *name, const char *state, gint64 now)
{
  g_autofree char *unsaved = g_build_filename (state, "unsaved", NULL);

  if (name[0] == '.') /* half made, or half gone */
    return (g_str_has_prefix (name, ".new-") || g_str_has_prefix (name, ".old-"))
           && is_older (path, now, 1);
  return strlen (name) == SHA256_LENGTH && is_older (path, now, MAX_BUNDLE_DAYS)
         && !any_mentions (state, "journal-", name) && !any_mentions (unsaved, "", name)
         && !has_sets (path, name);
}

static guint
clean_bundles (const char *bundles, const char *state, gint64 now)
{
  g_autoptr (GDir) dir = g_dir_open (bundles, 0, NULL);
  const char *name;
  guint       n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (bundles, name, NULL);

      if (is_bundle_past (path, name, state, now))
        n += remove_folder (bundles, name) ? 1 : 0;
    }
  return n;
}

static guint
clean_unsaved (const char *state, gint64 now)
{
  g_autofree char *unsaved = g_build_filename (state, "unsaved", NULL);
  g_autoptr (GDir) dir = g_dir_open (unsaved, 0, NULL);
  const char *name;
  guint       n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (unsaved, name, NULL);
      g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

      if (uri != NULL && is_older (path, now, MAX_UNSAVED_DAYS)
          && !any_mentions (state, "journal-", strrchr (uri, '/')))
        n += g_unlink (path) == 0 ? 1 : 0;
    }
  return n;
}

static guint
clean_claims (const char *state, gint64 now)
{
  g_autoptr (GDir) dir = g_dir_open (state, 0, NULL);
  const char *name;
  guint       n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (state, name, NULL);
      int              fd;

      if (!g_str_has_prefix (name, "open-") || !is_older (path, now, 1))
        continue;
      fd = zab_lock_file_open (path);
      if (fd < 0)
        continue;
      n += g_unlink (path) == 0 ? 1 : 0;
      close (fd);
    }
  return n;
}

guint
zab_leftovers_clean (const char *bundles, const char *state, gint64 now)
{
  /* The sets that are kept unsaved go first: what they alone referred to can go with them. */
  const guint n = clean_unsaved (state, now);

  return n + clean_bundles (bundles, state, now) + clean_claims (state, now);
}
