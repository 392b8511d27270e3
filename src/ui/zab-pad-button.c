/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-button-private.h"

#include "ui/zab-compat.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH      40
#define MIN_HEIGHT     30
#define NATURAL_WIDTH  132
#define NATURAL_HEIGHT 96

enum
{
  PROP_0,
  PROP_LOOP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabPadButton, zab_pad_button, GTK_TYPE_WIDGET)

static void
toggle_css_class (ZabPadButton *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static int
get_playhead (ZabPadButton *self)
{
  if (!zab_pad_get_playing (self->pad))
    return -1;
  return (int)(zab_pad_get_position (self->pad) * gtk_widget_get_width (GTK_WIDGET (self)));
}

void
zab_pad_button_update_playhead (ZabPadButton *self)
{
  int playhead = get_playhead (self);

  if (self->playhead == playhead)
    return;
  self->playhead = playhead;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_corner_clicked (ZabPadButton *self)
{
  if (self->corner_kind == ZAB_PAD_CORNER_CANCEL)
    gtk_widget_activate_action (GTK_WIDGET (self), "pad.cancel", NULL);
  else
    zab_pad_button_show_problem (self);
}

static void
update_corner (ZabPadButton *self, ZabPadCorner kind)
{
  gboolean    cancel = kind == ZAB_PAD_CORNER_CANCEL;
  const char *words = cancel ? _ ("Cancel Loading") : _ ("What Went Wrong");

  if (self->corner_kind == kind)
    return;
  self->corner_kind = kind;
  if (self->corner == NULL)
    {
      self->corner = gtk_button_new ();
      gtk_widget_add_css_class (self->corner, "corner");
      gtk_widget_set_focus_on_click (self->corner, FALSE);
      gtk_widget_set_parent (self->corner, GTK_WIDGET (self));
      g_signal_connect_swapped (self->corner, "clicked", G_CALLBACK (on_corner_clicked), self);
    }
  /* The focus would get lost with the button. */
  if (kind == ZAB_PAD_CORNER_NONE && gtk_widget_has_focus (self->corner))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_set_visible (self->corner, kind != ZAB_PAD_CORNER_NONE);
  gtk_button_set_icon_name (GTK_BUTTON (self->corner),
                            cancel ? "window-close-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_tooltip_text (self->corner, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->corner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
update_accessible (ZabPadButton *self, const ZabPadView *view, const ZabPadFacts *facts)
{
  gboolean loading = view->corner == ZAB_PAD_CORNER_CANCEL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, view->label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, view->description, -1);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_PRESSED,
      facts->playing ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
      GTK_ACCESSIBLE_STATE_BUSY, loading, GTK_ACCESSIBLE_STATE_INVALID,
      facts->state == ZAB_PAD_FAILED ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
      -1);
}

static void
refresh (ZabPadButton *self)
{
  ZabPadFacts facts;
  g_auto (ZabPadView) view = { 0 };

  zab_pad_facts_read (&facts, self->pad);
  facts.cap = zab_pad_painter_get_cap (self->painter);
  zab_pad_view_init (&view, &facts);
  if (self->state_class != view.css_class)
    {
      if (self->state_class)
        gtk_widget_remove_css_class (GTK_WIDGET (self), self->state_class);
      gtk_widget_add_css_class (GTK_WIDGET (self), view.css_class);
      self->state_class = view.css_class;
    }
  toggle_css_class (self, "playing", facts.playing);
  update_corner (self, view.corner);
  /* The tooltip first: GTK makes it the description too. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), view.tooltip);
  update_accessible (self, &view, &facts);
  zab_pad_button_update_actions (self, &facts);
  zab_pad_painter_set_text (self->painter, facts.name, view.status, view.brief);
  self->fill = view.fill;
  self->playhead = get_playhead (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_pad_notify (ZabPad *pad, GParamSpec *pspec, ZabPadButton *self)
{
  refresh (self);
  if (g_str_equal (pspec->name, "mode"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOP]);
  if (g_str_equal (pspec->name, "error") && zab_pad_get_error (pad))
    zab_compat_announce (GTK_WIDGET (self), zab_pad_get_error (pad));
}

ZabPad *
zab_pad_button_get_pad (ZabPadButton *self)
{
  return self->pad;
}

void
zab_pad_button_set_pad (ZabPadButton *self, ZabPad *pad)
{
  g_return_if_fail (ZAB_IS_PAD (pad));
  if (self->pad == pad)
    return;
  if (self->pad)
    {
      g_signal_handlers_disconnect_by_data (self->pad, self);
      if (self->n_held > 0) /* nobody will see it let go in another bank */
        zab_session_release (self->session, zab_pad_get_index (self->pad));
    }
  g_set_object (&self->pad, pad);
  g_signal_connect (pad, "notify", G_CALLBACK (on_pad_notify), self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOOP]);
}

