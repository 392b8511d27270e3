/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/load/zab-load-error.h"

/* Not G_DEFINE_QUARK: the formatter takes its dashes for minus signs. */
GQuark
zab_load_error_quark (void)
{
  return g_quark_from_static_string ("zab-load-error");
}
