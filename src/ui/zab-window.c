/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-window-private.h"

#include "ui/zab-bank-switcher.h"
#include "ui/zab-grid-drop.h"
#include "ui/zab-sound-indicator.h"
#include "ui/zab-transport-bar.h"
#include "ui/zab-undo-gesture.h"

#include <math.h>

#define NARROW_BELOW   820  /* px: no room for banks and volume in the header bar */
#define LOW_BELOW      420  /* px: no room for the transport above the pads */
#define NO_SOUND_AFTER 1500 /* ms: PipeWire gets the time to come up */

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_DOCUMENT,
  PROP_STATUS,
  PROP_NARROW,
  PROP_LOW,
  PROP_EDIT_MODE,
  PROP_SHOW_INSPECTOR,
  PROP_SELECTED_PAD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ZabWindow, zab_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
get_not (gpointer object, gboolean value)
{
  return !value;
}

static gboolean
get_is_zero (gpointer object, guint value)
{
  return value == 0;
}

static void
set_fold (ZabWindow *self, gboolean *fold, gboolean value, guint prop)
{
  if (*fold == value)
    return;
  *fold = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static gboolean
is_narrow (int width)
{
  return width < NARROW_BELOW;
}

static gboolean
is_low (int height)
{
  return height < LOW_BELOW;
}

static gboolean
on_fold_idle (gpointer user_data)
{
  ZabWindow *self = user_data;
  GtkWidget *widget = user_data;

  self->fold_idle = 0;
  set_fold (self, &self->narrow, is_narrow (gtk_widget_get_width (widget)), PROP_NARROW);
  set_fold (self, &self->low, is_low (gtk_widget_get_height (widget)), PROP_LOW);
  if (self->low)
    gtk_widget_add_css_class (widget, "low");
  else
    gtk_widget_remove_css_class (widget, "low");
  zab_window_place_inspector (self);
  return G_SOURCE_REMOVE;
}

static void
zab_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZabWindow *self = ZAB_WINDOW (widget);

  GTK_WIDGET_CLASS (zab_window_parent_class)->size_allocate (widget, width, height, baseline);
  /* Widgets can't come and go in the midst of a layout. */
  if (self->fold_idle == 0
      && (is_narrow (width) != self->narrow || is_low (height) != self->low
          || !zab_window_is_inspector_placed (self)))
    self->fold_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fold_idle, self, NULL);
}

static void
on_message (ZabWindow *self, const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

static gboolean
get_has_sound (ZabWindow *self)
{
  gboolean has_sound;

  g_object_get (self->session, "has-sound", &has_sound, NULL);
  return has_sound;
}

static void
on_no_sound_timeout (gpointer user_data)
{
  ZabWindow *self = user_data;

  self->no_sound_timer = 0;
  gtk_revealer_set_reveal_child (self->no_sound, !get_has_sound (self));
}

static void
on_has_sound (ZabWindow *self)
{
  if (get_has_sound (self))
    {
      g_clear_handle_id (&self->no_sound_timer, g_source_remove);
      gtk_revealer_set_reveal_child (self->no_sound, FALSE);
    }
  else if (self->no_sound_timer == 0)
    self->no_sound_timer = g_timeout_add_once (NO_SOUND_AFTER, on_no_sound_timeout, self);
}

/* One load is told by its pad; the line comes with the second and stays until the last has ended.
 */
static void
on_n_loading (ZabWindow *self)
{
  guint n_loading;

  g_object_get (self->session, "n-loading", &n_loading, NULL);
  if (n_loading != 1)
    gtk_widget_set_visible (self->loads, n_loading > 0);
}

/* The ear hears the cube: half of the way sounds about half as loud. */
static gboolean
volume_to_slider (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_double (to, cbrt (g_value_get_double (from)));
  return TRUE;
}

static gboolean
slider_to_volume (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_double (to, pow (g_value_get_double (from), 3));
  return TRUE;
}

static void
on_cancel_loads (ZabWindow *self)
{
  zab_session_cancel_all_loads (self->session);
}

static void
on_editing (ZabWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDIT_MODE]);
}

static void
on_selected_pad (ZabWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_PAD]);
}

static void
zab_window_constructed (GObject *object)
{
  ZabWindow *self = ZAB_WINDOW (object);

  G_OBJECT_CLASS (zab_window_parent_class)->constructed (object);
  zab_pad_grid_set_session (self->grid, self->session);
  zab_undo_gesture_attach (self->volume_slider, self->document);
  zab_undo_gesture_attach (self->volume_popover_slider, self->document);
  zab_grid_drop_attach (GTK_WIDGET (self->stage), self->grid, self->session);
  g_object_bind_property_full (self->session, "volume", self->volume, "value",
                               G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL, volume_to_slider,
                               slider_to_volume, NULL, NULL);
  g_signal_connect_object (self->session, "message", G_CALLBACK (on_message), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::has-sound", G_CALLBACK (on_has_sound), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::n-loading", G_CALLBACK (on_n_loading), self,
                           G_CONNECT_SWAPPED);
  on_has_sound (self);
  on_n_loading (self);
  g_signal_connect_object (self->grid, "notify::editing", G_CALLBACK (on_editing), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "notify::selected-pad", G_CALLBACK (on_selected_pad), self,
                           G_CONNECT_SWAPPED);
  zab_window_add_edit (self);
  zab_window_add_inspector (self);
  zab_window_add_keys (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->grid));
  gtk_window_set_focus_visible (GTK_WINDOW (self), FALSE);
}

