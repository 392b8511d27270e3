/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-ruler.h"

#include <math.h>

static const double second_steps[] = {
  1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1,  0.2,
  0.5,  1,    2,    5,    10,   15,   30,   60,   120,  300,  600,  900,  1800, 3600,
};

static double
get_beat_step (const ZabWaveformRuler *self, guint i)
{
  static const double parts[] = { 1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0, 1 };

  if (i < G_N_ELEMENTS (parts))
    return parts[i];
  return self->beats_per_bar * pow (2, i - G_N_ELEMENTS (parts));
}

double
zab_waveform_ruler_get_step (const ZabWaveformRuler *self, double px_per_second, double min_px)
{
  const double min_units = min_px / MAX (px_per_second, 1e-9) / self->seconds_per_unit;
  guint        i = 0;

  if (self->beats_per_bar > 0)
    {
      while (get_beat_step (self, i) < min_units)
        i++;
      return get_beat_step (self, i);
    }
  while (i + 1 < G_N_ELEMENTS (second_steps) && second_steps[i] < min_units)
    i++;
  return second_steps[i];
}

double
zab_waveform_ruler_get_time (const ZabWaveformRuler *self, double step, gint64 i)
{
  return self->origin + (double)i * step * self->seconds_per_unit;
}

gint64
zab_waveform_ruler_get_index (const ZabWaveformRuler *self, double step, double seconds)
{
  return (gint64)floor ((seconds - self->origin) / (step * self->seconds_per_unit) + 1e-6);
}

char *
zab_waveform_format_time (double seconds, guint n_decimals)
{
  const double     unit = pow (10, n_decimals);
  const gint64     rounded = (gint64)llround (seconds * unit);
  const gint64     whole = rounded / (gint64)unit;
  const gint64     rest = rounded % (gint64)unit;
  g_autofree char *decimals = n_decimals > 0
                                  ? g_strdup_printf (".%0*" G_GINT64_FORMAT, (int)n_decimals, rest)
                                  : g_strdup ("");

  if (whole >= 3600)
    return g_strdup_printf ("%d:%02d:%02d%s", (int)(whole / 3600), (int)(whole / 60 % 60),
                            (int)(whole % 60), decimals);
  return g_strdup_printf ("%d:%02d%s", (int)(whole / 60), (int)(whole % 60), decimals);
}

static guint
count_decimals (double step)
{
  guint n = 0;

  while (step < 0.999 && n < 6)
    {
      step *= 10;
      n++;
    }
  return n;
}

/* Bars and beats are counted from 1; what is before the origin, from -1 downwards. */
static char *
format_beat (const ZabWaveformRuler *self, double beats)
{
  const double bars = floor (beats / self->beats_per_bar);
  const double beat = beats - bars * self->beats_per_bar;
  const int    number = (int)bars + (bars < 0 ? 0 : 1);

  if (beat < 1e-6)
    return g_strdup_printf ("%d", number);
  return g_strdup_printf ("%d.%.5g", number, beat + 1);
}

char *
zab_waveform_ruler_format (const ZabWaveformRuler *self, double step, gint64 i)
{
  if (self->beats_per_bar > 0)
    return format_beat (self, (double)i * step);
  return zab_waveform_format_time (zab_waveform_ruler_get_time (self, step, i),
                                   count_decimals (step));
}
