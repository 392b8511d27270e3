/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The set as a document: new, open, save, undo; and its name on the window. */
#include "ui/zab-application-private.h"

#include <glib/gi18n-lib.h>

#include "model/zab-leftovers.h"
#include "model/zab-set-file.h"
#include "ui/zab-compat.h"

#define DRAW_TIMEOUT 1000 /* ms */

/* --- Another set ----------------------------------------------------------------------------- */

/* What is to be done once the present set may go. */
typedef struct
{
  ZabApplication *application;
  GFile          *file; /* or NULL */
  void (*run) (ZabApplication *self, GFile *file);
} Next;

static void
next_free (Next *self)
{
  g_object_unref (self->application);
  g_clear_object (&self->file);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Next, next_free)

static void
on_saved_before (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Next) next = user_data;

  if (zab_application_save_finish (result))
    next->run (next->application, next->file);
}

static void
on_leave_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Next) next = user_data;
  const ZabAnswer answer = zab_compat_ask_finish (result);
  ZabApplication *self = next->application;

  self->asking = FALSE;
  if (answer == ZAB_ANSWER_ACCEPT)
    zab_application_save_async (self, NULL, on_saved_before, g_steal_pointer (&next));
  else if (answer == ZAB_ANSWER_OTHER)
    next->run (self, next->file);
}

static void
ask (ZabApplication *self, const ZabQuestion *question, Next *next)
{
  if (self->asking)
    {
      next_free (next);
      return;
    }
  self->asking = TRUE;
  g_application_activate (G_APPLICATION (self));
  zab_compat_ask_async (GTK_WINDOW (self->window), question, on_leave_answered, next);
}

/* Asks what to do with what is not saved, when there is any. */
static void
leave_set (ZabApplication *self, void (*run) (ZabApplication *self, GFile *file), GFile *file)
{
  Next            *next;
  g_autofree char *heading = NULL;
  ZabQuestion      question
      = { .body = _ ("What is not saved can be opened from a file of its own "
                                                      "for three months, and then it is gone."),
                     .cancel = C_ ("question", "_Cancel"),
                                   .other = C_ ("question", "_Don’t Save"),
                                                .accept = C_ ("question", "_Save") };

  if (!zab_document_get_modified (self->document))
    {
      run (self, file);
      return;
    }
  heading = g_strdup_printf (_ ("Save Changes to “%s”?"), zab_document_get_title (self->document));
  question.heading = heading;
  next = g_new0 (Next, 1);
  next->application = g_object_ref (self);
  next->file = file != NULL ? g_object_ref (file) : NULL;
  next->run = run;
  ask (self, &question, next);
}

static void
take_opened (ZabApplication *self, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  if (!zab_document_open_finish (self->document, result, &error))
    zab_application_tell (self, error->message);
}

void
zab_application_take_waiting (ZabApplication *self)
{
  g_autoptr (GAsyncResult) waiting = g_steal_pointer (&self->waiting);

  self->is_drawn = TRUE;
  g_clear_handle_id (&self->draw_timer, g_source_remove);
  if (waiting != NULL && self->document != NULL)
    take_opened (self, waiting);
}

static void
on_draw_timeout (gpointer user_data)
{
  ZabApplication *self = user_data;

  self->draw_timer = 0;
  zab_application_take_waiting (self);
}

/* A full set would hold up the window's first frame: it waits for it, unless none comes. */
static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabApplication) self = user_data;

  if (self->window == NULL || self->is_drawn)
    {
      take_opened (self, result);
      return;
    }
  g_set_object (&self->waiting, result);
  if (self->draw_timer == 0)
    self->draw_timer = g_timeout_add_once (DRAW_TIMEOUT, on_draw_timeout, self);
}

static void
open_set (ZabApplication *self, GFile *file)
{
  zab_document_open_async (self->document, file, NULL, on_opened, g_object_ref (self));
}

static void
on_open_set (ZabSession *session, GFile *file, ZabApplication *self)
{
  leave_set (self, open_set, file);
}

static void
on_open_recent (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  leave_set (ZAB_APPLICATION (user_data), open_set, file);
}

static void
on_clear_recent (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_recent_sets_clear (ZAB_APPLICATION (user_data)->recent);
}

static void
clear_set (ZabApplication *self, GFile *unused)
{
  zab_document_clear (self->document);
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  leave_set (ZAB_APPLICATION (user_data), clear_set, NULL);
}

/* --- The end --------------------------------------------------------------------------------- */

static void
quit (ZabApplication *self, GFile *unused)
{
  g_application_quit (G_APPLICATION (self));
}

