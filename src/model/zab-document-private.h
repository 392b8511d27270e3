/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-document.h"
#include "model/zab-history.h"
#include "model/zab-journal.h"
#include "model/zab-set-claim.h"
#include "rt/zab-rt.h"

G_BEGIN_DECLS

/* What the document's own files share. Thread: main. */
struct _ZabDocument
{
  GObject parent_instance;

  ZabSession     *session;
  GFile          *file;  /* or NULL */
  char           *stamp; /* of the file as we know it */
  char           *title;
  ZabHistory     *history;
  ZabSetContents *saved;       /* what the file has */
  ZabJournal     *journal;     /* or NULL */
  guint           retry;       /* to write it, after that failed */
  char           *folder;      /* of the journal, or NULL */
  ZabSetClaim    *claim;       /* of the file, or NULL */
  int             hold;        /* of what its bundle unpacked, or -1 */
  GCancellable   *cancellable; /* of searches; another one for each set */

  /* What was edited since the last step. */
  gboolean    stale[ZAB_N_PADS];
  gboolean    stale_session;
  GParamSpec *edited;        /* the only property, or NULL when there were several */
  GObject    *edited_object; /* compared, never used */
  gboolean    edited_many;
  guint       idle;
  guint       applying; /* changes that are no edits */

  /* The last step. */
  guint64     step; /* counts all that were ever made, undone and redone */
  GParamSpec *last_edited;
  GObject    *last_object;
  gint64      last_time;  /* monotonic µs */
  guint       n_gestures; /* under way: one a finger */
  gboolean    gesture_has_step;

  GQueue   saves; /* GTask, the first is running */
  gboolean was_modified;
  gboolean could_undo;
  gboolean could_redo;
  guint    n_missing;
  gboolean is_shut_down;
};

enum
{
  ZAB_DOCUMENT_PROP_FILE = 1,
  ZAB_DOCUMENT_PROP_TITLE,
  ZAB_DOCUMENT_PROP_MODIFIED,
  ZAB_DOCUMENT_PROP_SAVING,
  ZAB_DOCUMENT_PROP_CAN_UNDO,
  ZAB_DOCUMENT_PROP_CAN_REDO,
  ZAB_DOCUMENT_PROP_STEP,
  ZAB_DOCUMENT_PROP_N_MISSING,
  ZAB_DOCUMENT_N_PROPS
};

void zab_document_notify (ZabDocument *self, guint prop);
void zab_document_emit_recent (ZabDocument *self);

/* The history is at another step. */
void zab_document_count_step (ZabDocument *self);

/* Tells what has changed of modified, can-undo, can-redo and n-missing. */
void zab_document_update (ZabDocument *self);
void zab_document_set_file (ZabDocument *self, GFile *file, const char *stamp);

/* The file is ours from now on; when it is another's already, the session says so. */
void zab_document_claim (ZabDocument *self);

/* zab-document-edit.c: from the model to contents and back. */
void            zab_document_follow (ZabDocument *self);
void            zab_document_unfollow (ZabDocument *self);
void            zab_document_collect (ZabDocument *self); /* what is stale becomes a step */
ZabSetContents *zab_document_capture (ZabDocument *self, ZabSetContents *old);
void            zab_document_apply (ZabDocument *self, ZabSetContents *contents);
void            zab_document_show (ZabDocument *self, ZabSetContents *contents); /* and its view */

/* The set becomes @contents, as they are saved, without a past. */
void zab_document_adopt (ZabDocument *self, ZabSetContents *contents);

/* zab-document-journal.c */
void zab_document_write_start (ZabDocument *self);
void zab_document_write_step (ZabDocument *self, const char *kind, ZabSetContents *before);
void zab_document_write_mark (ZabDocument *self, const char *kind);
void zab_document_write_saved (ZabDocument *self);
void zab_document_open_journal (ZabDocument *self);
void zab_document_close_journal (ZabDocument *self);

/* zab-document-save.c: what is not saved when another set takes its place goes into a file. */
void zab_document_keep_unsaved (ZabDocument *self);

/* zab-document-relink.c */
void zab_document_search (ZabDocument *self, GFile *folder);

G_END_DECLS
