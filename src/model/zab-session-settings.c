/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session's settings. */
#include "model/zab-number.h"
#include "model/zab-session-private.h"
#include "model/zab-settings.h"

static const double DEFAULT_VOLUME = 0.7;

/* What the engine takes: a metre of powers of two, and of the quantisations one that is a grid. */
static double
correct (guint prop, double number)
{
  guint unit = 16;

  if (prop == ZAB_SESSION_PROP_QUANTISE && number < ZAB_PAD_QUANTISE_OFF)
    return ZAB_PAD_QUANTISE_OFF;
  if (prop != ZAB_SESSION_PROP_METRE_UNIT)
    return number;
  while (unit > 1 && unit > number)
    unit /= 2;
  return unit;
}

void
zab_session_set_number (ZabSession *self, guint prop, double number)
{
  g_return_if_fail (ZAB_IS_SESSION (self));
  if (!zab_number_set (&self->numbers[prop - ZAB_SESSION_PROP_VOLUME], zab_session_get_spec (prop),
                       correct (prop, number)))
    return;
  zab_session_notify (self, prop);
}

static double
get_number (ZabSession *self, guint prop)
{
  g_return_val_if_fail (ZAB_IS_SESSION (self), 0);
  return self->numbers[prop - ZAB_SESSION_PROP_VOLUME];
}

void
zab_session_init_numbers (ZabSession *self)
{
  for (guint i = 0; i < ZAB_SESSION_N_NUMBERS; i++)
    self->numbers[i] = zab_number_get_default (zab_session_get_spec (ZAB_SESSION_PROP_VOLUME + i));
}

void
zab_session_add_numbers (GParamSpec **props)
{
  const GParamFlags flags
      = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY | ZAB_PARAM_SETTING;

  props[ZAB_SESSION_PROP_VOLUME]
      = g_param_spec_double ("volume", NULL, NULL, 0, 1, DEFAULT_VOLUME, flags);
  props[ZAB_SESSION_PROP_TEMPO] = g_param_spec_double ("tempo", NULL, NULL, 20, 999, 120, flags);
  props[ZAB_SESSION_PROP_METRE_BEATS]
      = g_param_spec_uint ("metre-beats", NULL, NULL, 1, 32, 4, flags);
  props[ZAB_SESSION_PROP_METRE_UNIT]
      = g_param_spec_uint ("metre-unit", NULL, NULL, 1, 16, 4, flags);
  props[ZAB_SESSION_PROP_QUANTISE] = g_param_spec_enum (
      "quantise", NULL, NULL, ZAB_TYPE_PAD_QUANTISE, ZAB_PAD_QUANTISE_OFF, flags);
  props[ZAB_SESSION_PROP_EXCLUSIVE] = g_param_spec_boolean ("exclusive", NULL, NULL, FALSE, flags);
  props[ZAB_SESSION_PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0.25, 4, 1, flags);
  props[ZAB_SESSION_PROP_LIMITER]
      = g_param_spec_boolean ("limiter", NULL, NULL, TRUE, flags & ~ZAB_PARAM_SETTING);
}

#define DEFINE_SETTING(Type, name, NAME)                                                           \
  Type zab_session_get_##name (ZabSession *self)                                                   \
  {                                                                                                \
    return (Type)get_number (self, ZAB_SESSION_PROP_##NAME);                                       \
  }                                                                                                \
  void zab_session_set_##name (ZabSession *self, Type name)                                        \
  {                                                                                                \
    zab_session_set_number (self, ZAB_SESSION_PROP_##NAME, name);                                  \
  }

DEFINE_SETTING (double, volume, VOLUME)
DEFINE_SETTING (double, tempo, TEMPO)
DEFINE_SETTING (guint, metre_beats, METRE_BEATS)
DEFINE_SETTING (guint, metre_unit, METRE_UNIT)
DEFINE_SETTING (ZabPadQuantise, quantise, QUANTISE)
DEFINE_SETTING (gboolean, exclusive, EXCLUSIVE)
DEFINE_SETTING (double, speed, SPEED)
DEFINE_SETTING (gboolean, limiter, LIMITER)
