/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-locale.h"

#include <glib.h>
#include <libintl.h>
#include <locale.h>

#include "zab-config.h"

void
zab_locale_init (void)
{
  const char *folder = g_getenv ("ZABUMBA_LOCALE_DIR");

  setlocale (LC_ALL, ""); /* NOLINT(concurrency-mt-unsafe): there is one thread */
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : ZAB_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}
