/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/worker/zab-load-worker.h"
#include "engine/zab-locale.h"

int
main (int argc, char **argv)
{
  zab_locale_init ();
  zab_load_worker_run (zab_load_fd);
}
