/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-window-private.h"

#include "ui/zab-drop.h"
#include "ui/zab-file-dialog.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  ZabWindow *window; /* a reference */
  guint      pad;
  gboolean   locate; /* the pad's own file, which has gone elsewhere */
} Request;

static Request *
request_new (ZabWindow *window, guint pad)
{
  Request *self = g_new0 (Request, 1);

  self->window = g_object_ref (window);
  self->pad = pad;
  return self;
}

static void
request_free (Request *self)
{
  g_object_unref (self->window);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* The application knows the document, whose business it is. */
static void
tell_location (ZabWindow *self, guint pad, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  gtk_widget_activate_action (GTK_WIDGET (self), "app.locate-pad", "(us)", pad, uri);
}

static void
on_files_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = zab_file_dialog_open_finish (result, &error);
  ZabWindow *self = request->window;

  if (files)
    {
      g_clear_object (&self->folder);
      self->folder = g_file_get_parent (g_ptr_array_index (files, 0));
      if (request->locate)
        tell_location (self, request->pad, g_ptr_array_index (files, 0));
      else
        zab_session_load_files (self->session, request->pad, files);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adw_toast_overlay_add_toast (self->toasts, adw_toast_new (error->message));
}

static void
choose_files (ZabWindow *self, guint pad)
{
  zab_file_dialog_open_async (GTK_WINDOW (self), self->folder, on_files_chosen,
                              request_new (self, pad));
}

/* Begins where the file was, if there is such a place. */
static void
on_folder_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request   *request = user_data;
  ZabWindow *self = request->window;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  zab_file_dialog_open_async (GTK_WINDOW (self), info ? G_FILE (source) : self->folder,
                              on_files_chosen, request);
}

static void
locate_file (ZabWindow *self, guint pad)
{
  ZabSet  *set = zab_session_get_set (self->session);
  GFile   *file = zab_pad_get_file (zab_set_get_pad (set, pad));
  Request *request;
  g_autoptr (GFile) folder = file ? g_file_get_parent (file) : NULL;

  if (folder == NULL)
    return;
  request = request_new (self, pad);
  request->locate = TRUE;
  g_file_query_info_async (folder, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, on_folder_found, request);
}

guint
zab_window_get_free_pad (ZabWindow *self)
{
  ZabSet *set = zab_session_get_set (self->session);
  guint   selected = zab_pad_grid_get_selected (self->grid);
  guint   bank = zab_session_get_bank (self->session) * ZAB_PAD_KEYS_N;

  if (zab_pad_get_state (zab_set_get_pad (set, selected)) == ZAB_PAD_EMPTY)
    return selected;
  for (guint i = 0; i < ZAB_SET_N_PADS; i++)
    if (zab_pad_get_state (zab_set_get_pad (set, (bank + i) % ZAB_SET_N_PADS)) == ZAB_PAD_EMPTY)
      return (bank + i) % ZAB_SET_N_PADS;
  return selected;
}

void
zab_window_open (ZabWindow *self)
{
  choose_files (self, zab_window_get_free_pad (self));
}

static void
on_clipboard_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GPtrArray) files = zab_drop_dup_files (value);

  if (files)
    zab_session_load_files (request->window->session, request->pad, files);
  else
    adw_toast_overlay_add_toast (request->window->toasts,
                                 adw_toast_new (_ ("The clipboard holds no files")));
}

static void
on_paste (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabWindow *self = ZAB_WINDOW (widget);

  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST,
                                  G_PRIORITY_DEFAULT, NULL, on_clipboard_read,
                                  request_new (self, zab_pad_grid_get_selected (self->grid)));
}

static void
on_load_pad (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint pad = g_variant_get_uint32 (parameter);

  if (pad < ZAB_SET_N_PADS && g_str_equal (action, "win.load-pad"))
    choose_files (ZAB_WINDOW (widget), pad);
  else if (pad < ZAB_SET_N_PADS)
    locate_file (ZAB_WINDOW (widget), pad);
}

void
zab_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.load-pad", "u", on_load_pad);
  gtk_widget_class_install_action (widget_class, "win.locate-pad", "u", on_load_pad);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, on_paste);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste",
                                       NULL);
}
