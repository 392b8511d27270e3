/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-engine-audition.h"
#include "engine/zab-engine.h"
#include "model/zab-controls.h"
#include "model/zab-session.h"

G_BEGIN_DECLS

/* What the session's own files share, and what tests need. Thread: main. */

enum
{
  ZAB_SESSION_PROP_BANK = 1,
  ZAB_SESSION_PROP_HAS_SOUND,
  ZAB_SESSION_PROP_SOUND_STATUS,
  ZAB_SESSION_PROP_N_LOADING,
  ZAB_SESSION_PROP_LOAD_SUMMARY,
  ZAB_SESSION_PROP_LOAD_FRACTION,
  ZAB_SESSION_PROP_N_PLAYING,
  ZAB_SESSION_PROP_TRANSPORT_RUNNING,
  ZAB_SESSION_PROP_VOLUME, /* from here on: settings */
  ZAB_SESSION_PROP_TEMPO,
  ZAB_SESSION_PROP_METRE_BEATS,
  ZAB_SESSION_PROP_METRE_UNIT,
  ZAB_SESSION_PROP_QUANTISE,
  ZAB_SESSION_PROP_EXCLUSIVE,
  ZAB_SESSION_PROP_SPEED,
  ZAB_SESSION_PROP_LIMITER,
  ZAB_SESSION_N_PROPS,
  ZAB_SESSION_N_NUMBERS = ZAB_SESSION_N_PROPS - ZAB_SESSION_PROP_VOLUME
};

struct _ZabSession
{
  GObject parent_instance;

  ZabEngine    *engine; /* NULL once shut down */
  ZabSet       *set;
  ZabControls  *controls;             /* NULL once shut down */
  GCancellable *cancellable;          /* of folders being read */
  double        new_release;          /* ms, of empty pads that are loaded */
  guint64       requests[ZAB_N_PADS]; /* whose events the pad shows; 0: none */
  guint64       chosen[ZAB_N_PADS];   /* the last one for a file that was chosen */
  gboolean      learns; /* a setting comes from a file that has loaded: no edit of its own */
  guint         bank;
  double        numbers[ZAB_SESSION_N_NUMBERS]; /* the settings */
  gboolean      transport_running;
  guint         n_playing;
  gint64        active_until; /* monotonic µs */
  gint64        updated_at;   /* likewise: the activity */

  /* Peaks are computed for one pad at a time. */
  gboolean      wants_peaks[ZAB_N_PADS];
  guint         peaks_pad;         /* whose are being computed */
  GCancellable *peaks_cancellable; /* NULL: none are */

  /* Loads since nothing was loading; one that takes another's place is the same load. */
  guint  n_asked;
  guint  n_ended;
  char  *summary;
  double fraction;
};

void        zab_session_notify (ZabSession *self, guint prop);
GParamSpec *zab_session_get_spec (guint prop);

/* zab-session-settings.c. @props: the class's. */
void zab_session_init_numbers (ZabSession *self);
void zab_session_add_numbers (GParamSpec **props);
void zab_session_set_number (ZabSession *self, guint prop, double number);

/* Emit open-set, learning, found and used. */
void zab_session_ask_to_open (ZabSession *self, GFile *file);
void zab_session_tell_found (ZabSession *self, GFile *file);
void zab_session_tell_learning (ZabSession *self);
void zab_session_tell_used (ZabSession *self, GFile *file);

/* Emits message. */
void zab_session_tell (ZabSession *self, const char *text);

/* The audio thread is behind: rare, and gone in a moment. */
void zab_session_tell_when_refused (ZabSession *self, gboolean taken);

/* Emits activity. */
void zab_session_tell_activity (ZabSession *self);

/* Emits activity; update_activity () asks for a while to be called again, until the sound is there.
 */
void zab_session_look_on (ZabSession *self);

/* Emit audition-started, audition-failed. */
void zab_session_tell_audition_started (ZabSession *self, double seconds);
void zab_session_tell_audition_failed (ZabSession *self, const char *text);

/* FALSE: the mixer does not have all settings yet. */
gboolean zab_session_flush (ZabSession *self);

/* FALSE: refused, and told; nothing has changed. */
gboolean zab_session_try_clear (ZabSession *self, guint pad);

void  zab_session_on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, ZabSession *self);
guint zab_session_count_loading (ZabSession *self);

/* One load less: it ended, or nobody waits for it any more. */
void zab_session_count_ended (ZabSession *self);

/* Loads on an empty pad what a set remembers of it; the pad's settings stay. */
void zab_session_restore (ZabSession *self, guint pad, GFile *file, const char *name);

/* The file that the pad loads now was chosen for it. */
void zab_session_note_chosen (ZabSession *self, guint pad);

/* zab-session-peaks.c: each pad gets the peaks of its sound, soon after it has come. */
void zab_session_follow_peaks (ZabSession *self);
void zab_session_forget_peaks (ZabSession *self, guint pad);

/* For tests: without sound. */
ZabSession *zab_session_new_offline (guint rate);
ZabEngine  *zab_session_peek_engine (ZabSession *self);

G_END_DECLS
