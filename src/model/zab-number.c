/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-number.h"

#include <math.h>

double
zab_number_get_default (GParamSpec *spec)
{
  return zab_number_from_value (g_param_spec_get_default_value (spec));
}

static double
clamp (GParamSpec *spec, double value)
{
  if (G_IS_PARAM_SPEC_DOUBLE (spec))
    return CLAMP (value, G_PARAM_SPEC_DOUBLE (spec)->minimum, G_PARAM_SPEC_DOUBLE (spec)->maximum);
  if (G_IS_PARAM_SPEC_UINT (spec))
    return CLAMP (value, G_PARAM_SPEC_UINT (spec)->minimum, G_PARAM_SPEC_UINT (spec)->maximum);
  if (G_IS_PARAM_SPEC_ENUM (spec))
    return CLAMP (value, G_PARAM_SPEC_ENUM (spec)->enum_class->minimum,
                  G_PARAM_SPEC_ENUM (spec)->enum_class->maximum);
  g_return_val_if_fail (G_IS_PARAM_SPEC_BOOLEAN (spec), 0);
  return value < 0 || value > 0 ? 1 : 0;
}

gboolean
zab_number_set (double *number, GParamSpec *spec, double value)
{
  if (isnan (value))
    return FALSE;
  value = clamp (spec, value);
  if (!(*number < value) && !(*number > value))
    return FALSE;
  *number = value;
  return TRUE;
}

double
zab_number_from_value (const GValue *value)
{
  if (G_VALUE_HOLDS_DOUBLE (value))
    return g_value_get_double (value);
  if (G_VALUE_HOLDS_UINT (value))
    return g_value_get_uint (value);
  if (G_VALUE_HOLDS_ENUM (value))
    return g_value_get_enum (value);
  g_return_val_if_fail (G_VALUE_HOLDS_BOOLEAN (value), 0);
  return g_value_get_boolean (value);
}

void
zab_number_to_value (double number, GValue *value)
{
  if (G_VALUE_HOLDS_DOUBLE (value))
    g_value_set_double (value, number);
  else if (G_VALUE_HOLDS_UINT (value))
    g_value_set_uint (value, (guint)number);
  else if (G_VALUE_HOLDS_ENUM (value))
    g_value_set_enum (value, (gint)number);
  else
    g_value_set_boolean (value, number > 0);
}
