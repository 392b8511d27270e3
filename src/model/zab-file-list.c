/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-file-list.h"

typedef struct
{
  GFile *file;
  char  *key; /* for sorting */
} Entry;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->file);
  g_clear_pointer (&entry->key, g_free);
}

static int
entry_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Entry *)a)->key, ((const Entry *)b)->key);
}

gboolean
zab_file_list_is_audio_name (const char *name)
{
  static const char *endings[]
      = { ".wav",  ".wave", ".aif", ".aiff", ".aifc", ".flac", ".mp3", ".ogg", ".oga",
          ".opus", ".m4a",  ".mp4", ".aac",  ".alac", ".wv",   ".caf", ".w64", ".au" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
add_entry (GArray *entries, GFile *folder, GFileInfo *info)
{
  const char      *name = g_file_info_get_name (info);
  g_autofree char *utf8 = NULL;
  Entry            entry;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || name[0] == '.'
      || !zab_file_list_is_audio_name (name))
    return FALSE;
  utf8 = g_filename_display_name (name);
  entry.file = g_file_get_child (folder, name);
  entry.key = g_utf8_collate_key_for_filename (utf8, -1);
  g_array_append_val (entries, entry);
  return TRUE;
}

static gboolean
add_folder (GPtrArray *files, GFile *folder, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GFileEnumerator) enumerator = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, cancellable, error);
  GFileInfo *info;

  if (enumerator == NULL)
    return FALSE;
  g_array_set_clear_func (entries, entry_clear);
  do
    {
      if (!g_file_enumerator_iterate (enumerator, &info, NULL, cancellable, error))
        return FALSE;
      if (info != NULL)
        add_entry (entries, folder, info);
    }
  while (info != NULL);
  g_array_sort (entries, entry_compare);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (files, g_object_ref (g_array_index (entries, Entry, i).file));
  return TRUE;
}

static void
expand_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  g_autoptr (GPtrArray) expanded = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = files->pdata[i];

      if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable)
          != G_FILE_TYPE_DIRECTORY)
        g_ptr_array_add (expanded, g_object_ref (file));
      else if (!add_folder (expanded, file, cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&expanded), (GDestroyNotify)g_ptr_array_unref);
}

void
zab_file_list_expand_async (GPtrArray *files, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GPtrArray) own_list = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_extend (own_list, files, (GCopyFunc)(GCallback)g_object_ref, NULL);
  g_task_set_source_tag (task, zab_file_list_expand_async);
  g_task_set_task_data (task, g_steal_pointer (&own_list), (GDestroyNotify)g_ptr_array_unref);
  g_task_run_in_thread (task, expand_in_thread);
}

GPtrArray *
zab_file_list_expand_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
