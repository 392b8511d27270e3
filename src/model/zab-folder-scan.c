/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-folder-scan.h"

#include "model/zab-file-list.h"

static const char ATTRIBUTES[] = G_FILE_ATTRIBUTE_STANDARD_NAME
    "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK;

/* A folder that a search has yet to look into. */
typedef struct
{
  GFile *folder;
  char  *place; /* as an item's; NULL: where it began */
  guint  depth;
} Visit;

typedef struct
{
  const char *const *words;
  GQueue             visits; /* of Visit */
  GPtrArray         *found;  /* of ZabFolderItem */
  guint              n_seen;
} Scan;

static Visit *
visit_new (GFile *folder, char *place, guint depth)
{
  Visit *self = g_new (Visit, 1);

  *self = (Visit){ .folder = g_object_ref (folder), .place = place, .depth = depth };
  return self;
}

static void
visit_free (Visit *self)
{
  g_object_unref (self->folder);
  g_free (self->place);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Visit, visit_free)

static gint
compare (gconstpointer a, gconstpointer b)
{
  return zab_folder_item_compare (*(ZabFolderItem *const *)a, *(ZabFolderItem *const *)b);
}

static void
visit_later (Scan *self, const Visit *from, ZabFolderItem *item)
{
  const char *name = zab_folder_item_get_name (item);
  char *place = from->place != NULL ? g_strconcat (from->place, "/", name, NULL) : g_strdup (name);

  g_queue_push_tail (&self->visits,
                     visit_new (zab_folder_item_get_file (item), place, from->depth + 1));
}

static void
add (Scan *self, const Visit *visit, GFileInfo *info, GPtrArray *items)
{
  const char     *name = g_file_info_get_name (info);
  const GFileType type = g_file_info_get_file_type (info);
  const gboolean  is_folder = type == G_FILE_TYPE_DIRECTORY;
  g_autoptr (GFile) file = NULL;

  if (name[0] == '.'
      || (!is_folder && (type != G_FILE_TYPE_REGULAR || !zab_file_list_is_audio_name (name)))
      || (is_folder && self->words != NULL
          && (g_file_info_get_is_symlink (info) || visit->depth >= ZAB_FOLDER_SCAN_DEPTH)))
    return;
  file = g_file_get_child (visit->folder, name);
  g_ptr_array_add (items, zab_folder_item_new (file, visit->place, is_folder));
}

static gboolean
read_folder (Scan *self, const Visit *visit, GPtrArray *items, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GFileEnumerator) enumerator = g_file_enumerate_children (
      visit->folder, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);
  GFileInfo *info;

  if (enumerator == NULL)
    return FALSE;
  do
    {
      if (!g_file_enumerator_iterate (enumerator, &info, NULL, cancellable, error))
        return FALSE;
      if (info != NULL)
        add (self, visit, info, items);
    }
  while (info != NULL && ++self->n_seen < ZAB_FOLDER_SCAN_SEEN);
  g_ptr_array_sort (items, compare);
  return TRUE;
}

/* What a search finds in one folder, and where it goes from there. */
static void
sift (Scan *self, const Visit *visit, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (zab_folder_item_is_folder (items->pdata[i]))
      visit_later (self, visit, items->pdata[i]);
    else if (self->found->len < ZAB_FOLDER_SCAN_FOUND
             && zab_folder_item_matches (items->pdata[i], self->words))
      g_ptr_array_add (self->found, g_object_ref (items->pdata[i]));
}

static gboolean
is_full (const Scan *self)
{
  return self->found->len >= ZAB_FOLDER_SCAN_FOUND || self->n_seen >= ZAB_FOLDER_SCAN_SEEN;
}

/* A folder below that cannot be read is as if it were empty. */
static gboolean
search (Scan *self, GCancellable *cancellable, GError **error)
{
  while (!g_queue_is_empty (&self->visits) && !is_full (self))
    {
      g_autoptr (Visit) visit = g_queue_pop_head (&self->visits);
      g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (GError) local = NULL;

      if (read_folder (self, visit, items, cancellable, &local))
        sift (self, visit, items);
      else if (visit->depth == 0 || g_cancellable_is_cancelled (cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

GPtrArray *
zab_folder_scan (GFile *folder, const char *const *words, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (Visit) first = visit_new (folder, NULL, 0);
  Scan     self = { .words = words, .visits = G_QUEUE_INIT, .found = found };
  gboolean done;

  if (words == NULL)
    done = read_folder (&self, first, found, cancellable, error);
  else
    {
      g_queue_push_tail (&self.visits, g_steal_pointer (&first));
      done = search (&self, cancellable, error);
    }
  g_queue_clear_full (&self.visits, (GDestroyNotify)visit_free);
  return done ? g_steal_pointer (&found) : NULL;
}

/* --- On a worker ----------------------------------------------------------------------------- */

typedef struct
{
  GFile *folder;
  char **words;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->folder);
  g_strfreev (self->words);
  g_free (self);
}

static void
scan_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  GError    *error = NULL;
  GPtrArray *found
      = zab_folder_scan (job->folder, (const char *const *)job->words, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
zab_folder_scan_async (GFile *folder, const char *const *words, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job){ .folder = g_object_ref (folder), .words = g_strdupv ((char **)words) };
  g_task_set_source_tag (task, zab_folder_scan_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, scan_in_thread);
}

GPtrArray *
zab_folder_scan_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
