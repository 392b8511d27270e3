/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-set-contents.h"

G_BEGIN_DECLS

/* What stays behind for a while: sounds that bundles unpacked, sets that were not saved. Thread:
 * any; each blocks. */

/* $XDG_DATA_HOME/zabumba/bundles: a folder each, named by the SHA-256 of the bundle. */
char *zab_leftovers_get_bundles (void);

/* Keeps what a bundle unpacked, @folder, while the descriptor is open; -1 when it went meanwhile.
 */
int zab_leftovers_hold (const char *folder);

/* Remembers beside the unpacked sounds in @bundles that @contents refer to that @set refers to
 * them. */
void zab_leftovers_note_use (const char *bundles, ZabSetContents *contents, GFile *set);

/* Removes what nothing refers to any more: unpacked bundles that were not opened for a month, that
 * no journal, no unsaved and no saved set knows, and that no program holds; sets in @state/unsaved
 * that were written three months ago and that no journal knows; what killed programs left. @now:
 * seconds of the system's clock. Returns how many things went. */
guint zab_leftovers_clean (const char *bundles, const char *state, gint64 now);

G_END_DECLS
