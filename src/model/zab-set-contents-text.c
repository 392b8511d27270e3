/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The contents of a set to text and back; docs/set-format.md is about this. */
#include <glib/gi18n-lib.h>

#include "model/zab-json.h"
#include "model/zab-pad-record.h"
#include "model/zab-session.h"
#include "model/zab-set-contents.h"
#include "model/zab-set-error.h"
#include "model/zab-settings.h"
#include "rt/zab-rt.h"

static const char        FORMAT[] = "zabumba-set";
static const char *const known[] = { "format", "version", "session", "view", "pads", NULL };
static const char *const none[] = { NULL };

/* What is built while reading. */
typedef struct
{
  JsonNode *records[ZAB_N_PADS];
  JsonNode *session;
  JsonNode *view;
  JsonNode *rest;
} Parts;

static void
parts_clear (Parts *self)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_clear_pointer (&self->records[i], json_node_unref);
  g_clear_pointer (&self->session, json_node_unref);
  g_clear_pointer (&self->view, json_node_unref);
  g_clear_pointer (&self->rest, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static JsonNode *
take_object (JsonObject *object)
{
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
sealed_in_order (JsonObject *object, const char *const *except)
{
  g_autoptr (JsonObject) sorted = json_object_new ();
  JsonNode *node = json_node_alloc ();

  zab_record_add_sorted (sorted, object, NULL, G_TYPE_INVALID, except);
  json_node_init_object (node, sorted);
  json_node_seal (node);
  return node;
}

static gboolean
set_damaged (GError **error, const char *text)
{
  g_set_error_literal (error, ZAB_SET_ERROR, ZAB_SET_ERROR_DAMAGED, text);
  return FALSE;
}

/* The member as an object in order; without one, it stays NULL. */
static gboolean
read_object (JsonObject *root, const char *name, JsonNode **part, GError **error)
{
  JsonNode *node = json_object_get_member (root, name);

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_damaged (error, _ ("a part of it is no object"));
  if (!zab_settings_check (ZAB_TYPE_SESSION, json_node_get_object (node), name, error))
    return FALSE;
  g_clear_pointer (part, json_node_unref);
  *part = sealed_in_order (json_node_get_object (node), none);
  return TRUE;
}

static gboolean
read_view (JsonObject *root, JsonNode **view, GError **error)
{
  JsonObject *object;
  JsonNode   *bank;

  if (!read_object (root, "view", view, error))
    return FALSE;
  if (*view == NULL)
    return TRUE;
  object = json_node_get_object (*view);
  bank = json_object_get_member (object, "bank");
  if (bank == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (bank) && json_node_get_value_type (bank) == G_TYPE_INT64
      && json_node_get_int (bank) >= 0 && json_node_get_int (bank) < ZAB_N_BANKS)
    return TRUE;
  return set_damaged (error, _ ("it shows a bank that there is not"));
}

static gboolean
read_pads (JsonObject *root, guint version, Parts *parts, GError **error)
{
  JsonNode  *node = json_object_get_member (root, "pads");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return set_damaged (error, _ ("its pads are no list"));
  array = json_node_get_array (node);
  if (json_array_get_length (array) > ZAB_N_PADS)
    return set_damaged (error, _ ("it has more pads than there are"));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      guint pad;
      g_autoptr (JsonNode) record
          = zab_pad_record_read (json_array_get_element (array, i), version, &pad, error);

      if (record == NULL)
        return FALSE;
      if (parts->records[pad] != NULL)
        return set_damaged (error, _ ("it has a pad twice"));
      parts->records[pad] = g_steal_pointer (&record);
    }
  return TRUE;
}

/* 0 for one that can't be read. */
static guint
read_version (JsonObject *root, GError **error)
{
  JsonNode *node = json_object_get_member (root, "version");
  gint64    version = 0;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64)
    version = json_node_get_int (node);
  if (version >= 1 && version <= ZAB_SET_VERSION)
    return (guint)version;
  if (version < 1)
    {
      set_damaged (error, _ ("it does not say which version it is of"));
      return 0;
    }
  g_set_error_literal (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NEWER,
                       _ ("it was made by a newer version of Zabumba; update this one to open it"));
  return 0;
}

static JsonNode *
rest_of (JsonObject *root)
{
  return sealed_in_order (root, known);
}

static ZabSetContents *
read_root (JsonNode *node, GError **error)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *format = NULL;
  guint       version;
  g_auto (Parts) parts = { 0 };

  if (root != NULL)
    format = zab_json_get_string (root, "format");
  if (g_strcmp0 (format, FORMAT) != 0)
    {
      g_set_error_literal (error, ZAB_SET_ERROR, ZAB_SET_ERROR_NOT_A_SET,
                           _ ("it is no set of Zabumba’s"));
      return NULL;
    }
  version = read_version (root, error);
  if (version == 0 || !read_object (root, "session", &parts.session, error)
      || !read_view (root, &parts.view, error) || !read_pads (root, version, &parts, error))
    return NULL;
  parts.rest = rest_of (root);
  return zab_set_contents_new (parts.records, parts.session, parts.view, parts.rest);
}

