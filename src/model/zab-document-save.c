/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving: one at a time, each of what the set is when its turn comes. */
#include <glib/gi18n-lib.h>

#include "model/zab-bundle.h"
#include "model/zab-document-private.h"
#include "model/zab-leftovers.h"
#include "model/zab-pad-record.h"
#include "model/zab-session-private.h"
#include "model/zab-set-error.h"
#include "model/zab-set-file.h"

enum
{
  MAX_HASHED = 1024 * 1024 * 1024 /* bytes of a file; larger ones are known by their size only */
};

typedef struct
{
  GFile          *file;
  ZabSaveFlags    flags;
  ZabSetContents *contents; /* as they were when the save began */
  ZabSetContents *saved;    /* with what has been found out about the files */
  char           *expected; /* stamp, or NULL */
  char           *stamp;
} Save;

static void
save_free (gpointer data)
{
  Save *self = data;

  g_clear_object (&self->file);
  g_clear_pointer (&self->contents, zab_set_contents_unref);
  g_clear_pointer (&self->saved, zab_set_contents_unref);
  g_free (self->expected);
  g_free (self->stamp);
  g_free (self);
}

/* By what a file will be known when it has moved. Thread: worker. */
static ZabFileReference *
complete_reference (const ZabFileReference *reference, guint pad, gpointer user_data)
{
  g_autoptr (GFileInfo) info = g_file_query_info (reference->file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autofree char  *host = NULL;
  ZabFileReference *completed;
  gint64            size;
  gboolean          known;

  if (info == NULL)
    return NULL;
  host = zab_file_reference_get_host_path (reference->file);
  size = g_file_info_get_size (info);
  known = reference->sha256 != NULL && size == reference->size;
  if (known && g_strcmp0 (host, reference->host) == 0)
    return NULL;
  completed = zab_file_reference_copy (reference);
  g_free (completed->host);
  completed->host = g_steal_pointer (&host);
  if (known)
    return completed;
  g_clear_pointer (&completed->sha256, g_free);
  if (size <= MAX_HASHED)
    completed->sha256 = zab_file_reference_hash (reference->file, &size, NULL, NULL);
  completed->size = size;
  return completed;
}

static gboolean
write_file (Save *save, GError **error)
{
  const gboolean   without_missing = (save->flags & ZAB_SAVE_WITHOUT_MISSING) != 0;
  g_autofree char *bundles = zab_leftovers_get_bundles ();

  if (!zab_bundle_is_bundle (save->file))
    {
      zab_leftovers_note_use (bundles, save->saved, save->file);
      return zab_set_file_save (save->file, save->saved, save->expected, &save->stamp, error);
    }
  if (!zab_set_file_check_stamp (save->file, save->expected, error)
      || !zab_bundle_write (save->file, save->saved, without_missing, error))
    return FALSE;
  save->stamp = zab_set_file_stamp (save->file);
  return TRUE;
}

static void
save_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save   *save = task_data;
  GError *error = NULL;

  save->saved = zab_set_contents_map_references (save->contents, complete_reference, NULL);
  if (write_file (save, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static JsonNode *
pick_record (JsonNode *now, JsonNode *captured, JsonNode *saved)
{
  return now == captured ? saved : now;
}

/* The records that were not edited meanwhile take what has been found out about their files. */
static void
take_over (ZabDocument *self, Save *save)
{
  ZabSetContents *now = zab_history_get_now (self->history);
  g_autoptr (ZabSetContents) amended = NULL;
  JsonNode *records[ZAB_N_PADS];

  for (guint i = 0; i < ZAB_N_PADS; i++)
    records[i] = pick_record (zab_set_contents_get_record (now, i),
                              zab_set_contents_get_record (save->contents, i),
                              zab_set_contents_get_record (save->saved, i));
  amended = zab_set_contents_new (records, zab_set_contents_get_session (now),
                                  zab_set_contents_get_view (now), zab_set_contents_get_rest (now));
  zab_set_contents_unref (self->saved);
  self->saved = zab_set_contents_ref (save->saved);
  if (!zab_set_contents_equal (amended, now))
    {
      g_autoptr (ZabSetContents) before = zab_set_contents_ref (now);

      zab_history_amend (self->history, amended);
      zab_document_write_step (self, "amend", before);
    }
}

static void begin_next (ZabDocument *self);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) outer = user_data;
  ZabDocument   *self = ZAB_DOCUMENT (source);
  Save          *save = g_task_get_task_data (G_TASK (result));
  GError        *error = NULL;
  const gboolean saved = g_task_propagate_boolean (G_TASK (result), &error);

  if (saved)
    {
      zab_document_collect (self);
      take_over (self, save);
      zab_document_set_file (self, save->file, save->stamp);
      zab_document_claim (self);
      zab_document_write_saved (self);
      zab_document_update (self);
      zab_document_emit_recent (self);
    }
  g_queue_pop_head (&self->saves);
  zab_document_notify (self, ZAB_DOCUMENT_PROP_SAVING);
  if (saved)
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, error);
  begin_next (self);
}

