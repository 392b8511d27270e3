/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/zab-set-error.h"

#include <glib/gi18n-lib.h>

GQuark
zab_set_error_quark (void)
{
  return g_quark_from_static_string ("zab-set-error");
}

/* GLib's two domains for the same things, as one. */
static GIOErrorEnum
code_of (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return (GIOErrorEnum)error->code;
  if (error->domain != G_FILE_ERROR)
    return G_IO_ERROR_FAILED;
  switch (error->code)
    {
    case G_FILE_ERROR_NOENT:
      return G_IO_ERROR_NOT_FOUND;
    case G_FILE_ERROR_NOTDIR:
      return G_IO_ERROR_NOT_DIRECTORY;
    case G_FILE_ERROR_NOSPC:
      return G_IO_ERROR_NO_SPACE;
    case G_FILE_ERROR_ROFS:
      return G_IO_ERROR_READ_ONLY;
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM:
      return G_IO_ERROR_PERMISSION_DENIED;
    default:
      return G_IO_ERROR_FAILED;
    }
}

GError *
zab_set_error_from_reading (const GError *error, GFile *file)
{
  g_autofree char   *name = g_file_get_parse_name (file);
  const GIOErrorEnum code = code_of (error);

  if (error->domain == ZAB_SET_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (code == G_IO_ERROR_NOT_FOUND || code == G_IO_ERROR_NOT_DIRECTORY)
    return g_error_new (ZAB_SET_ERROR, ZAB_SET_ERROR_NOT_FOUND,
                        _ ("“%s” is not there: it was moved, renamed or deleted"), name);
  if (code == G_IO_ERROR_NO_SPACE)
    return g_error_new (ZAB_SET_ERROR, ZAB_SET_ERROR_NO_SPACE,
                        _ ("“%s” can’t be opened, as there is no room on the disk for its sounds. "
                                    "Make room, and open it again."),
                           name);
  return g_error_new (ZAB_SET_ERROR, ZAB_SET_ERROR_NOT_READABLE,
                      _ ("“%s” can’t be read: %s"), name, error->message);
}

/* The cause comes from GLib, which knows the system's own words for it. */
GError *
zab_set_error_from_writing (const GError *error, GFile *file)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (error->domain == ZAB_SET_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  switch ((int)code_of (error))
    {
    case G_IO_ERROR_NO_SPACE:
      return g_error_new (ZAB_SET_ERROR, ZAB_SET_ERROR_NO_SPACE,
                          _ ("“%s” was not saved, as the disk is full; what was saved before is "
                                      "still there. Make room, or save in another place."),
                             name);
    case G_IO_ERROR_READ_ONLY:
    case G_IO_ERROR_PERMISSION_DENIED:
      return g_error_new (ZAB_SET_ERROR, ZAB_SET_ERROR_READ_ONLY,
                          _ ("“%s” was not saved, as nothing may be written there. Save in "
                                      "another place."),
                             name);
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_NOT_DIRECTORY:
      return g_error_new (ZAB_SET_ERROR, ZAB_SET_ERROR_FOLDER_GONE,
                          _ ("“%s” was not saved, as its folder is gone: a disk that was taken "
                                      "out, perhaps. Save in another place."),
                             name);
    default:
      return g_error_new (ZAB_SET_ERROR, ZAB_SET_ERROR_FAILED,
                          _ ("“%s” was not saved: %s"), name, error->message);
    }
}
