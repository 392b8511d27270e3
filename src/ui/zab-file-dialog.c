/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-file-dialog.h"

#include "ui/zab-compat.h"

#include <glib/gi18n-lib.h>

static GListModel *
create_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) audio = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (audio, _ ("Audio files and sets"));
  gtk_file_filter_add_mime_type (audio, "audio/*");
  /* Ogg and MP4 files go by a name that does not say what is in them. */
  gtk_file_filter_add_mime_type (audio, "application/ogg");
  gtk_file_filter_add_suffix (audio, "m4a");
  gtk_file_filter_add_suffix (audio, "zabset");
  gtk_file_filter_add_suffix (audio, "zabumba");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, audio);
  g_list_store_append (filters, all);
  return G_LIST_MODEL (filters);
}

void
zab_file_dialog_open_async (GtkWindow *parent, GFile *folder, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GListModel) filters = create_filters ();

  g_return_if_fail (GTK_IS_WINDOW (parent));
  zab_compat_choose_files_async (parent, _ ("Load Sounds"), filters, folder, callback, user_data);
}

GPtrArray *
zab_file_dialog_open_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GListModel) list = zab_compat_choose_files_finish (result, error);
  g_autoptr (GPtrArray) files = NULL;

  if (list == NULL)
    return NULL;
  files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (files, g_list_model_get_item (list, i));
  if (files->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "none chosen");
      return NULL;
    }
  return g_steal_pointer (&files);
}
