/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-transport-bar.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "model/zab-tap-tempo.h"
#include "ui/zab-frame-pace.h"
#include "ui/zab-level-meter.h"
#include "ui/zab-setting-bind.h"

struct _ZabTransportBar
{
  AdwBin parent_instance;

  GtkToggleButton *play;
  GtkLabel        *position;
  GtkAdjustment   *tempo;
  GtkDropDown     *quantise;
  GtkAdjustment   *beats;
  GtkDropDown     *unit;
  GtkSwitch       *exclusive;
  GtkAdjustment   *speed;
  GtkScale        *speed_scale;
  GtkLabel        *speed_text;
  ZabLevelMeter   *meter;

  ZabSession *session;
  gboolean    narrow;
  ZabTapTempo tap;
  guint       tick; /* 0 while there is nothing to follow */
  gint64      last_frame;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_NARROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabTransportBar, zab_transport_bar, ADW_TYPE_BIN)

static gboolean
get_not (gpointer object, gboolean value)
{
  return !value;
}

static void
on_tap (ZabTransportBar *self)
{
  const double tempo = zab_tap_tempo_tap (&self->tap, g_get_monotonic_time ());

  if (tempo > 0)
    zab_session_set_tempo (self->session, round (tempo * 10) / 10);
}

/* --- What moves: bar, beat and level ------------------------------------------------------------
 */

static gboolean
show_position (ZabTransportBar *self)
{
  g_autofree char *text = NULL;
  guint            bar;
  double           quarter;
  gboolean         running = zab_session_get_bar_position (self->session, &bar, &quarter);

  if (running)
    /* Beats are notes of the metre's own value. */
    text = g_strdup_printf ("%u.%u", bar + 1,
                            (guint)(quarter * zab_session_get_metre_unit (self->session) / 4) + 1);
  gtk_label_set_label (self->position, running ? text : "–");
  return running;
}

