/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-relink.h"

enum
{
  MAX_DEPTH = 3,
  MAX_ENTRIES = 50000, /* that are looked at in all */
};

typedef struct
{
  GPtrArray    *relinks; /* those that are not found yet are looked for */
  GHashTable   *seen;    /* folders, by URI */
  GCancellable *cancellable;
  guint         n_entries;
} Search;

ZabRelink *
zab_relink_new (guint pad, const ZabFileReference *reference)
{
  ZabRelink *self = g_new0 (ZabRelink, 1);

  self->pad = pad;
  self->reference = zab_file_reference_copy (reference);
  return self;
}

void
zab_relink_free (ZabRelink *self)
{
  zab_file_reference_free (self->reference);
  g_clear_object (&self->found);
  g_free (self);
}

static gboolean
has_name_of (const ZabFileReference *reference, const char *name)
{
  g_autofree char *base = g_file_get_basename (reference->file);

  return g_strcmp0 (base, name) == 0;
}

/* @sha256: of the file, once someone needed it. */
static gboolean
is_missed (const ZabFileReference *reference, GFile *file, const char *name, gint64 size,
           char **sha256)
{
  if (reference->size >= 0 && reference->size != size)
    return FALSE;
  if (reference->sha256 == NULL)
    return has_name_of (reference, name);
  if (*sha256 == NULL)
    *sha256 = zab_file_reference_hash (file, &size, NULL, NULL);
  return g_strcmp0 (*sha256, reference->sha256) == 0;
}

static void
look_at_file (Search *self, GFile *file, const char *name, gint64 size)
{
  g_autofree char *sha256 = NULL;

  for (guint i = 0; i < self->relinks->len; i++)
    {
      ZabRelink *relink = self->relinks->pdata[i];

      if (relink->found == NULL && is_missed (relink->reference, file, name, size, &sha256))
        relink->found = g_object_ref (file);
    }
}

static gboolean
is_done (Search *self)
{
  if (g_cancellable_is_cancelled (self->cancellable) || self->n_entries >= MAX_ENTRIES)
    return TRUE;
  for (guint i = 0; i < self->relinks->len; i++)
    if (((ZabRelink *)self->relinks->pdata[i])->found == NULL)
      return FALSE;
  return TRUE;
}

static void
look_in_folder (Search *self, GFile *folder, guint depth)
{
  g_autoptr (GFileEnumerator) entries = NULL;
  GFileInfo *info;
  GFile     *file;

  if (is_done (self) || !g_hash_table_add (self->seen, g_file_get_uri (folder)))
    return;
  entries = g_file_enumerate_children (
      folder,
      G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                     "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
      G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, self->cancellable, NULL);
  while (entries != NULL && !is_done (self)
         && g_file_enumerator_iterate (entries, &info, &file, self->cancellable, NULL)
         && info != NULL)
    {
      self->n_entries++;
      if (g_file_info_get_name (info)[0] == '.')
        continue;
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
        look_at_file (self, file, g_file_info_get_name (info), g_file_info_get_size (info));
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < MAX_DEPTH)
        look_in_folder (self, file, depth + 1);
    }
}

void
zab_relink_find (GPtrArray *relinks, GPtrArray *folders, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) missed = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { .relinks = missed, .seen = seen, .cancellable = cancellable };

  for (guint i = 0; i < relinks->len; i++)
    if (!g_file_query_exists (((ZabRelink *)relinks->pdata[i])->reference->file, cancellable))
      g_ptr_array_add (missed, relinks->pdata[i]);
  for (guint i = 0; i < folders->len; i++)
    look_in_folder (&search, folders->pdata[i], 0);
}
