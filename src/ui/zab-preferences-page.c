/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-preferences-page.h"

#include <glib/gi18n-lib.h>

#include "model/zab-sound-status.h"
#include "ui/zab-compat.h"
#include "ui/zab-setting-bind.h"

struct _ZabPreferencesPage
{
  AdwPreferencesPage parent_instance;

  AdwActionRow *device;
  GtkWidget    *limiter;
  GtkWidget    *interpolation;
  GtkWidget    *converter;
  GtkWidget    *memory;
  GtkWidget    *key_labels;
  GtkWidget    *square_pads;
  GtkWidget    *new_release;
  AdwActionRow *folder;
  GtkWidget    *choose_folder;
  GtkWidget    *remember_recent;

  ZabPreferences *preferences;
  ZabSoundStatus *sound;
};

G_DEFINE_FINAL_TYPE (ZabPreferencesPage, zab_preferences_page, ADW_TYPE_PREFERENCES_PAGE)

/* --- Memory: 0 is a word -----------------------------------------------------------------------
 */

static char *
describe_memory (ZabPreferencesPage *self, int mebibytes)
{
  g_autofree char *size = NULL;

  if (mebibytes > 0)
    /* Translators: an amount of memory */
    return g_strdup_printf (_ ("%d MiB"), mebibytes);
  size = g_format_size_full (zab_preferences_get_automatic_memory (self->preferences),
                             G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: an amount of memory, "Automatic (5.8 GiB)" */
  return g_strdup_printf (_ ("Automatic (%s)"), size);
}

static gboolean
on_memory_output (GtkSpinButton *button, ZabPreferencesPage *self)
{
  g_autofree char *text = NULL;

  if (self->preferences == NULL)
    return FALSE;
  text = describe_memory (self, gtk_spin_button_get_value_as_int (button));
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (button)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

/* What begins with no digit is the word, or was meant as it. */
static int
on_memory_input (GtkSpinButton *button, double *value, ZabPreferencesPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (button));

  *value = g_ascii_isdigit (*text) ? g_strtod (text, NULL) : 0;
  return TRUE;
}

/* --- The folder ------------------------------------------------------------------------------- */

static GFile *
get_folder (ZabPreferencesPage *self)
{
  g_autofree char *uri = NULL;

  g_object_get (self->preferences, "sounds-folder", &uri, NULL);
  return *uri != '\0' ? g_file_new_for_uri (uri) : NULL;
}

static void
show_folder (ZabPreferencesPage *self)
{
  g_autoptr (GFile) folder = get_folder (self);
  g_autofree char *name = folder ? g_file_get_parse_name (folder) : NULL;
  g_autofree char *title
      = g_markup_escape_text (name ? name : C_ ("preferences", "Music folder"), -1);

  adw_action_row_set_subtitle (self->folder, title);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ZabPreferencesPage) self = user_data;
  g_autoptr (GFile) folder = zab_compat_choose_folder_finish (result, NULL);
  g_autofree char *uri = folder ? g_file_get_uri (folder) : NULL;

  if (uri && self->preferences)
    g_object_set (self->preferences, "sounds-folder", uri, NULL);
}

static void
on_choose_folder (ZabPreferencesPage *self)
{
  g_autoptr (GFile) folder = get_folder (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  zab_compat_choose_folder_async (GTK_WINDOW (root), _ ("Sounds Folder"), folder, on_folder_chosen,
                                                        g_object_ref (self));
}

/* --- The page --------------------------------------------------------------------------------- */

static void
zab_preferences_page_dispose (GObject *object)
{
  ZabPreferencesPage *self = ZAB_PREFERENCES_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ZAB_TYPE_PREFERENCES_PAGE);
  g_clear_object (&self->preferences);
  g_clear_object (&self->sound);
  G_OBJECT_CLASS (zab_preferences_page_parent_class)->dispose (object);
}

static void
zab_preferences_page_class_init (ZabPreferencesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zab_preferences_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/zabumba/Zabumba/ui/zab-preferences-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, device);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, limiter);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, interpolation);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, converter);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, memory);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, key_labels);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, square_pads);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, new_release);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, folder);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, choose_folder);
  gtk_widget_class_bind_template_child (widget_class, ZabPreferencesPage, remember_recent);
  gtk_widget_class_bind_template_callback (widget_class, on_memory_output);
  gtk_widget_class_bind_template_callback (widget_class, on_memory_input);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_folder);
}

static void
zab_preferences_page_init (ZabPreferencesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind (ZabPreferencesPage *self, const char *name, gpointer target, const char *property)
{
  g_object_bind_property (self->preferences, name, target, property,
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
show_device (ZabPreferencesPage *self, ZabSession *session)
{
  g_autofree char *summary = NULL, *state = NULL;

  g_object_get (self->sound, "summary", &summary, NULL);
  g_object_get (session, "sound-status", &state, NULL);
  adw_action_row_set_subtitle (self->device, *summary != '\0' ? summary : state);
}

GtkWidget *
zab_preferences_page_new (ZabPreferences *preferences, ZabSession *session)
{
  ZabPreferencesPage *self = g_object_new (ZAB_TYPE_PREFERENCES_PAGE, NULL);

  self->preferences = g_object_ref (preferences);
  self->sound = zab_sound_status_new (session);
  zab_sound_status_update (self->sound);
  show_device (self, session);
  bind (self, "limiter", self->limiter, "active");
  zab_setting_bind_rows (preferences, "interpolation", self->interpolation);
  zab_setting_bind_rows (preferences, "converter", self->converter);
  bind (self, "memory-limit", self->memory, "value");
  bind (self, "key-labels", self->key_labels, "active");
  bind (self, "square-pads", self->square_pads, "active");
  bind (self, "new-release", self->new_release, "value");
  bind (self, "remember-recent", self->remember_recent, "active");
  g_signal_connect_object (preferences, "notify::sounds-folder", G_CALLBACK (show_folder), self,
                           G_CONNECT_SWAPPED);
  show_folder (self);
  gtk_spin_button_update (GTK_SPIN_BUTTON (self->memory));
  return GTK_WIDGET (self);
}
