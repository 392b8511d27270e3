/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-sound-indicator.h"

#include <glib/gi18n-lib.h>

#include "model/zab-sound-status.h"

struct _ZabSoundIndicator
{
  AdwBin parent_instance;

  GtkWidget *button;
  GtkWidget *warning;
  GtkLabel  *label;
  GtkLabel  *state;
  GtkLabel  *device;
  GtkLabel  *load;
  GtkLabel  *missed;
  GtkWidget *reset;

  ZabSession     *session;
  ZabSoundStatus *status;
  guint           timer; /* while mapped */
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabSoundIndicator, zab_sound_indicator, ADW_TYPE_BIN)

static char *
describe (guint missed, const char *state, const char *summary)
{
  if (missed > 0)
    return g_strdup_printf (ngettext ("%u missed deadline", "%u missed deadlines", missed), missed);
  return g_strdup (*summary != '\0' ? summary : state);
}

static void
show (ZabSoundIndicator *self)
{
  g_autofree char *summary = NULL, *state = NULL, *text = NULL, *load_text = NULL;
  g_autofree char *missed_text = NULL;
  double           load;
  guint            missed;

  g_object_get (self->status, "summary", &summary, "load", &load, "missed", &missed, NULL);
  g_object_get (self->session, "sound-status", &state, NULL);
  text = describe (missed, state, summary);
  load_text = g_strdup_printf (_ ("%.1f %% of its time"), 100 * load);
  missed_text = g_strdup_printf ("%u", missed);
  gtk_label_set_label (self->label, text);
  gtk_label_set_label (self->state, state);
  gtk_label_set_label (self->device, *summary != '\0' ? summary : "–");
  /* Changes all the time, and would have the window laid out for what nobody sees. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self->load)))
    gtk_label_set_label (self->load, load_text);
  gtk_label_set_label (self->missed, missed_text);
  gtk_widget_set_visible (self->warning, missed > 0);
  gtk_widget_set_sensitive (self->reset, missed > 0);
  if (missed > 0)
    gtk_widget_add_css_class (self->button, "warning");
  else
    gtk_widget_remove_css_class (self->button, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

static gboolean
on_second (gpointer user_data)
{
  ZabSoundIndicator *self = user_data;

  zab_sound_status_update (self->status);
  return G_SOURCE_CONTINUE;
}

static void
on_reset (ZabSoundIndicator *self)
{
  zab_sound_status_reset (self->status);
}

/* Once: the binding that gives the session says NULL first. */
static void
set_session (ZabSoundIndicator *self, ZabSession *session)
{
  if (session == NULL || self->session != NULL)
    return;
  self->session = g_object_ref (session);
  self->status = zab_sound_status_new (session);
  g_signal_connect_object (self->status, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::sound-status", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
}

static void
zab_sound_indicator_map (GtkWidget *widget)
{
  ZabSoundIndicator *self = ZAB_SOUND_INDICATOR (widget);

  GTK_WIDGET_CLASS (zab_sound_indicator_parent_class)->map (widget);
  if (self->status == NULL)
    return;
  zab_sound_status_update (self->status);
  self->timer = g_timeout_add_seconds (1, on_second, self);
}

static void
zab_sound_indicator_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&ZAB_SOUND_INDICATOR (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (zab_sound_indicator_parent_class)->unmap (widget);
}

static void
zab_sound_indicator_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, ZAB_SOUND_INDICATOR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_sound_indicator_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (ZAB_SOUND_INDICATOR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_sound_indicator_dispose (GObject *object)
{
  ZabSoundIndicator *self = ZAB_SOUND_INDICATOR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL); /* AdwBin would look for it again */
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_SOUND_INDICATOR);
  g_clear_object (&self->status);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_sound_indicator_parent_class)->dispose (object);
}

static void
zab_sound_indicator_class_init (ZabSoundIndicatorClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zab_sound_indicator_dispose;
  object_class->get_property = zab_sound_indicator_get_property;
  object_class->set_property = zab_sound_indicator_set_property;
  widget_class->map = zab_sound_indicator_map;
  widget_class->unmap = zab_sound_indicator_unmap;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZAB_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zabumba/Zabumba/ui/zab-sound-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, button);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, warning);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, label);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, state);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, device);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, load);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, missed);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundIndicator, reset);
  gtk_widget_class_bind_template_callback (widget_class, on_reset);
}

static void
zab_sound_indicator_init (ZabSoundIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->load, "map", G_CALLBACK (show), self);
}
