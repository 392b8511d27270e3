/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-setting-scale.h"

#include <glib/gi18n-lib.h>

#include "ui/zab-scale-unit.h"
#include "ui/zab-undo-gesture.h"

struct _ZabSettingScale
{
  GtkBox parent_instance;

  GtkLabel      *name;
  GtkScale      *scale;
  GtkAdjustment *adjustment;
  GtkWidget     *reset;
  GtkLabel      *value;

  char               *setting;
  const ZabScaleUnit *unit;
  ZabPad             *pad;
  ZabDocument        *document;
  GBindingGroup      *binding;
  GSignalGroup       *signals;
};

enum
{
  PROP_SETTING = 1,
  PROP_TITLE,
  PROP_TITLES,
  PROP_PAD,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabSettingScale, zab_setting_scale, GTK_TYPE_BOX)

static gboolean
to_scale (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const ZabScaleUnit *unit = user_data;

  g_value_set_double (to, unit->to_scale (g_value_get_double (from)));
  return TRUE;
}

static gboolean
from_scale (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const ZabScaleUnit *unit = user_data;

  g_value_set_double (to, unit->from_scale (g_value_get_double (from)));
  return TRUE;
}

static double
get_default (ZabSettingScale *self)
{
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_GET_CLASS (self->pad), self->setting);

  return G_PARAM_SPEC_DOUBLE (spec)->default_value;
}

static void
show_value (ZabSettingScale *self)
{
  g_autofree char *text = NULL;
  double           value;

  if (self->pad == NULL)
    return;
  g_object_get (self->pad, self->setting, &value, NULL);
  text = self->unit->to_text (value);
  gtk_label_set_label (self->value, text);
  gtk_widget_set_sensitive (self->reset, value < get_default (self) || value > get_default (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
on_reset (ZabSettingScale *self)
{
  if (self->pad != NULL)
    g_object_set (self->pad, self->setting, get_default (self), NULL);
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, ZabSettingScale *self)
{
  if (n_press != 2)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  on_reset (self);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, ZabSettingScale *self)
{
  if (keyval != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;
  on_reset (self);
  return GDK_EVENT_STOP;
}

/* The wheel is for what the scale scrolls along with: a value is never changed in passing. */
static void
ignore_wheel (GtkWidget *scale)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scale);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
set_title (ZabSettingScale *self, const char *title)
{
  /* Translators: a button's, %s is a setting, like “Gain” */
  g_autofree char *reset = g_strdup_printf (_ ("Reset: %s"), title);

  gtk_label_set_label (self->name, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reset, -1);
}

static void
set_titles (ZabSettingScale *self, GtkSizeGroup *titles)
{
  if (titles != NULL)
    gtk_size_group_add_widget (titles, GTK_WIDGET (self->name));
}

static void
set_pad (ZabSettingScale *self, ZabPad *pad)
{
  if (!g_set_object (&self->pad, pad))
    return;
  g_binding_group_set_source (self->binding, pad);
  g_signal_group_set_target (self->signals, pad);
  gtk_widget_set_sensitive (GTK_WIDGET (self), pad != NULL);
  show_value (self);
}

static void
set_document (ZabSettingScale *self, ZabDocument *document)
{
  if (document != NULL && self->document == NULL)
    zab_undo_gesture_attach (GTK_WIDGET (self), document);
  g_set_object (&self->document, document);
}

static void
zab_setting_scale_constructed (GObject *object)
{
  ZabSettingScale *self = ZAB_SETTING_SCALE (object);
  g_autofree char *notify = g_strconcat ("notify::", self->setting, NULL);

  G_OBJECT_CLASS (zab_setting_scale_parent_class)->constructed (object);
  self->unit = zab_scale_unit_get (self->setting);
  g_return_if_fail (self->unit != NULL);
  gtk_adjustment_configure (self->adjustment, self->unit->mark, self->unit->lower,
                            self->unit->upper, self->unit->step, self->unit->page, 0);
  if (self->unit->mark > self->unit->lower)
    gtk_scale_add_mark (self->scale, self->unit->mark, GTK_POS_BOTTOM, NULL);
  if (self->unit->sides)
    gtk_widget_set_direction (GTK_WIDGET (self->scale), GTK_TEXT_DIR_LTR);
  /* What goes to two sides has no side to be filled from. */
  gtk_scale_set_has_origin (self->scale, -self->unit->lower < self->unit->upper
                                             || -self->unit->lower > self->unit->upper);
  g_binding_group_bind_full (self->binding, self->setting, self->adjustment, "value",
                             G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, to_scale, from_scale,
                             (gpointer)self->unit, NULL);
  g_signal_group_connect_swapped (self->signals, notify, G_CALLBACK (show_value), self);
  ignore_wheel (GTK_WIDGET (self->scale));
}

static void
zab_setting_scale_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabSettingScale *self = ZAB_SETTING_SCALE (object);

  if (id == PROP_SETTING)
    g_value_set_string (value, self->setting);
  else if (id == PROP_TITLE)
    g_value_set_string (value, gtk_label_get_label (self->name));
  else if (id == PROP_PAD)
    g_value_set_object (value, self->pad);
  else if (id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_setting_scale_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabSettingScale *self = ZAB_SETTING_SCALE (object);

  if (id == PROP_SETTING)
    self->setting = g_value_dup_string (value);
  else if (id == PROP_TITLE)
    set_title (self, g_value_get_string (value));
  else if (id == PROP_TITLES)
    set_titles (self, g_value_get_object (value));
  else if (id == PROP_PAD)
    set_pad (self, g_value_get_object (value));
  else if (id == PROP_DOCUMENT)
    set_document (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_setting_scale_dispose (GObject *object)
{
  ZabSettingScale *self = ZAB_SETTING_SCALE (object);

  g_clear_object (&self->binding);
  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_SETTING_SCALE);
  g_clear_object (&self->pad);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (zab_setting_scale_parent_class)->dispose (object);
}

static void
zab_setting_scale_finalize (GObject *object)
{
  g_free (ZAB_SETTING_SCALE (object)->setting);
  G_OBJECT_CLASS (zab_setting_scale_parent_class)->finalize (object);
}

static void
zab_setting_scale_class_init (ZabSettingScaleClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = zab_setting_scale_constructed;
  object_class->get_property = zab_setting_scale_get_property;
  object_class->set_property = zab_setting_scale_set_property;
  object_class->dispose = zab_setting_scale_dispose;
  object_class->finalize = zab_setting_scale_finalize;
  props[PROP_SETTING]
      = g_param_spec_string ("setting", NULL, NULL, NULL, rw | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", rw);
  props[PROP_TITLES] = g_param_spec_object ("titles", NULL, NULL, GTK_TYPE_SIZE_GROUP,
                                            G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD, rw);
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, ZAB_TYPE_DOCUMENT, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zabumba/Zabumba/ui/zab-setting-scale.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabSettingScale, name);
  gtk_widget_class_bind_template_child (widget_class, ZabSettingScale, scale);
  gtk_widget_class_bind_template_child (widget_class, ZabSettingScale, adjustment);
  gtk_widget_class_bind_template_child (widget_class, ZabSettingScale, reset);
  gtk_widget_class_bind_template_child (widget_class, ZabSettingScale, value);
  gtk_widget_class_bind_template_callback (widget_class, on_reset);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
}

static void
zab_setting_scale_init (ZabSettingScale *self)
{
  self->binding = g_binding_group_new ();
  self->signals = g_signal_group_new (ZAB_TYPE_PAD);
  gtk_widget_init_template (GTK_WIDGET (self));
}
