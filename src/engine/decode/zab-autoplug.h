/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "engine/decode/zab-byte-source.h"

G_BEGIN_DECLS

/* Decodes what no push chain is made for: decodebin finds out by itself, in threads of its own.
 * These have been seen to stop without a word, so every wait here has an end.
 *
 * Every function: Thread: any one at a time, never the main one. */
typedef struct _ZabAutoplug ZabAutoplug;

/* @source, which outlives the autoplug, belongs to it meanwhile. A decoder that neither takes nor
 * gives anything for @stall_limit microseconds has stopped answering. */
ZabAutoplug *zab_autoplug_new (ZabByteSource *source, const char *name, gint64 stall_limit,
                               GError **error);
void         zab_autoplug_free (ZabAutoplug *self);

/* The next raw audio (transfer full). NULL at the end, and on error. */
GstSample *zab_autoplug_next (ZabAutoplug *self, GCancellable *cancellable, GError **error);

/* How much of the source has been taken: 0..1. */
double zab_autoplug_get_fraction (ZabAutoplug *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabAutoplug, zab_autoplug_free)

G_END_DECLS