/* Nothing is asked when all will be there at the next start. */
gboolean
zab_application_may_quit (ZabApplication *self)
{
  const char *body = _ ("The disk where they would be kept for the next start takes nothing, "
                                 "as it may be full. Make room there, or save in another place.");
  const ZabQuestion question
      = { .heading = _ ("Quit and Lose Changes?"), .body = body,
                        .cancel = C_ ("question", "_Cancel"),
                                      .other = C_ ("question", "_Quit All the Same"),
                                                   .accept = C_ ("question", "_Save") };
  Next *next;

  if (!zab_document_is_at_risk (self->document) || !zab_document_get_modified (self->document))
    return TRUE;
  next = g_new0 (Next, 1);
  next->application = g_object_ref (self);
  next->run = quit;
  ask (self, &question, next);
  return FALSE;
}

/* --- Saving ---------------------------------------------------------------------------------- */

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_application_save_async (ZAB_APPLICATION (user_data), NULL, NULL, NULL);
}

static void
on_save_as (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_application_save_async (ZAB_APPLICATION (user_data), ZAB_SET_FILE_SUFFIX, NULL, NULL);
}

static void
on_save_bundle (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_application_save_async (ZAB_APPLICATION (user_data), ZAB_BUNDLE_SUFFIX, NULL, NULL);
}

/* --- Back and forth -------------------------------------------------------------------------- */

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_document_undo (ZAB_APPLICATION (user_data)->document);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_document_redo (ZAB_APPLICATION (user_data)->document);
}

static void
on_locate_pad (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication *self = user_data;
  guint           pad;
  const char     *uri;
  g_autoptr (GFile) file = NULL;

  g_variant_get (parameter, "(u&s)", &pad, &uri);
  file = g_file_new_for_uri (uri);
  if (pad < ZAB_SET_N_PADS)
    zab_document_locate (self->document, pad, file);
}

static const GActionEntry entries[] = {
  { .name = "locate-pad", .activate = on_locate_pad, .parameter_type = "(us)" },
  { .name = "new-set", .activate = on_new },
  { .name = "open-recent", .activate = on_open_recent, .parameter_type = "s" },
  { .name = "clear-recent", .activate = on_clear_recent },
  { .name = "save", .activate = on_save },
  { .name = "save-as", .activate = on_save_as },
  { .name = "save-bundle", .activate = on_save_bundle },
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
};

static const struct
{
  const char *action;
  const char *accel;
} accels[] = {
  { "app.new-set", "<Control>n" },        { "app.save", "<Control>s" },
  { "app.save-as", "<Control><Shift>s" }, { "app.undo", "<Control>z" },
  { "app.redo", "<Control><Shift>z" },
};

static void
bind_enabled (ZabApplication *self, const char *action, const char *property)
{
  g_object_bind_property (self->document, property,
                          g_action_map_lookup_action (G_ACTION_MAP (self), action), "enabled",
                          G_BINDING_SYNC_CREATE);
}

static void
on_recent (ZabDocument *document, GFile *file, ZabApplication *self)
{
  zab_recent_sets_add (self->recent, file);
}

void
zab_application_name_window (ZabApplication *self)
{
  const char      *title = zab_document_get_title (self->document);
  const gboolean   modified = zab_document_get_modified (self->document);
  g_autofree char *text = NULL;

  if (self->window == NULL)
    return;
  if (zab_document_get_file (self->document) == NULL)
    text = g_strdup ("Zabumba");
  else
    text = g_strdup_printf ("%s%s – Zabumba", modified ? "• " : "", title);
  gtk_window_set_title (GTK_WINDOW (self->window), text);
}

/* Thread: worker. */
static void
clean_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *bundles = zab_leftovers_get_bundles ();

  zab_leftovers_clean (bundles, task_data, g_get_real_time () / G_USEC_PER_SEC);
  g_task_return_boolean (task, TRUE);
}

static void
clean_leftovers (const char *folder)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, clean_leftovers);
  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, clean_in_thread);
}

void
zab_application_add_document (ZabApplication *self)
{
  g_autofree char *folder = zab_document_get_default_journal_folder ();

  self->document = zab_document_new (self->session, folder);
  self->recent = zab_recent_sets_new (NULL);
  clean_leftovers (folder);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           (const char *[]){ accels[i].accel, NULL });
  bind_enabled (self, "undo", "can-undo");
  bind_enabled (self, "redo", "can-redo");
  g_signal_connect_object (self->session, "open-set", G_CALLBACK (on_open_set), self, 0);
  g_signal_connect_object (self->document, "recent", G_CALLBACK (on_recent), self, 0);
  g_signal_connect_object (self->document, "notify::title",
                           G_CALLBACK (zab_application_name_window), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::file", G_CALLBACK (zab_application_name_window),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::modified",
                           G_CALLBACK (zab_application_name_window), self, G_CONNECT_SWAPPED);
}
