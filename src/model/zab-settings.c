/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/zab-set-error.h"

enum
{
  MAX_STRING_LENGTH = 1024 /* bytes */
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(GParamSpec *const *)a)->name, (*(GParamSpec *const *)b)->name);
}

static GPtrArray *
find_settings (GObjectClass *klass)
{
  g_autofree GParamSpec **specs = NULL;
  GPtrArray              *settings = g_ptr_array_new ();
  guint                   n_specs;

  specs = g_object_class_list_properties (klass, &n_specs);
  for (guint i = 0; i < n_specs; i++)
    if ((specs[i]->flags & ZAB_PARAM_SETTING) != 0)
      g_ptr_array_add (settings, specs[i]);
  g_ptr_array_sort (settings, compare_names);
  return settings;
}

/* Found once for each class: a whole set asks for all of its pads while they load. Thread: any. */
static const GPtrArray *
get_settings (gpointer klass)
{
  static GMutex mutex;
  const GType   type = G_TYPE_FROM_CLASS (klass);
  const GQuark  quark = g_quark_from_static_string ("zab-settings");
  GPtrArray    *settings;

  g_mutex_lock (&mutex);
  settings = g_type_get_qdata (type, quark);
  if (settings == NULL)
    {
      settings = find_settings (G_OBJECT_CLASS (klass));
      g_type_set_qdata (type, quark, settings);
    }
  g_mutex_unlock (&mutex);
  return settings;
}

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node)
         && (json_node_get_value_type (node) == G_TYPE_INT64
             || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

static gboolean
is_of_type (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
read_integer (GParamSpec *spec, JsonNode *node, GValue *value)
{
  gint64 integer;

  if (!is_of_type (node, G_TYPE_INT64))
    return FALSE;
  integer = json_node_get_int (node);
  if (G_IS_PARAM_SPEC_UINT (spec))
    {
      g_value_set_uint (value, (guint)integer);
      return integer >= G_PARAM_SPEC_UINT (spec)->minimum
             && integer <= G_PARAM_SPEC_UINT (spec)->maximum;
    }
  g_value_set_int (value, (gint)integer);
  return integer >= G_PARAM_SPEC_INT (spec)->minimum && integer <= G_PARAM_SPEC_INT (spec)->maximum;
}

static gboolean
read_double (GParamSpec *spec, JsonNode *node, GValue *value)
{
  double number;

  if (!is_number (node))
    return FALSE;
  number = json_node_get_double (node);
  g_value_set_double (value, number);
  return number >= G_PARAM_SPEC_DOUBLE (spec)->minimum
         && number <= G_PARAM_SPEC_DOUBLE (spec)->maximum;
}

static gboolean
read_string (JsonNode *node, GValue *value)
{
  if (!is_of_type (node, G_TYPE_STRING))
    return FALSE;
  g_value_set_string (value, json_node_get_string (node));
  return strlen (json_node_get_string (node)) <= MAX_STRING_LENGTH;
}

static gboolean
read_enum (GParamSpec *spec, JsonNode *node, GValue *value)
{
  const GEnumValue *found = NULL;

  if (is_of_type (node, G_TYPE_STRING))
    found = g_enum_get_value_by_nick (G_PARAM_SPEC_ENUM (spec)->enum_class,
                                      json_node_get_string (node));
  if (found != NULL)
    g_value_set_enum (value, found->value);
  return found != NULL;
}

/* Initialises @value; FALSE when @node is nothing for it. */
static gboolean
read_value (GParamSpec *spec, JsonNode *node, GValue *value)
{
  g_value_init (value, G_PARAM_SPEC_VALUE_TYPE (spec));
  if (G_IS_PARAM_SPEC_BOOLEAN (spec) && is_of_type (node, G_TYPE_BOOLEAN))
    {
      g_value_set_boolean (value, json_node_get_boolean (node));
      return TRUE;
    }
  if (G_IS_PARAM_SPEC_UINT (spec) || G_IS_PARAM_SPEC_INT (spec))
    return read_integer (spec, node, value);
  if (G_IS_PARAM_SPEC_DOUBLE (spec))
    return read_double (spec, node, value);
  if (G_IS_PARAM_SPEC_STRING (spec))
    return read_string (node, value);
  return G_IS_PARAM_SPEC_ENUM (spec) && read_enum (spec, node, value);
}

static JsonNode *
write_value (GParamSpec *spec, const GValue *value)
{
  JsonNode *node = json_node_alloc ();

  if (G_IS_PARAM_SPEC_BOOLEAN (spec))
    return json_node_init_boolean (node, g_value_get_boolean (value));
  if (G_IS_PARAM_SPEC_UINT (spec))
    return json_node_init_int (node, g_value_get_uint (value));
  if (G_IS_PARAM_SPEC_INT (spec))
    return json_node_init_int (node, g_value_get_int (value));
  if (G_IS_PARAM_SPEC_DOUBLE (spec))
    return json_node_init_double (node, g_value_get_double (value));
  if (G_IS_PARAM_SPEC_ENUM (spec))
    return json_node_init_string (
        node, g_enum_get_value (G_PARAM_SPEC_ENUM (spec)->enum_class, g_value_get_enum (value))
                  ->value_nick);
  g_assert (G_IS_PARAM_SPEC_STRING (spec));
  return json_node_init_string (node, g_value_get_string (value));
}

gboolean
zab_settings_has (GType type, const char *name)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  GParamSpec *spec = g_object_class_find_property (G_OBJECT_CLASS (klass), name);

  /* GObject takes "a_b" for "a-b"; a set does not. */
  return spec != NULL && (spec->flags & ZAB_PARAM_SETTING) != 0 && g_str_equal (spec->name, name);
}

static void
refuse (const char *where, const char *name, GError **error)
{
  g_set_error (error, ZAB_SET_ERROR, ZAB_SET_ERROR_DAMAGED,
               _ ("%s has a “%s” that can’t be"), where, name);
}

gboolean
zab_settings_check (GType type, JsonObject *object, const char *where, GError **error)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (type);
  const GPtrArray *settings = get_settings (klass);

  for (guint i = 0; i < settings->len; i++)
    {
      GParamSpec *spec = settings->pdata[i];
      JsonNode   *node = json_object_get_member (object, spec->name);
      g_auto (GValue) value = G_VALUE_INIT;

      if (node == NULL || read_value (spec, node, &value))
        continue;
      refuse (where, spec->name, error);
      return FALSE;
    }
  return TRUE;
}

