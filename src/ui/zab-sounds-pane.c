/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-sounds-pane.h"

#include <glib/gi18n-lib.h>

#include "model/zab-folder-list.h"
#include "ui/zab-compat.h"
#include "ui/zab-recent-sounds.h"
#include "ui/zab-sounds-places.h"
#include "ui/zab-sounds-row.h"

struct _ZabSoundsPane
{
  GtkBox parent_instance;

  GtkMenuButton   *places;
  GtkLabel        *place;
  GtkImage        *place_icon;
  GtkWidget       *up;
  GtkWidget       *search;
  GtkListView     *view;
  GtkLabel        *empty;
  GtkToggleButton *listen;
  GtkLabel        *status;
  GtkWidget       *load;

  ZabSession        *session;
  ZabPreferences    *preferences;
  ZabRecentSounds   *recent;
  ZabFolderList     *list;
  GtkSelectionModel *selection;
  gboolean           is_filled;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ZabSoundsPane, zab_sounds_pane, GTK_TYPE_BOX)

/* --- What is heard ---------------------------------------------------------------------------- */

static void
stop (ZabSoundsPane *self)
{
  if (self->session)
    zab_session_stop_audition (self->session);
}

/* One sound is; a folder, or many, are not. */
static void
audition_selected (ZabSoundsPane *self)
{
  g_autoptr (GPtrArray) files = zab_sounds_row_dup_selected (self->selection, TRUE);
  g_autoptr (GPtrArray) sounds = zab_sounds_row_dup_selected (self->selection, FALSE);

  gtk_label_set_label (self->status, "");
  gtk_widget_set_sensitive (self->load, sounds->len > 0);
  if (sounds->len == 1 && files->len == 1 && gtk_toggle_button_get_active (self->listen))
    zab_session_audition (self->session, sounds->pdata[0]);
  else
    stop (self);
}

/* As pads write theirs. */
static void
on_audition_started (ZabSoundsPane *self, double seconds)
{
  const guint      whole = (guint)(seconds + 0.5);
  g_autofree char *text = seconds < 9.95 ? g_strdup_printf (_ ("%.1f s"), seconds)
                                         : g_strdup_printf ("%u:%02u", whole / 60, whole % 60);

  gtk_label_set_label (self->status, seconds > 0 ? text : "");
}

static void
on_audition_failed (ZabSoundsPane *self, const char *text)
{
  gtk_label_set_label (self->status, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), text);
  zab_compat_announce (GTK_WIDGET (self), text);
}

static void
on_listen (ZabSoundsPane *self)
{
  if (self->session)
    audition_selected (self);
}

static void
on_leave (GtkEventControllerFocus *controller, ZabSoundsPane *self)
{
  stop (self);
}

/* --- Where one is ------------------------------------------------------------------------------
 */

static void
update_empty (ZabSoundsPane *self)
{
  const gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0
                            && !zab_folder_list_get_loading (self->list);
  const gboolean   searches = *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
  g_autofree char *error = NULL;

  g_object_get (self->list, "error", &error, NULL);
  gtk_label_set_label (
      self->empty, error ? error : searches ? _ ("Nothing found") : _ ("There are no sounds here"));
  gtk_widget_set_visible (GTK_WIDGET (self->empty), is_empty);
}

/* The list is another one: nothing of it is highlighted. */
static void
on_items_changed (ZabSoundsPane *self)
{
  gtk_selection_model_unselect_all (self->selection);
  audition_selected (self);
  update_empty (self);
}

static void
show_place (ZabSoundsPane *self, const char *name, const char *icon, gboolean has_parent)
{
  gtk_label_set_label (self->place, name);
  gtk_image_set_from_icon_name (self->place_icon, icon);
  gtk_widget_set_sensitive (self->up, has_parent);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  self->is_filled = TRUE;
}

