/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-open SET: Zabumba itself opens the set, from its start; it tells the milliseconds until the
 * first frame of its window is drawn and until the first pad can be played, or "-" when the set has
 * none, and quits. */
#include "ui/zab-application.h"
#include "ui/zab-window.h"

typedef struct
{
  GApplication *application;
  ZabSetStatus *status;
  gint64        begun;
  double        frame; /* ms, or 0 */
  double        pad;
  gboolean      wants_pad;
  gboolean      is_done;
} Bench;

static double
get_ms (Bench *self)
{
  return (double)(g_get_monotonic_time () - self->begun) / 1000;
}

static void
end_when_done (Bench *self)
{
  if (self->is_done || self->frame <= 0 || (self->wants_pad && self->pad <= 0))
    return;
  self->is_done = TRUE;
  if (self->wants_pad)
    g_print ("%.1f %.1f\n", self->frame, self->pad);
  else
    g_print ("%.1f -\n", self->frame);
  g_application_quit (self->application);
}

static void
on_painted (GdkFrameClock *clock, Bench *self)
{
  if (self->frame <= 0)
    self->frame = get_ms (self);
  end_when_done (self);
}

static void
on_ready (Bench *self)
{
  if (self->pad <= 0 && zab_set_status_get_n_ready (self->status) > 0)
    self->pad = get_ms (self);
  end_when_done (self);
}

static void
on_map (GtkWidget *window, Bench *self)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted),
                    self);
}

static void
on_window_added (GtkApplication *application, GtkWindow *window, Bench *self)
{
  if (self->status != NULL)
    return;
  g_object_get (window, "status", &self->status, NULL);
  g_signal_connect (window, "map", G_CALLBACK (on_map), self);
  g_signal_connect_swapped (self->status, "notify::n-ready", G_CALLBACK (on_ready), self);
}

int
main (int argc, char **argv)
{
  Bench self = { .begun = g_get_monotonic_time () };
  g_autoptr (ZabApplication) application = zab_application_new ();
  g_autofree char *text = NULL;
  int              status;

  if (argc != 2 || !g_file_get_contents (argv[1], &text, NULL, NULL))
    return 2;
  self.application = G_APPLICATION (application);
  self.wants_pad = strstr (text, "\"pad\"") != NULL;
  g_signal_connect (application, "window-added", G_CALLBACK (on_window_added), &self);
  status = g_application_run (self.application, argc, argv);
  g_clear_object (&self.status);
  return status;
}
