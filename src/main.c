/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-tuning.h"
#include "ui/zab-application.h"

#include "zab-config.h"

#include <libintl.h>
#include <locale.h>

/* In the instance that has the window only, for what it resamples in its own process. */
static void
on_startup (GApplication *application, gpointer unused)
{
  if (zab_resampler_is_tunable ())
    zab_resampler_start_tuning (NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (ZabApplication) application = NULL;
  int status;

  setlocale (LC_ALL, ""); /* NOLINT(concurrency-mt-unsafe): there is one thread */
  bindtextdomain (GETTEXT_PACKAGE, ZAB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  application = zab_application_new ();
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), NULL);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  zab_resampler_stop_tuning ();
  return status;
}
