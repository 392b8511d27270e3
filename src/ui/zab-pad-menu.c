/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-pad-menu.h"

#include <glib/gi18n-lib.h>

/* What zab-pad-menu.ui calls @what, of several pads. */
static char *
dup_label (const char *what, guint n)
{
  if (g_str_equal (what, "mode"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "_Mode of %u Pad", "_Mode of %u Pads", n),
                            n);
  if (g_str_equal (what, "color"))
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "C_olor of %u Pad", "C_olor of %u Pads", n), n);
  if (g_str_equal (what, "choke"))
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "Cho_ke Group of %u Pad", "Cho_ke Group of %u Pads", n), n);
  if (g_str_equal (what, "cut"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Cu_t %u Pad", "Cu_t %u Pads", n), n);
  if (g_str_equal (what, "copy"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "_Copy %u Pad", "_Copy %u Pads", n), n);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Cle_ar %u Pad", "Cle_ar %u Pads", n), n);
}

static void
relabel_section (GMenu *section, guint n_pads)
{
  GMenuModel *model = G_MENU_MODEL (section);

  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (model, i);
      g_autofree char *what = NULL;
      g_autofree char *label = NULL;

      if (!g_menu_item_get_attribute (item, "of-selected", "s", &what))
        continue;
      label = dup_label (what, n_pads);
      g_menu_item_set_label (item, label);
      g_menu_remove (section, i);
      g_menu_insert_item (section, i, item);
    }
}

GMenuModel *
zab_pad_menu_new (guint n_pads)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/io/github/zabumba/Zabumba/ui/zab-pad-menu.ui");
  GMenuModel *menu = G_MENU_MODEL (gtk_builder_get_object (builder, "menu"));

  for (int i = 0; n_pads > 1 && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      relabel_section (G_MENU (section), n_pads);
    }
  return g_object_ref (menu);
}
