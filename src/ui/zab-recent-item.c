/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-recent-item.h"

/* GTK looks whether there are groups by the first byte of the first one's address, which must not
 * be 0: that of an odd one never is, where the lowest byte comes first. */
void
zab_recent_item_add (GtkRecentManager *manager, const char *uri, const char *mime_type,
                     const char *group)
{
  g_autofree char *odd = g_strconcat (" ", group, NULL);
  g_autofree char *type = g_strdup (mime_type);
  char             name[] = "Zabumba";
  char             command[] = "zabumba %u";
  char            *groups[] = { odd + 1, NULL };
  GtkRecentData    data
      = { .mime_type = type, .app_name = name, .app_exec = command, .groups = groups };

  gtk_recent_manager_add_full (manager, uri, &data);
}
