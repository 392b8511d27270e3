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

typedef struct
{
  ZabPreferences *preferences; /* a weak pointer */
  GQueue          files; /* the last MAX_SOUNDS that were used, until nothing loads any more */
} Waiting;

static void
free_waiting (gpointer data, GClosure *closure)
{
  Waiting *waiting = data;

  g_queue_clear_full (&waiting->files, g_object_unref);
  g_clear_weak_pointer (&waiting->preferences);
  g_free (waiting);
}

/* For each that it is told the desktop's list is written anew, whole. */
static void
add_waiting (ZabSession *session, GParamSpec *spec, Waiting *waiting)
{
  guint n_loading;

  g_object_get (session, "n-loading", &n_loading, NULL);
  if (n_loading > 0)
    return;
  while (!g_queue_is_empty (&waiting->files))
    {
      g_autoptr (GFile) file = g_queue_pop_head (&waiting->files);

      add (file);
    }
}

static void
on_used (ZabSession *session, GFile *file, Waiting *waiting)
{
  gboolean remember = FALSE;

  if (waiting->preferences != NULL)
    g_object_get (waiting->preferences, "remember-recent", &remember, NULL);
  if (!remember)
    return;
  g_queue_push_tail (&waiting->files, g_object_ref (file));
  if (g_queue_get_length (&waiting->files) > MAX_SOUNDS)
    g_object_unref (g_queue_pop_head (&waiting->files));
  add_waiting (session, NULL, waiting);
}

void
zab_recent_sounds_follow (ZabSession *session, ZabPreferences *preferences)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  g_set_weak_pointer (&waiting->preferences, preferences);
  g_queue_init (&waiting->files);
  g_signal_connect_data (session, "used", G_CALLBACK (on_used), waiting, free_waiting, 0);
  g_signal_connect (session, "notify::n-loading", G_CALLBACK (add_waiting), waiting);
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
