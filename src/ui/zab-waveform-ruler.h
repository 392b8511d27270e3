/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The lines of a ruler, in seconds or in beats. Thread: any. */
typedef struct
{
  double seconds_per_unit; /* 1, or how long a beat is */
  double origin;           /* seconds, where the units are counted from */
  guint  beats_per_bar;    /* 0: it counts seconds */
} ZabWaveformRuler;

/* So many units are between two lines, at least @min_px apart where a second takes @px_per_second:
 * 1, 2, 5, 10, ... and their parts; minutes and hours by 15 and 30; halves of beats, bars. */
double zab_waveform_ruler_get_step (const ZabWaveformRuler *self, double px_per_second,
                                    double min_px);

/* The line number @i of those that are @step units apart, counted from the origin. */
double zab_waveform_ruler_get_time (const ZabWaveformRuler *self, double step, gint64 i);
gint64 zab_waveform_ruler_get_index (const ZabWaveformRuler *self, double step, double seconds);

/* What stands at it: "1:05", "0:00.25"; "3" or "3.2" for bar 3 and its second beat. Not translated:
 * digits. */
char *zab_waveform_ruler_format (const ZabWaveformRuler *self, double step, gint64 i);

/* A time as exact as it is told: "1:05.250" */
char *zab_waveform_format_time (double seconds, guint n_decimals);

G_END_DECLS
