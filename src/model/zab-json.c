/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum
{
  MAX_INTEGER_LENGTH = 18 /* digits: json-glib does not notice when an integer overflows */
};

/* --- Before json-glib sees it ---------------------------------------------------------------- */

typedef struct
{
  const char *at;
  const char *end;
  guint       depth;
  guint       n_values; /* an upper bound */
  guint       n_roots;  /* values that are in no other */
} Scan;

typedef enum
{
  SCAN_OK,
  SCAN_NOT_JSON,
  SCAN_TOO_MUCH,
} ScanResult;

static gint
scan_hex (Scan *self)
{
  gint value = 0;

  if (self->end - self->at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      const gint digit = g_ascii_xdigit_value (*self->at++);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* Behind "\u". No NUL, and surrogates in pairs: the rest is not text. */
static gboolean
scan_unicode (Scan *self)
{
  const gint first = scan_hex (self);

  if (first <= 0 || (first >= 0xdc00 && first <= 0xdfff))
    return FALSE;
  if (first < 0xd800 || first > 0xdbff)
    return TRUE;
  if (self->end - self->at < 6 || *self->at++ != '\\' || *self->at++ != 'u')
    return FALSE;
  return (scan_hex (self) & 0xfc00) == 0xdc00;
}

/* Behind the opening quote. */
static gboolean
scan_string (Scan *self)
{
  while (self->at < self->end)
    {
      const char c = *self->at++;

      if (c == '"')
        return TRUE;
      if ((guchar)c < 0x20)
        return FALSE;
      if (c != '\\')
        continue;
      if (self->at == self->end || strchr ("\"\\/bfnrtu", *self->at) == NULL)
        return FALSE;
      if (*self->at++ == 'u' && !scan_unicode (self))
        return FALSE;
    }
  return FALSE;
}

static gboolean
scan_word (Scan *self)
{
  static const char *words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const gsize length = strlen (words[i]);

      if ((gsize)(self->end - self->at) < length || memcmp (self->at, words[i], length) != 0)
        continue;
      self->at += length;
      return TRUE;
    }
  return FALSE;
}

static gsize
skip_digits (Scan *self)
{
  const char *begin = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return (gsize)(self->at - begin);
}

static gboolean
scan_number (Scan *self)
{
  gsize    n_digits;
  gboolean integer = TRUE;

  if (*self->at == '-')
    self->at++;
  if (self->end - self->at > 1 && self->at[0] == '0' && g_ascii_isalnum (self->at[1]))
    return FALSE; /* octal, hexadecimal */
  n_digits = skip_digits (self);
  if (n_digits == 0)
    return FALSE;
  if (self->at < self->end && *self->at == '.')
    {
      self->at++;
      integer = FALSE;
      if (skip_digits (self) == 0)
        return FALSE;
    }
  if (self->at < self->end && (*self->at == 'e' || *self->at == 'E'))
    {
      self->at++;
      integer = FALSE;
      if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
        self->at++;
      if (skip_digits (self) == 0)
        return FALSE;
    }
  return !integer || n_digits <= MAX_INTEGER_LENGTH;
}

/* One value is the document: json-glib would take several, and forget all but the last. */
static gboolean
is_out_of_place (Scan *self, char c)
{
  if (self->depth > 0 || g_ascii_isspace (c))
    return FALSE;
  return c == ',' || c == ':' || self->n_roots++ > 0;
}

static ScanResult
scan_token (Scan *self)
{
  const char c = *self->at;

  if (is_out_of_place (self, c))
    return SCAN_NOT_JSON;
  switch (c)
    {
    case '{':
    case '[':
      self->at++;
      self->n_values++;
      return ++self->depth > ZAB_JSON_MAX_DEPTH ? SCAN_TOO_MUCH : SCAN_OK;
    case '}':
    case ']':
      self->at++;
      return self->depth-- == 0 ? SCAN_NOT_JSON : SCAN_OK;
    case ',':
    case ':':
    case ' ':
    case '\n':
    case '\r':
    case '\t':
      self->at++;
      return SCAN_OK;
    case '"':
      self->at++;
      self->n_values++;
      return scan_string (self) ? SCAN_OK : SCAN_NOT_JSON;
    default:
      self->n_values++;
      return (g_ascii_isdigit (c) || c == '-' ? scan_number (self) : scan_word (self))
                 ? SCAN_OK
                 : SCAN_NOT_JSON;
    }
}

static ScanResult
scan (const char *text, gsize length)
{
  Scan       self = { .at = text, .end = text + length };
  ScanResult result = SCAN_OK;

  if (length > ZAB_JSON_MAX_LENGTH)
    return SCAN_TOO_MUCH;
  if (!g_utf8_validate_len (text, length, NULL))
    return SCAN_NOT_JSON;
  while (result == SCAN_OK && self.at < self.end)
    {
      result = scan_token (&self);
      if (self.n_values > ZAB_JSON_MAX_VALUES)
        return SCAN_TOO_MUCH;
    }
  return result == SCAN_OK && (self.depth > 0 || self.n_roots == 0) ? SCAN_NOT_JSON : result;
}

/* --- After ----------------------------------------------------------------------------------- */

static gboolean is_finite (JsonNode *node);

static gboolean
is_object_finite (JsonObject *object)
{
  JsonObjectIter iter;
  JsonNode      *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, NULL, &member))
    if (!is_finite (member))
      return FALSE;
  return TRUE;
}

