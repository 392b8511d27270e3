/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-file-reference.h"

G_BEGIN_DECLS

/* A file that a pad misses, and where it was found again. */
typedef struct
{
  guint             pad;
  ZabFileReference *reference;
  GFile            *found; /* or NULL */
} ZabRelink;

ZabRelink *zab_relink_new (guint pad, const ZabFileReference *reference);
void       zab_relink_free (ZabRelink *self);

/* Looks for each of @relinks (ZabRelink) whose file is not where it was in @folders (GFile) and a
 * few levels below. A file is the one that is missed when its content has the hash; where none is
 * known, when name and size agree. Links are not followed. Blocks. Thread: worker. */
void zab_relink_find (GPtrArray *relinks, GPtrArray *folders, GCancellable *cancellable);

G_END_DECLS
