/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-sample-buffer.h"

G_BEGIN_DECLS

/* The memory of a sample that another process fills: memfds that it has sealed, mapped read-only
 * one behind the other as they come, so that a long sample is looked at while the rest of it is
 * still being made. What is in them is not trusted.
 *
 * Thread: any one at a time (a worker in the program). */
typedef struct _ZabSampleParts ZabSampleParts;

ZabSampleParts *zab_sample_parts_new (void);
void            zab_sample_parts_free (ZabSampleParts *self);

/* Checks that @fd (borrowed) is such a memfd and holds @n_bytes of finite floats, neither more nor
 * less, maps it and faults its pages in. All but the last are ZAB_SAMPLE_PART long, and that is
 * whole pages. FALSE: that is not what @fd is. */
gboolean zab_sample_parts_add (ZabSampleParts *self, int fd, guint64 n_bytes);

/* Bytes that are there. */
guint64 zab_sample_parts_get_size (const ZabSampleParts *self);

/* Frees @self and makes a sample of what is there, which must be zab_sample_get_size () of it. So
 * much was taken from @memory before and is the sample's now. */
ZabSample *zab_sample_parts_finish (ZabSampleParts *self, ZabSampleMemory *memory, guint64 n_frames,
                                    guint channels, guint rate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabSampleParts, zab_sample_parts_free)

G_END_DECLS
