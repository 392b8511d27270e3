/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pad's settings that are numbers. */
#include "model/zab-number.h"
#include "model/zab-pad-private.h"
#include "model/zab-settings.h"

static const double MAX_GAIN = 4.0;   /* linear */
static const double MAX_FADE = 10000; /* ms */
static const double MAX_TEMPO = 999;

void
zab_pad_set_number (ZabPad *self, guint prop, double number)
{
  g_return_if_fail (ZAB_IS_PAD (self));
  if (zab_number_set (&self->numbers[prop - ZAB_PAD_PROP_MODE], zab_pad_get_spec (prop), number))
    zab_pad_notify (self, prop);
}

static double
get_number (ZabPad *self, guint prop)
{
  g_return_val_if_fail (ZAB_IS_PAD (self), 0);
  return self->numbers[prop - ZAB_PAD_PROP_MODE];
}

void
zab_pad_init_numbers (ZabPad *self)
{
  for (guint i = 0; i < ZAB_PAD_N_NUMBERS; i++)
    self->numbers[i] = zab_number_get_default (zab_pad_get_spec (ZAB_PAD_PROP_MODE + i));
}

static const GParamFlags FLAGS
    = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY | ZAB_PARAM_SETTING;

static GParamSpec *
new_enum (const char *name, GType type, int value)
{
  return g_param_spec_enum (name, NULL, NULL, type, value, FLAGS);
}

static GParamSpec *
new_double (const char *name, double minimum, double maximum, double value)
{
  return g_param_spec_double (name, NULL, NULL, minimum, maximum, value, FLAGS);
}

static GParamSpec *
new_boolean (const char *name)
{
  return g_param_spec_boolean (name, NULL, NULL, FALSE, FLAGS);
}

static void
add_answers (GParamSpec **props)
{
  props[ZAB_PAD_PROP_MODE] = new_enum ("mode", ZAB_TYPE_PAD_MODE, ZAB_PAD_MODE_ONE_SHOT);
  props[ZAB_PAD_PROP_LOOP] = new_boolean ("loop");
  props[ZAB_PAD_PROP_RETRIGGER]
      = new_enum ("retrigger", ZAB_TYPE_PAD_RETRIGGER, ZAB_PAD_RETRIGGER_RESTART);
  props[ZAB_PAD_PROP_QUANTISE]
      = new_enum ("quantise", ZAB_TYPE_PAD_QUANTISE, ZAB_PAD_QUANTISE_FOLLOW);
  props[ZAB_PAD_PROP_CHOKE]
      = g_param_spec_uint ("choke", NULL, NULL, 0, ZAB_PAD_N_CHOKE_GROUPS, 0, FLAGS);
  props[ZAB_PAD_PROP_COLOR] = new_enum ("color", ZAB_TYPE_PAD_COLOR, ZAB_PAD_COLOR_NONE);
  props[ZAB_PAD_PROP_TEMPO] = new_double ("tempo", 0, MAX_TEMPO, 0);
}

static void
add_knobs (GParamSpec **props)
{
  props[ZAB_PAD_PROP_GAIN] = new_double ("gain", 0, MAX_GAIN, 1);
  props[ZAB_PAD_PROP_PAN] = new_double ("pan", -1, 1, 0);
  props[ZAB_PAD_PROP_SPEED] = new_double ("speed", 0.25, 4, 1);
  props[ZAB_PAD_PROP_EQ_LOW] = new_double ("eq-low", 0, MAX_GAIN, 1);
  props[ZAB_PAD_PROP_EQ_MID] = new_double ("eq-mid", 0, MAX_GAIN, 1);
  props[ZAB_PAD_PROP_EQ_HIGH] = new_double ("eq-high", 0, MAX_GAIN, 1);
  props[ZAB_PAD_PROP_MUTE] = new_boolean ("mute");
  props[ZAB_PAD_PROP_SOLO] = new_boolean ("solo");
  props[ZAB_PAD_PROP_ATTACK] = new_double ("attack", 0, MAX_FADE, 3);
  props[ZAB_PAD_PROP_RELEASE] = new_double ("release", 0, MAX_FADE, 3);
}

static void
add_cut (GParamSpec **props)
{
  props[ZAB_PAD_PROP_CROSSFADE] = new_double ("crossfade", 0, 100, 0);
  props[ZAB_PAD_PROP_START] = new_double ("start", 0, ZAB_PAD_MAX_SECONDS, 0);
  props[ZAB_PAD_PROP_END] = new_double ("end", 0, ZAB_PAD_MAX_SECONDS, 0);
  props[ZAB_PAD_PROP_LOOP_START] = new_double ("loop-start", 0, ZAB_PAD_MAX_SECONDS, 0);
  props[ZAB_PAD_PROP_LOOP_END] = new_double ("loop-end", 0, ZAB_PAD_MAX_SECONDS, 0);
  props[ZAB_PAD_PROP_PING_PONG] = new_boolean ("ping-pong");
  props[ZAB_PAD_PROP_REVERSE] = new_boolean ("reverse");
}

void
zab_pad_add_numbers (GParamSpec **props)
{
  add_answers (props);
  add_knobs (props);
  add_cut (props);
}

#define DEFINE_SETTING(Type, name, NAME)                                                           \
  Type zab_pad_get_##name (ZabPad *self)                                                           \
  {                                                                                                \
    return (Type)get_number (self, ZAB_PAD_PROP_##NAME);                                           \
  }                                                                                                \
  void zab_pad_set_##name (ZabPad *self, Type name)                                                \
  {                                                                                                \
    zab_pad_set_number (self, ZAB_PAD_PROP_##NAME, name);                                          \
  }

DEFINE_SETTING (ZabPadMode, mode, MODE)
DEFINE_SETTING (gboolean, loop, LOOP)
DEFINE_SETTING (ZabPadRetrigger, retrigger, RETRIGGER)
DEFINE_SETTING (ZabPadQuantise, quantise, QUANTISE)
DEFINE_SETTING (guint, choke, CHOKE)
DEFINE_SETTING (double, gain, GAIN)
DEFINE_SETTING (double, pan, PAN)
DEFINE_SETTING (double, speed, SPEED)
DEFINE_SETTING (double, eq_low, EQ_LOW)
DEFINE_SETTING (double, eq_mid, EQ_MID)
DEFINE_SETTING (double, eq_high, EQ_HIGH)
DEFINE_SETTING (gboolean, mute, MUTE)
DEFINE_SETTING (gboolean, solo, SOLO)
DEFINE_SETTING (double, attack, ATTACK)
DEFINE_SETTING (double, release, RELEASE)
DEFINE_SETTING (double, crossfade, CROSSFADE)
DEFINE_SETTING (double, start, START)
DEFINE_SETTING (double, end, END)
DEFINE_SETTING (double, loop_start, LOOP_START)
DEFINE_SETTING (double, loop_end, LOOP_END)
DEFINE_SETTING (gboolean, ping_pong, PING_PONG)
DEFINE_SETTING (gboolean, reverse, REVERSE)
DEFINE_SETTING (ZabPadColor, color, COLOR)
DEFINE_SETTING (double, tempo, TEMPO)