static gboolean
is_array_finite (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!is_finite (json_array_get_element (array, i)))
      return FALSE;
  return TRUE;
}

/* The depth is bounded: what was scanned. */
static gboolean
is_finite (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return is_object_finite (json_node_get_object (node));
  if (JSON_NODE_HOLDS_ARRAY (node))
    return is_array_finite (json_node_get_array (node));
  return !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_DOUBLE
         || isfinite (json_node_get_double (node));
}

JsonNode *
zab_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  const ScanResult result = scan (text, length);
  JsonNode        *root;

  if (result == SCAN_TOO_MUCH)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   _ ("it is larger or deeper than any set"));
      return NULL;
    }
  if (result == SCAN_OK && json_parser_load_from_data (parser, text, (gssize)length, NULL))
    {
      root = json_parser_get_root (parser);
      if (root != NULL && is_finite (root))
        return json_node_ref (root);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("it is no proper JSON"));
  return NULL;
}

/* --- Writing --------------------------------------------------------------------------------- */

enum
{
  ONE_LINE = -1 /* instead of a level */
};

static void append_node (GString *text, JsonNode *node, int level);

static void
append_break (GString *text, int level)
{
  if (level == ONE_LINE)
    return;
  g_string_append_c (text, '\n');
  for (int i = 0; i < level; i++)
    g_string_append (text, "  ");
}

static int
deeper (int level)
{
  return level == ONE_LINE ? ONE_LINE : level + 1;
}

static void
append_string (GString *text, const char *string)
{
  g_string_append_c (text, '"');
  for (const char *c = string; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (text, "\\%c", *c);
    else if ((guchar)*c < 0x20)
      g_string_append_printf (text, "\\u%04x", (guint)(guchar)*c);
    else
      g_string_append_c (text, *c);
  g_string_append_c (text, '"');
}

static guint64
bits_of (double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits;
}

/* The shortest of the texts that read back as the same number. */
static void
append_double (GString *text, double value)
{
  static const char *formats[] = { "%.15g", "%.16g", "%.17g" };
  char               buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (bits_of (g_ascii_strtod (buffer, NULL)) == bits_of (value))
        break;
    }
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0"); /* or it would read back as an integer */
}

static void
append_value (GString *text, JsonNode *node)
{
  const GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    append_double (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
append_object (GString *text, JsonObject *object, int level)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *member;
  gboolean       first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!first)
        g_string_append_c (text, ',');
      first = FALSE;
      append_break (text, deeper (level));
      append_string (text, name);
      g_string_append (text, level == ONE_LINE ? ":" : ": ");
      append_node (text, member, deeper (level));
    }
  if (!first)
    append_break (text, level);
  g_string_append_c (text, '}');
}

static void
append_array (GString *text, JsonArray *array, int level)
{
  const guint length = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_break (text, deeper (level));
      append_node (text, json_array_get_element (array, i), deeper (level));
    }
  if (length > 0)
    append_break (text, level);
  g_string_append_c (text, ']');
}

static void
append_node (GString *text, JsonNode *node, int level)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (text, json_node_get_object (node), level);
      return;
    case JSON_NODE_ARRAY:
      append_array (text, json_node_get_array (node), level);
      return;
    case JSON_NODE_VALUE:
      append_value (text, node);
      return;
    case JSON_NODE_NULL:
      g_string_append (text, "null");
      return;
    }
  g_assert_not_reached ();
}

char *
zab_json_to_text (JsonNode *node, gboolean indent)
{
  GString *text = g_string_new (NULL);

  append_node (text, node, indent ? 0 : ONE_LINE);
  if (indent)
    g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

gboolean
zab_json_same (JsonNode *a, JsonNode *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL)
    return FALSE;
  text_a = zab_json_to_text (a, FALSE);
  text_b = zab_json_to_text (b, FALSE);
  return g_str_equal (text_a, text_b);
}

const char *
zab_json_get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}
