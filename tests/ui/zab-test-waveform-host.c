/* SPDX-License-Identifier: GPL-3.0-or-later */

/* zab-test-waveform-host WIDTH HEIGHT MODE [FILE]: a window of that size with the waveform editor
 * of one pad, which holds FILE, in launch mode MODE. Control+Z undoes, Control+Y does again. It is
 * called "zabumba" on the accessibility bus, where its test looks for that. */
#include <adwaita.h>
#include <stdlib.h>

#include "model/zab-document.h"
#include "ui/zab-waveform-view.h"
#include "zab-resources.h"

typedef struct
{
  ZabSession  *session;
  ZabDocument *document;
  GtkWidget   *window;
  guint        tick;
} Host;

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Host *self = user_data;

  if (zab_session_update_activity (self->session))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
on_activity (Host *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (self->window, on_tick, self, NULL);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, Host *self)
{
  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_z)
    zab_document_undo (self->document);
  else if (keyval == GDK_KEY_y)
    zab_document_redo (self->document);
  return keyval == GDK_KEY_z || keyval == GDK_KEY_y;
}

static void
make_window (Host *self, GApplication *application, ZabPad *pad, int width, int height)
{
  GtkWidget          *view = zab_waveform_view_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_object_set (view, "session", self->session, "document", self->document, "pad", pad,
                "margin-start", 6, "margin-end", 6, "margin-top", 6, "margin-bottom", 6, NULL);
  self->window = adw_application_window_new (GTK_APPLICATION (application));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self->window), view);
  gtk_window_set_title (GTK_WINDOW (self->window), "Zabumba");
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->window, keys);
  gtk_window_present (GTK_WINDOW (self->window));
}

static int
on_command_line (GApplication *application, GApplicationCommandLine *command, Host *self)
{
  int n_arguments;
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (command, &n_arguments);
  ZabPad *pad;

  g_return_val_if_fail (n_arguments >= 4, 2);
  self->session = zab_session_new ();
  self->document = zab_document_new (self->session, NULL);
  pad = zab_set_get_pad (zab_session_get_set (self->session), 0);
  g_signal_connect_swapped (self->session, "activity", G_CALLBACK (on_activity), self);
  make_window (self, application, pad, atoi (arguments[1]), atoi (arguments[2]));
  if (n_arguments > 4)
    {
      g_autoptr (GFile) file = g_file_new_for_path (arguments[4]);

      zab_session_load (self->session, 0, file);
    }
  zab_pad_set_mode (pad,
                    g_str_equal (arguments[3], "loop") ? ZAB_PAD_MODE_LOOP : ZAB_PAD_MODE_ONE_SHOT);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  Host self = { 0 };
  int  status;

  g_set_prgname ("zabumba");
  zab_register_resource ();
  application = adw_application_new ("io.github.zabumba.Zabumba",
                                     G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
  g_signal_connect (application, "command-line", G_CALLBACK (on_command_line), &self);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  zab_document_shut_down (self.document);
  g_clear_object (&self.document);
  zab_session_shut_down (self.session);
  g_clear_object (&self.session);
  return status;
}
