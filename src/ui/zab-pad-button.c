/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-button-private.h"

#include "ui/zab-compat.h"

#include <glib/gi18n-lib.h>

#define MIN_WIDTH      40
#define MIN_HEIGHT     24
#define NATURAL_WIDTH  132
#define NATURAL_HEIGHT 96

enum
{
  PROP_0,
  PROP_MODE,
  PROP_COLOR,
  PROP_CHOKE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint       touched;
static guint       chosen;

G_DEFINE_FINAL_TYPE (ZabPadButton, zab_pad_button, GTK_TYPE_WIDGET)

static void
toggle_css_class (ZabPadButton *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
change_css_class (ZabPadButton *self, const char **shown, const char *name)
{
  if (*shown == name)
    return;
  if (*shown)
    gtk_widget_remove_css_class (GTK_WIDGET (self), *shown);
  if (name)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  *shown = name;
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
  if (kind == ZAB_PAD_CORNER_NONE)
    return;
  gtk_button_set_icon_name (GTK_BUTTON (self->corner),
                            cancel ? "window-close-symbolic" : "dialog-warning-symbolic");
  /* To set one asks the display where the pointer is, and waits for the answer. */
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->corner), words) != 0)
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
update_looks (ZabPadButton *self, const ZabPadView *view, const ZabPadFacts *facts)
{
  change_css_class (self, &self->state_class, view->css_class);
  change_css_class (self, &self->color_class, view->color_class);
  toggle_css_class (self, "playing", facts->playing && !facts->fading);
  toggle_css_class (self, "fading", facts->fading);
  toggle_css_class (self, "armed", facts->armed);
  zab_pad_painter_set_text (self->painter, facts->name, view->status, view->brief);
  self->still.mode = view->mode_icon;
  self->still.state = view->state_icon;
  self->still.corner = view->corner != ZAB_PAD_CORNER_NONE;
  self->still.selected = facts->selected;
  self->fill = view->fill;
  self->still.solid = facts->playing && !facts->fading;
  zab_pad_button_update_moving (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
refresh (ZabPadButton *self)
{
  ZabPadFacts facts;
  g_auto (ZabPadView) view = { 0 };

  zab_pad_facts_read (&facts, self->pad);
  zab_pad_button_read_bar (self, &facts);
  self->bar = facts.bar;
  facts.selected = self->n_selected > 0 && !self->drop_target;
  facts.drop_target = self->drop_target;
  facts.cap = zab_pad_painter_get_cap (self->painter);
  zab_pad_view_init (&view, &facts);
  update_corner (self, view.corner);
  update_accessible (self, &view, &facts);
  zab_pad_button_update_actions (self, &facts);
  update_looks (self, &view, &facts);
}

/* Of many loads, only the last one's end is told. */
static void
announce_state (ZabPadButton *self)
{
  ZabPadFacts      facts;
  g_autofree char *label = NULL;
  guint            n_loading;

  g_object_get (self->session, "n-loading", &n_loading, NULL);
  if (zab_pad_get_state (self->pad) != ZAB_PAD_READY || n_loading > 1)
    return;
  zab_pad_facts_read (&facts, self->pad);
  label = zab_pad_view_dup_label (&facts);
  zab_compat_announce (GTK_WIDGET (self), label);
}

/* Asked for when it is wanted, and not kept up to date: a set that loads would ask the display 216
 * times, and more, where the pointer is. */
static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  ZabPadFacts facts;
  g_auto (ZabPadView) view = { 0 };

  zab_pad_facts_read (&facts, ZAB_PAD_BUTTON (widget)->pad);
  zab_pad_view_init (&view, &facts);
  gtk_tooltip_set_text (tooltip, view.tooltip);
  return view.tooltip != NULL;
}

static void
on_pad_notify (ZabPad *pad, GParamSpec *pspec, ZabPadButton *self)
{
  if (g_str_equal (pspec->name, "peaks"))
    zab_pad_painter_set_peaks (self->painter, zab_pad_get_peaks (pad));
  else if (g_str_equal (pspec->name, "mode"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
  else if (g_str_equal (pspec->name, "color"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
  else if (g_str_equal (pspec->name, "choke"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOKE]);
  else if (g_str_equal (pspec->name, "error") && zab_pad_get_error (pad))
    zab_compat_announce (GTK_WIDGET (self), zab_pad_get_error (pad));
  else if (g_str_equal (pspec->name, "state"))
    announce_state (self);
  else if (g_str_equal (pspec->name, "armed") && zab_pad_get_armed (pad))
    zab_compat_announce (GTK_WIDGET (self), C_ ("pad status", "Armed"));
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
  g_signal_connect_swapped (pad, "changed", G_CALLBACK (refresh), self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  zab_pad_painter_set_peaks (self->painter, zab_pad_get_peaks (pad));
  self->level = 0;
  refresh (self);
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
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
zab_pad_button_show_cap (ZabPadButton *self, gboolean shown)
{
  zab_pad_painter_show_cap (self->painter, shown);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
zab_pad_button_set_drop_target (ZabPadButton *self, gboolean drop_target)
{
  if (self->drop_target == drop_target)
    return;
  self->drop_target = drop_target;
  toggle_css_class (self, "drop-target", drop_target);
  refresh (self);
}

void
zab_pad_button_set_n_selected (ZabPadButton *self, guint n_selected)
{
  const gboolean was_selected = self->n_selected > 0;

  self->n_selected = n_selected;
  if (was_selected == (n_selected > 0))
    return;
  toggle_css_class (self, "selected", n_selected > 0);
  refresh (self);
}

void
zab_pad_button_set_editing (ZabPadButton *self, gboolean editing)
{
  self->editing = editing;
  toggle_css_class (self, "editing", editing);
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
  g_signal_emit (self, touched, 0);
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
  ZabPadStill   still = self->still;

  still.plus = zab_pad_get_state (self->pad) == ZAB_PAD_EMPTY
               && (flags & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_VISIBLE));
  zab_pad_painter_set_still (self->painter, &still);
  zab_pad_painter_snapshot (self->painter, snapshot, self->fill);
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

  if (prop_id == PROP_MODE)
    g_value_set_enum (value, self->pad ? (int)zab_pad_get_mode (self->pad) : 0);
  else if (prop_id == PROP_COLOR)
    g_value_set_enum (value, self->pad ? (int)zab_pad_get_color (self->pad) : 0);
  else if (prop_id == PROP_CHOKE)
    g_value_set_uint (value, self->pad ? zab_pad_get_choke (self->pad) : 0);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_pad_button_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id < N_PROPS)
    g_signal_emit (object, chosen, 0, pspec->name, value);
  else
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
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = zab_pad_button_dispose;
  object_class->get_property = zab_pad_button_get_property;
  object_class->set_property = zab_pad_button_set_property;
  widget_class->query_tooltip = on_query_tooltip;
  widget_class->snapshot = zab_pad_button_snapshot;
  widget_class->measure = zab_pad_button_measure;
  widget_class->size_allocate = zab_pad_button_size_allocate;
  widget_class->css_changed = zab_pad_button_css_changed;
  properties[PROP_MODE]
      = g_param_spec_enum ("mode", NULL, NULL, ZAB_TYPE_PAD_MODE, ZAB_PAD_MODE_ONE_SHOT, flags);
  properties[PROP_COLOR]
      = g_param_spec_enum ("color", NULL, NULL, ZAB_TYPE_PAD_COLOR, ZAB_PAD_COLOR_NONE, flags);
  properties[PROP_CHOKE]
      = g_param_spec_uint ("choke", NULL, NULL, 0, ZAB_PAD_N_CHOKE_GROUPS, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  touched = g_signal_new ("touched", ZAB_TYPE_PAD_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
  chosen = g_signal_new ("chosen", ZAB_TYPE_PAD_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_VALUE);
  gtk_widget_class_set_css_name (widget_class, "pad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  zab_pad_button_install_actions (widget_class);
}

static void
zab_pad_button_init (ZabPadButton *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->moving.playhead = -1;
  self->painter = zab_pad_painter_new (widget);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  zab_pad_button_add_controllers (self);
}

GtkWidget *
zab_pad_button_new (ZabSession *session)
{
  ZabPadButton *self = g_object_new (ZAB_TYPE_PAD_BUTTON, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
