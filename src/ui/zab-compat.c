/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-compat.h"

#include <glib/gi18n-lib.h>

void
zab_compat_get_color (GtkWidget *widget, GdkRGBA *color)
{
#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}

void
zab_compat_announce (GtkWidget *widget, const char *text)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

/* --- The desktop's choosers ------------------------------------------------------------------- */

typedef enum
{
  CHOOSE_FILES, /* gives a GListModel of GFile */
  CHOOSE_SAVE,  /* the others: a GFile */
  CHOOSE_FOLDER,
} ChooserKind;

typedef struct
{
  ChooserKind kind;
  const char *title;
  const char *name;    /* to save; or NULL */
  GListModel *filters; /* or NULL */
  GFile      *folder;  /* or NULL */
} Chooser;

#if GTK_CHECK_VERSION(4, 10, 0)

static gpointer
finish_chooser (GtkFileDialog *dialog, ChooserKind kind, GAsyncResult *result, GError **error)
{
  if (kind == CHOOSE_FILES)
    return gtk_file_dialog_open_multiple_finish (dialog, result, error);
  if (kind == CHOOSE_SAVE)
    return gtk_file_dialog_save_finish (dialog, result, error);
  return gtk_file_dialog_select_folder_finish (dialog, result, error);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gpointer chosen = finish_chooser (GTK_FILE_DIALOG (source),
                                    GPOINTER_TO_INT (g_task_get_task_data (task)), result, &error);

  if (chosen)
    g_task_return_pointer (task, chosen, g_object_unref);
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "dismissed");
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
show_chooser (GtkWindow *parent, const Chooser *chooser, GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, chooser->title);
  if (chooser->name)
    gtk_file_dialog_set_initial_name (dialog, chooser->name);
  if (chooser->filters)
    gtk_file_dialog_set_filters (dialog, chooser->filters);
  if (chooser->folder)
    gtk_file_dialog_set_initial_folder (dialog, chooser->folder);
  if (chooser->kind == CHOOSE_FILES)
    gtk_file_dialog_open_multiple (dialog, parent, NULL, on_chosen, g_object_ref (task));
  else if (chooser->kind == CHOOSE_SAVE)
    gtk_file_dialog_save (dialog, parent, NULL, on_chosen, g_object_ref (task));
  else
    gtk_file_dialog_select_folder (dialog, parent, NULL, on_chosen, g_object_ref (task));
}

#else

static void
on_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  if (response != GTK_RESPONSE_ACCEPT)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "dismissed");
  else if (GPOINTER_TO_INT (g_task_get_task_data (task)) == CHOOSE_FILES)
    g_task_return_pointer (task, gtk_file_chooser_get_files (chooser), g_object_unref);
  else
    g_task_return_pointer (task, gtk_file_chooser_get_file (chooser), g_object_unref);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static GtkFileChooserNative *
make_chooser (GtkWindow *parent, const Chooser *chooser)
{
  const GtkFileChooserAction action = chooser->kind == CHOOSE_SAVE ? GTK_FILE_CHOOSER_ACTION_SAVE
                                      : chooser->kind == CHOOSE_FOLDER
                                          ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                                          : GTK_FILE_CHOOSER_ACTION_OPEN;
  const char *accept = chooser->kind == CHOOSE_SAVE ? C_ ("file chooser", "_Save")
                                                          : chooser->kind == CHOOSE_FOLDER
                                                          ? C_ ("file chooser", "_Choose")
                                                                : C_ ("file chooser", "_Open");

  return gtk_file_chooser_native_new (chooser->title, parent, action, accept,
                                      C_ ("file chooser", "_Cancel"));
}

static void
add_filters (GtkFileChooser *native, GListModel *filters)
{
  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      gtk_file_chooser_add_filter (native, filter);
      if (i == 0)
        gtk_file_chooser_set_filter (native, filter);
    }
}

