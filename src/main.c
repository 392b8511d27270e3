/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/zab-application.h"

#include "zab-config.h"

#include <libintl.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (ZabApplication) application = NULL;

  setlocale (LC_ALL, ""); /* NOLINT(concurrency-mt-unsafe): there is one thread */
  bindtextdomain (GETTEXT_PACKAGE, ZAB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = zab_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
