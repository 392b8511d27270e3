/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"

G_BEGIN_DECLS

/* How the sound does, for a performer to trust. Thread: main.
 *
 * Properties (read-only, notify on change):
 *   rate     guint   Hz of the graph; 0 without sound
 *   quantum  guint   frames of a cycle; 0 without sound
 *   load     double  of the time that a cycle has, the share that the audio thread took, between
 *                    the last two updates
 *   missed   guint   cycles whose sound came too late, since the first update with sound or the
 *                    last reset
 *   summary  char *  rate and quantum in words, translated; "" without sound */
#define ZAB_TYPE_SOUND_STATUS (zab_sound_status_get_type ())
G_DECLARE_FINAL_TYPE (ZabSoundStatus, zab_sound_status, ZAB, SOUND_STATUS, GObject)

ZabSoundStatus *zab_sound_status_new (ZabSession *session);

/* Looks: call it once a second while someone watches. */
void zab_sound_status_update (ZabSoundStatus *self);

/* Counts missed cycles from 0 again. */
void zab_sound_status_reset (ZabSoundStatus *self);

G_END_DECLS