static void
begin_next (ZabDocument *self)
{
  GTask *outer = g_queue_peek_head (&self->saves);
  Save  *request = outer != NULL ? g_task_get_task_data (outer) : NULL;
  Save  *save;
  g_autoptr (GTask) task = NULL;

  if (outer == NULL || self->is_shut_down)
    return;
  zab_document_collect (self);
  save = g_new0 (Save, 1);
  save->file = g_object_ref (request->file);
  save->contents = zab_set_contents_ref (zab_history_get_now (self->history));
  save->flags = request->flags;
  if ((request->flags & ZAB_SAVE_REPLACE) == 0 && self->file != NULL
      && g_file_equal (self->file, request->file))
    save->expected = g_strdup (self->stamp);
  task = g_task_new (self, NULL, on_written, outer);
  g_task_set_source_tag (task, begin_next);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_in_thread);
}

void
zab_document_save_async (ZabDocument *self, GFile *file, ZabSaveFlags flags,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Save  *request;

  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  g_return_if_fail (file != NULL || self->file != NULL);
  request = g_new0 (Save, 1);
  request->file = g_object_ref (file != NULL ? file : self->file);
  request->flags = flags;
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, zab_document_save_async);
  g_task_set_task_data (task, request, save_free);
  g_queue_push_tail (&self->saves, task);
  if (g_queue_get_length (&self->saves) > 1)
    return;
  zab_document_notify (self, ZAB_DOCUMENT_PROP_SAVING);
  begin_next (self);
}

gboolean
zab_document_save_finish (ZabDocument *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- What nobody saved ----------------------------------------------------------------------- */

static void
keep_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Save *save = task_data;
  g_autoptr (GFile) folder = g_file_get_parent (save->file);
  GError *error = NULL;

  g_mkdir_with_parents (g_file_peek_path (folder), 0700);
  if (zab_set_file_save (save->file, save->contents, NULL, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZabDocument     *self = ZAB_DOCUMENT (source);
  Save            *save = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_file_get_parse_name (save->file);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    text = g_strdup_printf (_ ("What was not saved is kept in “%s”"), name);
  zab_session_tell (self->session, text != NULL ? text : error->message);
}

void
zab_document_keep_unsaved (ZabDocument *self)
{
  Save *save;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *time = NULL;
  g_autofree char *name = NULL;

  zab_document_collect (self);
  if (self->folder == NULL
      || zab_set_contents_equal (zab_history_get_now (self->history), self->saved))
    return;
  now = g_date_time_new_now_local ();
  time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S.%f");
  name = g_strconcat (self->title, " ", time, ZAB_SET_FILE_SUFFIX, NULL);
  g_strdelimit (name, "/", '_');
  save = g_new0 (Save, 1);
  save->file = g_file_new_build_filename (self->folder, "unsaved", name, NULL);
  save->contents = zab_set_contents_ref (zab_history_get_now (self->history));
  task = g_task_new (self, NULL, on_kept, NULL);
  g_task_set_source_tag (task, zab_document_keep_unsaved);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, keep_in_thread);
}
