/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The set as a document: new, open, save, undo; and its name on the window. */
#include "ui/zab-application-private.h"

#include <glib/gi18n-lib.h>

#include "model/zab-set-error.h"
#include "model/zab-set-file.h"
#include "ui/zab-compat.h"

enum
{
  N_PADS = 216
};

/* Failures are told in passing, as those of the session are. */
static void
tell (ZabApplication *self, const char *text)
{
  g_signal_emit_by_name (self->session, "message", text);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!zab_document_open_finish (ZAB_DOCUMENT (source), result, &error))
    tell (self, error->message);
}

static void
on_open_set (ZabSession *session, GFile *file, ZabApplication *self)
{
  zab_document_open_async (self->document, file, NULL, on_opened, g_object_ref (self));
}

static void
on_new (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  zab_document_clear (ZAB_APPLICATION (user_data)->document);
}

/* --- Saving ---------------------------------------------------------------------------------- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->may_replace = FALSE;
  if (zab_document_save_finish (ZAB_DOCUMENT (source), result, &error))
    return;
  /* The message says that the next time will replace it. */
  self->may_replace = g_error_matches (error, ZAB_SET_ERROR, ZAB_SET_ERROR_CHANGED);
  tell (self, error->message);
}

static void
save (ZabApplication *self, GFile *file)
{
  zab_document_save_async (self->document, file,
                           self->may_replace ? ZAB_SAVE_REPLACE : ZAB_SAVE_NONE, on_saved,
                           g_object_ref (self));
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
on_save_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) chosen = zab_compat_choose_save_finish (result, &error);
  g_autoptr (GFile) file = NULL;

  if (chosen == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        tell (self, error->message);
      return;
    }
  file = with_ending (chosen);
  save (self, file);
}

static void
choose_and_save (ZabApplication *self, const char *suffix)
{
  GFile *file = zab_document_get_file (self->document);
  g_autoptr (GFile) folder = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *name = g_strconcat (zab_document_get_title (self->document), suffix, NULL);

  g_application_activate (G_APPLICATION (self));
  zab_compat_choose_save_async (GTK_WINDOW (self->window), _ ("Save Set"), name, folder,
                                                              on_save_chosen, g_object_ref (self));
}

static void
on_save_as (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose_and_save (ZAB_APPLICATION (user_data), ZAB_SET_FILE_SUFFIX);
}

static void
on_save_bundle (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  choose_and_save (ZAB_APPLICATION (user_data), ZAB_BUNDLE_SUFFIX);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ZabApplication *self = user_data;

  if (zab_document_get_file (self->document) != NULL)
    save (self, NULL);
  else
    choose_and_save (self, ZAB_SET_FILE_SUFFIX);
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
  if (pad < N_PADS)
    zab_document_locate (self->document, pad, file);
}

static const GActionEntry entries[] = {
  { .name = "locate-pad", .activate = on_locate_pad, .parameter_type = "(us)" },
  { .name = "new-set", .activate = on_new },
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
  g_autofree char *uri = g_file_get_uri (file);

  gtk_recent_manager_add_item (gtk_recent_manager_get_default (), uri);
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

void
zab_application_add_document (ZabApplication *self)
{
  g_autofree char *folder = zab_document_get_default_journal_folder ();

  self->document = zab_document_new (self->session, folder);
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