static void
zab_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ZabWindow *self = ZAB_WINDOW (object);

  if (prop_id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (prop_id == PROP_DOCUMENT)
    g_value_set_object (value, self->document);
  else if (prop_id == PROP_STATUS)
    g_value_set_object (value, self->status);
  else if (prop_id == PROP_NARROW)
    g_value_set_boolean (value, self->narrow);
  else if (prop_id == PROP_LOW)
    g_value_set_boolean (value, self->low);
  else if (prop_id == PROP_EDIT_MODE)
    /* Asked for by the template's own buttons, before it has the grid. */
    g_value_set_boolean (value, self->grid && zab_pad_grid_get_editing (self->grid));
  else if (prop_id == PROP_SHOW_INSPECTOR)
    g_value_set_boolean (value, self->show_inspector);
  else if (prop_id == PROP_SELECTED_PAD)
    g_value_set_uint (value, zab_pad_grid_get_selected (self->grid));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_window_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ZabWindow *self = ZAB_WINDOW (object);

  if (prop_id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else if (prop_id == PROP_DOCUMENT)
    self->document = g_value_dup_object (value);
  else if (prop_id == PROP_STATUS)
    self->status = g_value_dup_object (value);
  else if (prop_id == PROP_EDIT_MODE)
    zab_pad_grid_set_editing (self->grid, g_value_get_boolean (value));
  else if (prop_id == PROP_SHOW_INSPECTOR)
    zab_window_set_show_inspector (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
zab_window_dispose (GObject *object)
{
  ZabWindow *self = ZAB_WINDOW (object);

  zab_window_release_keys (self); /* while there are pads */
  zab_window_remove_edit (self);
  zab_window_remove_inspector (self);
  g_clear_handle_id (&self->fold_idle, g_source_remove);
  g_clear_handle_id (&self->no_sound_timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_WINDOW);
  g_clear_object (&self->folder);
  g_clear_object (&self->status);
  g_clear_object (&self->document);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_window_parent_class)->dispose (object);
}

static void
zab_window_class_init (ZabWindowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = zab_window_constructed;
  object_class->get_property = zab_window_get_property;
  object_class->set_property = zab_window_set_property;
  object_class->dispose = zab_window_dispose;
  widget_class->size_allocate = zab_window_size_allocate;
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, ZAB_TYPE_SESSION, construct);
  properties[PROP_DOCUMENT]
      = g_param_spec_object ("document", NULL, NULL, ZAB_TYPE_DOCUMENT, construct);
  properties[PROP_STATUS]
      = g_param_spec_object ("status", NULL, NULL, ZAB_TYPE_SET_STATUS, construct);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOW]
      = g_param_spec_boolean ("low", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_EDIT_MODE]
      = g_param_spec_boolean ("edit-mode", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_INSPECTOR]
      = g_param_spec_boolean ("show-inspector", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED_PAD]
      = g_param_spec_uint ("selected-pad", NULL, NULL, 0, 215, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ZAB_TYPE_BANK_SWITCHER);
  g_type_ensure (ZAB_TYPE_INSPECTOR);
  g_type_ensure (ZAB_TYPE_PAD_GRID);
  g_type_ensure (ZAB_TYPE_SOUND_INDICATOR);
  g_type_ensure (ZAB_TYPE_TRANSPORT_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zabumba/Zabumba/ui/zab-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, stage);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, grid);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, split);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, inspector);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, volume);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, recent_menu);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, volume_slider);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, volume_popover_slider);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, no_sound);
  gtk_widget_class_bind_template_child (widget_class, ZabWindow, loads);
  gtk_widget_class_bind_template_callback (widget_class, get_not);
  gtk_widget_class_bind_template_callback (widget_class, get_is_zero);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_loads);
  zab_window_install_actions (widget_class);
  zab_window_install_edit_actions (widget_class);
  zab_window_install_inspector_actions (widget_class);
}

static void
zab_window_init (ZabWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
zab_window_set_preferences (ZabWindow *self, ZabPreferences *preferences, ZabRecentSounds *sounds)
{
  g_return_if_fail (ZAB_IS_WINDOW (self));
  g_object_bind_property (preferences, "key-labels", self->grid, "key-labels",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (preferences, "square-pads", self->grid, "square", G_BINDING_SYNC_CREATE);
  zab_window_add_sounds (self, preferences, sounds);
}

GtkWidget *
zab_window_new (GtkApplication *application, ZabSession *session, ZabDocument *document,
                ZabSetStatus *status)
{
  g_return_val_if_fail (ZAB_IS_SESSION (session), NULL);
  g_return_val_if_fail (ZAB_IS_DOCUMENT (document), NULL);
  return g_object_new (ZAB_TYPE_WINDOW, "application", application, "session", session, "document",
                       document, "status", status, NULL);
}

void
zab_window_set_recent (ZabWindow *self, ZabRecentSets *recent)
{
  g_return_if_fail (ZAB_IS_WINDOW (self));
  g_menu_append_section (self->recent_menu, NULL, zab_recent_sets_get_menu (recent));
  /* They may have come or gone since. */
  g_signal_connect_object (self->menu_button, "notify::active",
                           G_CALLBACK (zab_recent_sets_refresh), recent, G_CONNECT_SWAPPED);
}
