/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON of others, read with suspicion, and JSON of ours, written the same way each time.
 *
 * json-glib by itself reads more than JSON (comments, assignments), overflows the stack on deep
 * nesting, and makes -1 or infinity of numbers that are too large. Thread: any. */
enum
{
  ZAB_JSON_MAX_LENGTH = 4 * 1024 * 1024, /* bytes */
  ZAB_JSON_MAX_DEPTH = 32,
  ZAB_JSON_MAX_VALUES = 200000,
};

/* The document in @text as a sealed tree: proper UTF-8, every number finite, within the limits
 * above. Otherwise an error in G_IO_ERROR: INVALID_DATA or, for what is beyond a limit,
 * MESSAGE_TOO_LARGE; the message is translated, half a sentence, and names no file. */
JsonNode *zab_json_parse (const char *text, gsize length, GError **error);

/* Canonical text: the same tree gives the same bytes, and numbers come back as they were. Members
 * keep their order. With @indent, two spaces a level and a line a value; without, one line. */
char *zab_json_to_text (JsonNode *node, gboolean indent);

/* The member where it is a string, else NULL. */
const char *zab_json_get_string (JsonObject *object, const char *name);

/* Whether the two (or NULL) have the same text. */
gboolean zab_json_same (JsonNode *a, JsonNode *b);

G_END_DECLS
