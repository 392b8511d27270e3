/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/decode/zab-decoder.h"

G_BEGIN_DECLS

/* Decodes in a thread of its own, some blocks ahead of the one that takes them: a long file is
 * decoded on one core while it is resampled on another. */
typedef struct _ZabReadAhead ZabReadAhead;

/* Goes on where @decoder (borrowed, and not to be touched meanwhile) stands. Thread: worker, every
 * function; one at a time. */
ZabReadAhead *zab_read_ahead_new (ZabDecoder *decoder, gsize block_frames,
                                  GCancellable *cancellable);

/* Waits for the thread, which looks for this between two blocks. */
void zab_read_ahead_free (ZabReadAhead *self);

/* The next block, valid until the next call: how many frames, 0 at the end, -1 on error; and how
 * much of the file is decoded with it. */
gssize zab_read_ahead_take (ZabReadAhead *self, const float **frames, double *fraction,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabReadAhead, zab_read_ahead_free)

G_END_DECLS
