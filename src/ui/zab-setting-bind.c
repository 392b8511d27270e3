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

/* The focus is on the button within, which knows nothing of what it is for. */
static void
name_button (GtkDropDown *rows, GParamSpec *pspec, const char *title)
{
  GtkWidget       *button = gtk_widget_get_first_child (GTK_WIDGET (rows));
  GtkStringObject *row = gtk_drop_down_get_selected_item (rows);
  g_autofree char *name = NULL;

  if (row == NULL)
    return;
  name = g_strdup_printf ("%s, %s", title, gtk_string_object_get_string (row));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
bind_rows (GBindingGroup *pad, const char *setting, GtkDropDown *rows, const char *title,
           GBindingTransformFunc to, GBindingTransformFunc from)
{
  g_binding_group_bind_full (pad, setting, rows, "selected", FLAGS, to, from, NULL, NULL);
  g_signal_connect (rows, "notify::selected", G_CALLBACK (name_button), (gpointer)title);
  name_button (rows, NULL, title);
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