ZabSetContents *
zab_set_contents_parse (const char *text, gsize length, const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonNode) root = zab_json_parse (text, length, &cause);
  ZabSetContents *contents = root != NULL ? read_root (root, &cause) : NULL;
  int             code = ZAB_SET_ERROR_NOT_A_SET;

  if (contents != NULL)
    return contents;
  if (cause->domain == ZAB_SET_ERROR)
    code = cause->code;
  else if (cause->code == G_IO_ERROR_MESSAGE_TOO_LARGE)
    code = ZAB_SET_ERROR_TOO_LARGE;
  /* Translators: a file's name, and what is wrong with it: “a.zabset” can’t be opened: it is … */
  g_set_error (error, ZAB_SET_ERROR, code, _ ("“%s” can’t be opened: %s"), name, cause->message);
  return NULL;
}

/* --- Writing --------------------------------------------------------------------------------- */

static JsonArray *
list_records (ZabSetContents *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      JsonNode *record = zab_set_contents_get_record (self, i);

      if (record != NULL)
        json_array_add_element (array, json_node_ref (record));
    }
  return array;
}

char *
zab_set_contents_to_text (ZabSetContents *self)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = take_object (root);

  json_object_set_string_member (root, "format", FORMAT);
  json_object_set_int_member (root, "version", ZAB_SET_VERSION);
  json_object_set_member (root, "session", json_node_ref (zab_set_contents_get_session (self)));
  json_object_set_member (root, "view", json_node_ref (zab_set_contents_get_view (self)));
  json_object_set_array_member (root, "pads", list_records (self));
  zab_record_add_sorted (root, json_node_get_object (zab_set_contents_get_rest (self)), NULL,
                         G_TYPE_INVALID, known);
  return zab_json_to_text (node, TRUE);
}

/* --- Differences ----------------------------------------------------------------------------- */

static void
add_change (JsonObject *changes, const char *name, JsonNode *now, JsonNode *before)
{
  if (!zab_json_same (now, before))
    json_object_set_member (changes, name,
                            now != NULL ? json_node_ref (now) : json_node_new (JSON_NODE_NULL));
}

char *
zab_set_contents_to_changes (ZabSetContents *self, ZabSetContents *before)
{
  g_autoptr (JsonObject) root = json_object_new ();
  g_autoptr (JsonNode) node = take_object (root);
  JsonObject *pads = json_object_new ();

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      char name[4];

      g_snprintf (name, sizeof name, "%u", i);
      add_change (pads, name, zab_set_contents_get_record (self, i),
                  zab_set_contents_get_record (before, i));
    }
  json_object_set_object_member (root, "pads", pads);
  add_change (root, "session", zab_set_contents_get_session (self),
              zab_set_contents_get_session (before));
  add_change (root, "view", zab_set_contents_get_view (self), zab_set_contents_get_view (before));
  add_change (root, "rest", zab_set_contents_get_rest (self), zab_set_contents_get_rest (before));
  return zab_json_to_text (node, FALSE);
}

static gboolean
apply_record (Parts *parts, const char *name, JsonNode *node, GError **error)
{
  guint64 index;
  guint   pad = 0;
  g_autoptr (JsonNode) record = NULL;

  if (!g_ascii_string_to_unsigned (name, 10, 0, ZAB_N_PADS - 1, &index, NULL))
    return set_damaged (error, _ ("one of its pads is none that there is"));
  if (!JSON_NODE_HOLDS_NULL (node))
    {
      record = zab_pad_record_read (node, ZAB_SET_VERSION, &pad, error);
      if (record == NULL || pad != index)
        return record == NULL ? FALSE : set_damaged (error, _ ("it has a pad twice"));
    }
  g_clear_pointer (&parts->records[index], json_node_unref);
  parts->records[index] = g_steal_pointer (&record);
  return TRUE;
}

static gboolean
apply_records (Parts *parts, JsonObject *root, GError **error)
{
  JsonNode      *pads = json_object_get_member (root, "pads");
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (pads == NULL || !JSON_NODE_HOLDS_OBJECT (pads))
    return set_damaged (error, _ ("its pads are no list"));
  json_object_iter_init (&iter, json_node_get_object (pads));
  while (json_object_iter_next (&iter, &name, &node))
    if (!apply_record (parts, name, node, error))
      return FALSE;
  return TRUE;
}

ZabSetContents *
zab_set_contents_apply_changes (ZabSetContents *before, JsonNode *changes, GError **error)
{
  g_auto (Parts) parts = { 0 };
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (changes) ? json_node_get_object (changes) : NULL;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (zab_set_contents_get_record (before, i) != NULL)
      parts.records[i] = json_node_ref (zab_set_contents_get_record (before, i));
  parts.session = json_node_ref (zab_set_contents_get_session (before));
  parts.view = json_node_ref (zab_set_contents_get_view (before));
  parts.rest = json_node_ref (zab_set_contents_get_rest (before));
  if (root == NULL)
    set_damaged (error, _ ("a part of it is no object"));
  if (root == NULL || !apply_records (&parts, root, error)
      || !read_object (root, "session", &parts.session, error)
      || !read_view (root, &parts.view, error) || !read_object (root, "rest", &parts.rest, error))
    return NULL;
  return zab_set_contents_new (parts.records, parts.session, parts.view, parts.rest);
}
