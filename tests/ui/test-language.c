/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program in another language than that of its source. */
#include "ui/zab-test-app.h"

/* A German locale wherever there is none: newer C libraries do not translate in C.UTF-8, whatever
 * LANGUAGE says. Its rules are those of that one. */
static void
make_german (void)
{
  g_autofree char *locales = zab_test_make_dir ();
  g_autofree char *german = g_build_filename (locales, "de_DE.utf8", NULL);
  g_autoptr (GFile) link = g_file_new_for_path (german);
  g_autoptr (GError) error = NULL;

  g_file_make_symbolic_link (link, "/usr/lib/locale/C.utf8", NULL, &error);
  g_assert_no_error (error);
  g_setenv ("LOCPATH", locales, TRUE);
  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
}

static void
test_german (void)
{
  ZabTestApp app = { 0 };

  make_german ();
  zab_test_app_start (&app, (const char *[]){ NULL });
  zab_test_wait_until (zab_test_app_shows (&app, "Pad A1, leer"));
  zab_test_wait_until (zab_test_app_shows (&app, "push button:Klänge öffnen"));
  g_assert_false (zab_test_app_shows (&app, "push button:Open Sounds"));
  zab_test_app_stop (&app);
}

/* The control: the same without the wish for German. */
static void
test_none (void)
{
  ZabTestApp app = { 0 };

  zab_test_app_start (&app, (const char *[]){ NULL });
  zab_test_wait_until (zab_test_app_shows (&app, "Pad A1, empty"));
  zab_test_wait_until (zab_test_app_shows (&app, "push button:Open Sounds"));
  zab_test_app_stop (&app);
}

int
main (int argc, char **argv)
{
  zab_test_init (&argc, &argv);
  g_unsetenv ("LANGUAGE");
  zab_test_add ("/ui/language/none", test_none);
  zab_test_add ("/ui/language/german", test_german);
  return g_test_run ();
}
