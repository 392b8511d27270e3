/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-grid-drop.h"

#include "ui/zab-drop.h"

typedef struct
{
  GtkDropTarget *target; /* unowned: it owns this */
  ZabPadGrid    *grid;   /* unowned: a child of the target's widget */
  ZabSession    *session;
  GCancellable  *counting; /* the files that hover now; NULL: none yet */
  guint          n_files;  /* pads that they fill; 1 until they are counted */
  guint          first;    /* pad under the pointer */
} GridDrop;

static void
grid_drop_free (gpointer data, GClosure *closure)
{
  GridDrop *self = data;

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->session);
  g_free (self);
}

static guint
get_pad_at (GridDrop *self, double x, double y)
{
  GtkWidget       *area = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (self->target));
  graphene_point_t point;

  if (!gtk_widget_compute_point (area, GTK_WIDGET (self->grid),
                                 &GRAPHENE_POINT_INIT ((float)x, (float)y), &point))
    return 0;
  return zab_pad_grid_get_nearest (self->grid, (double)point.x, (double)point.y);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GridDrop *self = user_data;
  g_autoptr (GError) error = NULL;
  int n = zab_session_count_files_finish (ZAB_SESSION (source), result, &error);

  /* Cancelled: the drag is over, and so may be the life of self. */
  if (n < 0)
    return;
  self->n_files = (guint)n;
  zab_pad_grid_show_drop (self->grid, self->first, self->n_files);
}

/* The files are known before they are let go, where the source allows it. */
static void
on_value (GridDrop *self)
{
  g_autoptr (GPtrArray) files = zab_drop_dup_files (gtk_drop_target_get_value (self->target));

  if (files == NULL || self->counting)
    return;
  self->counting = g_cancellable_new ();
  zab_session_count_files_async (self->session, files, self->counting, on_counted, self);
}

static GdkDragAction
on_motion (GtkDropTarget *target, double x, double y, GridDrop *self)
{
  self->first = get_pad_at (self, x, y);
  zab_pad_grid_show_drop (self->grid, self->first, self->n_files);
  return GDK_ACTION_COPY;
}

static void
on_leave (GtkDropTarget *target, GridDrop *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->n_files = 1;
  zab_pad_grid_show_drop (self->grid, 0, 0);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GridDrop *self)
{
  g_autoptr (GPtrArray) files = zab_drop_dup_files (value);

  if (files)
    zab_session_load_files (self->session, get_pad_at (self, x, y), files);
  on_leave (target, self);
  return files != NULL;
}

void
zab_grid_drop_attach (GtkWidget *area, ZabPadGrid *grid, ZabSession *session)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GridDrop      *self = g_new0 (GridDrop, 1);

  self->target = target;
  self->grid = grid;
  self->session = g_object_ref (session);
  self->n_files = 1;
  gtk_drop_target_set_gtypes (target, (GType[2]){ GDK_TYPE_FILE_LIST, G_TYPE_FILE }, 2);
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect_swapped (target, "notify::value", G_CALLBACK (on_value), self);
  g_signal_connect (target, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_data (target, "drop", G_CALLBACK (on_drop), self, grid_drop_free, 0);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
}
