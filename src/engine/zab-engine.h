/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/load/zab-loader-event.h"
#include "engine/output/zab-output-state.h"
#include "engine/resample/zab-converter.h"
#include "rt/zab-deadline-reading.h"
#include "rt/zab-launch.h"
#include "rt/zab-meter-reading.h"
#include "rt/zab-param.h"
#include "rt/zab-rt.h"
#include "rt/zab-sample.h"
#include "rt/zab-sinc-quality.h"

G_BEGIN_DECLS

/* What begins with two stars is GTK-Doc, of which the introspection and docs/api are made. */

/**
 * ZabEngine:
 *
 * Loads samples and plays them: owner of the loader and its channel, of the command ring, of the
 * mixer and of the output.
 *
 * Every function: Thread: the one that made the engine ("main"); none of them blocks. The engine
 * keeps that thread's default main context as its own; where it is run, the engine emits its
 * signals from it. A caller that runs no main loop calls [method@Engine.poll_loader_event] instead.
 *
 * Pads are 0 to 215.
 */

#define ZAB_TYPE_ENGINE (zab_engine_get_type ())
G_DECLARE_FINAL_TYPE (ZabEngine, zab_engine, ZAB, ENGINE, GObject)

/**
 * ZabEngine::loader-event:
 * @self: the engine
 * @event: what a load has to tell, in order
 *
 * Emitted for each event of each load.
 */

/**
 * ZabEngine:output-state:
 *
 * The output came, went or changed.
 */

/**
 * ZabEngine:rate:
 *
 * In Hz, of the samples and of the output; 0 while it is not known yet.
 */

/**
 * zab_engine_new:
 *
 * With sound: connects to PipeWire, and keeps trying where there is none. Loads wait until the
 * graph's rate is known or it is known that there is no daemon (then: 48000 Hz). When the graph
 * changes its rate, every pad's file is loaded again at the new one.
 *
 * Returns: (transfer full): an engine
 */
ZabEngine *zab_engine_new (void);

/**
 * zab_engine_new_offline:
 * @rate: Hz, 4000 to 384000
 *
 * Without sound: samples are loaded for @rate; the mixer is rendered by
 * [method@Engine.render_bytes] or not at all.
 *
 * Returns: (transfer full): an engine
 */
ZabEngine *zab_engine_new_offline (guint rate);

/**
 * zab_engine_load_sample_async:
 * @self: an engine
 * @pad: which pad
 * @file: what to load
 * @cancellable: (nullable): ends the request; what is connected to it may not call the engine
 * @callback: (scope async) (nullable): runs when the request has ended
 * @user_data: for @callback
 *
 * Loads @file on @pad and returns at once. The old sample stays and plays until the new one is
 * ready; a failure leaves it there. A newer request for the same pad cancels this one.
 */
