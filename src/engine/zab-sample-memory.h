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

/* For a process that is given its memory piece by piece: @ask for @n_bytes more, and the limit has
 * risen by as many when it returns TRUE. It may take its time. */
typedef gboolean (*ZabSampleMemoryAsk) (guint64 n_bytes, gpointer user_data, GError **error);
ZabSampleMemory *zab_sample_memory_new_asking (ZabSampleMemoryAsk ask, gpointer user_data);

ZabSampleMemory *zab_sample_memory_ref (ZabSampleMemory *self);
void             zab_sample_memory_unref (ZabSampleMemory *self);

/* FALSE and ZAB_LOAD_ERROR_TOO_LARGE, in words, when @n_bytes more would pass the limit. */
gboolean zab_sample_memory_take (ZabSampleMemory *self, guint64 n_bytes, GError **error);
void     zab_sample_memory_give_back (ZabSampleMemory *self, guint64 n_bytes);

/* What is taken stays taken, even if it is more than the new limit; 0: a quarter of the machine's
 * memory. */
void    zab_sample_memory_set_limit (ZabSampleMemory *self, guint64 limit);
guint64 zab_sample_memory_get_limit (ZabSampleMemory *self); /* bytes */
guint64 zab_sample_memory_get_used (ZabSampleMemory *self);  /* bytes */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabSampleMemory, zab_sample_memory_unref)

G_END_DECLS
