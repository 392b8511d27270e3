/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-recent-sets.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/zab-bundle.h"
#include "ui/zab-recent-item.h"

static const char GROUP[] = "zabumba-sets";

enum
{
  MAX_SHOWN = 10
};

struct _ZabRecentSets
{
  GObject parent_instance;

  GtkRecentManager *manager;
  GMenu            *menu;
  GCancellable     *cancellable; /* of the looks under way */
};

G_DEFINE_FINAL_TYPE (ZabRecentSets, zab_recent_sets, G_TYPE_OBJECT)

/* A look at the files of one state of the list; the menu is made when the last has answered. */
typedef struct
{
  ZabRecentSets *self;
  GPtrArray     *infos;   /* GtkRecentInfo, the newest first */
  GArray        *missing; /* gboolean of each */
  guint          n_asked;
} Look;

typedef struct
{
  Look *look;
  guint index;
} Question;

static int
compare (gconstpointer a, gconstpointer b)
{
  GtkRecentInfo *const *one = a;
  GtkRecentInfo *const *two = b;

  return g_date_time_compare (gtk_recent_info_get_modified (*two),
                              gtk_recent_info_get_modified (*one));
}

static void
free_info (gpointer data)
{
  gtk_recent_info_unref (data);
}

static GPtrArray *
list_sets (ZabRecentSets *self)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func (free_info);
  GList     *all = gtk_recent_manager_get_items (self->manager);

  for (GList *l = all; l != NULL; l = l->next)
    if (gtk_recent_info_has_group (l->data, GROUP))
      g_ptr_array_add (sets, l->data);
    else
      gtk_recent_info_unref (l->data);
  g_list_free (all);
  g_ptr_array_sort (sets, compare);
  return sets;
}

/* --- The menu -------------------------------------------------------------------------------- */

static char *
make_label (GtkRecentInfo *info, gboolean missing)
{
  g_autofree char *name = g_strdup (gtk_recent_info_get_display_name (info));
  char            *dot = strrchr (name, '.');
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  if (dot != NULL && dot != name)
    *dot = '\0';
  parts = g_strsplit (name, "_", -1); /* no access key */
  plain = g_strjoinv ("__", parts);
  if (missing)
    return g_strdup_printf (C_ ("recent set", "%s (not there)"), plain);
  return g_steal_pointer (&plain);
}

static void
append_set (GMenu *menu, GtkRecentInfo *info, gboolean missing)
{
  g_autofree char *label = make_label (info, missing);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  if (missing) /* there is no such action, so it can be seen only */
    g_menu_item_set_action_and_target (item, "app.missing", NULL);
  else
    g_menu_item_set_action_and_target (item, "app.open-recent", "s",
                                       gtk_recent_info_get_uri (info));
  g_menu_append_item (menu, item);
}

static void
show (Look *look)
{
  g_autoptr (GMenu) sets = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (guint i = 0; i < look->infos->len; i++)
    append_set (sets, look->infos->pdata[i], g_array_index (look->missing, gboolean, i));
  g_menu_append (rest, C_ ("recent sets", "_Clear List"), "app.clear-recent");
  g_menu_remove_all (look->self->menu);
  g_menu_append_section (look->self->menu, NULL, G_MENU_MODEL (sets));
  if (look->infos->len > 0)
    g_menu_append_section (look->self->menu, NULL, G_MENU_MODEL (rest));
}

static void
look_unref (Look *look)
{
  if (--look->n_asked > 0)
    return;
  g_ptr_array_unref (look->infos);
  g_array_unref (look->missing);
  g_object_unref (look->self);
  g_free (look);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Question *question = user_data;
  Look                *look = question->look;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info G_GNUC_UNUSED
      = g_file_query_info_finish (G_FILE (source), result, &error);

  g_array_index (look->missing, gboolean, question->index)
      = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  if (look->n_asked == 1 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show (look);
  look_unref (look);
}

void
zab_recent_sets_refresh (ZabRecentSets *self)
{
  Look *look;

  g_return_if_fail (ZAB_IS_RECENT_SETS (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  look = g_new0 (Look, 1);
  look->self = g_object_ref (self);
  look->infos = list_sets (self);
  g_ptr_array_set_size (look->infos, (int)MIN (look->infos->len, MAX_SHOWN));
  look->missing = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), look->infos->len);
  g_array_set_size (look->missing, look->infos->len);
  look->n_asked = look->infos->len + 1;
  for (guint i = 0; i < look->infos->len; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (look->infos->pdata[i]));
      Question *question = g_new0 (Question, 1);

      question->look = look;
      question->index = i;
      g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                               G_PRIORITY_LOW, self->cancellable, on_looked, question);
    }
  if (look->infos->len == 0)
    show (look);
  look_unref (look);
}

GMenuModel *
zab_recent_sets_get_menu (ZabRecentSets *self)
{
  g_return_val_if_fail (ZAB_IS_RECENT_SETS (self), NULL);
  return G_MENU_MODEL (self->menu);
}

/* --- The list -------------------------------------------------------------------------------- */

void
zab_recent_sets_add (ZabRecentSets *self, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  g_return_if_fail (ZAB_IS_RECENT_SETS (self));
  zab_recent_item_add (self->manager, uri,
                       zab_bundle_is_bundle (file) ? "application/x-zabumba-bundle"
                                                   : "application/x-zabumba-set",
                       GROUP);
}

void
zab_recent_sets_clear (ZabRecentSets *self)
{
  g_autoptr (GPtrArray) sets = NULL;

  g_return_if_fail (ZAB_IS_RECENT_SETS (self));
  sets = list_sets (self);
  for (guint i = 0; i < sets->len; i++)
    gtk_recent_manager_remove_item (self->manager, gtk_recent_info_get_uri (sets->pdata[i]), NULL);
}

static void
zab_recent_sets_dispose (GObject *object)
{
  ZabRecentSets *self = ZAB_RECENT_SETS (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->menu);
  g_clear_object (&self->manager);
  G_OBJECT_CLASS (zab_recent_sets_parent_class)->dispose (object);
}

static void
zab_recent_sets_class_init (ZabRecentSetsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zab_recent_sets_dispose;
}

static void
zab_recent_sets_init (ZabRecentSets *self)
{
  self->menu = g_menu_new ();
}

ZabRecentSets *
zab_recent_sets_new (GtkRecentManager *manager)
{
  ZabRecentSets *self = g_object_new (ZAB_TYPE_RECENT_SETS, NULL);

  self->manager = g_object_ref (manager != NULL ? manager : gtk_recent_manager_get_default ());
  g_signal_connect_object (self->manager, "changed", G_CALLBACK (zab_recent_sets_refresh), self,
                           G_CONNECT_SWAPPED);
  zab_recent_sets_refresh (self);
  return self;
}
