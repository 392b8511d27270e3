/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The memory that all samples of an engine may take together, and how much of it is taken: asked
 * before a page is mapped, so that a file that grows without end ends in an error instead of
 * eating the machine. Reference counted. Thread: any, every function. */
typedef struct _ZabSampleMemory ZabSampleMemory;

/* @limit in bytes; 0: a quarter of the machine's memory. */
ZabSampleMemory *zab_sample_memory_new (guint64 limit);
ZabSampleMemory *zab_sample_memory_ref (ZabSampleMemory *self);
void             zab_sample_memory_unref (ZabSampleMemory *self);

/* FALSE and ZAB_LOAD_ERROR_TOO_LARGE, in words, when @n_bytes more would pass the limit. */
gboolean zab_sample_memory_take (ZabSampleMemory *self, guint64 n_bytes, GError **error);
void     zab_sample_memory_give_back (ZabSampleMemory *self, guint64 n_bytes);
guint64  zab_sample_memory_get_used (ZabSampleMemory *self); /* bytes */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabSampleMemory, zab_sample_memory_unref)

G_END_DECLS
