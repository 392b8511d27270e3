/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The only file that asks which GTK and libadwaita it is built with: what was renamed or replaced
 * since the oldest platform (GTK 4.8, libadwaita 1.2) has one name here. Thread: main. */

/* gtk_widget_get_color (), from GTK 4.10. */
void zab_compat_get_color (GtkWidget *widget, GdkRGBA *color);

/* gtk_accessible_announce (), from GTK 4.14; before, screen readers follow the label alone. */
void zab_compat_announce (GtkWidget *widget, const char *text);

/* The desktop's chooser for several files: GtkFileDialog from 4.10, GtkFileChooserNative before.
 * @filters is a list of GtkFileFilter, the first is chosen; @folder, or NULL, is where to start.
 * _finish gives the GFiles, or NULL: G_IO_ERROR_CANCELLED when none was chosen. */
void zab_compat_choose_files_async (GtkWindow *parent, const char *title, GListModel *filters,
                                    GFile *folder, GAsyncReadyCallback callback,
                                    gpointer user_data);
GListModel *zab_compat_choose_files_finish (GAsyncResult *result, GError **error);

/* The same for one file to save to; @name is proposed. */
void zab_compat_choose_save_async (GtkWindow *parent, const char *title, const char *name,
                                   GFile *folder, GAsyncReadyCallback callback, gpointer user_data);

GFile *zab_compat_choose_save_finish (GAsyncResult *result, GError **error);

/* And for a folder. */
void zab_compat_choose_folder_async (GtkWindow *parent, const char *title, GFile *folder,
                                     GAsyncReadyCallback callback, gpointer user_data);

GFile *zab_compat_choose_folder_finish (GAsyncResult *result, GError **error);

/* AdwPreferencesDialog from 1.5, AdwPreferencesWindow before. */
void zab_compat_show_preferences (GtkWindow *parent, AdwPreferencesPage *page);

/* A question with up to three answers; a label that is NULL is not offered. */
typedef struct
{
  const char *heading;
  const char *body;
  const char *cancel;
  const char *other; /* loses something */
  const char *accept;
} ZabQuestion;

typedef enum
{
  ZAB_ANSWER_CANCEL,
  ZAB_ANSWER_OTHER,
  ZAB_ANSWER_ACCEPT,
} ZabAnswer;

/* AdwAlertDialog from 1.5, AdwMessageDialog before. To close it is to cancel. */
void      zab_compat_ask_async (GtkWindow *parent, const ZabQuestion *question,
                                GAsyncReadyCallback callback, gpointer user_data);
ZabAnswer zab_compat_ask_finish (GAsyncResult *result);

typedef struct
{
  const char        *name;
  const char        *icon;
  const char        *developer;
  const char        *version;
  const char        *comments;
  const char        *website;
  const char        *issue_url;
  const char        *copyright;
  const char *const *developers;
} ZabAbout;

/* AdwAboutDialog from 1.5, AdwAboutWindow before. */
void zab_compat_show_about (GtkWindow *parent, const ZabAbout *about);

G_END_DECLS
