/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"

G_BEGIN_DECLS

/* The session's set as the document that the musician works on: which file it is, what changed
 * since, what can be undone. It follows every edit, whoever makes it, writes it into the journal at
 * once, and brings all of it back at the next start.
 *
 * Edits of one turn of the main loop are one step; so are those between begin_gesture () and
 * end_gesture (), which may be several at once (one a finger), and repeated ones of the same
 * setting within a second.
 *
 * Thread: main, every function; none blocks but those that say so.
 *
 * Properties (notify only on change):
 *   file      GFile *   it was opened from or saved to last; NULL: none yet
 *   title     char *    its name without the ending; "Untitled set", translated, without a file
 *   modified  gboolean  there is something that its file does not have
 *   saving    gboolean
 *   can-undo, can-redo  gboolean
 *   step      guint64   names the step that the history is at: another one after each edit, undo,
 *                       redo, and in another set
 *   n-missing guint     pads whose file is not where it was
 * Signal:
 *   recent (GFile *file)   opened or saved: for a list of recent files */
#define ZAB_TYPE_DOCUMENT (zab_document_get_type ())
G_DECLARE_FINAL_TYPE (ZabDocument, zab_document, ZAB, DOCUMENT, GObject)

/* @journal_folder: where unsaved work is kept, or NULL for nowhere. What is there comes back.
 * Blocks while it reads the journal. */
ZabDocument *zab_document_new (ZabSession *session, const char *journal_folder);

/* The usual place for it. */
char *zab_document_get_default_journal_folder (void);

/* Borrowed. */
GFile      *zab_document_get_file (ZabDocument *self);
const char *zab_document_get_title (ZabDocument *self);
gboolean    zab_document_get_modified (ZabDocument *self);

/* What was not saved when clear () or open () puts another set in its place is kept in a file
 * beside the journal, and the session says where. */

/* An empty set without a file. */
void zab_document_clear (ZabDocument *self);

/* Takes @file's set in place of the present one, once it is read; until then, and on an error,
 * nothing changes. Finish: errors in ZAB_SET_ERROR. */
void     zab_document_open_async (ZabDocument *self, GFile *file, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean zab_document_open_finish (ZabDocument *self, GAsyncResult *result, GError **error);

typedef enum
{
  ZAB_SAVE_NONE = 0,
  ZAB_SAVE_REPLACE = 1 << 0,         /* also what someone else has changed since */
  ZAB_SAVE_WITHOUT_MISSING = 1 << 1, /* a bundle without the sounds that are not there */
} ZabSaveFlags;

/* Saves to @file, or where it was (NULL; there must be one). One save runs at a time, in order. */
void     zab_document_save_async (ZabDocument *self, GFile *file, ZabSaveFlags flags,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean zab_document_save_finish (ZabDocument *self, GAsyncResult *result, GError **error);

void zab_document_undo (ZabDocument *self);
void zab_document_redo (ZabDocument *self);

/* The property, with what was edited in this turn of the main loop counted in. An offer to undo
 * what was just done stands as long as this is the same. */
guint64 zab_document_get_step (ZabDocument *self);

void zab_document_begin_gesture (ZabDocument *self);
void zab_document_end_gesture (ZabDocument *self);

/* Puts @file on the pad in place of its missing one, and looks in the same folder for what the
 * other pads miss. */
void zab_document_locate (ZabDocument *self, guint pad, GFile *file);

/* What is not in the journal yet goes there. Blocks for as long as the disk needs. */
void zab_document_flush (ZabDocument *self);

/* What was edited is not in the journal, as that can't be written just now. */
gboolean zab_document_is_at_risk (ZabDocument *self);

/* Before the session is shut down: the last edits go into the journal, and searches end. Blocks
 * like flush (). */
void zab_document_shut_down (ZabDocument *self);

G_END_DECLS
