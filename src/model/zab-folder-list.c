/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-folder-list.h"

#include "model/zab-folder-scan.h"

struct _ZabFolderList
{
  GObject parent_instance;

  GPtrArray    *items;  /* of ZabFolderItem */
  GFile        *folder; /* or NULL, and ... */
  GPtrArray    *named;  /* ... these ZabFolderItem to choose from */
  char        **words;  /* that are searched; or NULL */
  GCancellable *scan;   /* under way; or NULL */
  char         *error;
};

enum
{
  PROP_0,
  PROP_FOLDER,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return ZAB_TYPE_FOLDER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return ZAB_FOLDER_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = ZAB_FOLDER_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ZabFolderList, zab_folder_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
set_items (ZabFolderList *self, GPtrArray *items)
{
  const guint n_old = self->items->len;

  g_ptr_array_ref (items);
  g_ptr_array_unref (self->items);
  self->items = items;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_old, items->len);
}

static void
set_scan (ZabFolderList *self, GCancellable *scan)
{
  const gboolean was_loading = self->scan != NULL;

  g_cancellable_cancel (self->scan);
  g_set_object (&self->scan, scan);
  if (was_loading != (scan != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_error (ZabFolderList *self, const char *text)
{
  if (g_strcmp0 (self->error, text) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* What was cancelled says so whatever it found, and whoever came after it has the list. */
static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabFolderList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = zab_folder_scan_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (items == NULL)
    items = g_ptr_array_new ();
  set_error (self, error != NULL ? error->message : NULL);
  set_items (self, items);
  set_scan (self, NULL);
}

static void
choose_named (ZabFolderList *self)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->named->len; i++)
    if (self->words == NULL
        || zab_folder_item_matches (self->named->pdata[i], (const char *const *)self->words))
      g_ptr_array_add (chosen, g_object_ref (self->named->pdata[i]));
  set_scan (self, NULL);
  set_error (self, NULL);
  set_items (self, chosen);
}

static void
fill (ZabFolderList *self)
{
  g_autoptr (GCancellable) scan = NULL;

  if (self->folder == NULL)
    {
      choose_named (self);
      return;
    }
  scan = g_cancellable_new ();
  set_scan (self, scan);
  zab_folder_scan_async (self->folder, (const char *const *)self->words, scan, on_scanned,
                         g_object_ref (self));
}

void
zab_folder_list_show_folder (ZabFolderList *self, GFile *folder)
{
  g_return_if_fail (ZAB_IS_FOLDER_LIST (self));
  g_return_if_fail (G_IS_FILE (folder));
  g_clear_pointer (&self->words, g_strfreev);
  if (g_set_object (&self->folder, folder))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
  fill (self);
}

void
zab_folder_list_show_files (ZabFolderList *self, GPtrArray *files)
{
  g_return_if_fail (ZAB_IS_FOLDER_LIST (self));
  g_clear_pointer (&self->words, g_strfreev);
  g_ptr_array_set_size (self->named, 0);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->named, zab_folder_item_new (files->pdata[i], NULL, FALSE));
  if (g_set_object (&self->folder, NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
  fill (self);
}

static gboolean
is_same (char **a, char **b)
{
  return a == b
         || (a != NULL && b != NULL
             && g_strv_equal ((const char *const *)a, (const char *const *)b));
}

void
zab_folder_list_search (ZabFolderList *self, const char *text)
{
  g_auto (GStrv) words = zab_folder_item_split_words (text);

  g_return_if_fail (ZAB_IS_FOLDER_LIST (self));
  if (is_same (words, self->words))
    return;
  g_strfreev (self->words);
  self->words = g_steal_pointer (&words);
  fill (self);
}

GFile *
zab_folder_list_get_folder (ZabFolderList *self)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_LIST (self), NULL);
  return self->folder;
}

gboolean
zab_folder_list_get_loading (ZabFolderList *self)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_LIST (self), FALSE);
  return self->scan != NULL;
}

guint
zab_folder_list_find (ZabFolderList *self, GFile *file)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_LIST (self), G_MAXUINT);
  for (guint i = 0; i < self->items->len; i++)
    if (g_file_equal (zab_folder_item_get_file (self->items->pdata[i]), file))
      return i;
  return G_MAXUINT;
}

static void
zab_folder_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabFolderList *self = ZAB_FOLDER_LIST (object);

  if (id == PROP_FOLDER)
    g_value_set_object (value, self->folder);
  else if (id == PROP_LOADING)
    g_value_set_boolean (value, self->scan != NULL);
  else if (id == PROP_ERROR)
    g_value_set_string (value, self->error);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_folder_list_dispose (GObject *object)
{
  ZabFolderList *self = ZAB_FOLDER_LIST (object);

  g_cancellable_cancel (self->scan);
  g_clear_object (&self->scan);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (zab_folder_list_parent_class)->dispose (object);
}

static void
zab_folder_list_finalize (GObject *object)
{
  ZabFolderList *self = ZAB_FOLDER_LIST (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->named);
  g_strfreev (self->words);
  g_free (self->error);
  G_OBJECT_CLASS (zab_folder_list_parent_class)->finalize (object);
}

static void
zab_folder_list_class_init (ZabFolderListClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = zab_folder_list_get_property;
  object_class->dispose = zab_folder_list_dispose;
  object_class->finalize = zab_folder_list_finalize;
  properties[PROP_FOLDER] = g_param_spec_object ("folder", NULL, NULL, G_TYPE_FILE, r);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, r);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, r);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zab_folder_list_init (ZabFolderList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->named = g_ptr_array_new_with_free_func (g_object_unref);
}

ZabFolderList *
zab_folder_list_new (void)
{
  return g_object_new (ZAB_TYPE_FOLDER_LIST, NULL);
}
