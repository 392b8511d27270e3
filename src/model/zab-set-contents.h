/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "model/zab-file-reference.h"

G_BEGIN_DECLS

/* All that a set remembers, at one moment: what is saved, undone to and kept in the journal. It
 * never changes, and neighbours in time share what is the same in both. docs/set-format.md tells
 * what its text is like. Thread: any, every function. */
typedef struct _ZabSetContents ZabSetContents;

enum
{
  ZAB_SET_VERSION = 2, /* of the format, as written */
};

/* Each of @records (216, NULL for an empty pad), @session, @view and @rest (all objects, or NULL
 * for an empty one) is sealed; references to them are taken. @rest: members that this version does
 * not know. */
ZabSetContents *zab_set_contents_new (JsonNode *const *records, JsonNode *session, JsonNode *view,
                                      JsonNode *rest);
ZabSetContents *zab_set_contents_new_empty (void);
ZabSetContents *zab_set_contents_ref (ZabSetContents *self);
void            zab_set_contents_unref (ZabSetContents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabSetContents, zab_set_contents_unref)

/* Borrowed; a record is NULL for an empty pad. */
JsonNode *zab_set_contents_get_record (ZabSetContents *self, guint pad);
JsonNode *zab_set_contents_get_session (ZabSetContents *self); /* the session's settings */
JsonNode *zab_set_contents_get_view (ZabSetContents *self);    /* what was looked at */
JsonNode *zab_set_contents_get_rest (ZabSetContents *self);

/* Whether they are the same to the musician: all but the view. */
gboolean zab_set_contents_equal (ZabSetContents *self, ZabSetContents *other);

/* How file references change on the way to and from a place: NULL leaves one as it is. */
typedef ZabFileReference *(*ZabReferenceFunc) (const ZabFileReference *reference, guint pad,
                                               gpointer user_data);
ZabSetContents *zab_set_contents_map_references (ZabSetContents *self, ZabReferenceFunc func,
                                                 gpointer user_data);

/* The text of a file, with line breaks and the format's name, or one line of a journal. */
char *zab_set_contents_to_text (ZabSetContents *self);

/* What differs from @before, as one line; read_changes () does it to @before again. A record that
 * went is null. */
char           *zab_set_contents_to_changes (ZabSetContents *self, ZabSetContents *before);
ZabSetContents *zab_set_contents_apply_changes (ZabSetContents *before, JsonNode *changes,
                                                GError **error);

/* NULL and an error in ZAB_SET_ERROR when the text is no set that this version can read. @name is
 * what the messages call it. */
ZabSetContents *zab_set_contents_parse (const char *text, gsize length, const char *name,
                                        GError **error);

G_END_DECLS
