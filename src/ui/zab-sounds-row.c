/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-sounds-row.h"

#include "model/zab-folder-item.h"

GPtrArray *
zab_sounds_row_dup_selected (GtkSelectionModel *selection, gboolean folders)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (selection);
  GtkBitsetIter iter;
  guint         position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (ZabFolderItem) item = g_list_model_get_item (G_LIST_MODEL (selection), position);

      if (item && (folders || !zab_folder_item_is_folder (item)))
        g_ptr_array_add (files, g_object_ref (zab_folder_item_get_file (item)));
    }
  return files;
}

static GdkContentProvider *
provide (GPtrArray *files)
{
  g_autoptr (GSList) list = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  for (guint i = files->len; i > 0; i--)
    list = g_slist_prepend (list, files->pdata[i - 1]);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (list));
  return gdk_content_provider_new_for_value (&value);
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, GtkListItem *list_item)
{
  GtkSelectionModel *selection = g_object_get_data (G_OBJECT (source), "selection");
  ZabFolderItem     *item = gtk_list_item_get_item (list_item);
  g_autoptr (GPtrArray) files = NULL;

  if (item == NULL)
    return NULL;
  if (gtk_list_item_get_selected (list_item))
    files = zab_sounds_row_dup_selected (selection, TRUE);
  else
    {
      files = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (files, g_object_ref (zab_folder_item_get_file (item)));
    }
  return provide (files);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, paintable, 0, 0);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (css_class)
    {
      gtk_widget_add_css_class (label, css_class);
      gtk_widget_add_css_class (label, "dim-label");
    }
  return label;
}

/* An icon; a name over a place; a kind. */
static GtkWidget *
make_row (void)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *kind = make_label ("caption");

  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), kind);
  gtk_box_append (GTK_BOX (texts), make_label (NULL));
  gtk_box_append (GTK_BOX (texts), make_label ("caption"));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row, "sound");
  return row;
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item, GtkSelectionModel *selection)
{
  GtkWidget     *row = make_row ();
  GtkDragSource *source = gtk_drag_source_new ();

  g_object_set_data (G_OBJECT (source), "selection", selection);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), list_item);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_list_item_set_child (list_item, row);
}

/* The list's own widget around the row is what has the focus. */
static void
name_for_readers (GtkWidget *widget, ZabFolderItem *item)
{
  if (widget)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    zab_folder_item_get_name (item), -1);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  ZabFolderItem *item = gtk_list_item_get_item (list_item);
  GtkWidget     *icon = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget     *texts = gtk_widget_get_next_sibling (icon);
  GtkWidget     *name = gtk_widget_get_first_child (texts);
  GtkWidget     *place = gtk_widget_get_next_sibling (name);
  const char    *where = zab_folder_item_get_place (item);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), zab_folder_item_is_folder (item)
                                                      ? "folder-symbolic"
                                                      : "audio-x-generic-symbolic");
  gtk_label_set_label (GTK_LABEL (name), zab_folder_item_get_name (item));
  gtk_label_set_label (GTK_LABEL (place), where ? where : "");
  gtk_widget_set_visible (place, where != NULL);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (texts)),
                       zab_folder_item_get_kind (item));
  name_for_readers (gtk_widget_get_parent (gtk_list_item_get_child (list_item)), item);
}

GtkListItemFactory *
zab_sounds_row_factory_new (GtkSelectionModel *selection)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), selection);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  return factory;
}
