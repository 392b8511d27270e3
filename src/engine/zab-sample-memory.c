/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-sample-memory.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>
#include <unistd.h>

#include "engine/load/zab-load-error.h"

struct _ZabSampleMemory
{
  gatomicrefcount    n_refs;
  _Atomic (guint64)  limit;
  _Atomic (guint64)  used;
  ZabSampleMemoryAsk ask; /* NULL: what is beyond the limit is refused */
  gpointer           user_data;
};

static guint64
quarter_of_the_machine (void)
{
  return (guint64)sysconf (_SC_PHYS_PAGES) * (guint64)sysconf (_SC_PAGESIZE) / 4;
}

ZabSampleMemory *
zab_sample_memory_new (guint64 limit)
{
  ZabSampleMemory *self = g_new0 (ZabSampleMemory, 1);

  g_atomic_ref_count_init (&self->n_refs);
  zab_sample_memory_set_limit (self, limit);
  return self;
}

ZabSampleMemory *
zab_sample_memory_new_asking (ZabSampleMemoryAsk ask, gpointer user_data)
{
  ZabSampleMemory *self = g_new0 (ZabSampleMemory, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->ask = ask;
  self->user_data = user_data;
  return self;
}

ZabSampleMemory *
zab_sample_memory_ref (ZabSampleMemory *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
zab_sample_memory_unref (ZabSampleMemory *self)
{
  if (g_atomic_ref_count_dec (&self->n_refs))
    g_free (self);
}

static gboolean
refuse (guint64 n_bytes, guint64 n_left, GError **error)
{
  g_autofree char *needed = g_format_size (n_bytes);
  g_autofree char *left = g_format_size (n_left);

  g_set_error (error, ZAB_LOAD_ERROR, ZAB_LOAD_ERROR_TOO_LARGE,
               _ ("it needs %s more memory, and %s of what sounds may take is left; clear "
                  "pads that you don’t need"),
                  needed, left);
  return FALSE;
}

gboolean
zab_sample_memory_take (ZabSampleMemory *self, guint64 n_bytes, GError **error)
{
  guint64 used = atomic_load (&self->used);

  do
    {
      const guint64 limit = atomic_load (&self->limit);
      const guint64 left = limit > used ? limit - used : 0;

      if (n_bytes <= left)
        continue;
      if (self->ask == NULL)
        return refuse (n_bytes, left, error);
      if (!self->ask (n_bytes - left, self->user_data, error))
        return FALSE;
      atomic_fetch_add (&self->limit, n_bytes - left);
    }
  while (!atomic_compare_exchange_weak (&self->used, &used, used + n_bytes));
  return TRUE;
}

void
zab_sample_memory_give_back (ZabSampleMemory *self, guint64 n_bytes)
{
  const guint64 before = atomic_fetch_sub (&self->used, n_bytes);

  g_assert (before >= n_bytes);
}

guint64
zab_sample_memory_get_used (ZabSampleMemory *self)
{
  return atomic_load (&self->used);
}

void
zab_sample_memory_set_limit (ZabSampleMemory *self, guint64 limit)
{
  atomic_store (&self->limit, limit > 0 ? limit : quarter_of_the_machine ());
}

guint64
zab_sample_memory_get_limit (ZabSampleMemory *self)
{
  return atomic_load (&self->limit);
}
