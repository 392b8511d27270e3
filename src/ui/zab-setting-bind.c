/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-setting-bind.h"

static const GBindingFlags FLAGS = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

static gboolean
enum_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_uint (to, (guint)g_value_get_enum (from));
  return TRUE;
}

static gboolean
row_to_enum (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_enum (to, (int)g_value_get_uint (from));
  return g_value_get_uint (from) != GTK_INVALID_LIST_POSITION;
}

static gboolean
number_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_copy (from, to);
  return TRUE;
}

static gboolean
row_to_number (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_copy (from, to);
  return g_value_get_uint (from) != GTK_INVALID_LIST_POSITION;
}

/* The focus is on the button within: older versions of GTK ask it for its name, newer ones the
 * list. */
static void
on_selected (GtkDropDown *rows, GParamSpec *pspec, const char *title)
{
  GtkWidget       *button = gtk_widget_get_first_child (GTK_WIDGET (rows));
  GtkStringObject *row = gtk_drop_down_get_selected_item (rows);
  g_autofree char *name = NULL;

  if (row == NULL)
    return;
  name = g_strdup_printf ("%s, %s", title, gtk_string_object_get_string (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The newer ones say what is chosen and not what it is for: a relation weighs more than a name. */
void
zab_setting_name_rows (GtkDropDown *rows, const char *title)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (rows), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect (rows, "notify::selected", G_CALLBACK (on_selected), (gpointer)title);
  on_selected (rows, NULL, title);
}

static void
bind_rows (GBindingGroup *pad, const char *setting, GtkDropDown *rows, const char *title,
           GBindingTransformFunc to, GBindingTransformFunc from)
{
  g_binding_group_bind_full (pad, setting, rows, "selected", FLAGS, to, from, NULL, NULL);
  zab_setting_name_rows (rows, title);
}

void
zab_setting_bind_enum (GBindingGroup *pad, const char *setting, GtkDropDown *rows,
                       const char *title)
{
  bind_rows (pad, setting, rows, title, enum_to_row, row_to_enum);
}

void
zab_setting_bind_number (GBindingGroup *pad, const char *setting, GtkDropDown *rows,
                         const char *title)
{
  bind_rows (pad, setting, rows, title, number_to_row, row_to_number);
}

void
zab_setting_bind_active (GBindingGroup *pad, const char *setting, gpointer button)
{
  g_binding_group_bind (pad, setting, button, "active", FLAGS);
}

void
zab_setting_bind_rows (gpointer object, const char *setting, gpointer rows)
{
  g_object_bind_property_full (object, setting, rows, "selected", FLAGS, enum_to_row, row_to_enum,
                               NULL, NULL);
}
