/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-file-reference.h"
#include "model/zab-pad.h"

G_BEGIN_DECLS

/* What a set remembers of one pad: a sealed JSON object, in canonical order. Members that this
 * version does not know stay in it, so that a newer one finds them again. */

/* What is on @pad now. @old is the record before, for the file's size and hash and for unknown
 * members; @origin one of another pad that is of the same file, for what @old does not know of
 * these. Either may be NULL. NULL for a pad with nothing to remember. Thread: main. */
JsonNode *zab_pad_record_capture (ZabPad *pad, JsonNode *old, JsonNode *origin);

/* Of its file, as long as the record is; NULL where it has none. Thread: any. */
const char *zab_pad_record_get_uri (JsonNode *record);

/* @node, of @version of the format, checked and in order; @pad: which pad it is for. NULL and an
 * error in ZAB_SET_ERROR when it is no record. Thread: any. */
JsonNode *zab_pad_record_read (JsonNode *node, guint version, guint *pad, GError **error);

/* Its file, or NULL. Thread: any. */
ZabFileReference *zab_pad_record_dup_reference (JsonNode *record);

/* The same with another reference. Thread: any. */
JsonNode *zab_pad_record_with_reference (JsonNode *record, const ZabFileReference *reference);

/* "A1".."F36" to 0..215. Thread: any. */
gboolean zab_pad_record_parse_label (const char *label, guint *pad);

/* @from's members, then those of @more that it lacks and @type has no setting for, all in the order
 * of their names, but for those in @except. Thread: any. */
void zab_record_add_sorted (JsonObject *object, JsonObject *from, JsonObject *more, GType type,
                            const char *const *except);

G_END_DECLS
