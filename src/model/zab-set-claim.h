/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* That one of this user's programs has a set open, for the others to know: a lock in the folder of
 * the journals, so that the disk with the set can be taken out. What is saved over another's work
 * is told by the stamp (zab-set-file.h), whoever did it. Thread: main. */
typedef struct _ZabSetClaim ZabSetClaim;

/* @taken: another has it already. NULL then, and when there can be no lock. */
ZabSetClaim *zab_set_claim_new (const char *folder, GFile *file, gboolean *taken);
void         zab_set_claim_free (ZabSetClaim *self);

G_END_DECLS
