/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/resample/zab-resampler-tuning.h"
#include "engine/zab-locale.h"
#include "ui/zab-application.h"

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

  zab_locale_init ();
  application = zab_application_new ();
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), NULL);
  status = g_application_run (G_APPLICATION (application), argc, argv);
  zab_resampler_stop_tuning ();
  return status;
}
