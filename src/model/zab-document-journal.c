/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The document in the journal: where it began, each step since, and where it was saved. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/zab-document-private.h"
#include "model/zab-json.h"
#include "model/zab-session-private.h"

enum
{
  MAX_LENGTH = 32 * 1024 * 1024, /* of a journal; then it begins anew, with a shorter past */
  RETRY_AFTER = 2                /* seconds */
};

static void
append_object (ZabDocument *self, JsonObject *object, gboolean restart)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = zab_json_to_text (node, FALSE);

  if (restart)
    zab_journal_restart (self->journal, text);
  else
    zab_journal_append (self->journal, text);
}

static JsonNode *
make_changes (ZabSetContents *now, ZabSetContents *before)
{
  g_autofree char *text = zab_set_contents_to_changes (now, before);

  return zab_json_parse (text, strlen (text), NULL);
}

static void
add_file (ZabDocument *self, JsonObject *object)
{
  g_autofree char *uri = self->file != NULL ? g_file_get_uri (self->file) : NULL;

  if (uri != NULL)
    json_object_set_string_member (object, "file", uri);
  if (self->stamp != NULL)
    json_object_set_string_member (object, "stamp", self->stamp);
}

static void
add_saved (ZabDocument *self, JsonObject *object)
{
  add_file (self, object);
  json_object_set_member (object, "saved",
                          make_changes (self->saved, zab_history_get_now (self->history)));
}

void
zab_document_write_start (ZabDocument *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (ZabSetContents) empty = zab_set_contents_new_empty ();

  if (self->journal == NULL)
    return;
  json_object_set_string_member (object, "kind", "start");
  json_object_set_member (object, "changes",
                          make_changes (zab_history_get_now (self->history), empty));
  add_saved (self, object);
  append_object (self, object, TRUE);
}

static gboolean
must_begin_anew (ZabDocument *self)
{
  return zab_journal_get_length (self->journal) > MAX_LENGTH
         || zab_journal_is_broken (self->journal);
}

void
zab_document_write_step (ZabDocument *self, const char *kind, ZabSetContents *before)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (self->journal == NULL)
    return;
  if (must_begin_anew (self))
    {
      zab_document_write_start (self);
      return;
    }
  json_object_set_string_member (object, "kind", kind);
  json_object_set_member (object, "changes",
                          make_changes (zab_history_get_now (self->history), before));
  append_object (self, object, FALSE);
}

void
zab_document_write_mark (ZabDocument *self, const char *kind)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (self->journal == NULL)
    return;
  if (must_begin_anew (self))
    {
      zab_document_write_start (self);
      return;
    }
  json_object_set_string_member (object, "kind", kind);
  append_object (self, object, FALSE);
}

void
zab_document_write_saved (ZabDocument *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (self->journal == NULL)
    return;
  if (must_begin_anew (self))
    {
      zab_document_write_start (self);
      return;
    }
  json_object_set_string_member (object, "kind", "saved");
  add_saved (self, object);
  append_object (self, object, FALSE);
}

/* --- Reading --------------------------------------------------------------------------------- */

static ZabSetContents *
read_changes (JsonObject *object, const char *name, ZabSetContents *before)
{
  JsonNode *changes = json_object_get_member (object, name);

  return changes != NULL ? zab_set_contents_apply_changes (before, changes, NULL) : NULL;
}

static gboolean
replay_saved (ZabDocument *self, JsonObject *object)
{
  const char     *uri = zab_json_get_string (object, "file");
  ZabSetContents *saved = read_changes (object, "saved", zab_history_get_now (self->history));
  g_autoptr (GFile) file = uri != NULL ? g_file_new_for_uri (uri) : NULL;

  if (saved == NULL)
    return FALSE;
  zab_set_contents_unref (self->saved);
  self->saved = saved;
  zab_document_set_file (self, file, zab_json_get_string (object, "stamp"));
  return TRUE;
}

static gboolean
replay_start (ZabDocument *self, JsonObject *object)
{
  g_autoptr (ZabSetContents) empty = zab_set_contents_new_empty ();
  g_autoptr (ZabSetContents) contents = read_changes (object, "changes", empty);

  if (contents == NULL)
    return FALSE;
  zab_history_free (self->history);
  self->history = zab_history_new (contents);
  return replay_saved (self, object);
}

static gboolean
replay_step (ZabDocument *self, JsonObject *object, const char *kind)
{
  g_autoptr (ZabSetContents) contents
      = read_changes (object, "changes", zab_history_get_now (self->history));

  if (contents == NULL)
    return FALSE;
  if (g_str_equal (kind, "amend"))
    zab_history_amend (self->history, contents);
  else
    zab_history_push (self->history, contents, g_str_equal (kind, "merge"));
  return TRUE;
}

static gboolean
replay_entry (ZabDocument *self, JsonNode *entry)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (entry) ? json_node_get_object (entry) : NULL;
  const char *kind = object != NULL ? zab_json_get_string (object, "kind") : NULL;

  if (kind == NULL)
    return FALSE;
  if (g_str_equal (kind, "start"))
    return replay_start (self, object);
  if (g_str_equal (kind, "undo"))
    return zab_history_undo (self->history);
  if (g_str_equal (kind, "redo"))
    return zab_history_redo (self->history);
  if (g_str_equal (kind, "saved"))
    return replay_saved (self, object);
  return replay_step (self, object, kind);
}

static void
replay (ZabDocument *self, GPtrArray *entries)
{
  g_autoptr (ZabSetContents) now = NULL;
  gboolean whole = entries->len > 0;

  for (guint i = 0; i < entries->len && whole; i++)
    whole = replay_entry (self, entries->pdata[i]);
  now = zab_set_contents_ref (zab_history_get_now (self->history));
  zab_document_show (self, now);
  if (!whole)
    zab_document_write_start (self);
}

/* --- When the disk takes nothing ------------------------------------------------------------- */

static gboolean
on_retry (gpointer user_data)
{
  ZabDocument *self = user_data;

  if (zab_journal_is_broken (self->journal))
    {
      zab_document_write_start (self);
      return G_SOURCE_CONTINUE;
    }
  self->retry = 0;
  return G_SOURCE_REMOVE;
}

static void
tell (ZabDocument *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf (
      _ ("What you do now can’t be kept for the next start, as nothing can be written in “%s”: %s. "
                  "Make room there, or save."),
         self->folder, error->message);

  zab_session_tell (self->session, text);
}

static void
on_journal_failed (ZabJournal *journal, const GError *error, gpointer user_data)
{
  ZabDocument *self = user_data;

  tell (self, error);
  if (self->retry == 0)
    self->retry = g_timeout_add_seconds (RETRY_AFTER, on_retry, self);
}

gboolean
zab_document_is_at_risk (ZabDocument *self)
{
  g_return_val_if_fail (ZAB_IS_DOCUMENT (self), FALSE);
  return self->journal != NULL && zab_journal_is_broken (self->journal);
}

void
zab_document_open_journal (ZabDocument *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  self->journal = zab_journal_open (self->folder, &entries, &error);
  if (self->journal == NULL)
    {
      g_warning ("Unsaved work will not be kept: %s", error->message);
      return;
    }
  zab_journal_set_failure_func (self->journal, on_journal_failed, self);
  replay (self, entries);
  zab_document_claim (self);
}

void
zab_document_close_journal (ZabDocument *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_pointer (&self->journal, zab_journal_free);
}
