/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-set-contents.h"

#include "model/zab-json.h"
#include "model/zab-pad-record.h"
#include "rt/zab-rt.h"

struct _ZabSetContents
{
  gatomicrefcount refs;
  JsonNode       *records[ZAB_N_PADS];
  JsonNode       *session;
  JsonNode       *view;
  JsonNode       *rest;
};

static JsonNode *
empty_object (void)
{
  JsonObject *object = json_object_new ();
  JsonNode   *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_node_seal (node);
  return node;
}

static JsonNode *
ref_or_empty (JsonNode *node)
{
  return node != NULL ? json_node_ref (node) : empty_object ();
}

ZabSetContents *
zab_set_contents_new (JsonNode *const *records, JsonNode *session, JsonNode *view, JsonNode *rest)
{
  ZabSetContents *self = g_new0 (ZabSetContents, 1);

  g_atomic_ref_count_init (&self->refs);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (records[i] != NULL)
      self->records[i] = json_node_ref (records[i]);
  self->session = ref_or_empty (session);
  self->view = ref_or_empty (view);
  self->rest = ref_or_empty (rest);
  return self;
}

ZabSetContents *
zab_set_contents_new_empty (void)
{
  JsonNode *const records[ZAB_N_PADS] = { NULL };

  return zab_set_contents_new (records, NULL, NULL, NULL);
}

ZabSetContents *
zab_set_contents_ref (ZabSetContents *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
zab_set_contents_unref (ZabSetContents *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_clear_pointer (&self->records[i], json_node_unref);
  json_node_unref (self->session);
  json_node_unref (self->view);
  json_node_unref (self->rest);
  g_free (self);
}

JsonNode *
zab_set_contents_get_record (ZabSetContents *self, guint pad)
{
  g_return_val_if_fail (pad < ZAB_N_PADS, NULL);
  return self->records[pad];
}

JsonNode *
zab_set_contents_get_session (ZabSetContents *self)
{
  return self->session;
}

JsonNode *
zab_set_contents_get_view (ZabSetContents *self)
{
  return self->view;
}

JsonNode *
zab_set_contents_get_rest (ZabSetContents *self)
{
  return self->rest;
}

gboolean
zab_set_contents_equal (ZabSetContents *self, ZabSetContents *other)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (!zab_json_same (self->records[i], other->records[i]))
      return FALSE;
  return zab_json_same (self->session, other->session) && zab_json_same (self->rest, other->rest);
}

static JsonNode *
map_reference (JsonNode *record, guint pad, ZabReferenceFunc func, gpointer user_data)
{
  g_autoptr (ZabFileReference) reference = zab_pad_record_dup_reference (record);
  g_autoptr (ZabFileReference) mapped = NULL;

  if (reference != NULL)
    mapped = func (reference, pad, user_data);
  return mapped != NULL ? zab_pad_record_with_reference (record, mapped) : json_node_ref (record);
}

ZabSetContents *
zab_set_contents_map_references (ZabSetContents *self, ZabReferenceFunc func, gpointer user_data)
{
  ZabSetContents *mapped
      = zab_set_contents_new (self->records, self->session, self->view, self->rest);

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      JsonNode *record = mapped->records[i];

      if (record == NULL)
        continue;
      mapped->records[i] = map_reference (record, i, func, user_data);
      json_node_unref (record);
    }
  return mapped;
}
