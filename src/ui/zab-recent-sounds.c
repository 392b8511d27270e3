/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-recent-sounds.h"

#include "ui/zab-recent-item.h"

enum
{
  MAX_SOUNDS = 50,
  MAX_AT_ONCE = 36
};

static const char GROUP[] = "Zabumba sounds";

struct _ZabRecentSounds
{
  GObject parent_instance;

  ZabSession     *session;
  ZabPreferences *preferences;
  GPtrArray      *used; /* GFile: they wait to be put on the list */
  guint           idle;
};

G_DEFINE_FINAL_TYPE (ZabRecentSounds, zab_recent_sounds, G_TYPE_OBJECT)

/* --- Putting sounds on the list -------------------------------------------------------------- */

static void
add (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = NULL;
  g_autofree char *mime = NULL;

  if (name == NULL)
    return;
  type = g_content_type_guess (name, NULL, 0, NULL);
  mime = g_content_type_get_mime_type (type);
  zab_recent_item_add (gtk_recent_manager_get_default (), uri, mime, GROUP);
}

static void
add_all (ZabRecentSounds *self)
{
  g_clear_handle_id (&self->idle, g_source_remove);
  for (guint i = 0; i < self->used->len; i++)
    add (self->used->pdata[i]);
  g_ptr_array_set_size (self->used, 0);
}

static gboolean
on_idle (gpointer data)
{
  ZabRecentSounds *self = data;

  self->idle = 0;
  add_all (self);
  return G_SOURCE_REMOVE;
}

/* Not while others load: GTK writes the whole list, that of all programs, on the main thread. */
static void
add_later (ZabRecentSounds *self)
{
  guint n_loading;

  g_object_get (self->session, "n-loading", &n_loading, NULL);
  if (n_loading == 0 && self->used->len > 0 && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

/* Of what loads together, a bank full: more would drive what else was used from the list, in here
 * and on the desktop. Those that can be seen load first. */
static void
on_used (ZabRecentSounds *self, GFile *file)
{
  gboolean remember;

  g_object_get (self->preferences, "remember-recent", &remember, NULL);
  if (remember && self->used->len < MAX_AT_ONCE)
    g_ptr_array_add (self->used, g_object_ref (file));
  add_later (self);
}

/* --- The list -------------------------------------------------------------------------------- */

static gint
compare_age (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *)b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *)a));
}

GPtrArray *
zab_recent_sounds_dup (ZabRecentSounds *self)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  GList     *infos;

  g_return_val_if_fail (ZAB_IS_RECENT_SOUNDS (self), files);
  add_all (self);
  infos = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  infos = g_list_sort (infos, compare_age);
  for (GList *l = infos; l && files->len < MAX_SOUNDS; l = l->next)
    if (gtk_recent_info_has_group (l->data, GROUP))
      g_ptr_array_add (files, g_file_new_for_uri (gtk_recent_info_get_uri (l->data)));
  g_list_free_full (infos, (GDestroyNotify)gtk_recent_info_unref);
  return files;
}

static void
zab_recent_sounds_dispose (GObject *object)
{
  ZabRecentSounds *self = ZAB_RECENT_SOUNDS (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->used, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->preferences);
  G_OBJECT_CLASS (zab_recent_sounds_parent_class)->dispose (object);
}

static void
zab_recent_sounds_class_init (ZabRecentSoundsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zab_recent_sounds_dispose;
}

static void
zab_recent_sounds_init (ZabRecentSounds *self)
{
  self->used = g_ptr_array_new_with_free_func (g_object_unref);
}

ZabRecentSounds *
zab_recent_sounds_new (ZabSession *session, ZabPreferences *preferences)
{
  ZabRecentSounds *self = g_object_new (ZAB_TYPE_RECENT_SOUNDS, NULL);

  self->session = g_object_ref (session);
  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (session, "used", G_CALLBACK (on_used), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::n-loading", G_CALLBACK (add_later), self,
                           G_CONNECT_SWAPPED);
  return self;
}
