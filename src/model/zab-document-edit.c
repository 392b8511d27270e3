/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the document follows the model, and how it puts contents back into it. */
#include <string.h>

#include "model/zab-document-private.h"
#include "model/zab-json.h"
#include "model/zab-pad-private.h"
#include "model/zab-pad-record.h"
#include "model/zab-session-private.h"
#include "model/zab-settings.h"

static const gint64      MERGE_TIME = G_USEC_PER_SEC;
static const char *const none[] = { NULL };

/* --- From the model -------------------------------------------------------------------------- */

static ZabPad *
get_pad (ZabDocument *self, guint pad)
{
  return zab_set_get_pad (zab_session_get_set (self->session), pad);
}

static JsonNode *
take_sealed (JsonObject *object)
{
  JsonNode *node = json_node_init_object (json_node_alloc (), object);

  json_object_unref (object);
  json_node_seal (node);
  return node;
}

static JsonNode *
capture_session (ZabDocument *self, JsonNode *old)
{
  g_autoptr (JsonObject) settings = json_object_new ();
  JsonObject *object = json_object_new ();

  zab_settings_capture (G_OBJECT (self->session), settings);
  zab_record_add_sorted (object, settings, json_node_get_object (old), ZAB_TYPE_SESSION, none);
  return take_sealed (object);
}

static JsonNode *
capture_view (ZabDocument *self, JsonNode *old)
{
  g_autoptr (JsonObject) view = json_object_new ();
  JsonObject *object = json_object_new ();

  json_object_set_int_member (view, "bank", zab_session_get_bank (self->session));
  zab_record_add_sorted (object, view, json_node_get_object (old), ZAB_TYPE_SESSION, none);
  return take_sealed (object);
}

/* The first record of each sound that is on a pad, by its URI. */
static GHashTable *
list_sounds (ZabDocument *self)
{
  GHashTable     *sounds = g_hash_table_new (g_str_hash, g_str_equal);
  ZabSetContents *now = self->history != NULL ? zab_history_get_now (self->history) : NULL;

  for (guint i = 0; i < ZAB_N_PADS && now != NULL; i++)
    {
      JsonNode   *record = zab_set_contents_get_record (now, i);
      const char *uri = record != NULL ? zab_pad_record_get_uri (record) : NULL;

      if (uri != NULL && !g_hash_table_contains (sounds, uri))
        g_hash_table_insert (sounds, (gpointer)uri, record);
    }
  return sounds;
}

/* Where the pad's sound has come from, if it was on another pad. @sounds: see list_sounds (), NULL
 * before they are wanted. */
static JsonNode *
find_origin (ZabDocument *self, guint pad, JsonNode *old, GHashTable **sounds)
{
  GFile           *file = zab_pad_get_kept_file (get_pad (self, pad));
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : NULL;

  if (uri == NULL || (old != NULL && g_strcmp0 (zab_pad_record_get_uri (old), uri) == 0))
    return NULL;
  if (*sounds == NULL)
    *sounds = list_sounds (self);
  return g_hash_table_lookup (*sounds, uri);
}

/* A record that is still the same stays the same object. */
static JsonNode *
capture_record (ZabDocument *self, guint pad, JsonNode *old, GHashTable **sounds)
{
  JsonNode *origin = find_origin (self, pad, old, sounds);
  JsonNode *record = zab_pad_record_capture (get_pad (self, pad), old, origin);

  if (record == NULL || !zab_json_same (record, old))
    return record;
  json_node_unref (record);
  return json_node_ref (old);
}

static ZabSetContents *
capture (ZabDocument *self, ZabSetContents *old, gboolean all)
{
  JsonNode *records[ZAB_N_PADS];
  g_autoptr (JsonNode) session = capture_session (self, zab_set_contents_get_session (old));
  g_autoptr (JsonNode) view = capture_view (self, zab_set_contents_get_view (old));
  g_autoptr (GHashTable) sounds = NULL;
  ZabSetContents *contents;

  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      JsonNode *before = zab_set_contents_get_record (old, i);

      if (all || self->stale[i])
        records[i] = capture_record (self, i, before, &sounds);
      else
        records[i] = before != NULL ? json_node_ref (before) : NULL;
    }
  contents = zab_set_contents_new (records, session, view, zab_set_contents_get_rest (old));
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_clear_pointer (&records[i], json_node_unref);
  return contents;
}

