/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-points.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const double SHORTEST = 0.001;      /* s, of what is played and of what is looped */
static const double LONGEST_FADE = 0.1;    /* s */
static const double FARTHEST_ZERO = 0.025; /* s; half a wave at 20 Hz */

const char *
zab_waveform_point_get_class (ZabWaveformPoint point)
{
  static const char *const classes[] = { "start", "end", "loop-start", "loop-end", "crossfade" };

  return classes[point];
}

const char *
zab_waveform_point_get_label (ZabWaveformPoint point)
{
  switch (point)
    {
    case ZAB_WAVEFORM_START:
      return C_ ("point of a sound", "Start");
    case ZAB_WAVEFORM_END:
      return C_ ("point of a sound", "End");
    case ZAB_WAVEFORM_LOOP_START:
      return C_ ("point of a sound", "Loop start");
    case ZAB_WAVEFORM_LOOP_END:
      return C_ ("point of a sound", "Loop end");
    case ZAB_WAVEFORM_CROSSFADE:
      return C_ ("point of a sound", "Crossfade");
    case ZAB_WAVEFORM_N_POINTS:
      break;
    }
  g_return_val_if_reached (NULL);
}

char *
zab_waveform_point_describe (ZabWaveformPoint point, ZabPad *pad)
{
  if (point == ZAB_WAVEFORM_CROSSFADE)
    return g_strdup_printf (_ ("%.1f ms"), zab_pad_get_crossfade (pad));
  return zab_waveform_format_time (zab_waveform_point_get (point, pad), 3);
}

/* --- Where they are -------------------------------------------------------------------------- */

/* @end: 0 is the last that there is. What is empty or outside is the whole, as it is played. */
static double
get_edge (double start, double end, double min, double max, gboolean at_end)
{
  start = MAX (start, min);
  end = end > 0 ? MIN (end, max) : max;
  if (start < end)
    return at_end ? end : start;
  return at_end ? max : min;
}

static double
get_region (ZabPad *pad, gboolean at_end)
{
  return get_edge (zab_pad_get_start (pad), zab_pad_get_end (pad), 0, zab_pad_get_duration (pad),
                   at_end);
}

static double
get_loop (ZabPad *pad, gboolean at_end)
{
  return get_edge (zab_pad_get_loop_start (pad), zab_pad_get_loop_end (pad),
                   get_region (pad, FALSE), get_region (pad, TRUE), at_end);
}

double
zab_waveform_point_get (ZabWaveformPoint point, ZabPad *pad)
{
  switch (point)
    {
    case ZAB_WAVEFORM_START:
      return get_region (pad, FALSE);
    case ZAB_WAVEFORM_END:
      return get_region (pad, TRUE);
    case ZAB_WAVEFORM_LOOP_START:
      return get_loop (pad, FALSE);
    case ZAB_WAVEFORM_LOOP_END:
      return get_loop (pad, TRUE);
    case ZAB_WAVEFORM_CROSSFADE:
      return MAX (get_loop (pad, FALSE), get_loop (pad, TRUE) - zab_pad_get_crossfade (pad) / 1000);
    case ZAB_WAVEFORM_N_POINTS:
      break;
    }
  g_return_val_if_reached (0);
}

void
zab_waveform_point_get_limits (ZabWaveformPoint point, ZabPad *pad, double *min, double *max)
{
  const double duration = zab_pad_get_duration (pad);
  const double shortest = MIN (SHORTEST, duration / 2);

  *min = 0;
  *max = duration;
  if (point == ZAB_WAVEFORM_START)
    *max = get_region (pad, TRUE) - shortest;
  else if (point == ZAB_WAVEFORM_END)
    *min = get_region (pad, FALSE) + shortest;
  else if (point == ZAB_WAVEFORM_LOOP_START)
    {
      *min = get_region (pad, FALSE);
      *max = MAX (*min, get_loop (pad, TRUE) - shortest);
    }
  else if (point == ZAB_WAVEFORM_LOOP_END)
    {
      *max = get_region (pad, TRUE);
      *min = MIN (*max, get_loop (pad, FALSE) + shortest);
    }
  else
    {
      *max = get_loop (pad, TRUE);
      *min = MAX (get_loop (pad, FALSE), *max - LONGEST_FADE);
    }
}

/* An end that is the sound's own is 0, so that it stays the end when another sound comes. */
void
zab_waveform_point_set (ZabWaveformPoint point, ZabPad *pad, double seconds)
{
  double min, max;

  zab_waveform_point_get_limits (point, pad, &min, &max);
  seconds = CLAMP (seconds, min, max);
  switch (point)
    {
    case ZAB_WAVEFORM_START:
      zab_pad_set_start (pad, seconds);
      break;
    case ZAB_WAVEFORM_END:
      zab_pad_set_end (pad, seconds < max ? seconds : 0);
      break;
    case ZAB_WAVEFORM_LOOP_START:
      zab_pad_set_loop_start (pad, seconds > min ? seconds : 0);
      break;
    case ZAB_WAVEFORM_LOOP_END:
      zab_pad_set_loop_end (pad, seconds < max ? seconds : 0);
      break;
    case ZAB_WAVEFORM_CROSSFADE:
      zab_pad_set_crossfade (pad, (max - seconds) * 1000);
      break;
    case ZAB_WAVEFORM_N_POINTS:
      break;
    }
}

gboolean
zab_waveform_point_is_shown (ZabWaveformPoint point, ZabPad *pad)
{
  return point == ZAB_WAVEFORM_START || point == ZAB_WAVEFORM_END
         || zab_pad_get_mode (pad) == ZAB_PAD_MODE_LOOP;
}

/* --- What draws them ------------------------------------------------------------------------- */

static double
pull_to_grid (const ZabWaveformMagnet *self, double seconds)
{
  const gint64 before = zab_waveform_ruler_get_index (self->grid, self->grid_step, seconds);
  const double low = zab_waveform_ruler_get_time (self->grid, self->grid_step, before);
  const double high = zab_waveform_ruler_get_time (self->grid, self->grid_step, before + 1);

  return seconds - low < high - seconds ? low : high;
}

static double
pull_to_zero (const ZabWaveformMagnet *self, double seconds, double reach)
{
  const double  rate = zab_peaks_get_rate (self->zero);
  const guint64 frame = (guint64)llround (MAX (0, seconds) * rate);
  const guint64 far = (guint64)(MIN (reach, FARTHEST_ZERO) * rate);

  return (double)zab_peaks_find_zero (self->zero, frame, far) / rate;
}

double
zab_waveform_magnet_pull (const ZabWaveformMagnet *self, double seconds)
{
  if (self->grid != NULL)
    return pull_to_grid (self, seconds);
  if (self->zero != NULL)
    return pull_to_zero (self, seconds, self->reach);
  return seconds;
}

double
zab_waveform_magnet_step (const ZabWaveformMagnet *self, double seconds, double step)
{
  if (self->grid != NULL)
    {
      const double line = self->grid_step * self->grid->seconds_per_unit;
      const double n_lines = MAX (1, round (fabs (step) / line));

      return pull_to_grid (self, seconds + (step < 0 ? -n_lines : n_lines) * line);
    }
  /* A pull of less than the step never leads back. */
  if (self->zero != NULL)
    return pull_to_zero (self, seconds + step, fabs (step) / 2);
  return seconds + step;
}
