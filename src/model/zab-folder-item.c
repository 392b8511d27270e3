/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-folder-item.h"

#include <string.h>

struct _ZabFolderItem
{
  GObject parent_instance;

  GFile   *file;
  char    *name;
  char    *kind;
  char    *place;
  char    *key;    /* for sorting */
  char    *folded; /* for searching */
  gboolean is_folder;
};

G_DEFINE_FINAL_TYPE (ZabFolderItem, zab_folder_item, G_TYPE_OBJECT)

/* The same for letters that look the same. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

char **
zab_folder_item_split_words (const char *text)
{
  g_autofree char *folded = fold (text);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  guint n = 0;

  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      {
        g_strv_builder_add (words, *part);
        n++;
      }
  return n > 0 ? g_strv_builder_end (words) : NULL;
}

gboolean
zab_folder_item_matches (ZabFolderItem *self, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (self->folded, *words) == NULL)
      return FALSE;
  return TRUE;
}

gint
zab_folder_item_compare (ZabFolderItem *self, ZabFolderItem *other)
{
  if (self->is_folder != other->is_folder)
    return self->is_folder ? -1 : 1;
  return strcmp (self->key, other->key);
}

GFile *
zab_folder_item_get_file (ZabFolderItem *self)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_ITEM (self), NULL);
  return self->file;
}

const char *
zab_folder_item_get_name (ZabFolderItem *self)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_ITEM (self), NULL);
  return self->name;
}

const char *
zab_folder_item_get_kind (ZabFolderItem *self)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_ITEM (self), NULL);
  return self->kind;
}

const char *
zab_folder_item_get_place (ZabFolderItem *self)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_ITEM (self), NULL);
  return self->place;
}

gboolean
zab_folder_item_is_folder (ZabFolderItem *self)
{
  g_return_val_if_fail (ZAB_IS_FOLDER_ITEM (self), FALSE);
  return self->is_folder;
}

static void
zab_folder_item_finalize (GObject *object)
{
  ZabFolderItem *self = ZAB_FOLDER_ITEM (object);

  g_object_unref (self->file);
  g_free (self->name);
  g_free (self->kind);
  g_free (self->place);
  g_free (self->key);
  g_free (self->folded);
  G_OBJECT_CLASS (zab_folder_item_parent_class)->finalize (object);
}

static void
zab_folder_item_class_init (ZabFolderItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zab_folder_item_finalize;
}

static void
zab_folder_item_init (ZabFolderItem *self)
{
}

/* "Kick 1.wav" is the WAV called "Kick 1". */
static void
split_name (ZabFolderItem *self, const char *full)
{
  const char *dot = self->is_folder ? NULL : strrchr (full, '.');

  self->name = dot != NULL && dot > full ? g_strndup (full, (gsize)(dot - full)) : g_strdup (full);
  self->kind = dot != NULL && dot > full ? g_utf8_strup (dot + 1, -1) : g_strdup ("");
}

ZabFolderItem *
zab_folder_item_new (GFile *file, const char *place, gboolean is_folder)
{
  ZabFolderItem   *self;
  g_autofree char *base = NULL;
  g_autofree char *full = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  self = g_object_new (ZAB_TYPE_FOLDER_ITEM, NULL);
  base = g_file_get_basename (file);
  full = g_filename_display_name (base != NULL ? base : "");
  path = place != NULL ? g_strconcat (place, "/", full, NULL) : g_strdup (full);
  self->file = g_object_ref (file);
  self->is_folder = is_folder;
  self->place = g_strdup (place);
  split_name (self, full);
  self->key = g_utf8_collate_key_for_filename (full, -1);
  self->folded = fold (path);
  return self;
}