static gboolean
show_level (ZabTransportBar *self, double seconds)
{
  float peaks[2], rms[2];

  zab_session_read_master_meter (self->session, peaks, rms);
  return zab_level_meter_update (self->meter, peaks, rms, zab_session_read_limiter (self->session),
                                 seconds);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ZabTransportBar *self = ZAB_TRANSPORT_BAR (widget);
  const gint64     now = gdk_frame_clock_get_frame_time (clock);
  const double     seconds
      = self->last_frame > 0 ? (double)(now - self->last_frame) / G_USEC_PER_SEC : 0;
  guint    n_playing;
  gboolean moves, loud;

  if (!zab_frame_pace_is_due (clock))
    return G_SOURCE_CONTINUE;
  self->last_frame = now;
  g_object_get (self->session, "n-playing", &n_playing, NULL);
  moves = show_position (self);
  loud = show_level (self, seconds);
  if (moves || loud || n_playing > 0)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
follow (ZabTransportBar *self)
{
  if (self->tick != 0)
    return;
  self->last_frame = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* --- What is set
 * ---------------------------------------------------------------------------------- */

static gboolean
enum_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const int quantise = g_value_get_enum (from);

  g_value_set_uint (
      to, quantise <= ZAB_PAD_QUANTISE_OFF ? 0 : (guint)(quantise - ZAB_PAD_QUANTISE_OFF));
  return TRUE;
}

static gboolean
row_to_enum (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_enum (to, (int)g_value_get_uint (from) + ZAB_PAD_QUANTISE_OFF);
  return TRUE;
}

/* 1, 2, 4, 8, 16 are rows 0 to 4. */

static gboolean
unit_to_row (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_uint (to, g_bit_storage (g_value_get_uint (from)) - 1);
  return TRUE;
}

static gboolean
row_to_unit (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_uint (to, 1u << g_value_get_uint (from));
  return TRUE;
}

/* An octave is a step of 1 on the scale. */

static gboolean
speed_to_octaves (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_double (to, log2 (g_value_get_double (from)));
  return TRUE;
}

static gboolean
octaves_to_speed (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  const double octaves = g_value_get_double (from);

  /* There is no missing the original speed. */
  g_value_set_double (to, fabs (octaves) < 0.02 ? 1 : exp2 (octaves));
  return TRUE;
}

static void
show_speed (ZabTransportBar *self)
{
  g_autofree char *text = g_strdup_printf ("%.2f×", zab_session_get_speed (self->session));

  gtk_label_set_label (self->speed_text, text);
}

static void
on_running (ZabTransportBar *self)
{
  show_position (self);
  if (zab_session_get_transport_running (self->session))
    follow (self);
}

static void
bind (ZabTransportBar *self, const char *name, gpointer target, const char *property,
      GBindingTransformFunc to, GBindingTransformFunc from)
{
  g_object_bind_property_full (self->session, name, target, property,
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, to, from, NULL,
                               NULL);
}

static void
set_session (ZabTransportBar *self, ZabSession *session)
{
  if (session == NULL || self->session != NULL)
    return;
  self->session = g_object_ref (session);
  bind (self, "transport-running", self->play, "active", NULL, NULL);
  bind (self, "tempo", self->tempo, "value", NULL, NULL);
  bind (self, "quantise", self->quantise, "selected", enum_to_row, row_to_enum);
  bind (self, "metre-beats", self->beats, "value", NULL, NULL);
  bind (self, "metre-unit", self->unit, "selected", unit_to_row, row_to_unit);
  bind (self, "exclusive", self->exclusive, "active", NULL, NULL);
  bind (self, "speed", self->speed, "value", speed_to_octaves, octaves_to_speed);
  g_signal_connect_object (session, "notify::transport-running", G_CALLBACK (on_running), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::speed", G_CALLBACK (show_speed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "activity", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  on_running (self);
  show_speed (self);
}

/* --- The widget
 * ----------------------------------------------------------------------------------- */

static void
set_narrow (ZabTransportBar *self, gboolean narrow)
{
  self->narrow = narrow;
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
}

static void
zab_transport_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZabTransportBar *self = ZAB_TRANSPORT_BAR (object);

  if (id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == PROP_NARROW)
    g_value_set_boolean (value, self->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_transport_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZabTransportBar *self = ZAB_TRANSPORT_BAR (object);

  if (id == PROP_SESSION)
    set_session (self, g_value_get_object (value));
  else if (id == PROP_NARROW)
    set_narrow (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zab_transport_bar_dispose (GObject *object)
{
  ZabTransportBar *self = ZAB_TRANSPORT_BAR (object);

  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  adw_bin_set_child (ADW_BIN (self), NULL); /* AdwBin would look for it again */
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_TRANSPORT_BAR);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_transport_bar_parent_class)->dispose (object);
}

static void
zab_transport_bar_class_init (ZabTransportBarClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = zab_transport_bar_dispose;
  object_class->get_property = zab_transport_bar_get_property;
  object_class->set_property = zab_transport_bar_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZAB_TYPE_SESSION, rw);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, rw);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (ZAB_TYPE_LEVEL_METER);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zabumba/Zabumba/ui/zab-transport-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, play);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, position);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, tempo);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, quantise);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, beats);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, unit);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, exclusive);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, speed);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, speed_scale);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, speed_text);
  gtk_widget_class_bind_template_child (widget_class, ZabTransportBar, meter);
  gtk_widget_class_bind_template_callback (widget_class, get_not);
  gtk_widget_class_bind_template_callback (widget_class, on_tap);
}

static void
zab_transport_bar_init (ZabTransportBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_scale_add_mark (self->speed_scale, 0, GTK_POS_BOTTOM, NULL);
  zab_setting_name_rows (self->quantise, C_ ("transport", "Launch grid"));
  zab_setting_name_rows (self->unit, C_ ("transport", "Note value"));
}
