/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/* The rear part of an Opus stream, decoded by the helper while the front is decoded by whoever
 * loads the file: a loop is there in half the time.
 *
 * What Opus packets decode to depends on those before, less and less: RFC 7845 (4.6) wants 80 ms of
 * them before a place that is sought. Here no difference is wanted at all. So the helper begins
 * well before the middle, both decode the same stretch, and the rear is taken when both have given
 * the same frames, to the last bit, for a third of a second. Where they never do, or the helper
 * is late, the front goes on to the end and nothing is lost.
 *
 * Every function: Thread: the one that loads the file. */
typedef struct _ZabTail ZabTail;

/* Has the helper decode the last part of @packets (of GstBuffer: all that the stream holds), on a
 * chain as zab_push_chain_new () makes it. NULL: the stream is too short or damaged, or there is
 * no one to help. */
ZabTail *zab_tail_start (GstCaps *caps, GQueue *packets, GCancellable *cancellable);
void     zab_tail_free (ZabTail *self);

/* To be told what the front decodes to, in order and from the first frame on. TRUE: what follows
 * @sample is here, see zab_tail_pull (). */
gboolean zab_tail_continues (ZabTail *self, GstSample *sample);

/* It will probably continue the front's next sample, however short. */
gboolean zab_tail_is_ready (ZabTail *self);

/* The next of what follows (transfer full); NULL at the end. */
GstSample *zab_tail_pull (ZabTail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabTail, zab_tail_free)

G_END_DECLS
