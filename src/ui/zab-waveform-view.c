/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-waveform-view.h"

#include "ui/zab-waveform-canvas.h"

#include <glib/gi18n-lib.h>

struct _ZabWaveformView
{
  GtkWidget parent_instance;

  ZabWaveformCanvas *canvas;
};

enum
{
  PROP_PAD = 1,
  PROP_SESSION,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec  *props[N_PROPS];
static const double ZOOM = 2;

G_DEFINE_FINAL_TYPE (ZabWaveformView, zab_waveform_view, GTK_TYPE_WIDGET)

static void
on_zoom_in (ZabWaveformView *self)
{
  zab_waveform_canvas_zoom (self->canvas, ZOOM);
}

static void
on_zoom_out (ZabWaveformView *self)
{
  zab_waveform_canvas_zoom (self->canvas, 1 / ZOOM);
}

static void
on_show_all (ZabWaveformView *self)
{
  zab_waveform_canvas_show_all (self->canvas);
}

static void
on_audition (ZabWaveformView *self)
{
  zab_waveform_canvas_audition (self->canvas);
}

static char *
get_audition_icon (gpointer object, gboolean playing)
{
  return g_strdup (playing ? "media-playback-stop-symbolic" : "media-playback-start-symbolic");
}

static char *
get_audition_label (gpointer object, gboolean playing)
{
  return g_strdup (playing ? C_ ("a sound", "Stop") : C_ ("a sound", "Play"));
}

/* What is told to those who see is told to the others. */
static void
on_tooltip (GtkWidget *button)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_widget_get_tooltip_text (button), -1);
}

/* The properties are the canvas's own. */
static void
zab_waveform_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_object_get_property (G_OBJECT (ZAB_WAVEFORM_VIEW (object)->canvas), pspec->name, value);
}

static void
zab_waveform_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_object_set_property (G_OBJECT (ZAB_WAVEFORM_VIEW (object)->canvas), pspec->name, value);
}

static void
zab_waveform_view_dispose (GObject *object)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (object));

  /* Of the template's children only those that are bound go by themselves. */
  if (box != NULL)
    gtk_widget_unparent (box);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_WAVEFORM_VIEW);
  G_OBJECT_CLASS (zab_waveform_view_parent_class)->dispose (object);
}

static void
zab_waveform_view_class_init (ZabWaveformViewClass *klass)
{
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zab_waveform_view_get_property;
  object_class->set_property = zab_waveform_view_set_property;
  object_class->dispose = zab_waveform_view_dispose;
  props[PROP_PAD] = g_param_spec_object ("pad", NULL, NULL, ZAB_TYPE_PAD, rw);
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZAB_TYPE_SESSION, rw);
  props[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, ZAB_TYPE_DOCUMENT, rw);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (ZAB_TYPE_WAVEFORM_CANVAS);
  g_type_ensure (ZAB_TYPE_PAD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zabumba/Zabumba/ui/zab-waveform-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabWaveformView, canvas);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, on_show_all);
  gtk_widget_class_bind_template_callback (widget_class, on_audition);
  gtk_widget_class_bind_template_callback (widget_class, on_tooltip);
  gtk_widget_class_bind_template_callback (widget_class, get_audition_icon);
  gtk_widget_class_bind_template_callback (widget_class, get_audition_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "waveformview");
}

static void
zab_waveform_view_init (ZabWaveformView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
zab_waveform_view_new (void)
{
  return g_object_new (ZAB_TYPE_WAVEFORM_VIEW, NULL);
}
