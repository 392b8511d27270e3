/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-inspector-place.h"

static void
assert_place (int width, int height, ZabInspectorPlace place, gboolean wide)
{
  g_assert_cmpint ((int)zab_inspector_place_get (width, height), ==, (int)place);
  g_assert_cmpint (zab_inspector_place_is_wide (width, height), ==, wide);
}

static void
test_place (void)
{
  assert_place (1920, 1080, ZAB_INSPECTOR_BESIDE, FALSE);
  assert_place (960, 700, ZAB_INSPECTOR_BESIDE, FALSE);
  assert_place (880, 880, ZAB_INSPECTOR_BESIDE, FALSE);
  assert_place (879, 700, ZAB_INSPECTOR_BELOW, TRUE);
  assert_place (1000, 1001, ZAB_INSPECTOR_BELOW, TRUE);
  assert_place (639, 700, ZAB_INSPECTOR_BELOW, FALSE);
  assert_place (360, 640, ZAB_INSPECTOR_BELOW, FALSE);
  assert_place (360, 294, ZAB_INSPECTOR_ALONE, FALSE);
  assert_place (700, 360, ZAB_INSPECTOR_ALONE, TRUE);
  assert_place (720, 360, ZAB_INSPECTOR_BESIDE, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/inspector-place/get", test_place);
  return g_test_run ();
}
