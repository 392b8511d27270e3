/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-pad-private.h"

#include "model/zab-number.h"
#include "model/zab-settings.h"
#include "rt/zab-rt.h"

G_DEFINE_FINAL_TYPE (ZabPad, zab_pad, G_TYPE_OBJECT)

static GParamSpec *props[ZAB_PAD_N_PROPS];
static guint       changed;

void
zab_pad_notify (ZabPad *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

GParamSpec *
zab_pad_get_spec (guint prop)
{
  return props[prop];
}

ZabPad *
zab_pad_new (guint index)
{
  ZabPad *self;

  g_return_val_if_fail (index < ZAB_N_PADS, NULL);
  self = g_object_new (ZAB_TYPE_PAD, NULL);
  self->index = index;
  g_snprintf (self->label, sizeof self->label, "%c%u", (char)('A' + index / ZAB_PADS_PER_BANK),
              index % ZAB_PADS_PER_BANK + 1);
  return self;
}

GFile *
zab_pad_get_loaded_file (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->loaded;
}

guint
zab_pad_get_index (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 0);
  return self->index;
}

const char *
zab_pad_get_label (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->label;
}

const char *
zab_pad_get_name (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->name;
}

GFile *
zab_pad_get_file (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->file;
}

ZabPadState
zab_pad_get_state (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), ZAB_PAD_EMPTY);
  return self->state;
}

gboolean
zab_pad_get_has_sample (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->loaded != NULL;
}

const char *
zab_pad_get_stage (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->stage;
}

double
zab_pad_get_fraction (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), -1);
  return self->fraction;
}

const char *
zab_pad_get_error (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->error;
}

const char *
zab_pad_get_warning (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->warning;
}

double
zab_pad_get_duration (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 0);
  return self->duration;
}

ZabPeaks *
zab_pad_get_peaks (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), NULL);
  return self->peaks;
}

gboolean
zab_pad_get_playing (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->playing;
}

double
zab_pad_get_position (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 0);
  return self->position;
}

gboolean
zab_pad_get_missing (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->missing;
}

gboolean
zab_pad_get_fading (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->fading;
}

gboolean
zab_pad_get_armed (ZabPad *self)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), FALSE);
  return self->armed;
}

static void
zab_pad_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabPad *self = ZAB_PAD (object);

  switch (id)
    {
    case ZAB_PAD_PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case ZAB_PAD_PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case ZAB_PAD_PROP_FILE:
      g_value_set_object (value, self->file);
      break;
    case ZAB_PAD_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case ZAB_PAD_PROP_HAS_SAMPLE:
      g_value_set_boolean (value, self->loaded != NULL);
      break;
    case ZAB_PAD_PROP_STAGE:
      g_value_set_string (value, self->stage);
      break;
    case ZAB_PAD_PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case ZAB_PAD_PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case ZAB_PAD_PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    case ZAB_PAD_PROP_DURATION:
      g_value_set_double (value, self->duration);
      break;
    case ZAB_PAD_PROP_PEAKS:
      g_value_set_object (value, self->peaks);
      break;
    case ZAB_PAD_PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case ZAB_PAD_PROP_POSITION:
      g_value_set_double (value, self->position);
      break;
    case ZAB_PAD_PROP_MISSING:
      g_value_set_boolean (value, self->missing);
      break;
    case ZAB_PAD_PROP_FADING:
      g_value_set_boolean (value, self->fading);
      break;
    case ZAB_PAD_PROP_ARMED:
      g_value_set_boolean (value, self->armed);
      break;
    default:
      if (id >= ZAB_PAD_PROP_MODE)
        zab_number_to_value (self->numbers[id - ZAB_PAD_PROP_MODE], value);
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zab_pad_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabPad *self = ZAB_PAD (object);

  if (id == ZAB_PAD_PROP_NAME)
    zab_pad_set_name (self, g_value_get_string (value));
  else
    zab_pad_set_number (self, id, zab_number_from_value (value));
}

static void
zab_pad_finalize (GObject *object)
{
  ZabPad *self = ZAB_PAD (object);

  g_clear_object (&self->file);
  g_clear_object (&self->loaded);
  g_clear_object (&self->kept);
  g_clear_object (&self->peaks);
  g_free (self->kept_name);
  g_free (self->name);
  g_free (self->stage);
  g_free (self->error);
  g_free (self->warning);
  G_OBJECT_CLASS (zab_pad_parent_class)->finalize (object);
}

static void
zab_pad_dispatch_properties_changed (GObject *object, guint n, GParamSpec **specs)
{
  G_OBJECT_CLASS (zab_pad_parent_class)->dispatch_properties_changed (object, n, specs);
  g_signal_emit (object, changed, 0);
}

static void
zab_pad_class_init (ZabPadClass *klass)
{
  const GParamFlags r = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = r | G_PARAM_WRITABLE | ZAB_PARAM_SETTING;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);

  object_class->dispatch_properties_changed = zab_pad_dispatch_properties_changed;
  object_class->finalize = zab_pad_finalize;
  object_class->get_property = zab_pad_get_property;
  object_class->set_property = zab_pad_set_property;

  props[ZAB_PAD_PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, ZAB_N_PADS - 1, 0, r);
  props[ZAB_PAD_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", rw);
  props[ZAB_PAD_PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE, r);
  props[ZAB_PAD_PROP_STATE]
      = g_param_spec_enum ("state", NULL, NULL, ZAB_TYPE_PAD_STATE, ZAB_PAD_EMPTY, r);
  props[ZAB_PAD_PROP_HAS_SAMPLE] = g_param_spec_boolean ("has-sample", NULL, NULL, FALSE, r);
  props[ZAB_PAD_PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, "", r);
  props[ZAB_PAD_PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, r);
  props[ZAB_PAD_PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, r);
  props[ZAB_PAD_PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, r);
  props[ZAB_PAD_PROP_DURATION] = g_param_spec_double ("duration", NULL, NULL, 0, G_MAXDOUBLE, 0, r);
  props[ZAB_PAD_PROP_PEAKS] = g_param_spec_object ("peaks", NULL, NULL, ZAB_TYPE_PEAKS, r);
  props[ZAB_PAD_PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, r);
  props[ZAB_PAD_PROP_POSITION] = g_param_spec_double ("position", NULL, NULL, 0, 1, 0, r);
  props[ZAB_PAD_PROP_MISSING] = g_param_spec_boolean ("missing", NULL, NULL, FALSE, r);
  props[ZAB_PAD_PROP_FADING] = g_param_spec_boolean ("fading", NULL, NULL, FALSE, r);
  props[ZAB_PAD_PROP_ARMED] = g_param_spec_boolean ("armed", NULL, NULL, FALSE, r);
  zab_pad_add_numbers (props);
  g_object_class_install_properties (object_class, ZAB_PAD_N_PROPS, props);
  changed = g_signal_new ("changed", ZAB_TYPE_PAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
}

static void
zab_pad_init (ZabPad *self)
{
  self->name = g_strdup ("");
  self->stage = g_strdup ("");
  self->fraction = -1;
  zab_pad_init_numbers (self);
}