void
zab_sounds_pane_show_folder (ZabSoundsPane *self, GFile *folder)
{
  g_autofree char *name = NULL;
  g_autoptr (GFile) parent = NULL;

  g_return_if_fail (ZAB_IS_SOUNDS_PANE (self));
  g_return_if_fail (G_IS_FILE (folder));
  name = zab_sounds_places_dup_name (folder);
  parent = g_file_get_parent (folder);
  show_place (self, name, "folder-music-symbolic", parent != NULL);
  zab_folder_list_show_folder (self->list, folder);
}

void
zab_sounds_pane_show_recent (ZabSoundsPane *self)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_if_fail (ZAB_IS_SOUNDS_PANE (self));
  files = zab_recent_sounds_dup (self->recent);
  show_place (self, _ ("Recent Sounds"), "document-open-recent-symbolic", FALSE);
  zab_folder_list_show_files (self->list, files);
}

static void
on_up (ZabSoundsPane *self)
{
  GFile *folder = zab_folder_list_get_folder (self->list);
  g_autoptr (GFile) parent = folder ? g_file_get_parent (folder) : NULL;

  if (parent)
    zab_sounds_pane_show_folder (self, parent);
}

static void
on_search (ZabSoundsPane *self)
{
  zab_folder_list_search (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
show_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GFile) folder = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  zab_sounds_pane_show_folder (ZAB_SOUNDS_PANE (widget), folder);
}

static void
show_recent_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  zab_sounds_pane_show_recent (ZAB_SOUNDS_PANE (widget));
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabSoundsPane) self = user_data;
  g_autoptr (GFile) folder = zab_compat_choose_folder_finish (result, NULL);

  if (folder && self->session)
    zab_sounds_pane_show_folder (self, folder);
}

static void
choose_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ZabSoundsPane *self = ZAB_SOUNDS_PANE (widget);
  GtkRoot       *root = gtk_widget_get_root (widget);

  zab_compat_choose_folder_async (GTK_WINDOW (root), _ ("Sounds Folder"),
                                                        zab_folder_list_get_folder (self->list),
                                                        on_folder_chosen, g_object_ref (self));
}

static void
make_menu (GtkMenuButton *button, gpointer user_data)
{
  ZabSoundsPane *self = user_data;
  g_autoptr (GMenuModel) menu
      = zab_sounds_places_new_menu (zab_session_get_set (self->session), self->preferences);

  gtk_menu_button_set_menu_model (button, menu);
}

/* --- What is chosen ----------------------------------------------------------------------------
 */

/* A folder opens; sounds go on pads. */
static void
choose_selected (ZabSoundsPane *self)
{
  g_autoptr (GPtrArray) all = zab_sounds_row_dup_selected (self->selection, TRUE);
  g_autoptr (GPtrArray) sounds = zab_sounds_row_dup_selected (self->selection, FALSE);

  if (sounds->len > 0)
    g_signal_emit (self, signals[CHOSEN], 0, sounds);
  else if (all->len == 1)
    zab_sounds_pane_show_folder (self, all->pdata[0]);
}

static void
on_load (ZabSoundsPane *self)
{
  choose_selected (self);
}

static void
on_row_activate (ZabSoundsPane *self, guint position)
{
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  choose_selected (self);
}

/* --- The keyboard, while it is the search's ----------------------------------------------------
 */

static void
highlight (ZabSoundsPane *self, guint position)
{
  g_autoptr (ZabFolderItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  gtk_selection_model_select_item (self->selection, position, TRUE);
  zab_compat_announce (GTK_WIDGET (self), zab_folder_item_get_name (item));
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

static void
move_highlight (ZabSoundsPane *self, gboolean down)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (self->selection);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (n == 0)
    return;
  if (gtk_bitset_is_empty (set))
    highlight (self, 0);
  else if (down && gtk_bitset_get_maximum (set) + 1 < n)
    highlight (self, gtk_bitset_get_maximum (set) + 1);
  else if (!down && gtk_bitset_get_minimum (set) > 0)
    highlight (self, gtk_bitset_get_minimum (set) - 1);
}

static void
on_search_activate (ZabSoundsPane *self)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (self->selection);

  if (gtk_bitset_is_empty (set))
    move_highlight (self, TRUE);
  else
    choose_selected (self);
}

