/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zab-test-drag-source X Y FILE...: a small window at that place of the screen. From it, the files
 * can be dragged; the clipboard holds them too. Says "ready" when it can be seen, and how a drag
 * ends: "dropped" or "refused". During a drag the window's title is "Dragging", or "Accepted" while
 * what is under it would take the files. */
#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>

static GdkFileList *
create_list (char **paths)
{
  g_autoslist (GFile) files = NULL;

  for (; *paths; paths++)
    files = g_slist_append (files, g_file_new_for_path (*paths));
  return gdk_file_list_new_from_list (files);
}

static void
on_drag_end (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer data)
{
  gtk_window_set_title (data, "Drag source");
  puts (gdk_drag_get_selected_action (drag) == GDK_ACTION_COPY ? "dropped" : "refused");
  fflush (stdout);
}

static void
on_action (GdkDrag *drag, GParamSpec *pspec, GtkWindow *window)
{
  gboolean accepted = gdk_drag_get_selected_action (drag) == GDK_ACTION_COPY;

  gtk_window_set_title (window, accepted ? "Accepted" : "Dragging");
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWindow *window)
{
  g_signal_connect (drag, "notify::selected-action", G_CALLBACK (on_action), window);
  gtk_window_set_title (window, "Dragging");
}

/* What a window manager does: drags find windows by this mark, and here is none. */
static void
mark_windows (Display *display)
{
  const long   state[2] = { 1 /* NormalState */, None };
  Atom         name = XInternAtom (display, "WM_STATE", False);
  Window       root, parent, *windows;
  unsigned int n = 0;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &windows, &n))
    return;
  for (unsigned int i = 0; i < n; i++)
    XChangeProperty (display, windows[i], name, name, 32, PropModeReplace,
                     (const unsigned char *)state, 2);
  XFree (windows);
}

static gboolean
on_mapped (gpointer data)
{
  puts ("ready");
  fflush (stdout);
  return G_SOURCE_REMOVE;
}

static void
on_map (GtkWidget *window, char **arguments)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  Display    *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));

  XMoveWindow (display, gdk_x11_surface_get_xid (surface), atoi (arguments[1]),
               atoi (arguments[2]));
  mark_windows (display);
  XSync (display, False);
  g_idle_add (on_mapped, NULL);
}

static void
offer (GtkWidget *window, char **paths)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GValue         value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, create_list (paths));
  gtk_drag_source_set_content (source, gdk_content_provider_new_for_value (&value));
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), window);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_end), window);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
  gdk_clipboard_set_value (gtk_widget_get_clipboard (window), &value);
  g_value_unset (&value);
}

int
main (int argc, char **argv)
{
  GtkWidget *window;

  if (argc < 4)
    return 2;
  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Drag source");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 120, 120);
  offer (window, argv + 3);
  g_signal_connect_after (window, "map", G_CALLBACK (on_map), argv);
  gtk_window_present (GTK_WINDOW (window));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
