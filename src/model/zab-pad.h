/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/zab-pad-types.h"
#include "model/zab-peaks.h"

G_BEGIN_DECLS

/* One pad of the set: what the musician put on it and how it is doing. A view of state: ZabSession
 * is the one that changes it. Thread: main, every function. */

enum
{
  ZAB_PAD_N_CHOKE_GROUPS = 8,
  ZAB_PAD_MAX_SECONDS = 86400, /* of a point in a sound */
};

/* Settings, read-write; a set remembers them. They are heard at once, also by what plays:
 *   name       char *   of the sound: its file's until it is given another; "" on an empty pad
 *   mode       ZabPadMode
 *   loop       gboolean gate and toggle go round while they sound; loop always does, one-shot never
 *   retrigger  ZabPadRetrigger
 *   quantise   ZabPadQuantise
 *   choke      guint    a start stops the others of this group, 1..8; 0: none
 *   gain       double   linear, 0..4, 1
 *   pan        double   -1 left .. 1 right, 0; constant power
 *   speed      double   0.25..4, 1
 *   eq-low, eq-mid, eq-high
 *              double   linear, 0..4, 1; 0 kills the band
 *   mute, solo gboolean while any pad is solo, all others are mute
 *   attack, release
 *              double   ms, 0..10000, 3
 *   crossfade  double   ms, 0..100, 0: of the loop's seam
 *   start, end, loop-start, loop-end
 *              double   seconds from the sound's beginning, at speed 1; an end of 0 is the sound's.
 *                       The loop lies in what start and end leave. A range that is empty or outside
 *                       is the whole of what it is to be in
 *   ping-pong  gboolean the loop goes there and back
 *   reverse    gboolean
 *   color      ZabPadColor
 *   tempo      double   beats a minute of the sound, 0..999; 0: not known. At first what the file's
 *                       name says or, once it has loaded, its tags
 *
 * State, the session's to change:
 *   index      guint    0..215
 *   file       GFile *  that is loaded, or that a load is trying; NULL on an empty pad
 *   state      ZabPadState
 *   has-sample gboolean a sound is there to be played, whatever the state
 *   missing    gboolean the last load failed because its file is not there
 *   stage      char *   "Reading", "Decoding", ... translated; "" unless loading
 *   fraction   double   0..1; -1 unless loading or while it is not known
 *   error      char *   why the last load failed, in words; NULL unless failed
 *   warning    char *   what is wrong with a sound that loaded nevertheless; or NULL
 *   duration   double   seconds; 0 without a sample
 *   peaks      ZabPeaks * what the sound looks like; NULL until that is known
 *   playing    gboolean it sounds
 *   fading     gboolean it still sounds, but has been stopped or let go
 *   armed      gboolean it waits for its line of the grid, to start or to stop
 *   position   double   0..1 of the sound while playing (no notify: read it once a frame)
 *
 * All notify only on change. What sounds is brought up to date by zab_session_update_activity ().
 *
 * Signals:
 *   changed () after all that changed together has been notified: once for what shows the whole pad
 */
#define ZAB_TYPE_PAD (zab_pad_get_type ())
G_DECLARE_FINAL_TYPE (ZabPad, zab_pad, ZAB, PAD, GObject)

guint       zab_pad_get_index (ZabPad *self);
const char *zab_pad_get_name (ZabPad *self);
void        zab_pad_set_name (ZabPad *self, const char *name);
GFile      *zab_pad_get_file (ZabPad *self);
ZabPadState zab_pad_get_state (ZabPad *self);
gboolean    zab_pad_get_has_sample (ZabPad *self);
const char *zab_pad_get_stage (ZabPad *self);
double      zab_pad_get_fraction (ZabPad *self);
const char *zab_pad_get_error (ZabPad *self);
const char *zab_pad_get_warning (ZabPad *self);
double      zab_pad_get_duration (ZabPad *self);
ZabPeaks   *zab_pad_get_peaks (ZabPad *self); /* borrowed */
gboolean    zab_pad_get_playing (ZabPad *self);
double      zab_pad_get_position (ZabPad *self);
gboolean    zab_pad_get_missing (ZabPad *self);
gboolean    zab_pad_get_fading (ZabPad *self);
gboolean    zab_pad_get_armed (ZabPad *self);

