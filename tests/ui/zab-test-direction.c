/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Zabumba of the tests, linked with --wrap, that is laid out from right to left when
 * ZAB_TEST_RTL is set: for that, GTK itself wants a language that is written so. */
#include <gtk/gtk.h>

#include "ui/zab-application.h"

ZabApplication *__real_zab_application_new (void);
ZabApplication *__wrap_zab_application_new (void);

/* GTK knows the language by now, and no window is there yet. */
static void
on_startup (GApplication *application)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
}

ZabApplication *
__wrap_zab_application_new (void)
{
  ZabApplication *application = __real_zab_application_new ();

  if (g_getenv ("ZAB_TEST_RTL"))
    g_signal_connect (application, "startup", G_CALLBACK (on_startup), NULL);
  return application;
}
