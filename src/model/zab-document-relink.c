/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding files again that are not where they were. */
#include "model/zab-document-private.h"
#include "model/zab-pad-private.h"
#include "model/zab-pad-record.h"
#include "model/zab-relink.h"
#include "model/zab-session-private.h"

typedef struct
{
  GPtrArray *relinks;
  GPtrArray *folders;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_ptr_array_unref (self->relinks);
  g_ptr_array_unref (self->folders);
  g_free (self);
}

static void
free_relink (gpointer data)
{
  zab_relink_free (data);
}

static void
add_parent (GPtrArray *folders, GFile *file)
{
  GFile *parent = g_file_get_parent (file);

  if (parent != NULL)
    g_ptr_array_add (folders, parent);
}

static Job *
job_new (ZabDocument *self, GFile *folder)
{
  ZabSet *set = zab_session_get_set (self->session);
  Job    *job = g_new0 (Job, 1);

  job->relinks = g_ptr_array_new_with_free_func (free_relink);
  job->folders = g_ptr_array_new_with_free_func (g_object_unref);
  if (folder != NULL)
    g_ptr_array_add (job->folders, g_object_ref (folder));
  else if (self->file != NULL)
    add_parent (job->folders, self->file);
  for (guint i = 0; i < ZAB_N_PADS; i++)
    {
      JsonNode *record = zab_set_contents_get_record (zab_history_get_now (self->history), i);
      g_autoptr (ZabFileReference) reference
          = record != NULL ? zab_pad_record_dup_reference (record) : NULL;

      if (reference == NULL)
        continue;
      if (folder == NULL)
        add_parent (job->folders, reference->file);
      if (!zab_pad_get_has_sample (zab_set_get_pad (set, i)))
        g_ptr_array_add (job->relinks, zab_relink_new (i, reference));
    }
  return job;
}

static void
search_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;

  zab_relink_find (job->relinks, job->folders, cancellable);
  g_task_return_boolean (task, TRUE);
}

static ZabSetContents *
with_record (ZabSetContents *contents, guint pad, JsonNode *record)
{
  JsonNode *records[ZAB_N_PADS];

  for (guint i = 0; i < ZAB_N_PADS; i++)
    records[i] = i == pad ? record : zab_set_contents_get_record (contents, i);
  return zab_set_contents_new (records, zab_set_contents_get_session (contents),
                               zab_set_contents_get_view (contents),
                               zab_set_contents_get_rest (contents));
}

/* Silently: it is the same sound, so neither an edit nor a change of the set. */
static void
take_found (ZabDocument *self, ZabRelink *relink)
{
  ZabPad   *pad = zab_set_get_pad (zab_session_get_set (self->session), relink->pad);
  JsonNode *old = zab_set_contents_get_record (zab_history_get_now (self->history), relink->pad);
  GFile    *file = zab_pad_get_kept_file (pad);
  g_autoptr (ZabFileReference) moved = zab_file_reference_copy (relink->reference);
  g_autoptr (ZabSetContents) now = NULL;
  g_autoptr (ZabSetContents) before = NULL;
  g_autoptr (JsonNode) record = NULL;
  g_autofree char *name = g_strdup (zab_pad_get_kept_name (pad));

  if (zab_pad_get_has_sample (pad) || file == NULL || old == NULL
      || !g_file_equal (file, relink->reference->file))
    return; /* the musician was faster */
  g_set_object (&moved->file, relink->found);
  record = zab_pad_record_with_reference (old, moved);
  before = zab_set_contents_ref (zab_history_get_now (self->history));
  now = with_record (before, relink->pad, record);
  zab_history_amend (self->history, now);
  zab_document_write_step (self, "amend", before);
  if (zab_set_contents_get_record (self->saved, relink->pad) == old)
    {
      ZabSetContents *saved = with_record (self->saved, relink->pad, record);

      zab_set_contents_unref (self->saved);
      self->saved = saved;
      zab_document_write_saved (self);
    }
  self->applying++;
  zab_session_restore (self->session, relink->pad, relink->found, name);
  self->applying--;
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ZabDocument *self = ZAB_DOCUMENT (source);
  Job         *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || self->is_shut_down)
    return;
  zab_document_collect (self);
  for (guint i = 0; i < job->relinks->len; i++)
    {
      ZabRelink *relink = job->relinks->pdata[i];

      if (relink->found != NULL)
        take_found (self, relink);
    }
  zab_document_update (self);
}

void
zab_document_search (ZabDocument *self, GFile *folder)
{
  Job *job = job_new (self, folder);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_searched, NULL);

  g_task_set_source_tag (task, zab_document_search);
  g_task_set_task_data (task, job, job_free);
  if (job->relinks->len > 0)
    g_task_run_in_thread (task, search_in_thread);
  else
    g_task_return_boolean (task, TRUE);
}

void
zab_document_locate (ZabDocument *self, guint pad, GFile *file)
{
  ZabPad *target;
  g_autoptr (GFile) folder = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (ZAB_IS_DOCUMENT (self));
  g_return_if_fail (pad < ZAB_N_PADS);
  g_return_if_fail (G_IS_FILE (file));
  folder = g_file_get_parent (file);
  target = zab_set_get_pad (zab_session_get_set (self->session), pad);
  name = g_strdup (zab_pad_get_kept_name (target));
  zab_session_restore (self->session, pad, file, *name != '\0' ? name : NULL);
  zab_session_note_chosen (self->session, pad);
  zab_document_collect (self);
  if (folder != NULL)
    zab_document_search (self, folder);
}
