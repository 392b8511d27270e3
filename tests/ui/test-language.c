/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program in another language than that of its source. */
#include "ui/zab-test-app.h"

static void
test_german (void)
{
  ZabTestApp app = { 0 };

  g_setenv ("LANGUAGE", "de", TRUE);
  zab_test_app_start (&app, (const char *[]){ NULL });
  zab_test_wait_until (zab_test_app_shows (&app, "Pad A1, leer"));
  zab_test_wait_until (zab_test_app_shows (&app, "label:Der Ton ist an"));
  g_assert_false (zab_test_app_shows (&app, "label:Sound is on"));
  zab_test_app_stop (&app);
  g_unsetenv ("LANGUAGE");
}

/* The control: the same without the wish for German. */
static void
test_none (void)
{
  ZabTestApp app = { 0 };

  zab_test_app_start (&app, (const char *[]){ NULL });
  zab_test_wait_until (zab_test_app_shows (&app, "Pad A1, empty"));
  zab_test_wait_until (zab_test_app_shows (&app, "label:Sound is on"));
  zab_test_app_stop (&app);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  zab_test_add ("/ui/language/none", test_none);
  zab_test_add ("/ui/language/german", test_german);
  return g_test_run ();
}
