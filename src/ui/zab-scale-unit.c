/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-scale-unit.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const double MIN_DB = -60;
static const double MAX_DB = 12;
static const double MAX_FADE = 10000; /* ms */

/* A minus is as wide as a plus; a hyphen is not. */
static char *
with_minus (char *text)
{
  char *signed_text;

  if (*text != '-')
    return text;
  signed_text = g_strconcat ("−", text + 1, NULL);
  g_free (text);
  return signed_text;
}

/* --- Decibels -------------------------------------------------------------------------------- */

static double
gain_to_decibels (double gain)
{
  return gain > 0 ? CLAMP (20 * log10 (gain), MIN_DB, MAX_DB) : MIN_DB;
}

static double
decibels_to_gain (double at)
{
  if (at <= MIN_DB)
    return 0;
  return fabs (at) < 0.45 ? 1 : pow (10, at / 20);
}

static char *
gain_to_text (double gain)
{
  const double decibels = 20 * log10 (gain);

  if (!(gain > 0))
    return g_strdup (C_ ("gain", "Off"));
  if (fabs (decibels) < 0.05)
    return g_strdup (_ ("0 dB"));
  return with_minus (g_strdup_printf (_ ("%+.1f dB"), decibels));
}

/* --- Left and right -------------------------------------------------------------------------- */

static double
pan_to_percent (double pan)
{
  return pan * 100;
}

static double
percent_to_pan (double at)
{
  return fabs (at) < 3 ? 0 : round (at) / 100;
}

static char *
pan_to_text (double pan)
{
  const double percent = round (fabs (pan) * 100);

  if (percent < 1)
    return g_strdup (C_ ("pan", "Center"));
  return pan < 0 ? g_strdup_printf (_ ("%.0f %% left"), percent)
                 : g_strdup_printf (_ ("%.0f %% right"), percent);
}

/* --- Speed ----------------------------------------------------------------------------------- */

static double
speed_to_semitones (double speed)
{
  return 12 * log2 (speed);
}

static double
semitones_to_speed (double at)
{
  return fabs (at) < 0.6 ? 1 : exp2 (at / 12);
}

static char *
speed_to_text (double speed)
{
  return g_strdup_printf ("%.2f×", speed);
}

/* --- Milliseconds ---------------------------------------------------------------------------- */

static double
fade_to_scale (double ms)
{
  return cbrt (ms / MAX_FADE);
}

/* Two or three digits are as much as a hand can mean. */
static double
scale_to_fade (double at)
{
  const double ms = MAX_FADE * at * at * at;
  const double unit = ms < 1 ? 0.01 : ms < 10 ? 0.1 : ms < 100 ? 1 : ms < 1000 ? 10 : 100;

  return round (ms / unit) * unit;
}

static double
keep (double value)
{
  return value;
}

static char *
ms_to_text (double ms)
{
  if (ms >= 999.5)
    return g_strdup_printf (_ ("%.1f s"), ms / 1000);
  if (ms > 0 && ms < 0.995)
    return g_strdup_printf (_ ("%.2f ms"), ms);
  if (ms < 9.95 && fabs (ms - round (ms)) >= 0.05)
    return g_strdup_printf (_ ("%.1f ms"), ms);
  return g_strdup_printf (_ ("%.0f ms"), ms);
}

static const ZabScaleUnit decibels
    = { -60, 12, 0.5, 3, 0, gain_to_decibels, decibels_to_gain, gain_to_text, FALSE };
static const ZabScaleUnit percent
    = { -100, 100, 5, 25, 0, pan_to_percent, percent_to_pan, pan_to_text, TRUE };
static const ZabScaleUnit semitones
    = { -24, 24, 1, 12, 0, speed_to_semitones, semitones_to_speed, speed_to_text, FALSE };
static const ZabScaleUnit fade
    = { 0, 1, 0.01, 0.1, 0, fade_to_scale, scale_to_fade, ms_to_text, FALSE };
static const ZabScaleUnit crossfade = { 0, 100, 1, 10, 0, keep, round, ms_to_text, FALSE };

static const struct
{
  const char         *setting;
  const ZabScaleUnit *unit;
} units[] = {
  { "gain", &decibels },    { "eq-low", &decibels }, { "eq-mid", &decibels },
  { "eq-high", &decibels }, { "pan", &percent },     { "speed", &semitones },
  { "attack", &fade },      { "release", &fade },    { "crossfade", &crossfade },
};

const ZabScaleUnit *
zab_scale_unit_get (const char *setting)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].setting, setting))
      return units[i].unit;
  return NULL;
}
