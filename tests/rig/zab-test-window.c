/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zab-test-window: a window that says what is done to it, for the tests of the rig. */
#include <gtk/gtk.h>
#include <stdio.h>

static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  fflush (stdout);
}

static void
on_clicked (GtkButton *button, gpointer data)
{
  say ("clicked\n");
}

static void
on_value_changed (GtkRange *range, gpointer data)
{
  say ("value %.2f\n", gtk_range_get_value (range));
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        gpointer data)
{
  say ("key %u\n", code);
  return TRUE;
}

static void
on_drag (GtkGestureDrag *gesture, double x, double y, gpointer data)
{
  say ("dragged %.0f %.0f\n", x, y);
}

static void
on_map (GtkWidget *widget, gpointer data)
{
  say ("mapped\n");
}

static GtkWidget *
make_content (void)
{
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget  *button = gtk_button_new_with_label ("Press me");
  GtkWidget  *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 0.01);
  GtkWidget  *area = gtk_label_new ("Drag here");
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL, "Level",
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), NULL);
  g_signal_connect (scale, "value-changed", G_CALLBACK (on_value_changed), NULL);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag), NULL);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_set_vexpand (area, TRUE);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), scale);
  gtk_box_append (GTK_BOX (box), area);
  return box;
}

static void
on_activate (GtkApplication *application, gpointer data)
{
  GtkWidget          *window = gtk_application_window_new (application);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_window_set_title (GTK_WINDOW (window), "Test window");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 320, 240);
  gtk_window_set_child (GTK_WINDOW (window), make_content ());
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), NULL);
  gtk_widget_add_controller (window, keys);
  g_signal_connect (window, "map", G_CALLBACK (on_map), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
