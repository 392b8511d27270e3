/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-set.h"

G_BEGIN_DECLS

/* Joins the set to the engine: what is done to pads goes through here, and what the engine tells
 * comes back to the pads. Widgets know the session and the set, never the engine.
 *
 * Thread: main, every function; none of them blocks.
 *
 * Properties:
 *   volume        double   0..1 linear, of everything (read-write)
 *   bank          guint    the visible one, 0..5; its pads load first (read-write)
 *   has-sound     gboolean PipeWire plays
 *   sound-status  char *   the output's state in words, translated
 *   n-loading     guint    loads that have not ended
 *   load-summary  char *   "Loading sound 3 of 12…", translated; "" when nothing loads
 *   load-fraction double   of all the loads under way together, 0..1
 *   n-playing     guint    pads that sound, kept by update_activity ()
 * Signals:
 *   message (char *text)   something to tell the musician in passing (a toast), translated
 *   open-set (GFile *file)  a set was among the files that were to be loaded on pads
 *   found (GFile *file)     this one was put on a pad whose own file is missing
 *   loader-event (ZabLoaderEvent *event)
 *                          what the engine tells of any load, after the pads have followed
 *   activity               something may sound now: call update_activity () once a frame until it
 *                          returns FALSE */
#define ZAB_TYPE_SESSION (zab_session_get_type ())
G_DECLARE_FINAL_TYPE (ZabSession, zab_session, ZAB, SESSION, GObject)

/* With sound, through PipeWire. */
ZabSession *zab_session_new (void);

ZabSet *zab_session_get_set (ZabSession *self);

/* Loads @file on the pad. */
void zab_session_load (ZabSession *self, guint pad, GFile *file);

/* Loads @files (an array of GFile; folders stand for the audio files in them, in natural
 * order) on consecutive pads from @first_pad on. A set among them is for who opens sets (open-set),
 * and the others stay where they are. What does not fit is told in a message. Folders are read
 * asynchronously. */
void zab_session_load_files (ZabSession *self, guint first_pad, GPtrArray *files);

/* How many pads load_files () would fill with @files; folders are counted asynchronously. For
 * showing where a drop will land. Finish returns the count, -1 on error or cancellation. */
void zab_session_count_files_async (ZabSession *self, GPtrArray *files, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
gint zab_session_count_files_finish (ZabSession *self, GAsyncResult *result, GError **error);

/* Loads the sounds that come with the program on the first bank. */
void zab_session_load_starter_set (ZabSession *self);

void zab_session_retry (ZabSession *self, guint pad); /* a failed pad's file again */
void zab_session_dismiss_error (ZabSession *self,
                                guint       pad); /* or a warning: back to ready or empty */
void zab_session_cancel_load (ZabSession *self, guint pad);
void zab_session_cancel_all_loads (ZabSession *self);
void zab_session_clear (ZabSession *self, guint pad); /* empties it */

void zab_session_play (ZabSession *self, guint pad, double velocity); /* 0..1 */
void zab_session_stop (ZabSession *self, guint pad);
void zab_session_stop_all (ZabSession *self);

guint  zab_session_get_bank (ZabSession *self);
void   zab_session_set_bank (ZabSession *self, guint bank);
double zab_session_get_volume (ZabSession *self);
void   zab_session_set_volume (ZabSession *self, double volume);

/* Brings playing and position of all pads up to date. TRUE while anything sounds. */
gboolean zab_session_update_activity (ZabSession *self);

/* Cancels the loads, stops the sound and lets go of everything; the session is of no use after. */
void zab_session_shut_down (ZabSession *self);

G_END_DECLS