ZabSetContents *
zab_document_capture (ZabDocument *self, ZabSetContents *old)
{
  return capture (self, old, TRUE);
}

static gboolean
continues_last_step (ZabDocument *self)
{
  if (self->n_gestures > 0)
    return self->gesture_has_step;
  return !self->edited_many && self->edited != NULL && self->edited == self->last_edited
         && self->edited_object == self->last_object
         && g_get_monotonic_time () - self->last_time < MERGE_TIME;
}

static void
push_step (ZabDocument *self, ZabSetContents *contents)
{
  g_autoptr (ZabSetContents) before = zab_set_contents_ref (zab_history_get_now (self->history));
  const gboolean merge = continues_last_step (self);

  zab_history_push (self->history, contents, merge);
  self->gesture_has_step = self->n_gestures > 0;
  self->last_edited = self->edited_many ? NULL : self->edited;
  self->last_object = self->edited_object;
  self->last_time = g_get_monotonic_time ();
  zab_document_write_step (self, merge ? "merge" : "step", before);
  zab_document_count_step (self);
}

static void
forget_edits (ZabDocument *self)
{
  memset (self->stale, 0, sizeof self->stale);
  self->edited = NULL;
  self->edited_object = NULL;
  self->edited_many = FALSE;
  g_clear_handle_id (&self->idle, g_source_remove);
}

void
zab_document_collect (ZabDocument *self)
{
  ZabSetContents *old = zab_history_get_now (self->history);
  g_autoptr (ZabSetContents) now = NULL;
  g_autoptr (ZabSetContents) before = NULL;

  if (self->idle == 0)
    return;
  now = capture (self, old, FALSE);
  if (!zab_set_contents_equal (now, old))
    push_step (self, now);
  else if (!zab_json_same (zab_set_contents_get_view (now), zab_set_contents_get_view (old)))
    {
      before = zab_set_contents_ref (old);
      zab_history_amend (self->history, now);
      zab_document_write_step (self, "amend", before);
    }
  forget_edits (self);
  zab_document_update (self);
}

static gboolean
on_idle (gpointer user_data)
{
  zab_document_collect (ZAB_DOCUMENT (user_data));
  return G_SOURCE_REMOVE;
}

static void
note_edit (ZabDocument *self, GObject *object, GParamSpec *spec)
{
  if (self->edited != NULL && (self->edited != spec || self->edited_object != object))
    self->edited_many = TRUE;
  self->edited = spec;
  self->edited_object = object;
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

/* It belongs to the step by which the file came, of which that load was the rest. */
static void
amend (ZabDocument *self, guint pad)
{
  g_autoptr (ZabSetContents) before = NULL;
  g_autoptr (ZabSetContents) now = NULL;

  before = zab_set_contents_ref (zab_history_get_now (self->history));
  self->stale[pad] = TRUE;
  now = capture (self, before, FALSE);
  self->stale[pad] = FALSE;
  zab_history_amend (self->history, now);
  zab_document_write_step (self, "amend", before);
}

static void
on_pad_notify (ZabPad *pad, GParamSpec *spec, ZabDocument *self)
{
  const gboolean of_state = g_str_equal (spec->name, "state") && self->applying == 0;

  /* It looks at all pads, and only those that failed are missing. */
  if (of_state && (self->n_missing > 0 || zab_pad_get_state (pad) == ZAB_PAD_FAILED))
    zab_document_update (self);
  if (!of_state && !g_str_equal (spec->name, "file") && (spec->flags & ZAB_PARAM_SETTING) == 0)
    return;
  if (self->applying > 0)
    return;
  if (self->session->learns)
    {
      amend (self, zab_pad_get_index (pad));
      return;
    }
  self->stale[zab_pad_get_index (pad)] = TRUE;
  note_edit (self, G_OBJECT (pad), spec);
}

static void
on_session_notify (ZabSession *session, GParamSpec *spec, ZabDocument *self)
{
  if (self->applying > 0
      || ((spec->flags & ZAB_PARAM_SETTING) == 0 && !g_str_equal (spec->name, "bank")))
    return;
  note_edit (self, G_OBJECT (session), spec);
}

/* Where one file was found, others may be. */
static void
on_session_found (ZabSession *session, GFile *file, ZabDocument *self)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  zab_document_collect (self);
  if (folder != NULL)
    zab_document_search (self, folder);
}

