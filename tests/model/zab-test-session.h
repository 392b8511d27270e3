/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-engine-private.h"
#include "lib/zab-test.h"
#include "model/zab-session-private.h"

G_BEGIN_DECLS

/* A session without sound and limiter, at 48000 Hz, a folder of sounds for it, and a gate that
 * holds its workers. Thread: main, but for the gate. */

enum
{
  ZAB_TEST_SESSION_RATE = 48000,
  ZAB_TEST_SESSION_FRAMES = 1000, /* of each sound */
};

typedef struct
{
  ZabSession *session;
  ZabEngine  *engine; /* a reference */
  char       *dir;
  GPtrArray  *messages; /* what the session told, char * */

  GMutex       lock;
  GCond        changed;
  gboolean     closed;
  ZabLoadStage stage;  /* at which the gate holds */
  guint        n_held; /* workers that it holds */
} ZabTestSession;

void zab_test_session_init (ZabTestSession *self);

/* Shuts down, and sees that nothing of the session, the engine and their samples is left. */
void zab_test_session_clear (ZabTestSession *self);

/* Workers that come to @stage are held from now on; until now. */
void  zab_test_session_close_gate (ZabTestSession *self, ZabLoadStage stage);
void  zab_test_session_open_gate (ZabTestSession *self);
guint zab_test_session_get_n_held (ZabTestSession *self);

/* Writes a mono sound of the counter signal from @first on, at 48000 Hz: dir/name. */
GFile *zab_test_session_make_sound (ZabTestSession *self, const char *name, guint64 first);
GFile *zab_test_session_get_file (ZabTestSession *self, const char *name);

ZabPad *zab_test_session_get_pad (ZabTestSession *self, guint pad);

/* Makes the sound, loads it, and waits until it is there. */
void zab_test_session_load_sound (ZabTestSession *self, guint pad, const char *name, guint64 first);

/* The pad's sample is the sound that make_sound () wrote with @first. */
void zab_test_session_assert_sound (ZabTestSession *self, guint pad, guint64 first);

/* load-summary, n-loading and load-fraction. */
void zab_test_session_assert_loading (ZabTestSession *self, guint n_loading, const char *summary,
                                      double fraction);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZabTestSession, zab_test_session_clear)

G_END_DECLS