void
zab_pad_button_set_cap (ZabPadButton *self, const char *cap)
{
  if (g_str_equal (cap, zab_pad_painter_get_cap (self->painter)))
    return;
  zab_pad_painter_set_cap (self->painter, cap);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, cap,
                                  -1);
  refresh (self);
}

void
zab_pad_button_set_drop_target (ZabPadButton *self, gboolean drop_target)
{
  toggle_css_class (self, "drop-target", drop_target);
}

static gboolean
on_unpress_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);

  self->unpress_tick = 0;
  if (self->n_held == 0)
    gtk_widget_remove_css_class (widget, "pressed");
  return G_SOURCE_REMOVE;
}

void
zab_pad_button_press (ZabPadButton *self)
{
  self->n_held++;
  gtk_widget_add_css_class (GTK_WIDGET (self), "pressed");
  if (zab_pad_get_has_sample (self->pad))
    zab_session_play (self->session, zab_pad_get_index (self->pad), 1);
}

void
zab_pad_button_release (ZabPadButton *self)
{
  g_return_if_fail (self->n_held > 0);
  self->n_held--;
  if (self->n_held == 0)
    zab_session_release (self->session, zab_pad_get_index (self->pad));
  /* A quick tap is over before a frame was drawn: the look goes away with the next one. */
  if (self->n_held == 0 && self->unpress_tick == 0)
    self->unpress_tick
        = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_unpress_tick, NULL, NULL);
}

static void
zab_pad_button_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);
  GtkStateFlags flags = gtk_widget_get_state_flags (widget);
  gboolean      empty = zab_pad_get_state (self->pad) == ZAB_PAD_EMPTY;
  guint         n = 0;
  ZabPadPaint   paint = {
      .fill = self->fill,
      .playhead = self->playhead,
      .plus = empty && (flags & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_VISIBLE)),
      .corner = self->corner_kind != ZAB_PAD_CORNER_NONE,
  };

  if (zab_pad_get_playing (self->pad))
    paint.glyphs[n++] = "media-playback-start-symbolic";
  if (zab_pad_get_mode (self->pad) == ZAB_PAD_MODE_LOOP && !empty)
    paint.glyphs[n++] = "media-playlist-repeat-symbolic";
  zab_pad_painter_snapshot (self->painter, snapshot, &paint);
  if (self->corner)
    gtk_widget_snapshot_child (widget, self->corner, snapshot);
}

static void
zab_pad_button_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MIN_WIDTH : MIN_HEIGHT;
  *natural = horizontal ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
zab_pad_button_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);
  int           size = MIN (height, zab_pad_painter_get_corner_size (width, height));
  gboolean      rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int           gap = size > 24 ? 3 : MIN (1, (height - size) / 2);

  if (self->corner && gtk_widget_should_layout (self->corner))
    gtk_widget_size_allocate (
        self->corner, &(GtkAllocation){ rtl ? gap : width - size - gap, gap, size, size }, -1);
  if (self->popover)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
zab_pad_button_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (widget);

  GTK_WIDGET_CLASS (zab_pad_button_parent_class)->css_changed (widget, change);
  if (self->painter)
    zab_pad_painter_invalidate (self->painter);
}

static void
zab_pad_button_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (object);

  if (prop_id == PROP_LOOP)
    g_value_set_boolean (value, self->pad && zab_pad_get_mode (self->pad) == ZAB_PAD_MODE_LOOP);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_pad_button_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (object);

  if (prop_id == PROP_LOOP && self->pad)
    zab_pad_set_mode (self->pad,
                      g_value_get_boolean (value) ? ZAB_PAD_MODE_LOOP : ZAB_PAD_MODE_ONE_SHOT);
  else if (prop_id != PROP_LOOP)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_pad_button_dispose (GObject *object)
{
  ZabPadButton *self = ZAB_PAD_BUTTON (object);

  if (self->pad)
    g_signal_handlers_disconnect_by_data (self->pad, self);
  g_clear_pointer (&self->corner, gtk_widget_unparent);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->painter, zab_pad_painter_free);
  g_clear_object (&self->pad);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_pad_button_parent_class)->dispose (object);
}

static void
zab_pad_button_class_init (ZabPadButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zab_pad_button_dispose;
  object_class->get_property = zab_pad_button_get_property;
  object_class->set_property = zab_pad_button_set_property;
  widget_class->snapshot = zab_pad_button_snapshot;
  widget_class->measure = zab_pad_button_measure;
  widget_class->size_allocate = zab_pad_button_size_allocate;
  widget_class->css_changed = zab_pad_button_css_changed;
  properties[PROP_LOOP]
      = g_param_spec_boolean ("loop", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "pad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  zab_pad_button_install_actions (widget_class);
}

static void
zab_pad_button_init (ZabPadButton *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->playhead = -1;
  self->painter = zab_pad_painter_new (widget);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  zab_pad_button_add_controllers (self);
}

GtkWidget *
zab_pad_button_new (ZabSession *session)
{
  ZabPadButton *self = g_object_new (ZAB_TYPE_PAD_BUTTON, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
