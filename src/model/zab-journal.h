/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* An append-only file of one-line entries, each with a checksum: what was cut off by a crash is
 * told from what is whole. One process at a time has it, by a lock that dies with it.
 *
 * Entries are on the disk as soon as a worker can put them there. Thread: main. */
typedef struct _ZabJournal ZabJournal;

/* The first of the journals in @folder (made if need be) that no other process has. @entries: what
 * is in it, as JsonNode, up to the first that is not whole. NULL and an error in G_IO_ERROR where
 * there can be none. Reads a file. */
ZabJournal *zab_journal_open (const char *folder, GPtrArray **entries, GError **error);

/* Waits for what is under way. */
void zab_journal_free (ZabJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabJournal, zab_journal_free)

/* @entry: JSON in one line. */
void zab_journal_append (ZabJournal *self, const char *entry);

/* Everything before goes; @entry is the first of a new beginning. Both or neither happen. */
void zab_journal_restart (ZabJournal *self, const char *entry);

/* After an entry could not be written, those that follow are not either, as there would be a gap,
 * until a restart can be. */
gboolean zab_journal_is_broken (ZabJournal *self);

/* Called when it breaks, on the context that it was opened on. */
typedef void (*ZabJournalFunc) (ZabJournal *self, const GError *error, gpointer user_data);
void zab_journal_set_failure_func (ZabJournal *self, ZabJournalFunc failed, gpointer user_data);

/* Blocks until all is on the disk. FALSE, once, with the reason when something could not be put
 * there since the last call. */
gboolean zab_journal_flush (ZabJournal *self, GError **error);

/* Bytes in the file. */
gsize zab_journal_get_length (ZabJournal *self);

G_END_DECLS
