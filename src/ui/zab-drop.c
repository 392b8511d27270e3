/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-drop.h"

#include <gdk/gdk.h>

gboolean
zab_drop_fills (guint first, guint n_files, guint pad)
{
  return pad >= first && pad - first < n_files;
}

GPtrArray *
zab_drop_dup_files (const GValue *value)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (value == NULL)
    return NULL;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && g_value_get_boxed (value))
    {
      g_autoptr (GSList) list = gdk_file_list_get_files (g_value_get_boxed (value));

      for (GSList *l = list; l; l = l->next)
        g_ptr_array_add (files, g_object_ref (l->data));
    }
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value))
    g_ptr_array_add (files, g_value_dup_object (value));
  return files->len ? g_steal_pointer (&files) : NULL;
}
