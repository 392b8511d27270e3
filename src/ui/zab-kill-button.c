/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-kill-button.h"

struct _ZabKillButton
{
  GtkToggleButton parent_instance;

  char          *setting;
  char          *key; /* under which the pad keeps what it was */
  ZabPad        *pad;
  GBindingGroup *binding;
};

enum
{
  PROP_SETTING = 1,
  PROP_PAD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabKillButton, zab_kill_button, GTK_TYPE_TOGGLE_BUTTON)

static gboolean
gain_to_killed (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_boolean (to, !(g_value_get_double (from) > 0));
  return TRUE;
}

/* What it was goes with the pad, while others are looked at. */
static gboolean
killed_to_gain (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  ZabKillButton *self = user_data;
  const double  *before = g_object_get_data (G_OBJECT (self->pad), self->key);
  double         gain;

  g_object_get (self->pad, self->setting, &gain, NULL);
  if (g_value_get_boolean (from))
    g_object_set_data_full (G_OBJECT (self->pad), self->key, g_memdup2 (&gain, sizeof gain),
                            g_free);
  g_value_set_double (to, g_value_get_boolean (from) ? 0 : before != NULL ? *before : 1);
  return TRUE;
}

static void
zab_kill_button_constructed (GObject *object)
{
  ZabKillButton *self = ZAB_KILL_BUTTON (object);

  G_OBJECT_CLASS (zab_kill_button_parent_class)->constructed (object);
  self->key = g_strconcat ("zab-killed-", self->setting, NULL);
  g_binding_group_bind_full (self->binding, self->setting, self, "active",
                             G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, gain_to_killed,
                             killed_to_gain, self, NULL);
}

static void
zab_kill_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabKillButton *self = ZAB_KILL_BUTTON (object);

  if (id == PROP_SETTING)
    g_value_set_string (value, self->setting);
  else if (id == PROP_PAD)
    g_value_set_object (value, self->pad);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_pad (ZabKillButton *self, ZabPad *pad)
{
  if (g_set_object (&self->pad, pad))
    g_binding_group_set_source (self->binding, pad);
}

static void
zab_kill_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabKillButton *self = ZAB_KILL_BUTTON (object);

  if (id == PROP_SETTING)
    self->setting = g_value_dup_string (value);
  else if (id == PROP_PAD)
    set_pad (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_kill_button_dispose (GObject *object)
{
  ZabKillButton *self = ZAB_KILL_BUTTON (object);

  g_clear_object (&self->binding);
  g_clear_object (&self->pad);
  G_OBJECT_CLASS (zab_kill_button_parent_class)->dispose (object);
}

static void
zab_kill_button_finalize (GObject *object)
{
  ZabKillButton *self = ZAB_KILL_BUTTON (object);

  g_free (self->setting);
  g_free (self->key);
  G_OBJECT_CLASS (zab_kill_button_parent_class)->finalize (object);
}

static void
zab_kill_button_class_init (ZabKillButtonClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = zab_kill_button_constructed;
  object_class->get_property = zab_kill_button_get_property;
  object_class->set_property = zab_kill_button_set_property;
  object_class->dispose = zab_kill_button_dispose;
  object_class->finalize = zab_kill_button_finalize;
  props[PROP_SETTING]
      = g_param_spec_string ("setting", NULL, NULL, NULL, rw | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zab_kill_button_init (ZabKillButton *self)
{
  self->binding = g_binding_group_new ();
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}
