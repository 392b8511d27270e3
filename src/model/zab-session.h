/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-set.h"

G_BEGIN_DECLS

/* Joins the set to the engine: what is done to pads goes through here, and what the engine tells
 * comes back to the pads. Widgets know the session and the set, never the engine.
 *
 * Thread: main, every function; none of them blocks.
 *
 * Settings, properties that a set remembers (read-write):
 *   volume        double   0..1 linear, of everything
 *   tempo         double   20..999 quarter notes a minute, 120; exact to a thousandth
 *   metre-beats   guint    a bar has so many notes, 1..32, 4 ...
 *   metre-unit    guint    ... of which so many make a whole one: 1, 2, 4, 8 or 16, 4; what is
 *                          between means the lower
 *   quantise      ZabPadQuantise for the pads that follow; off
 *   exclusive     gboolean the start of a pad that loops stops all others that do
 *   speed         double   0.25..4, 1; multiplies that of all pads
 * Other properties:
 *   limiter       gboolean (read-write) TRUE: keeps the true peak of all sound below -0.5 dB, which
 *                          takes 64 frames. A preference (model/zab-preferences.h), and not the
 *                          set's: what plays on is the machine's affair
 *   transport-running
 *                 gboolean (read-write) bars and beats pass; while they don't, nothing waits
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
 *   used (GFile *file)      a sound has loaded that was chosen for a pad; none of a set's, and no
 *                          file that is the program's own
 *   learning               a setting is about to come from a file; what was edited before is done
 *   loader-event (GVariant *event)
 *                          what any load has to tell, after the pads have followed: a dictionary,
 *                          a{sv}, with "type" s, "id" u (the pad), "request" t, and what else
 *                          zab_loader_event_to_variant () gives
 *   audition-started (double seconds)  what is auditioned is there, and so long; 0: nobody knows
 *   audition-failed (char *text)  why what was to be auditioned cannot be heard, translated
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

/* What loader-event calls the load by that the pad waits for; 0: none. */
guint64 zab_session_get_request (ZabSession *self, guint pad);

void zab_session_retry (ZabSession *self, guint pad); /* a failed pad's file again */
void zab_session_dismiss_error (ZabSession *self,
                                guint       pad); /* or a warning: back to ready or empty */
void zab_session_cancel_load (ZabSession *self, guint pad);
void zab_session_cancel_all_loads (ZabSession *self);
void zab_session_clear (ZabSession *self, guint pad); /* empties it */

/* Put what is on pad @from on @to, with all its settings: as well, or in exchange, which with an
 * empty pad is a move. What is replaced fades away. */
void zab_session_copy_pad (ZabSession *self, guint from, guint to);
void zab_session_swap_pads (ZabSession *self, guint a, guint b);

void zab_session_play (ZabSession *self, guint pad, double velocity); /* 0..1 */
void zab_session_release (ZabSession *self, guint pad); /* let go: ends pads with a gate */
void zab_session_stop (ZabSession *self, guint pad);
void zab_session_stop_all (ZabSession *self);

/* Plays the first half minute of @file once, as soon as that is loaded, without putting it on a
 * pad: with the volume of all sound, whatever is mute, solo or waits for the bar. A newer audition
 * takes its place, stop_all () ends it, too; its memory is free again when it has ended by either.
 * The set does not change. */
void zab_session_audition (ZabSession *self, GFile *file);
void zab_session_stop_audition (ZabSession *self);

guint zab_session_get_bank (ZabSession *self);
void  zab_session_set_bank (ZabSession *self, guint bank);

double         zab_session_get_volume (ZabSession *self);
void           zab_session_set_volume (ZabSession *self, double volume);
double         zab_session_get_tempo (ZabSession *self);
void           zab_session_set_tempo (ZabSession *self, double tempo);
guint          zab_session_get_metre_beats (ZabSession *self);
void           zab_session_set_metre_beats (ZabSession *self, guint beats);
guint          zab_session_get_metre_unit (ZabSession *self);
void           zab_session_set_metre_unit (ZabSession *self, guint unit);
ZabPadQuantise zab_session_get_quantise (ZabSession *self);
void           zab_session_set_quantise (ZabSession *self, ZabPadQuantise quantise);
gboolean       zab_session_get_exclusive (ZabSession *self);
void           zab_session_set_exclusive (ZabSession *self, gboolean exclusive);
double         zab_session_get_speed (ZabSession *self);
void           zab_session_set_speed (ZabSession *self, double speed);
gboolean       zab_session_get_limiter (ZabSession *self);
void           zab_session_set_limiter (ZabSession *self, gboolean limiter);

/* From the first bar on. */
gboolean zab_session_get_transport_running (ZabSession *self);
void     zab_session_set_transport_running (ZabSession *self, gboolean running);

/* FALSE: the transport stands. @bar counts from 0, @beat in quarter notes from the bar's start;
 * both may be NULL. Read it once a frame. */
gboolean zab_session_get_bar_position (ZabSession *self, guint *bar, double *beat);

/* How loud all that goes out is, left and right, linear: the highest value since the last call, and
 * that of the last 1024 frames. Either may be NULL. Read it once a frame, in one place. */
void zab_session_read_master_meter (ZabSession *self, float peaks[2], float rms[2]);

/* By how many dB the limiter has turned down since the last call, at most; 0: it had nothing to do.
 */
double zab_session_read_limiter (ZabSession *self);

/* Brings playing, fading, armed, position and the meter of all pads up to date. TRUE while anything
 * sounds or is armed. */
gboolean zab_session_update_activity (ZabSession *self);

/* The same for those who draw nothing, every @period (µs): where a window has just done it, its
 * meters are left alone, and the answer is TRUE. */
gboolean zab_session_keep_activity (ZabSession *self, gint64 period);

/* Cancels the loads, stops the sound and lets go of everything; the session is of no use after. A
 * worker that looks at a sound just then frees it in a moment. */
void zab_session_shut_down (ZabSession *self);

G_END_DECLS