/* The highlight moves without leaving what is being typed. */
static gboolean
on_search_key (GtkEventControllerKey *controller, guint keyval, guint keycode,
               GdkModifierType state, ZabSoundsPane *self)
{
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_Up)
    move_highlight (self, keyval == GDK_KEY_Down);
  else if (keyval == GDK_KEY_Escape)
    {
      stop (self);
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    }
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* Once more. */
static gboolean
on_view_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
             ZabSoundsPane *self)
{
  if (keyval != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask ()))
    return GDK_EVENT_PROPAGATE;
  audition_selected (self);
  return GDK_EVENT_STOP;
}

static void
add_keys (ZabSoundsPane *self, GtkWidget *widget, GCallback callback)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", callback, self);
  gtk_widget_add_controller (widget, keys);
}

/* --- The pane ----------------------------------------------------------------------------------
 */

void
zab_sounds_pane_enter (ZabSoundsPane *self)
{
  g_autoptr (GFile) folder = NULL;

  g_return_if_fail (ZAB_IS_SOUNDS_PANE (self));
  gtk_widget_grab_focus (self->search);
  if (self->is_filled)
    return;
  folder = zab_sounds_places_dup_folder (self->preferences);
  zab_sounds_pane_show_folder (self, folder);
}

static void
zab_sounds_pane_unmap (GtkWidget *widget)
{
  stop (ZAB_SOUNDS_PANE (widget));
  GTK_WIDGET_CLASS (zab_sounds_pane_parent_class)->unmap (widget);
}

static void
zab_sounds_pane_dispose (GObject *object)
{
  ZabSoundsPane *self = ZAB_SOUNDS_PANE (object);

  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_SOUNDS_PANE);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->preferences);
  g_clear_object (&self->recent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zab_sounds_pane_parent_class)->dispose (object);
}

static void
zab_sounds_pane_class_init (ZabSoundsPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zab_sounds_pane_dispose;
  widget_class->unmap = zab_sounds_pane_unmap;
  signals[CHOSEN] = g_signal_new ("chosen", ZAB_TYPE_SOUNDS_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/zabumba/Zabumba/ui/zab-sounds-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, places);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, place);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, place_icon);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, up);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, search);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, view);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, empty);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, listen);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, status);
  gtk_widget_class_bind_template_child (widget_class, ZabSoundsPane, load);
  gtk_widget_class_bind_template_callback (widget_class, on_up);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_listen);
  gtk_widget_class_bind_template_callback (widget_class, on_load);
  gtk_widget_class_install_action (widget_class, "sounds.show-folder", "s", show_folder_action);
  gtk_widget_class_install_action (widget_class, "sounds.show-recent", NULL, show_recent_action);
  gtk_widget_class_install_action (widget_class, "sounds.choose-folder", NULL,
                                   choose_folder_action);
}

static void
zab_sounds_pane_init (ZabSoundsPane *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autoptr (GtkListItemFactory) factory = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = zab_folder_list_new ();
  self->selection
      = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->list))));
  factory = zab_sounds_row_factory_new (self->selection);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, self->selection);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  add_keys (self, self->search, G_CALLBACK (on_search_key));
  add_keys (self, GTK_WIDGET (self->view), G_CALLBACK (on_view_key));
}

GtkWidget *
zab_sounds_pane_new (ZabSession *session, ZabPreferences *preferences, ZabRecentSounds *recent)
{
  ZabSoundsPane *self = g_object_new (ZAB_TYPE_SOUNDS_PANE, NULL);

  self->session = g_object_ref (session);
  self->preferences = g_object_ref (preferences);
  self->recent = g_object_ref (recent);
  gtk_menu_button_set_create_popup_func (self->places, make_menu, self, NULL);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (audition_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (update_empty), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "audition-started", G_CALLBACK (on_audition_started), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "audition-failed", G_CALLBACK (on_audition_failed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
