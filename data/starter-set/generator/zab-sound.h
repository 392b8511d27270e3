/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A canvas that events are painted on: two channels of double precision, full scale at 1. */
typedef struct
{
  double  rate;
  size_t  n_frames;
  double *left;
  double *right;
} ZabSound;

/* The gains of a place between left (-1) and right (1), equal in power. */
typedef struct
{
  double left;
  double right;
} ZabPan;

ZabSound *zab_sound_new (double rate, double seconds);
void      zab_sound_free (ZabSound *self);

ZabPan zab_pan (double place);
size_t zab_sound_frame_at (const ZabSound *self, double seconds);

/* Wraps what rings on after @n_frames around to the start, as often as it takes: the loop of
 * @n_frames that has played for ever. */
void zab_sound_fold (ZabSound *self, size_t n_frames);

/* Ends where nothing can be heard any more, with a short fade. */
void zab_sound_trim (ZabSound *self);

void   zab_sound_remove_dc (ZabSound *self);
void   zab_sound_to_mono (ZabSound *self);
void   zab_sound_saturate (ZabSound *self, double drive);
double zab_sound_peak (const ZabSound *self);
void   zab_sound_scale (ZabSound *self, double gain);

static inline void
zab_sound_put (ZabSound *self, size_t frame, double value, ZabPan pan)
{
  if (frame >= self->n_frames)
    return;
  self->left[frame] += value * pan.left;
  self->right[frame] += value * pan.right;
}
