/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-sounds-places.h"

#include <glib/gi18n-lib.h>

enum
{
  MAX_FOLDERS = 8 /* of the set's, in the menu */
};

GFile *
zab_sounds_places_dup_folder (ZabPreferences *preferences)
{
  g_autofree char *uri = NULL;
  const char      *music = g_get_user_special_dir (G_USER_DIRECTORY_MUSIC);

  g_object_get (preferences, "sounds-folder", &uri, NULL);
  if (*uri != '\0')
    return g_file_new_for_uri (uri);
  return g_file_new_for_path (music ? music : g_get_home_dir ());
}

char *
zab_sounds_places_dup_name (GFile *folder)
{
  g_autofree char *base = g_file_get_basename (folder);

  return base ? g_filename_display_name (base) : g_file_get_parse_name (folder);
}

static void
add_folder (GMenu *menu, GFile *folder)
{
  g_autofree char *uri = g_file_get_uri (folder);
  g_autofree char *name = zab_sounds_places_dup_name (folder);
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

  g_menu_item_set_attribute (item, G_MENU_ATTRIBUTE_LABEL, "s", name);
  g_menu_item_set_action_and_target (item, "sounds.show-folder", "s", uri);
  g_menu_append_item (menu, item);
}

static gboolean
has_file (GPtrArray *files, GFile *file)
{
  for (guint i = 0; i < files->len; i++)
    if (g_file_equal (files->pdata[i], file))
      return TRUE;
  return FALSE;
}

/* The folders of the pads' files, each once. */
static GPtrArray *
dup_folders (ZabSet *set)
{
  GPtrArray *folders = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < ZAB_SET_N_PADS && folders->len < MAX_FOLDERS; i++)
    {
      GFile *file = zab_pad_get_file (zab_set_get_pad (set, i));
      g_autoptr (GFile) folder = file ? g_file_get_parent (file) : NULL;

      if (folder && !has_file (folders, folder))
        g_ptr_array_add (folders, g_steal_pointer (&folder));
    }
  return folders;
}

GMenuModel *
zab_sounds_places_new_menu (ZabSet *set, ZabPreferences *preferences)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) fixed = g_menu_new ();
  g_autoptr (GMenu) used = g_menu_new ();
  g_autoptr (GMenu) other = g_menu_new ();
  g_autoptr (GFile) folder = zab_sounds_places_dup_folder (preferences);
  g_autoptr (GPtrArray) folders = dup_folders (set);

  add_folder (fixed, folder);
  g_menu_append (fixed, C_ ("sounds", "_Recent Sounds"), "sounds.show-recent");
  for (guint i = 0; i < folders->len; i++)
    add_folder (used, folders->pdata[i]);
  g_menu_append (other, C_ ("sounds", "_Choose a Folder…"), "sounds.choose-folder");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (fixed));
  g_menu_append_section (menu, C_ ("sounds", "In This Set"), G_MENU_MODEL (used));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (other));
  return G_MENU_MODEL (menu);
}
