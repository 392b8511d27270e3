/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving the set: where, what when that fails, and what when sounds are missing. */
#include "ui/zab-application-private.h"

#include <glib/gi18n-lib.h>

#include "model/zab-set-error.h"
#include "model/zab-set-file.h"
#include "ui/zab-compat.h"

typedef struct
{
  GFile       *file; /* NULL: where it was */
  ZabSaveFlags flags;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_clear_object (&self->file);
  g_free (self);
}

void
zab_application_tell (ZabApplication *self, const char *text)
{
  g_signal_emit_by_name (self->session, "message", text);
}

static void write_set (GTask *task);

static void
on_missing_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);

  if (zab_compat_ask_finish (result) == ZAB_ANSWER_ACCEPT)
    {
      request->flags |= ZAB_SAVE_WITHOUT_MISSING;
      write_set (task);
    }
  else
    g_task_return_boolean (task, FALSE);
}

static void
ask_without_missing (ZabApplication *self, const char *reason, GTask *task)
{
  g_autofree char *body = g_strdup_printf (
      _ ("%s.\n\nThe bundle can be made without what is missing: those pads keep their names and "
                  "settings, and find their sounds when they are there again."),
         reason);
  const ZabQuestion question
      = { .heading = _ ("Save Without Missing Sounds?"), .body = body,
                        .cancel = C_ ("question", "_Cancel"),
                                      .accept = C_ ("question", "_Save Without Them") };

  g_application_activate (G_APPLICATION (self));
  zab_compat_ask_async (GTK_WINDOW (self->window), &question, on_missing_answered,
                        g_object_ref (task));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZabApplication *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  self->may_replace = FALSE;
  if (zab_document_save_finish (ZAB_DOCUMENT (source), result, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (g_error_matches (error, ZAB_SET_ERROR, ZAB_SET_ERROR_MISSING))
    {
      ask_without_missing (self, error->message, task);
      return;
    }
  /* The message says that the next time will replace it. */
  self->may_replace = g_error_matches (error, ZAB_SET_ERROR, ZAB_SET_ERROR_CHANGED);
  zab_application_tell (self, error->message);
  g_task_return_boolean (task, FALSE);
}

static void
write_set (GTask *task)
{
  ZabApplication *self = g_task_get_source_object (task);
  Request        *request = g_task_get_task_data (task);

  zab_document_save_async (self->document, request->file,
                           request->flags | (self->may_replace ? ZAB_SAVE_REPLACE : ZAB_SAVE_NONE),
                           on_written, g_object_ref (task));
}

/* A name without an ending is a set's. */
static GFile *
with_ending (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_strconcat (base, ZAB_SET_FILE_SUFFIX, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  if (zab_set_file_is_set (file) || folder == NULL)
    return g_object_ref (file);
  return g_file_get_child (folder, name);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) chosen = zab_compat_choose_save_finish (result, &error);

  if (chosen != NULL)
    {
      request->file = with_ending (chosen);
      write_set (task);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    zab_application_tell (g_task_get_source_object (task), error->message);
  g_task_return_boolean (task, FALSE);
}

static void
choose_and_write (ZabApplication *self, const char *suffix, GTask *task)
{
  GFile *file = zab_document_get_file (self->document);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *name = g_strconcat (zab_document_get_title (self->document), suffix, NULL);

  g_application_activate (G_APPLICATION (self));
  zab_compat_choose_save_async (GTK_WINDOW (self->window), _ ("Save Set"), name, folder, on_chosen,
                                                              g_object_ref (task));
}

void
zab_application_save_async (ZabApplication *self, const char *suffix, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, zab_application_save_async);
  g_task_set_task_data (task, g_new0 (Request, 1), request_free);
  if (suffix == NULL && zab_document_get_file (self->document) != NULL)
    write_set (task);
  else
    choose_and_write (self, suffix != NULL ? suffix : ZAB_SET_FILE_SUFFIX, task);
}

gboolean
zab_application_save_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
