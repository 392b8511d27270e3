/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-setting-entry.h"

#include <glib/gi18n-lib.h>

#include "ui/zab-setting-text.h"

typedef enum
{
  KIND_NAME,
  KIND_TEMPO,
  KIND_POINT,
  KIND_END, /* a point, of which 0 is the sound's end */
} Kind;

struct _ZabSettingEntry
{
  GtkEntry parent_instance;

  char         *setting;
  Kind          kind;
  ZabPad       *pad;
  char         *shown; /* what the setting is; other text has been typed */
  GSignalGroup *signals;
};

enum
{
  PROP_SETTING = 1,
  PROP_TITLE,
  PROP_PAD,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabSettingEntry, zab_setting_entry, GTK_TYPE_ENTRY)

static Kind
get_kind (const char *setting)
{
  if (g_str_equal (setting, "name"))
    return KIND_NAME;
  if (g_str_equal (setting, "tempo"))
    return KIND_TEMPO;
  return g_str_has_suffix (setting, "end") ? KIND_END : KIND_POINT;
}

static double
get_number (ZabSettingEntry *self)
{
  double number;

  g_object_get (self->pad, self->setting, &number, NULL);
  return number;
}

static char *
get_text (ZabSettingEntry *self)
{
  char *name;

  if (self->kind == KIND_NAME)
    {
      g_object_get (self->pad, self->setting, &name, NULL);
      return name;
    }
  if (self->kind != KIND_POINT && !(get_number (self) > 0))
    return g_strdup ("");
  return self->kind == KIND_TEMPO ? zab_setting_text_from_tempo (get_number (self))
                                  : zab_setting_text_from_seconds (get_number (self));
}

static void
show_setting (ZabSettingEntry *self)
{
  if (self->pad == NULL)
    return;
  g_free (self->shown);
  self->shown = get_text (self);
  gtk_editable_set_text (GTK_EDITABLE (self), self->shown);
  if (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self)))))
    gtk_editable_set_position (GTK_EDITABLE (self), -1);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

/* Where the sound ends, in place of an end that was not set. */
static void
show_duration (ZabSettingEntry *self)
{
  g_autofree char *text = NULL;

  if (self->pad == NULL)
    return;
  if (self->kind == KIND_END && zab_pad_get_duration (self->pad) > 0)
    text = zab_setting_text_from_seconds (zab_pad_get_duration (self->pad));
  else if (self->kind == KIND_TEMPO)
    text = g_strdup (C_ ("tempo of a sound", "Unknown"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self), text);
}

static void
set_number (ZabSettingEntry *self, double number)
{
  const double duration = zab_pad_get_duration (self->pad);

  if (self->kind != KIND_TEMPO && duration > 0)
    number = MIN (number, duration);
  g_object_set (self->pad, self->setting, MAX (0, number), NULL);
}

static gboolean
parse (ZabSettingEntry *self, const char *text, double *number)
{
  if (*text == '\0')
    {
      *number = 0;
      return TRUE;
    }
  return self->kind == KIND_TEMPO ? zab_setting_text_to_tempo (text, number)
                                  : zab_setting_text_to_seconds (text, number);
}

static void
take_typed (ZabSettingEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  double      number;

  /* What is shown may be rounded: it is no edit. */
  if (self->pad == NULL || g_strcmp0 (text, self->shown) == 0)
    return;
  if (self->kind == KIND_NAME)
    {
      if (*text != '\0')
        zab_pad_set_name (self->pad, text);
      show_setting (self);
      return;
    }
  if (parse (self, text, &number))
    {
      set_number (self, number);
      show_setting (self);
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
}

static void
on_leave (ZabSettingEntry *self)
{
  take_typed (self);
  show_setting (self);
  gtk_editable_select_region (GTK_EDITABLE (self), 0, 0);
}

static double
get_step (ZabSettingEntry *self, GdkModifierType state)
{
  const double step = self->kind == KIND_TEMPO ? 1 : 0.01;

  if ((state & GDK_SHIFT_MASK) != 0)
    return step / 10;
  return (state & GDK_CONTROL_MASK) != 0 ? step * 10 : step;
}

static void
step (ZabSettingEntry *self, double by)
{
  double number;

  take_typed (self);
  number = get_number (self);
  if (self->kind == KIND_END && !(number > 0))
    number = zab_pad_get_duration (self->pad);
  set_number (self, number + by);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode,
                GdkModifierType state, ZabSettingEntry *self)
{
  if (self->pad == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape)
    show_setting (self); /* and whoever is above gives the focus back */
  if (self->kind == KIND_NAME || (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  step (self, keyval == GDK_KEY_Up ? get_step (self, state) : -get_step (self, state));
  return GDK_EVENT_STOP;
}

static void
set_pad (ZabSettingEntry *self, ZabPad *pad)
{
  if (self->pad == pad)
    return;
  take_typed (self); /* it was meant for that pad */
  g_set_object (&self->pad, pad);
  g_signal_group_set_target (self->signals, pad);
  gtk_widget_set_sensitive (GTK_WIDGET (self), pad != NULL);
  show_setting (self);
  show_duration (self);
}

static void
zab_setting_entry_constructed (GObject *object)
{
  ZabSettingEntry *self = ZAB_SETTING_ENTRY (object);
  g_autofree char *notify = g_strconcat ("notify::", self->setting, NULL);

  G_OBJECT_CLASS (zab_setting_entry_parent_class)->constructed (object);
  self->kind = get_kind (self->setting);
  g_signal_group_connect_swapped (self->signals, notify, G_CALLBACK (show_setting), self);
  g_signal_group_connect_swapped (self->signals, "notify::duration", G_CALLBACK (show_duration),
                                  self);
  if (self->kind == KIND_NAME)
    return;
  gtk_entry_set_input_purpose (GTK_ENTRY (self), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
}

static void
zab_setting_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabSettingEntry *self = ZAB_SETTING_ENTRY (object);

  if (id == PROP_SETTING)
    g_value_set_string (value, self->setting);
  else if (id == PROP_PAD)
    g_value_set_object (value, self->pad);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_setting_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabSettingEntry *self = ZAB_SETTING_ENTRY (object);

  if (id == PROP_SETTING)
    self->setting = g_value_dup_string (value);
  else if (id == PROP_TITLE)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    g_value_get_string (value), -1);
  else if (id == PROP_PAD)
    set_pad (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_setting_entry_dispose (GObject *object)
{
  ZabSettingEntry *self = ZAB_SETTING_ENTRY (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->pad);
  G_OBJECT_CLASS (zab_setting_entry_parent_class)->dispose (object);
}

static void
zab_setting_entry_finalize (GObject *object)
{
  ZabSettingEntry *self = ZAB_SETTING_ENTRY (object);

  g_free (self->setting);
  g_free (self->shown);
  G_OBJECT_CLASS (zab_setting_entry_parent_class)->finalize (object);
}

static void
zab_setting_entry_class_init (ZabSettingEntryClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = zab_setting_entry_constructed;
  object_class->get_property = zab_setting_entry_get_property;
  object_class->set_property = zab_setting_entry_set_property;
  object_class->dispose = zab_setting_entry_dispose;
  object_class->finalize = zab_setting_entry_finalize;
  props[PROP_SETTING]
      = g_param_spec_string ("setting", NULL, NULL, NULL, rw | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_TITLE]
      = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
zab_setting_entry_init (ZabSettingEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->signals = g_signal_group_new (ZAB_TYPE_PAD);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "activate", G_CALLBACK (take_typed), NULL);
}