static void
show_chooser (GtkWindow *parent, const Chooser *chooser, GTask *task)
{
  GtkFileChooserNative *dialog = make_chooser (parent, chooser);
  GtkFileChooser *native = GTK_FILE_CHOOSER (dialog);

  gtk_file_chooser_set_select_multiple (native, chooser->kind == CHOOSE_FILES);
  if (chooser->name)
    gtk_file_chooser_set_current_name (native, chooser->name);
  if (chooser->filters)
    add_filters (native, chooser->filters);
  if (chooser->folder)
    gtk_file_chooser_set_current_folder (native, chooser->folder, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), g_object_ref (task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

static void
choose (GtkWindow *parent, const Chooser *chooser, gpointer tag, GAsyncReadyCallback callback,
        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, GINT_TO_POINTER (chooser->kind), NULL);
  show_chooser (parent, chooser, task);
}

void
zab_compat_choose_files_async (GtkWindow *parent, const char *title, GListModel *filters,
                               GFile *folder, GAsyncReadyCallback callback, gpointer user_data)
{
  const Chooser chooser
      = { .kind = CHOOSE_FILES, .title = title, .filters = filters, .folder = folder };

  choose (parent, &chooser, zab_compat_choose_files_async, callback, user_data);
}

GListModel *
zab_compat_choose_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zab_compat_choose_save_async (GtkWindow *parent, const char *title, const char *name, GFile *folder,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  const Chooser chooser = { .kind = CHOOSE_SAVE, .title = title, .name = name, .folder = folder };

  choose (parent, &chooser, zab_compat_choose_save_async, callback, user_data);
}

GFile *
zab_compat_choose_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
zab_compat_choose_folder_async (GtkWindow *parent, const char *title, GFile *folder,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  const Chooser chooser = { .kind = CHOOSE_FOLDER, .title = title, .folder = folder };

  choose (parent, &chooser, zab_compat_choose_folder_async, callback, user_data);
}

GFile *
zab_compat_choose_folder_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Windows of libadwaita ---------------------------------------------------------------------
 */

void
zab_compat_show_preferences (GtkWindow *parent, AdwPreferencesPage *page)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog = adw_preferences_dialog_new ();

  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), page);
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  GtkWidget *window = adw_preferences_window_new ();

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
#endif
}

void
zab_compat_show_about (GtkWindow *parent, const ZabAbout *about)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog = adw_about_dialog_new ();
#else
  GtkWidget *dialog = adw_about_window_new ();
#endif

  g_object_set (dialog, "application-name", about->name, "application-icon", about->icon,
                "developer-name", about->developer, "version", about->version, "comments",
                about->comments, "website", about->website, "issue-url", about->issue_url,
                "copyright", about->copyright, "license-type", GTK_LICENSE_GPL_3_0, "developers",
                about->developers, "translator-credits", _ ("translator-credits"), NULL);
#if ADW_CHECK_VERSION(1, 5, 0)
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  gtk_window_set_transient_for (GTK_WINDOW (dialog), parent);
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

static void
on_answered (gpointer dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ZabAnswer answer = ZAB_ANSWER_CANCEL;

  if (g_str_equal (response, "accept"))
    answer = ZAB_ANSWER_ACCEPT;
  else if (g_str_equal (response, "other"))
    answer = ZAB_ANSWER_OTHER;
  g_task_return_int (task, answer);
}

#if ADW_CHECK_VERSION(1, 5, 0)

static void
add_answer (AdwAlertDialog *dialog, const char *id, const char *label,
            AdwResponseAppearance appearance)
{
  if (label == NULL)
    return;
  adw_alert_dialog_add_response (dialog, id, label);
  adw_alert_dialog_set_response_appearance (dialog, id, appearance);
}

static void
show_question (GtkWindow *parent, const ZabQuestion *question, GTask *task)
{
  AdwDialog      *dialog = adw_alert_dialog_new (question->heading, question->body);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  add_answer (alert, "cancel", question->cancel, ADW_RESPONSE_DEFAULT);
  add_answer (alert, "other", question->other, ADW_RESPONSE_DESTRUCTIVE);
  add_answer (alert, "accept", question->accept, ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (alert, "accept");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), g_object_ref (task));
  adw_dialog_present (dialog, GTK_WIDGET (parent));
}

#else

static void
add_answer (AdwMessageDialog *dialog, const char *id, const char *label,
            AdwResponseAppearance appearance)
{
  if (label == NULL)
    return;
  adw_message_dialog_add_response (dialog, id, label);
  adw_message_dialog_set_response_appearance (dialog, id, appearance);
}

static void
show_question (GtkWindow *parent, const ZabQuestion *question, GTask *task)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, question->heading, question->body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  gtk_window_set_title (GTK_WINDOW (dialog), question->heading);
  add_answer (message, "cancel", question->cancel, ADW_RESPONSE_DEFAULT);
  add_answer (message, "other", question->other, ADW_RESPONSE_DESTRUCTIVE);
  add_answer (message, "accept", question->accept, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "accept");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), g_object_ref (task));
  gtk_window_present (GTK_WINDOW (dialog));
}

#endif

void
zab_compat_ask_async (GtkWindow *parent, const ZabQuestion *question, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, zab_compat_ask_async);
  show_question (parent, question, task);
}

ZabAnswer
zab_compat_ask_finish (GAsyncResult *result)
{
  return (ZabAnswer)g_task_propagate_int (G_TASK (result), NULL);
}
