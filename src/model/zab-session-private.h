/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-engine.h"
#include "model/zab-session.h"

G_BEGIN_DECLS

/* What the session's own files share, and what tests need. Thread: main. */

struct _ZabSession
{
  GObject parent_instance;

  ZabEngine    *engine; /* NULL once shut down */
  ZabSet       *set;
  GCancellable *cancellable;          /* of folders being read */
  guint64       requests[ZAB_N_PADS]; /* whose events the pad shows; 0: none */
  guint         bank;
  double        volume;
  guint         n_playing;
  gint64        active_until; /* monotonic µs */

  /* Loads since nothing was loading; one that takes another's place is the same load. */
  guint  n_asked;
  guint  n_ended;
  char  *summary;
  double fraction;
};

enum
{
  ZAB_SESSION_PROP_VOLUME = 1,
  ZAB_SESSION_PROP_BANK,
  ZAB_SESSION_PROP_HAS_SOUND,
  ZAB_SESSION_PROP_SOUND_STATUS,
  ZAB_SESSION_PROP_N_LOADING,
  ZAB_SESSION_PROP_LOAD_SUMMARY,
  ZAB_SESSION_PROP_LOAD_FRACTION,
  ZAB_SESSION_PROP_N_PLAYING,
  ZAB_SESSION_N_PROPS
};

void zab_session_notify (ZabSession *self, guint prop);

/* Emit open-set and found. */
void zab_session_ask_to_open (ZabSession *self, GFile *file);
void zab_session_tell_found (ZabSession *self, GFile *file);

/* Emits message. */
void zab_session_tell (ZabSession *self, const char *text);

void  zab_session_on_loader_event (ZabEngine *engine, ZabLoaderEvent *event, ZabSession *self);
guint zab_session_count_loading (ZabSession *self);

/* One load less: it ended, or nobody waits for it any more. */
void zab_session_count_ended (ZabSession *self);

/* Loads on an empty pad what a set remembers of it; the pad's settings stay. */
void zab_session_restore (ZabSession *self, guint pad, GFile *file, const char *name);

/* For tests: without sound. */
ZabSession *zab_session_new_offline (guint rate);
ZabEngine  *zab_session_peek_engine (ZabSession *self);

G_END_DECLS
