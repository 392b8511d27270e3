/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <fcntl.h>

#include "engine/zab-sample-memory.h"
#include "rt/zab-sample.h"

G_BEGIN_DECLS

/* The memory of a sample while a load fills it, frame by frame, until it becomes immutable. Pages
 * are mapped from the system, grow in place where they can, and are faulted in by being written.
 * A shared one is of memfds that are sealed and handed to another process; here they are not
 * mapped.
 *
 * Thread: any one at a time (a worker in the program). */
typedef struct _ZabSampleBuffer ZabSampleBuffer;

enum
{
  ZAB_SAMPLE_PART = 1 << 19, /* bytes of all parts of a shared one but the last */
  ZAB_SAMPLE_SEALS = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE
};

/* @channels 1 or 2; @rate in Hz. The memory's budget is charged for each page. */
ZabSampleBuffer *zab_sample_buffer_new (ZabSampleMemory *memory, guint channels, guint rate);

/* Called with each part but the last, full and sealed (@fd borrowed), as soon as there is more. */
typedef void (*ZabSamplePartFunc) (int fd, gpointer user_data);
ZabSampleBuffer *zab_sample_buffer_new_shared (ZabSampleMemory *memory, guint channels, guint rate,
                                               ZabSamplePartFunc hand_over, gpointer user_data);
void             zab_sample_buffer_free (ZabSampleBuffer *self);

/* Maps room for @n_frames after those that are there, at once and without touching it. FALSE and
 * ZAB_LOAD_ERROR_TOO_LARGE when there is not so much. */
gboolean zab_sample_buffer_expect (ZabSampleBuffer *self, guint64 n_frames, GError **error);

/* Makes room for @n_frames after those that are there and returns where they go, or NULL and
 * ZAB_LOAD_ERROR_TOO_LARGE. The pointer holds until the next call. */
float *zab_sample_buffer_reserve (ZabSampleBuffer *self, guint64 n_frames, GError **error);

/* @n_frames of the room were written. FALSE and ZAB_LOAD_ERROR_TOO_LARGE: the system has no memory
 * for them, which only a shared one finds out here. */
gboolean zab_sample_buffer_commit (ZabSampleBuffer *self, guint64 n_frames, GError **error);

/* Both at once, of @frames that are there already. */
gboolean zab_sample_buffer_append (ZabSampleBuffer *self, const float *frames, guint64 n_frames,
                                   GError **error);

guint64 zab_sample_buffer_get_n_frames (const ZabSampleBuffer *self);
guint   zab_sample_buffer_get_channels (const ZabSampleBuffer *self);

/* Ends a shared buffer: gives back what is beyond the frames and seals the last part, so that
 * nobody can change them any more. The buffer's own descriptor, or -1 and an error. */
int zab_sample_buffer_seal (ZabSampleBuffer *self, GError **error);

/* What so many frames take of the budget: whole pages. 0: more than any memory. */
guint64 zab_sample_get_size (guint64 n_frames, guint channels);

/* Of what was mapped elsewhere, and taken from @memory: both are the sample's now. */
ZabSample *zab_sample_new_mapped (ZabSampleMemory *memory, void *map, guint64 n_frames,
                                  guint channels, guint rate);

/* In pieces: as long as a call is at it, no other thread can map or unmap, not even by malloc ().
 */
void zab_sample_unmap (void *map, gsize n_bytes);

/* Frees the buffer and gives its frames as a sample, pages beyond them returned. */
ZabSample *zab_sample_buffer_finish (ZabSampleBuffer *self);

/* A sample that finish () or new_mapped () gave has one reference, its owner's. Who only reads
 * the frames may hold another. Thread: any but the audio thread. */
const ZabSample *zab_sample_ref (const ZabSample *sample);

/* The last one unmaps it; milliseconds for a long one: not on the main thread while it draws, never
 * on the audio thread. */
void zab_sample_unref (const ZabSample *sample);

/* The same, but a worker does it. */
void zab_sample_unref_later (const ZabSample *sample);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabSampleBuffer, zab_sample_buffer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabSample, zab_sample_unref)

G_END_DECLS
