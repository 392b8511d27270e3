/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One pad of the set: what the musician put on it and how it is doing. A view of state: ZabSession
 * is the one that changes it. Thread: main, every function. */

typedef enum
{
  ZAB_PAD_EMPTY,   /* nothing on it */
  ZAB_PAD_WAITING, /* a load waits for its turn */
  ZAB_PAD_LOADING, /* a load runs: stage, fraction */
  ZAB_PAD_READY,   /* can be played */
  ZAB_PAD_FAILED,  /* the last load failed: error; has-sample tells whether an older sound plays */
} ZabPadState;

#define ZAB_TYPE_PAD_STATE (zab_pad_state_get_type ())
GType zab_pad_state_get_type (void);

/* Properties (name, loop and gain are settings, and read-write; the others are the session's to
 * change; notify only on change):
 *   index      guint    0..215
 *   name       char *   of the sound: its file's until it is given another; "" on an empty pad
 *   file       GFile *  that is loaded, or that a load is trying; NULL on an empty pad
 *   state      ZabPadState
 *   has-sample gboolean a sound is there to be played, whatever the state
 *   stage      char *   "Reading", "Decoding", ... translated; "" unless loading
 *   fraction   double   0..1; -1 unless loading or while it is not known
 *   error      char *   why the last load failed, in words; NULL unless failed
 *   warning    char *   what is wrong with a sound that loaded nevertheless; or NULL
 *   duration   double   seconds; 0 without a sample
 *   playing    gboolean
 *   position   double   0..1 of the sound while playing (no notify: read it once a frame)
 *   loop       gboolean loop or one-shot
 *   gain       double   linear, 0..4 */
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
gboolean    zab_pad_get_playing (ZabPad *self);
double      zab_pad_get_position (ZabPad *self);
gboolean    zab_pad_get_loop (ZabPad *self);
void        zab_pad_set_loop (ZabPad *self, gboolean loop);
double      zab_pad_get_gain (ZabPad *self);
void        zab_pad_set_gain (ZabPad *self, double gain);

/* "A1".."F36": bank letter and number within the bank. Static. */
const char *zab_pad_get_label (ZabPad *self);

G_END_DECLS
