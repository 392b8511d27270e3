/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-preferences.h"

#include "model/zab-session-private.h"
#include "zab-config.h"

enum
{
  PROP_0,
  PROP_LIMITER,
  PROP_CONVERTER,
  PROP_INTERPOLATION,
  PROP_MEMORY_LIMIT,
  PROP_KEY_LABELS,
  PROP_SQUARE_PADS,
  PROP_NEW_RELEASE,
  PROP_GLOBAL_SHORTCUTS,
  PROP_SOUNDS_FOLDER,
  PROP_REMEMBER_RECENT,
  PROP_INSPECTOR,
  N_PROPS
};

struct _ZabPreferences
{
  GObject parent_instance;

  ZabSession *session;
  GSettings  *settings; /* NULL without the schema */
  guint64     automatic_memory;
  GValue      values[N_PROPS];
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabPreferences, zab_preferences, G_TYPE_OBJECT)

static GType
get_converter_type (void)
{
  static gsize            type;
  static const GEnumValue values[] = {
    { ZAB_CONVERTER_FFT, "ZAB_CONVERTER_FFT", "fft" },
    { ZAB_CONVERTER_LIBSAMPLERATE, "ZAB_CONVERTER_LIBSAMPLERATE", "libsamplerate" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("ZabPreferredConverter", values));
  return type;
}

static GType
get_interpolation_type (void)
{
  static gsize            type;
  static const GEnumValue values[] = {
    { ZAB_SINC_NORMAL, "ZAB_SINC_NORMAL", "normal" },
    { ZAB_SINC_HIGH, "ZAB_SINC_HIGH", "high" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("ZabPreferredInterpolation", values));
  return type;
}

static void
apply (ZabPreferences *self, guint id)
{
  ZabEngine    *engine = zab_session_peek_engine (self->session);
  const GValue *value = &self->values[id];

  if (engine == NULL)
    return;
  if (id == PROP_LIMITER)
    zab_session_set_limiter (self->session, g_value_get_boolean (value));
  else if (id == PROP_CONVERTER)
    zab_engine_set_converter (engine, (ZabConverter)g_value_get_enum (value));
  else if (id == PROP_INTERPOLATION)
    zab_engine_set_quality (engine, (ZabSincQuality)g_value_get_enum (value));
  else if (id == PROP_NEW_RELEASE)
    self->session->new_release = g_value_get_double (value);
  else if (id == PROP_MEMORY_LIMIT)
    zab_engine_set_memory_limit (engine, g_value_get_uint (value) > 0
                                             ? (guint64)g_value_get_uint (value) << 20
                                             : self->automatic_memory);
}

guint64
zab_preferences_get_automatic_memory (ZabPreferences *self)
{
  g_return_val_if_fail (ZAB_IS_PREFERENCES (self), 0);
  return self->automatic_memory;
}

static void
zab_preferences_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_copy (&ZAB_PREFERENCES (object)->values[id], value);
}

static void
zab_preferences_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabPreferences *self = ZAB_PREFERENCES (object);

  if (g_param_values_cmp (pspec, value, &self->values[id]) == 0)
    return;
  g_value_copy (value, &self->values[id]);
  apply (self, id);
  g_object_notify_by_pspec (object, pspec);
}

static void
zab_preferences_dispose (GObject *object)
{
  ZabPreferences *self = ZAB_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_preferences_parent_class)->dispose (object);
}

static void
zab_preferences_finalize (GObject *object)
{
  for (guint i = 1; i < N_PROPS; i++)
    g_value_unset (&ZAB_PREFERENCES (object)->values[i]);
  G_OBJECT_CLASS (zab_preferences_parent_class)->finalize (object);
}

static void
zab_preferences_class_init (ZabPreferencesClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = zab_preferences_dispose;
  object_class->finalize = zab_preferences_finalize;
  object_class->get_property = zab_preferences_get_property;
  object_class->set_property = zab_preferences_set_property;
  properties[PROP_LIMITER] = g_param_spec_boolean ("limiter", NULL, NULL, TRUE, rw);
  properties[PROP_CONVERTER]
      = g_param_spec_enum ("converter", NULL, NULL, get_converter_type (), ZAB_CONVERTER_FFT, rw);
  properties[PROP_INTERPOLATION] = g_param_spec_enum (
      "interpolation", NULL, NULL, get_interpolation_type (), ZAB_SINC_NORMAL, rw);
  properties[PROP_MEMORY_LIMIT]
      = g_param_spec_uint ("memory-limit", NULL, NULL, 0, G_MAXUINT, 0, rw);
  properties[PROP_KEY_LABELS] = g_param_spec_boolean ("key-labels", NULL, NULL, TRUE, rw);
  properties[PROP_SQUARE_PADS] = g_param_spec_boolean ("square-pads", NULL, NULL, FALSE, rw);
  properties[PROP_NEW_RELEASE] = g_param_spec_double ("new-release", NULL, NULL, 0, 10000, 3, rw);
  properties[PROP_GLOBAL_SHORTCUTS]
      = g_param_spec_boolean ("global-shortcuts", NULL, NULL, FALSE, rw);
  properties[PROP_SOUNDS_FOLDER] = g_param_spec_string ("sounds-folder", NULL, NULL, "", rw);
  properties[PROP_REMEMBER_RECENT] = g_param_spec_boolean ("remember-recent", NULL, NULL, TRUE, rw);
  properties[PROP_INSPECTOR] = g_param_spec_boolean ("inspector", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
zab_preferences_init (ZabPreferences *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    {
      g_value_init (&self->values[i], G_PARAM_SPEC_VALUE_TYPE (properties[i]));
      g_param_value_set_default (properties[i], &self->values[i]);
    }
}

/* g_settings_new () would end the program where the schema is missing. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, ZAB_APP_ID, TRUE);
  if (schema != NULL)
    return g_settings_new_full (schema, NULL, NULL);
  g_info ("Preferences are not kept: there is no schema " ZAB_APP_ID);
  return NULL;
}

ZabPreferences *
zab_preferences_new (ZabSession *session)
{
  ZabPreferences *self;

  g_return_val_if_fail (ZAB_IS_SESSION (session), NULL);
  self = g_object_new (ZAB_TYPE_PREFERENCES, NULL);
  self->session = g_object_ref (session);
  self->automatic_memory = zab_engine_get_memory_limit (zab_session_peek_engine (session));
  self->settings = open_settings ();
  for (guint i = 1; i < N_PROPS; i++)
    {
      if (self->settings != NULL)
        g_settings_bind (self->settings, properties[i]->name, self, properties[i]->name,
                         G_SETTINGS_BIND_DEFAULT);
      apply (self, i);
    }
  g_object_bind_property (session, "limiter", self, "limiter", G_BINDING_DEFAULT);
  return self;
}
