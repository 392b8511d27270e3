/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a number of a pad lies on a scale and reads in words: a gain in decibels, a speed in
 * semitones, a fade so that short ones have room. No widget is involved. Thread: any. */
typedef struct
{
  double lower, upper, step, page; /* of the scale */
  double mark;                     /* where its default is */
  double (*to_scale) (double value);
  double (*from_scale) (double at); /* with a detent at what is meant most often */
  char *(*to_text) (double value);
  gboolean sides; /* its left is the room's, whichever way one reads */
} ZabScaleUnit;

/* Of the setting of that name; NULL where it has no place on a scale. */
const ZabScaleUnit *zab_scale_unit_get (const char *setting);

G_END_DECLS
