/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "lib/zab-test.h"
#include "ui/zab-recent-item.h"
#include "ui/zab-recent-sets.h"

typedef struct
{
  char             *dir;
  GtkRecentManager *manager;
  ZabRecentSets    *recent;
} Fixture;

static void
fixture_init (Fixture *self)
{
  g_autofree char *list = NULL;

  self->dir = zab_test_make_dir ();
  list = g_build_filename (self->dir, "list.xbel", NULL);
  self->manager = g_object_new (GTK_TYPE_RECENT_MANAGER, "filename", list, NULL);
  self->recent = zab_recent_sets_new (self->manager);
}

static void
fixture_clear (Fixture *self)
{
  zab_test_wait_until (G_OBJECT (self->recent)->ref_count == 1); /* a look may hold one */
  g_assert_finalize_object (self->recent);
  g_object_unref (self->manager);
  g_free (self->dir);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static GFile *
add (Fixture *self, const char *name)
{
  GFile *file = g_file_new_build_filename (self->dir, name, NULL);

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "", -1, NULL));
  zab_recent_sets_add (self->recent, file);
  return file;
}

static char *
dup_string (GMenuModel *section, int index, const char *attribute)
{
  char *string = NULL;

  g_menu_model_get_item_attribute (section, index, attribute, "s", &string);
  return string;
}

/* Labels and actions of all items, a line each. */
static char *
tell (Fixture *self)
{
  GMenuModel *menu = zab_recent_sets_get_menu (self->recent);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (int k = 0; k < g_menu_model_get_n_items (section); k++)
        {
          g_autofree char *label = dup_string (section, k, G_MENU_ATTRIBUTE_LABEL);
          g_autofree char *action = dup_string (section, k, G_MENU_ATTRIBUTE_ACTION);
          g_autofree char *target = dup_string (section, k, G_MENU_ATTRIBUTE_TARGET);

          g_string_append_printf (text, "%s=%s%s\n", label, action, target != NULL ? "*" : "");
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
tells (Fixture *self, const char *expected)
{
  g_autofree char *text = tell (self);

  return g_str_equal (text, expected);
}

static void
test_menu (void)
{
  g_auto (Fixture) self;
  g_autoptr (GFile) one = NULL;
  g_autoptr (GFile) two = NULL;

  fixture_init (&self);
  zab_test_wait_until (tells (&self, ""));
  one = add (&self, "one_two.zabset");
  zab_test_wait_until (tells (&self, "one__two=app.open-recent*\n_Clear List=app.clear-recent\n"));
  two = add (&self, "all.zabumba");
  zab_test_wait_until (
      g_menu_model_get_n_items (zab_recent_sets_get_menu (self.recent)) == 2
      && !tells (&self, "one__two=app.open-recent*\n_Clear List=app.clear-recent\n"));
  g_assert_cmpint (g_unlink (g_file_peek_path (one)), ==, 0);
  g_assert_cmpint (g_unlink (g_file_peek_path (two)), ==, 0);
  zab_recent_sets_refresh (self.recent);
  zab_test_wait_until (
      tells (&self, "all (not there)=app.missing\none__two (not there)=app.missing\n"
                    "_Clear List=app.clear-recent\n")
      || tells (&self, "one__two (not there)=app.missing\nall (not there)=app.missing\n"
                       "_Clear List=app.clear-recent\n")); /* of one second */
  zab_recent_sets_clear (self.recent);
  zab_test_wait_until (tells (&self, ""));
}

/* What other programs put on the desktop's list is theirs. */
static void
test_others (void)
{
  static char  *groups[] = { (char *)"other", NULL };
  GtkRecentData data = { .mime_type = (char *)"text/plain",
                         .app_name = (char *)"Other",
                         .app_exec = (char *)"other",
                         .groups = groups };
  g_auto (Fixture) self;
  g_autoptr (GFile) set = NULL;

  fixture_init (&self);
  g_assert_true (gtk_recent_manager_add_full (self.manager, "file:///letter.txt", &data));
  set = add (&self, "a.zabset");
  zab_test_wait_until (tells (&self, "a=app.open-recent*\n_Clear List=app.clear-recent\n"));
  zab_recent_sets_clear (self.recent);
  zab_test_wait_until (tells (&self, ""));
  g_assert_true (gtk_recent_manager_has_item (self.manager, "file:///letter.txt"));
}

/* Wherever the group's name happens to be: GTK looks at its address. */
static void
test_group (void)
{
  static _Alignas(256) const char group[] = "group";
  static const char               uri[] = "file:///a.zabset";
  g_auto (Fixture) self;
  GtkRecentInfo *info;

  fixture_init (&self);
  zab_recent_item_add (self.manager, uri, "application/x-zabumba-set", group);
  info = gtk_recent_manager_lookup_item (self.manager, uri, NULL);
  g_assert_nonnull (info);
  g_assert_true (gtk_recent_info_has_group (info, "group"));
  gtk_recent_info_unref (info);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  gtk_init ();
  zab_test_add ("/ui/recent-sets/menu", test_menu);
  zab_test_add ("/ui/recent-sets/others", test_others);
  zab_test_add ("/ui/recent-sets/group", test_group);
  return g_test_run ();
}
