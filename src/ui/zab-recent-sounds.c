/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-recent-sounds.h"

enum
{
  MAX_SOUNDS = 50
};

static char GROUP[] = "Zabumba sounds";

static void
add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = NULL;
  g_autofree char *mime = NULL;
  g_autofree char *command = g_strconcat (g_get_prgname (), " %u", NULL);
  char            *groups[] = { GROUP, NULL };
  GtkRecentData    data = { .groups = groups };

  if (name == NULL)
    return;
  type = g_content_type_guess (name, NULL, 0, NULL);
  mime = g_content_type_get_mime_type (type);
  data.mime_type = mime;
  data.app_name = (char *)g_get_application_name ();
  data.app_exec = command;
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static void
on_used (ZabSession *session, GFile *file, ZabPreferences *preferences)
{
  gboolean remember;

  g_object_get (preferences, "remember-recent", &remember, NULL);
  if (remember)
    add (file);
}

void
zab_recent_sounds_follow (ZabSession *session, ZabPreferences *preferences)
{
  g_signal_connect_object (session, "used", G_CALLBACK (on_used), preferences, 0);
}

static gint
compare_age (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *)b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *)a));
}

GPtrArray *
zab_recent_sounds_dup (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  GList     *infos = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  infos = g_list_sort (infos, compare_age);
  for (GList *l = infos; l && files->len < MAX_SOUNDS; l = l->next)
    if (gtk_recent_info_has_group (l->data, GROUP))
      g_ptr_array_add (files, g_file_new_for_uri (gtk_recent_info_get_uri (l->data)));
  g_list_free_full (infos, (GDestroyNotify)gtk_recent_info_unref);
  return files;
}
