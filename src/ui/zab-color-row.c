/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-color-row.h"

#include <glib/gi18n-lib.h>

enum
{
  N_COLORS = ZAB_PAD_COLOR_BROWN + 1
};

struct _ZabColorRow
{
  GtkBox parent_instance;

  GtkCheckButton *colors[N_COLORS];
  ZabPad         *pad;
  GBindingGroup  *binding;
};

enum
{
  PROP_PAD = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const char *const names[N_COLORS] = {
  NC_ ("pad color", "None"),   NC_ ("pad color", "Red"),   NC_ ("pad color", "Orange"),
  NC_ ("pad color", "Yellow"), NC_ ("pad color", "Green"), NC_ ("pad color", "Blue"),
  NC_ ("pad color", "Purple"), NC_ ("pad color", "Pink"),  NC_ ("pad color", "Brown"),
};

G_DEFINE_FINAL_TYPE (ZabColorRow, zab_color_row, GTK_TYPE_BOX)

static gboolean
color_to_active (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_boolean (to, g_value_get_enum (from) == GPOINTER_TO_INT (user_data));
  return TRUE;
}

/* The one that goes out has nothing to say. */
static gboolean
active_to_color (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_enum (to, GPOINTER_TO_INT (user_data));
  return g_value_get_boolean (from);
}

static void
zab_color_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_object (value, ZAB_COLOR_ROW (object)->pad);
}

static void
zab_color_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabColorRow *self = ZAB_COLOR_ROW (object);

  if (!g_set_object (&self->pad, g_value_get_object (value)))
    return;
  g_binding_group_set_source (self->binding, self->pad);
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->pad != NULL);
}

static void
zab_color_row_dispose (GObject *object)
{
  ZabColorRow *self = ZAB_COLOR_ROW (object);

  g_clear_object (&self->binding);
  g_clear_object (&self->pad);
  G_OBJECT_CLASS (zab_color_row_parent_class)->dispose (object);
}

static void
zab_color_row_class_init (ZabColorRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = zab_color_row_get_property;
  object_class->set_property = zab_color_row_set_property;
  object_class->dispose = zab_color_row_dispose;
  props[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "colorrow");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkCheckButton *
add_color (ZabColorRow *self, guint color, const char *nick)
{
  GtkWidget  *button = gtk_check_button_new ();
  const char *name = g_dpgettext2 (GETTEXT_PACKAGE, "pad color", names[color]);

  gtk_widget_add_css_class (button, nick);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (color > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->colors[0]);
  gtk_box_append (GTK_BOX (self), button);
  return GTK_CHECK_BUTTON (button);
}

static void
zab_color_row_init (ZabColorRow *self)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (ZAB_TYPE_PAD_COLOR);

  self->binding = g_binding_group_new ();
  gtk_box_set_homogeneous (GTK_BOX (self), TRUE);
  for (guint i = 0; i < N_COLORS; i++)
    self->colors[i] = add_color (self, i, g_enum_get_value (klass, (int)i)->value_nick);
  for (guint i = 0; i < N_COLORS; i++)
    g_binding_group_bind_full (self->binding, "color", self->colors[i], "active",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, color_to_active,
                               active_to_color, GINT_TO_POINTER ((int)i), NULL);
}