void
zab_document_follow (ZabDocument *self)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_signal_connect_object (get_pad (self, i), "notify", G_CALLBACK (on_pad_notify), self, 0);
  g_signal_connect_object (self->session, "notify", G_CALLBACK (on_session_notify), self, 0);
  g_signal_connect_object (self->session, "learning", G_CALLBACK (zab_document_collect), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "found", G_CALLBACK (on_session_found), self, 0);
}

void
zab_document_unfollow (ZabDocument *self)
{
  for (guint i = 0; i < ZAB_N_PADS; i++)
    g_signal_handlers_disconnect_by_data (get_pad (self, i), self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->idle, g_source_remove);
}

/* --- Into the model -------------------------------------------------------------------------- */

static void
apply_record (ZabDocument *self, guint index, JsonNode *record)
{
  ZabPad     *pad = get_pad (self, index);
  JsonObject *object = record != NULL ? json_node_get_object (record) : NULL;
  GFile      *file = zab_pad_get_kept_file (pad);
  g_autoptr (ZabFileReference) reference = NULL;
  const char *name = record != NULL ? zab_json_get_string (object, "name") : NULL;
  gboolean    same;

  if (record != NULL)
    reference = zab_pad_record_dup_reference (record);
  same = reference != NULL && name != NULL && file != NULL && g_file_equal (file, reference->file)
         && zab_pad_get_state (pad) != ZAB_PAD_FAILED;
  if (!same && zab_pad_get_state (pad) != ZAB_PAD_EMPTY)
    zab_session_clear (self->session, index);
  zab_settings_apply (G_OBJECT (pad), object);
  if (reference != NULL && !same)
    zab_session_restore (self->session, index, reference->file, name);
}

static gboolean
is_stale (ZabDocument *self, ZabSetContents *contents, guint pad, GHashTable **sounds)
{
  g_autoptr (JsonNode) present
      = capture_record (self, pad, zab_set_contents_get_record (contents, pad), sounds);

  return !zab_json_same (present, zab_set_contents_get_record (contents, pad));
}

/* The bank first: its pads load before the others. */
static void
apply_view (ZabDocument *self, ZabSetContents *contents)
{
  JsonObject *view = json_node_get_object (zab_set_contents_get_view (contents));

  if (json_object_has_member (view, "bank"))
    zab_session_set_bank (self->session, (guint)json_object_get_int_member (view, "bank"));
}

void
zab_document_apply (ZabDocument *self, ZabSetContents *contents)
{
  g_autoptr (GHashTable) sounds = NULL;

  self->applying++;
  zab_settings_apply (G_OBJECT (self->session),
                      json_node_get_object (zab_set_contents_get_session (contents)));
  for (guint i = 0; i < ZAB_N_PADS; i++)
    if (is_stale (self, contents, i, &sounds))
      apply_record (self, i, zab_set_contents_get_record (contents, i));
  self->applying--;
  forget_edits (self);
  self->last_edited = NULL;
}

/* The model is what the contents say now, but for what it can't be: they follow it in that. */
void
zab_document_show (ZabDocument *self, ZabSetContents *contents)
{
  g_autoptr (ZabSetContents) now = NULL;

  self->applying++;
  apply_view (self, contents);
  self->applying--;
  zab_document_apply (self, contents);
  now = zab_document_capture (self, contents);
  if (self->saved == contents || zab_set_contents_equal (self->saved, contents))
    {
      zab_set_contents_unref (self->saved);
      self->saved = zab_set_contents_ref (now);
    }
  zab_history_amend (self->history, now);
}

void
zab_document_adopt (ZabDocument *self, ZabSetContents *contents)
{
  zab_document_keep_unsaved (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  zab_history_free (self->history);
  self->history = zab_history_new (contents);
  zab_set_contents_unref (self->saved);
  self->saved = zab_set_contents_ref (contents);
  zab_document_show (self, contents);
  zab_document_count_step (self);
}