void zab_engine_load_sample_async (ZabEngine *self, guint pad, GFile *file,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * zab_engine_load_sample_finish:
 * @self: an engine
 * @result: what the callback was given
 * @error: why not: a [error@LoadError], or %G_IO_ERROR_CANCELLED
 *
 * How the request has ended.
 *
 * Returns: %TRUE: the sample is on its pad and can be played
 */
gboolean zab_engine_load_sample_finish (ZabEngine *self, GAsyncResult *result, GError **error);

/**
 * zab_engine_get_request:
 * @self: an engine
 * @pad: which pad
 *
 * Tells events of this load from those of an older one.
 *
 * Returns: the id of the newest request for @pad that has not ended; 0 when there is none
 */
guint64 zab_engine_get_request (ZabEngine *self, guint pad);

/* Ends the pad's request, all requests. Each that had not ended gives CANCELLED. */
void zab_engine_cancel_load (ZabEngine *self, guint pad);
void zab_engine_cancel_all_loads (ZabEngine *self);

/* Requests for pads of @bank go first from now on. */
void zab_engine_set_visible_bank (ZabEngine *self, guint bank);

/**
 * zab_engine_poll_loader_event:
 * @self: an engine
 *
 * For callers that run no main loop; never waits.
 *
 * Returns: (transfer full) (nullable): the next event, or %NULL when there is none just now
 */
ZabLoaderEvent *zab_engine_poll_loader_event (ZabEngine *self);

/* The converter for the loads that follow. */
void zab_engine_set_converter (ZabEngine *self, ZabConverter converter);

/* How much memory all samples may take together, in bytes; 0 (at first): a quarter of the
 * machine's. A load that would pass it ends in an Error that says so; what is loaded stays. */
void    zab_engine_set_memory_limit (ZabEngine *self, guint64 limit);
guint64 zab_engine_get_memory_limit (ZabEngine *self);

/* Commands. FALSE: the ring to the audio thread is full and nothing has changed; or, for play_pad
 * (), there is no sound just now. @velocity is linear, 0..; a pad without a sample stays silent. */
gboolean zab_engine_play_pad (ZabEngine *self, guint pad, float velocity);
gboolean zab_engine_release_pad (ZabEngine *self, guint pad); /* let go: ends gated pads */
gboolean zab_engine_stop_pad (ZabEngine *self, guint pad);
gboolean zab_engine_stop_all (ZabEngine *self);
gboolean zab_engine_unload_pad (ZabEngine *self, guint pad);

/* How many commands can follow before one is refused. */
guint zab_engine_get_room (ZabEngine *self);

/* TRUE: sound runs, and there are commands that the audio thread has not taken yet. */
gboolean zab_engine_has_commands (ZabEngine *self);

/* The same at frame @time of the clock, exactly; what is past means at once. The clock is that of
 * the next block, so add the latency that you want to hide. */
gboolean zab_engine_play_pad_at (ZabEngine *self, guint pad, float velocity, guint64 time);
gboolean zab_engine_release_pad_at (ZabEngine *self, guint pad, guint64 time);
gboolean zab_engine_stop_pad_at (ZabEngine *self, guint pad, guint64 time);
guint64  zab_engine_get_clock (ZabEngine *self);

/* How a pad answers; see rt/zab-launch.h. */
gboolean zab_engine_set_pad_mode (ZabEngine *self, guint pad, ZabLaunchMode mode);
gboolean zab_engine_set_pad_retrigger (ZabEngine *self, guint pad, ZabRetrigger retrigger);
gboolean zab_engine_set_pad_loop (ZabEngine *self, guint pad, gboolean loop);
gboolean zab_engine_set_pad_quantise (ZabEngine *self, guint pad, ZabQuantise quantise);

/* What of a pad's sample is played, and what of that is looped, in frames of the sample that it
 * holds (zab_engine_get_rate ()); @end may be ZAB_TO_THE_END. Ranges that are empty or outside mean
 * the whole. They stay when another file is loaded, and follow when the graph changes its rate. All
 * four may change while the pad plays. */
gboolean zab_engine_set_pad_region (ZabEngine *self, guint pad, guint32 start, guint32 end);
gboolean zab_engine_set_pad_loop_range (ZabEngine *self, guint pad, guint32 start, guint32 end);
gboolean zab_engine_set_pad_ping_pong (ZabEngine *self, guint pad, gboolean ping_pong);
gboolean zab_engine_set_pad_reverse (ZabEngine *self, guint pad, gboolean reverse);

/* The start of a pad stops the others of its group, 1..8; 0: it has none. */
gboolean zab_engine_set_pad_choke (ZabEngine *self, guint pad, guint group);

/* The start of a pad that loops stops all others that loop. */
gboolean zab_engine_set_exclusive (ZabEngine *self, gboolean exclusive);

/* The transport. While it stands, nothing waits for a line of its grid. Tempo in quarter notes a
 * minute, 20..999, exact to a thousandth; a bar has @beats notes of which @unit make a whole one.
 */
gboolean zab_engine_start_transport (ZabEngine *self);
gboolean zab_engine_stop_transport (ZabEngine *self);
gboolean zab_engine_set_tempo (ZabEngine *self, double tempo);
gboolean zab_engine_set_metre (ZabEngine *self, guint beats, guint unit);
gboolean zab_engine_set_quantise (ZabEngine *self, ZabQuantise quantise);

/**
 * zab_engine_get_bar_position:
 * @self: an engine
 * @bar: (out) (optional): counts from 0
 * @beat: (out) (optional): in quarter notes from the bar's start
 *
 * Where the transport is.
 *
 * Returns: %TRUE while it runs
 */
gboolean zab_engine_get_bar_position (ZabEngine *self, guint *bar, double *beat);

/* How samples are read at other speeds than 1: 32 taps as a rule, or 64. */
gboolean zab_engine_set_quality (ZabEngine *self, ZabSincQuality quality);

/* Knobs, see rt/zab-param.h: never refused, never in the way of a command. */
void     zab_engine_set_pad_param (ZabEngine *self, guint pad, ZabParam param, float value);
void     zab_engine_set_master_param (ZabEngine *self, ZabParam param, float value);
gboolean zab_engine_set_pad_gain (ZabEngine *self, guint pad, float gain);
gboolean zab_engine_set_volume (ZabEngine *self, float volume);

/**
 * ZabPadActivity:
 * @playing: whether it sounds
 * @fading: all that it plays is ending
 * @waiting: for a line of the grid, to start or to stop
 * @position: of the newest voice, 0 to 1 of the sample; 0 when silent
 * @start: grows with each start of the pad, by any number; 0: there was none yet
 *
 * What a pad does at this moment.
 */
typedef struct
{
  gboolean playing;
  gboolean fading;
  gboolean waiting;
  double   position;
  guint64  start;
} ZabPadActivity;

/**
 * zab_engine_get_pad_activity:
 * @self: an engine
 * @pad: which pad
 * @activity: (out caller-allocates): what it does
 *
 * Cheap: read it once a frame.
 */
void zab_engine_get_pad_activity (ZabEngine *self, guint pad, ZabPadActivity *activity);

/**
 * zab_engine_read_pad_meter:
 * @self: an engine
 * @pad: which pad
 * @reading: (out caller-allocates): how loud it is, after gain and pan
 *
 * Read it once a frame.
 */
void zab_engine_read_pad_meter (ZabEngine *self, guint pad, ZabMeterReading *reading);

/**
 * zab_engine_read_master_meter:
 * @self: an engine
 * @reading: (out caller-allocates): how loud all is that goes out
 *
 * Read it once a frame.
 */
void zab_engine_read_master_meter (ZabEngine *self, ZabMeterReading *reading);

/* The lowest gain of the limiter since the last call, 1 while it had nothing to do. */
float zab_engine_read_limiter (ZabEngine *self);

ZabOutputState zab_engine_get_output_state (ZabEngine *self);
guint          zab_engine_get_rate (ZabEngine *self); /* Hz; 0 while it is not known yet */

/**
 * zab_engine_read_deadline:
 * @self: an engine
 * @reading: (out caller-allocates): all 0 offline
 *
 * How long the sound took, and how often it came too late, since the start.
 */
void zab_engine_read_deadline (ZabEngine *self, ZabDeadlineReading *reading);

/* Of the sample that the pad holds, in Hz; 0 where it holds none. */
guint zab_engine_get_pad_rate (ZabEngine *self, guint pad);

/* Offline engines only: the mixer takes all commands and knobs that have come; no time passes. */
void zab_engine_apply_commands (ZabEngine *self);

/**
 * zab_engine_render: (skip)
 * @self: an engine
 * @out: room for @n_frames interleaved stereo frames
 * @n_frames: how many
 *
 * Offline engines only: mixes the next frames.
 */
void zab_engine_render (ZabEngine *self, float *out, guint n_frames);

/**
 * zab_engine_render_bytes:
 * @self: an engine
 * @n_frames: how many
 *
 * The same for languages that have no pointers.
 *
 * Returns: (transfer full): interleaved stereo frames, each two native 32-bit floats
 */
GBytes *zab_engine_render_bytes (ZabEngine *self, guint n_frames);

/**
 * zab_engine_peek_sample: (skip)
 * @self: an engine
 * @pad: which pad
 *
 * Offline engines only.
 *
 * Returns: (nullable): what the pad holds, until it is loaded again; %NULL for an empty one
 */
const ZabSample *zab_engine_peek_sample (ZabEngine *self, guint pad);

/**
 * zab_engine_ref_sample: (skip)
 * @self: an engine
 * @pad: which pad
 *
 * The pad's sample, for whoever wants to read its frames, on any thread and for as long as he likes
 * (zab_sample_unref ()): only what says immutable in rt/zab-sample.h may be looked at.
 *
 * Returns: (nullable): %NULL for an empty pad
 */
const ZabSample *zab_engine_ref_sample (ZabEngine *self, guint pad);

/**
 * zab_engine_shut_down:
 * @self: an engine
 *
 * Ends every load (its event is Cancelled, if anyone still asks) and the sound, and frees all
 * samples. Waits for running jobs to notice, milliseconds as a rule. Every engine is shut down
 * before its last reference is dropped: requests under way hold references too.
 */
void zab_engine_shut_down (ZabEngine *self);

G_END_DECLS
