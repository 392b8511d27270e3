/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk/gdk.h>

#include "ui/zab-drop.h"

static void
test_fills (void)
{
  g_assert_false (zab_drop_fills (4, 3, 3));
  g_assert_true (zab_drop_fills (4, 3, 4));
  g_assert_true (zab_drop_fills (4, 3, 6));
  g_assert_false (zab_drop_fills (4, 3, 7));
  g_assert_false (zab_drop_fills (0, 0, 0));
  g_assert_true (zab_drop_fills (214, 9, 215));
  g_assert_true (zab_drop_fills (1, G_MAXUINT, 215)); /* sums may not wrap */
}

static void
test_file_list (void)
{
  g_autoptr (GFile) a = g_file_new_for_path ("/a.wav");
  g_autoptr (GFile) b = g_file_new_for_path ("/b.wav");
  g_autoptr (GPtrArray) files = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array ((GFile *[]){ a, b }, 2));
  files = zab_drop_dup_files (&value);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_true (g_file_equal (files->pdata[0], a));
  g_assert_true (g_file_equal (files->pdata[1], b));
}

static void
test_file (void)
{
  g_autoptr (GFile) a = g_file_new_for_path ("/a.wav");
  g_autoptr (GPtrArray) files = NULL;
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, a);
  files = zab_drop_dup_files (&value);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_true (files->pdata[0] == a);
}

static void
test_nothing (void)
{
  g_auto (GValue) text = G_VALUE_INIT;
  g_auto (GValue) none = G_VALUE_INIT;

  g_value_init (&text, G_TYPE_STRING);
  g_value_init (&none, GDK_TYPE_FILE_LIST);
  g_assert_null (zab_drop_dup_files (NULL));
  g_assert_null (zab_drop_dup_files (&text));
  g_assert_null (zab_drop_dup_files (&none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/drop/fills", test_fills);
  g_test_add_func ("/ui/drop/file-list", test_file_list);
  g_test_add_func ("/ui/drop/file", test_file);
  g_test_add_func ("/ui/drop/nothing", test_nothing);
  return g_test_run ();
}