/* How loud the pad is, after gain and pan: the louder of left and right, linear, as of the last
 * update_activity (). Either may be NULL. */
void zab_pad_read_meter (ZabPad *self, float *peak, float *rms);

/* Settings. */
ZabPadMode      zab_pad_get_mode (ZabPad *self);
void            zab_pad_set_mode (ZabPad *self, ZabPadMode mode);
gboolean        zab_pad_get_loop (ZabPad *self);
void            zab_pad_set_loop (ZabPad *self, gboolean loop);
ZabPadRetrigger zab_pad_get_retrigger (ZabPad *self);
void            zab_pad_set_retrigger (ZabPad *self, ZabPadRetrigger retrigger);
ZabPadQuantise  zab_pad_get_quantise (ZabPad *self);
void            zab_pad_set_quantise (ZabPad *self, ZabPadQuantise quantise);
guint           zab_pad_get_choke (ZabPad *self);
void            zab_pad_set_choke (ZabPad *self, guint choke);
double          zab_pad_get_gain (ZabPad *self);
void            zab_pad_set_gain (ZabPad *self, double gain);
double          zab_pad_get_pan (ZabPad *self);
void            zab_pad_set_pan (ZabPad *self, double pan);
double          zab_pad_get_speed (ZabPad *self);
void            zab_pad_set_speed (ZabPad *self, double speed);
double          zab_pad_get_eq_low (ZabPad *self);
void            zab_pad_set_eq_low (ZabPad *self, double eq_low);
double          zab_pad_get_eq_mid (ZabPad *self);
void            zab_pad_set_eq_mid (ZabPad *self, double eq_mid);
double          zab_pad_get_eq_high (ZabPad *self);
void            zab_pad_set_eq_high (ZabPad *self, double eq_high);
gboolean        zab_pad_get_mute (ZabPad *self);
void            zab_pad_set_mute (ZabPad *self, gboolean mute);
gboolean        zab_pad_get_solo (ZabPad *self);
void            zab_pad_set_solo (ZabPad *self, gboolean solo);
double          zab_pad_get_attack (ZabPad *self);
void            zab_pad_set_attack (ZabPad *self, double attack);
double          zab_pad_get_release (ZabPad *self);
void            zab_pad_set_release (ZabPad *self, double release);
double          zab_pad_get_crossfade (ZabPad *self);
void            zab_pad_set_crossfade (ZabPad *self, double crossfade);
double          zab_pad_get_start (ZabPad *self);
void            zab_pad_set_start (ZabPad *self, double start);
double          zab_pad_get_end (ZabPad *self);
void            zab_pad_set_end (ZabPad *self, double end);
double          zab_pad_get_loop_start (ZabPad *self);
void            zab_pad_set_loop_start (ZabPad *self, double loop_start);
double          zab_pad_get_loop_end (ZabPad *self);
void            zab_pad_set_loop_end (ZabPad *self, double loop_end);
gboolean        zab_pad_get_ping_pong (ZabPad *self);
void            zab_pad_set_ping_pong (ZabPad *self, gboolean ping_pong);
gboolean        zab_pad_get_reverse (ZabPad *self);
void            zab_pad_set_reverse (ZabPad *self, gboolean reverse);
ZabPadColor     zab_pad_get_color (ZabPad *self);
void            zab_pad_set_color (ZabPad *self, ZabPadColor color);
double          zab_pad_get_tempo (ZabPad *self);
void            zab_pad_set_tempo (ZabPad *self, double tempo);

/* "A1".."F36": bank letter and number within the bank. Static. */
const char *zab_pad_get_label (ZabPad *self);

G_END_DECLS
