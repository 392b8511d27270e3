/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "rt/zab-mixer.h"

G_BEGIN_DECLS

/* A mixer and samples to play with it, in few words. */

enum
{
  RATE = 48000,
  ATTACK = RATE * 3 / 1000,
  RELEASE = RATE * 3 / 1000, /* of a stop */
  CUT = RATE * 5 / 1000,     /* of what something else takes the place of; and glides */
  LENGTH = 4800,             /* of most samples, frames */
};

/* All of its values are @value. */
ZabSample *sample_new (guint64 n_frames, guint channels, float value);
void       sample_free (ZabSample *sample);

ZabMixer *mixer_new (void);
void      mixer_free (ZabMixer *mixer);

/* How many samples came back, and are no more. */
guint free_retired (ZabMixer *mixer);

void   push (ZabMixer *mixer, ZabCommand command);
void   load (ZabMixer *mixer, guint pad, ZabSample *sample);
void   play (ZabMixer *mixer, guint pad, float velocity);
void   tell (ZabMixer *mixer, ZabCommandType type, guint pad);
void   set_loop (ZabMixer *mixer, guint pad, gboolean loop);
float *render (ZabMixer *mixer, guint n_frames);

/* How far up a fade is @step frames from its silent end. */
float fade (gint64 step, gint64 length);

G_END_DECLS
