/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-engine.h"

G_BEGIN_DECLS

/* Hearing a file that is on no pad. Thread: main, every function. */

enum
{
  ZAB_AUDITION_SECONDS = 30 /* that are heard, so that an hour sounds as soon as a minute */
};

/* Loads the beginning of @file beside the pads, like them and before them, and plays it once when
 * it is there, with the volume of all sound, whatever pads are mute, solo, in a group or wait for
 * the bar. A newer audition takes its place. @callback, or NULL, runs when it sounds, or will not;
 * no loader-event tells of it. */
void     zab_engine_audition_async (ZabEngine *self, GFile *file, GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean zab_engine_audition_finish (ZabEngine *self, GAsyncResult *result, GError **error);

/* Ends the audition, loaded or not, and frees its sample. */
void zab_engine_stop_audition (ZabEngine *self);

/* How long all of its file is, in seconds; 0 where that is not known, or none is loaded. */
double zab_engine_get_audition_duration (ZabEngine *self);

/* TRUE while it sounds. */
gboolean zab_engine_is_auditioning (ZabEngine *self);

G_END_DECLS
