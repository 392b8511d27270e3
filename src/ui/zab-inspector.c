/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-inspector.h"

#include <glib/gi18n-lib.h>

#include "ui/zab-color-row.h"
#include "ui/zab-inspector-more.h"
#include "ui/zab-setting-bind.h"
#include "ui/zab-setting-entry.h"
#include "ui/zab-setting-scale.h"
#include "ui/zab-waveform-view.h"

struct _ZabInspector
{
  AdwBin parent_instance;

  GtkBox          *columns;
  GtkLabel        *label;
  GtkDropDown     *mode;
  GtkToggleButton *mute;
  GtkToggleButton *solo;

  ZabPad        *pad;
  ZabSession    *session;
  ZabDocument   *document;
  GBindingGroup *bindings;
};

enum
{
  PROP_PAD = 1,
  PROP_SESSION,
  PROP_DOCUMENT,
  PROP_WIDE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabInspector, zab_inspector, ADW_TYPE_BIN)

static void
set_pad (ZabInspector *self, ZabPad *pad)
{
  if (!g_set_object (&self->pad, pad))
    return;
  g_binding_group_set_source (self->bindings, pad);
  gtk_label_set_label (self->label, pad != NULL ? zab_pad_get_label (pad) : "");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAD]);
}

static gboolean
is_wide (ZabInspector *self)
{
  return gtk_orientable_get_orientation (GTK_ORIENTABLE (self->columns))
         == GTK_ORIENTATION_HORIZONTAL;
}

static void
set_wide (ZabInspector *self, gboolean wide)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (self->columns, wide);
}

static void
zab_inspector_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabInspector *self = ZAB_INSPECTOR (object);

  if (id == PROP_PAD)
    g_value_set_object (value, self->pad);
  else if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else if (id == PROP_WIDE)
    g_value_set_boolean (value, is_wide (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_inspector_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabInspector *self = ZAB_INSPECTOR (object);

  if (id == PROP_PAD)
    set_pad (self, g_value_get_object (value));
  else if (id == PROP_SESSION)
    g_set_object (&self->session, g_value_get_object (value));
  else if (id == PROP_DOCUMENT)
    g_set_object (&self->document, g_value_get_object (value));
  else if (id == PROP_WIDE)
    set_wide (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_inspector_dispose (GObject *object)
{
  ZabInspector *self = ZAB_INSPECTOR (object);

  g_clear_object (&self->bindings);
  adw_bin_set_child (ADW_BIN (self), NULL); /* AdwBin would look for it again */
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_INSPECTOR);
  g_clear_object (&self->pad);
  g_clear_object (&self->document);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_inspector_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_PAD]
      = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD, rw | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZAB_TYPE_SESSION, rw);
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, ZAB_TYPE_DOCUMENT, rw);
  props[PROP_WIDE] = g_param_spec_boolean ("wide", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zab_inspector_class_init (ZabInspectorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zab_inspector_get_property;
  object_class->set_property = zab_inspector_set_property;
  object_class->dispose = zab_inspector_dispose;
  install_properties (object_class);
  g_type_ensure (ZAB_TYPE_COLOR_ROW);
  g_type_ensure (ZAB_TYPE_INSPECTOR_MORE);
  g_type_ensure (ZAB_TYPE_SETTING_ENTRY);
  g_type_ensure (ZAB_TYPE_SETTING_SCALE);
  g_type_ensure (ZAB_TYPE_WAVEFORM_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zabumba/Zabumba/ui/zab-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabInspector, columns);
  gtk_widget_class_bind_template_child (widget_class, ZabInspector, label);
  gtk_widget_class_bind_template_child (widget_class, ZabInspector, mode);
  gtk_widget_class_bind_template_child (widget_class, ZabInspector, mute);
  gtk_widget_class_bind_template_child (widget_class, ZabInspector, solo);
  gtk_widget_class_set_css_name (widget_class, "inspector");
}

static void
zab_inspector_init (ZabInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bindings = g_binding_group_new ();
  zab_setting_bind_enum (self->bindings, "mode", self->mode, C_ ("inspector", "Mode"));
  zab_setting_bind_active (self->bindings, "mute", self->mute);
  zab_setting_bind_active (self->bindings, "solo", self->solo);
}
