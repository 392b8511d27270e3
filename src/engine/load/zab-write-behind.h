/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Blocks of frames that are written, in order, by a thread behind the one that makes them: a file
 * is decoded on one core while it is resampled on another. Who makes them never wakes the other,
 * and writes them itself where there is no room, and at the end.
 *
 * Thread: worker, every function; one at a time. */
typedef struct _ZabWriteBehind ZabWriteBehind;

/* Called with one block after the other, in either thread, never in both. FALSE and an error: no
 * more of them. */
typedef gboolean (*ZabWriteFunc) (const float *frames, gsize n_frames, gpointer user_data,
                                  GError **error);

/* @block_size: floats in a block at most. */
ZabWriteBehind *zab_write_behind_new (gsize block_size, ZabWriteFunc write, gpointer user_data);

/* Waits for the block that is being written, and leaves out the rest. */
void zab_write_behind_free (ZabWriteBehind *self);

/* Where the next block is to be put. Waits until there is room, or makes it. NULL: writing has
 * failed. */
float *zab_write_behind_get_room (ZabWriteBehind *self);

/* There is a block of @n_frames now. */
void zab_write_behind_put (ZabWriteBehind *self, gsize n_frames);

/* All has been put: returns when all is written, and nothing is after it. FALSE and the writer's
 * error when it failed. */
gboolean zab_write_behind_finish (ZabWriteBehind *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabWriteBehind, zab_write_behind_free)

G_END_DECLS
