/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-inspector-more.h"

#include <glib/gi18n-lib.h>

#include "ui/zab-kill-button.h"
#include "ui/zab-setting-bind.h"
#include "ui/zab-setting-entry.h"
#include "ui/zab-setting-scale.h"

struct _ZabInspectorMore
{
  GtkBox parent_instance;

  GtkWidget      *quantise_title;
  GtkWidget      *retrigger_title;
  GtkWidget      *choke_title;
  GtkWidget      *tempo_title;
  GtkDropDown    *quantise;
  GtkDropDown    *retrigger;
  GtkDropDown    *choke;
  GtkCheckButton *loop;
  GtkCheckButton *ping_pong;
  GtkCheckButton *reverse;

  GtkSizeGroup  *titles;
  ZabPad        *pad;
  ZabDocument   *document;
  GBindingGroup *bindings;
};

enum
{
  PROP_TITLES = 1,
  PROP_PAD,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabInspectorMore, zab_inspector_more, GTK_TYPE_BOX)

/* The other modes have it settled. */
static gboolean
get_may_loop (gpointer object, ZabPadMode mode)
{
  return mode == ZAB_PAD_MODE_GATE || mode == ZAB_PAD_MODE_TOGGLE;
}

static void
set_titles (ZabInspectorMore *self, GtkSizeGroup *titles)
{
  if (titles == NULL || !g_set_object (&self->titles, titles))
    return;
  gtk_size_group_add_widget (titles, self->quantise_title);
  gtk_size_group_add_widget (titles, self->retrigger_title);
  gtk_size_group_add_widget (titles, self->choke_title);
  gtk_size_group_add_widget (titles, self->tempo_title);
}

static void
zab_inspector_more_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabInspectorMore *self = ZAB_INSPECTOR_MORE (object);

  if (id == PROP_TITLES)
    g_value_set_object (value, self->titles);
  else if (id == PROP_PAD)
    g_value_set_object (value, self->pad);
  else if (id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_inspector_more_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabInspectorMore *self = ZAB_INSPECTOR_MORE (object);

  if (id == PROP_TITLES)
    set_titles (self, g_value_get_object (value));
  else if (id == PROP_DOCUMENT)
    g_set_object (&self->document, g_value_get_object (value));
  else if (id != PROP_PAD)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (g_set_object (&self->pad, g_value_get_object (value)))
    g_binding_group_set_source (self->bindings, self->pad);
}

static void
zab_inspector_more_dispose (GObject *object)
{
  ZabInspectorMore *self = ZAB_INSPECTOR_MORE (object);

  g_clear_object (&self->bindings);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_INSPECTOR_MORE);
  g_clear_object (&self->pad);
  g_clear_object (&self->document);
  g_clear_object (&self->titles);
  G_OBJECT_CLASS (zab_inspector_more_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_TITLES] = g_param_spec_object ("titles", NULL, NULL, GTK_TYPE_SIZE_GROUP, rw);
  props[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD, rw);
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, ZAB_TYPE_DOCUMENT, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zab_inspector_more_class_init (ZabInspectorMoreClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zab_inspector_more_get_property;
  object_class->set_property = zab_inspector_more_set_property;
  object_class->dispose = zab_inspector_more_dispose;
  install_properties (object_class);
  g_type_ensure (ZAB_TYPE_KILL_BUTTON);
  g_type_ensure (ZAB_TYPE_PAD);
  g_type_ensure (ZAB_TYPE_SETTING_ENTRY);
  g_type_ensure (ZAB_TYPE_SETTING_SCALE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zabumba/Zabumba/ui/zab-inspector-more.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, quantise_title);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, retrigger_title);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, choke_title);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, tempo_title);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, quantise);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, retrigger);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, choke);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, loop);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, ping_pong);
  gtk_widget_class_bind_template_child (widget_class, ZabInspectorMore, reverse);
  gtk_widget_class_bind_template_callback (widget_class, get_may_loop);
}

static void
zab_inspector_more_init (ZabInspectorMore *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->bindings = g_binding_group_new ();
  zab_setting_bind_enum (self->bindings, "quantise", self->quantise, C_ ("inspector", "Waits For"));
  zab_setting_bind_enum (self->bindings, "retrigger", self->retrigger, C_ ("inspector", "Again"));
  zab_setting_bind_number (self->bindings, "choke", self->choke, C_ ("inspector", "Choke"));
  zab_setting_bind_active (self->bindings, "loop", self->loop);
  zab_setting_bind_active (self->bindings, "ping-pong", self->ping_pong);
  zab_setting_bind_active (self->bindings, "reverse", self->reverse);
}
