/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-pad-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/zab-json.h"
#include "model/zab-pad-private.h"
#include "model/zab-set-error.h"
#include "model/zab-settings.h"
#include "rt/zab-rt.h"

static const char *const head[] = { "pad", "file", NULL };
static const char *const old_names[] = { "loop", NULL };

static char *
make_label (guint pad)
{
  return g_strdup_printf ("%c%u", (char)('A' + pad / ZAB_PADS_PER_BANK),
                          pad % ZAB_PADS_PER_BANK + 1);
}

gboolean
zab_pad_record_parse_label (const char *label, guint *pad)
{
  guint64 number;

  if (*label < 'A' || *label >= 'A' + ZAB_N_BANKS || label[1] == '0'
      || !g_ascii_string_to_unsigned (label + 1, 10, 1, ZAB_PADS_PER_BANK, &number, NULL))
    return FALSE;
  *pad = (guint)(*label - 'A') * ZAB_PADS_PER_BANK + (guint)number - 1;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
add_names (GPtrArray *names, JsonObject *object, JsonObject *but, GType type,
           const char *const *except)
{
  JsonObjectIter iter;
  const char    *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (g_strv_contains (except, name))
        continue;
      if (but == NULL || (!json_object_has_member (but, name) && !zab_settings_has (type, name)))
        g_ptr_array_add (names, (gpointer)name);
    }
}

void
zab_record_add_sorted (JsonObject *object, JsonObject *from, JsonObject *more, GType type,
                       const char *const *except)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  add_names (names, from, NULL, type, except);
  if (more != NULL)
    add_names (names, more, from, type, except);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      JsonNode   *node = json_object_get_member (from, name);

      if (node == NULL)
        node = json_object_get_member (more, name);
      json_object_set_member (object, name, json_node_ref (node));
    }
}

static JsonNode *
record_new (guint pad, const ZabFileReference *reference, JsonObject *settings, JsonObject *old)
{
  g_autofree char *label = make_label (pad);
  JsonObject      *object = json_object_new ();
  JsonNode        *node = json_node_alloc ();

  json_object_set_string_member (object, "pad", label);
  if (reference != NULL)
    json_object_set_member (object, "file", zab_file_reference_to_json (reference));
  zab_record_add_sorted (object, settings, old, ZAB_TYPE_PAD, head);
  json_node_init_object (node, object);
  json_object_unref (object);
  json_node_seal (node);
  return node;
}

ZabFileReference *
zab_pad_record_dup_reference (JsonNode *record)
{
  JsonNode *node = json_object_get_member (json_node_get_object (record), "file");

  return node != NULL ? zab_file_reference_from_json (node, "", NULL) : NULL;
}

static guint
pad_of (JsonNode *record)
{
  guint pad = 0;

  zab_pad_record_parse_label (json_object_get_string_member (json_node_get_object (record), "pad"),
                              &pad);
  return pad;
}

JsonNode *
zab_pad_record_with_reference (JsonNode *record, const ZabFileReference *reference)
{
  return record_new (pad_of (record), reference, json_node_get_object (record), NULL);
}

const char *
zab_pad_record_get_uri (JsonNode *record)
{
  JsonNode *file = json_object_get_member (json_node_get_object (record), "file");

  return file != NULL ? zab_json_get_string (json_node_get_object (file), "uri") : NULL;
}

/* With the size and the hash, where one of the records knows them. */
static ZabFileReference *
find_reference (GFile *file, JsonNode *old, JsonNode *origin)
{
  JsonNode *const records[] = { old, origin };

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (ZabFileReference) reference
          = records[i] != NULL ? zab_pad_record_dup_reference (records[i]) : NULL;

      if (reference != NULL && g_file_equal (reference->file, file))
        return g_steal_pointer (&reference);
    }
  return zab_file_reference_new (file);
}

JsonNode *
zab_pad_record_capture (ZabPad *pad, JsonNode *old, JsonNode *origin)
{
  g_autoptr (JsonObject) settings = json_object_new ();
  g_autoptr (ZabFileReference) reference = NULL;
  GFile    *file = zab_pad_get_kept_file (pad);
  JsonNode *more = old != NULL ? old : origin;

  if (file == NULL && zab_settings_are_default (G_OBJECT (pad)))
    return NULL;
  zab_settings_capture (G_OBJECT (pad), settings);
  json_object_set_string_member (settings, "name", zab_pad_get_kept_name (pad));
  if (file != NULL)
    reference = find_reference (file, old, origin);
  return record_new (zab_pad_get_index (pad), reference, settings,
                     more != NULL ? json_node_get_object (more) : NULL);
}

/* Version 1 of the format had "loop" for what is a mode now. */
static JsonObject *
migrate (JsonObject *object)
{
  JsonObject *migrated = json_object_new ();
  JsonNode   *loop = json_object_get_member (object, "loop");

  zab_record_add_sorted (migrated, object, NULL, ZAB_TYPE_PAD, old_names);
  if (loop != NULL && !json_object_has_member (object, "mode"))
    json_object_set_string_member (migrated, "mode",
                                   json_node_get_boolean (loop) ? "loop" : "one-shot");
  return migrated;
}

JsonNode *
zab_pad_record_read (JsonNode *node, guint version, guint *pad, GError **error)
{
  g_autoptr (ZabFileReference) reference = NULL;
  g_autoptr (JsonObject) migrated = NULL;
  g_autofree char *where = NULL;
  JsonObject      *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char      *label = NULL;

  if (object != NULL)
    label = zab_json_get_string (object, "pad");
  if (label == NULL || !zab_pad_record_parse_label (label, pad))
    {
      g_set_error_literal (error, ZAB_SET_ERROR, ZAB_SET_ERROR_DAMAGED,
                           _ ("one of its pads is none that there is"));
      return NULL;
    }
  /* Translators: a pad's label: pad A1 */
  where = g_strdup_printf (_ ("pad %s"), label);
  if (!zab_settings_check (ZAB_TYPE_PAD, object, where, error))
    return NULL;
  if (json_object_has_member (object, "file"))
    {
      reference
          = zab_file_reference_from_json (json_object_get_member (object, "file"), where, error);
      if (reference == NULL)
        return NULL;
    }
  migrated = version == 1 ? migrate (object) : json_object_ref (object);
  return record_new (*pad, reference, migrated, NULL);
}