void
zab_settings_capture (GObject *source, JsonObject *object)
{
  const GPtrArray *settings = get_settings (G_OBJECT_GET_CLASS (source));

  for (guint i = 0; i < settings->len; i++)
    {
      GParamSpec *spec = settings->pdata[i];
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (source, spec->name, &value);
      if (g_param_values_cmp (spec, &value, g_param_spec_get_default_value (spec)) != 0)
        json_object_set_member (object, spec->name, write_value (spec, &value));
    }
}

void
zab_settings_apply (GObject *target, JsonObject *object)
{
  const GPtrArray *settings = get_settings (G_OBJECT_GET_CLASS (target));

  g_object_freeze_notify (target);
  for (guint i = 0; i < settings->len; i++)
    {
      GParamSpec *spec = settings->pdata[i];
      JsonNode   *node = object != NULL ? json_object_get_member (object, spec->name) : NULL;
      g_auto (GValue) value = G_VALUE_INIT;

      if (node != NULL && read_value (spec, node, &value))
        g_object_set_property (target, spec->name, &value);
      else
        g_object_set_property (target, spec->name, g_param_spec_get_default_value (spec));
    }
  g_object_thaw_notify (target);
}

gboolean
zab_settings_are_default (GObject *source)
{
  const GPtrArray *settings = get_settings (G_OBJECT_GET_CLASS (source));

  for (guint i = 0; i < settings->len; i++)
    {
      GParamSpec *spec = settings->pdata[i];
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (source, spec->name, &value);
      if (g_param_values_cmp (spec, &value, g_param_spec_get_default_value (spec)) != 0)
        return FALSE;
    }
  return TRUE;
}
