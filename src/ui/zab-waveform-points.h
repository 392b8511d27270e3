/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-pad.h"
#include "ui/zab-waveform-ruler.h"

G_BEGIN_DECLS

/* The places in a pad's sound that can be moved, all told in seconds from its beginning: where the
 * crossfade of a loop begins, too. Thread: main. */
typedef enum
{
  ZAB_WAVEFORM_START,
  ZAB_WAVEFORM_END,
  ZAB_WAVEFORM_LOOP_START,
  ZAB_WAVEFORM_LOOP_END,
  ZAB_WAVEFORM_CROSSFADE,
  ZAB_WAVEFORM_N_POINTS
} ZabWaveformPoint;

/* Its CSS class: "loop-start". And its name, translated. */
const char *zab_waveform_point_get_class (ZabWaveformPoint point);
const char *zab_waveform_point_get_label (ZabWaveformPoint point);

/* Where it is, in words: "0:01.250"; "20 ms" for the crossfade. */
char *zab_waveform_point_describe (ZabWaveformPoint point, ZabPad *pad);

double zab_waveform_point_get (ZabWaveformPoint point, ZabPad *pad);

/* As near to @seconds as the other points let it come. */
void zab_waveform_point_set (ZabWaveformPoint point, ZabPad *pad, double seconds);
void zab_waveform_point_get_limits (ZabWaveformPoint point, ZabPad *pad, double *min, double *max);

/* Loops have loop points. */
gboolean zab_waveform_point_is_shown (ZabWaveformPoint point, ZabPad *pad);

/* What points are drawn to. */
typedef struct
{
  const ZabWaveformRuler *grid;      /* to its lines, @grid_step apart; or NULL */
  double                  grid_step; /* units */
  ZabPeaks               *zero;      /* to where its sound crosses zero; or NULL */
  double                  reach;     /* seconds, how far that may be */
} ZabWaveformMagnet;

double zab_waveform_magnet_pull (const ZabWaveformMagnet *self, double seconds);

/* The next place in the direction of @sign that is at least @step away, and one that attracts. */
double zab_waveform_magnet_step (const ZabWaveformMagnet *self, double seconds, double step);

G_END_DECLS
