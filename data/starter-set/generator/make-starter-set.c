/* SPDX-License-Identifier: GPL-3.0-or-later */

/* make-starter-set FILE...: synthesises the starter set. The files are named as in the catalogue,
 * in its order; nothing in them is a recording. */
#include "zab-catalogue.h"
#include "zab-writer.h"

#include <gst/gst.h>

static gboolean
make (const ZabCatalogueItem *item, const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  ZabSound        *sound;
  gboolean         done;

  if (!g_str_equal (name, item->name))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "the catalogue has “%s” here",
                   item->name);
      return FALSE;
    }
  sound = zab_catalogue_item_draw (item);
  done = zab_write (item, sound, path, error);
  zab_sound_free (sound);
  return done;
}

int
main (int argc, char *argv[])
{
  gst_init (NULL, NULL);
  if (argc != 1 + ZAB_CATALOGUE_SIZE)
    {
      g_printerr ("usage: make-starter-set FILE..., the %d of the catalogue\n", ZAB_CATALOGUE_SIZE);
      return 2;
    }
  for (int i = 0; i < ZAB_CATALOGUE_SIZE; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!make (&zab_catalogue[i], argv[i + 1], &error))
        {
          g_printerr ("%s: %s\n", argv[i + 1], error->message);
          return 1;
        }
    }
  return 0;
}
