/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/zab-document.h"

G_BEGIN_DECLS

/* All that can be set of one pad: first what is reached for often, the rest below a fold. Thread:
 * main.
 *
 * Properties (read-write):
 *   pad       ZabPad *       or NULL
 *   session   ZabSession *   that the pad is of
 *   document  ZabDocument *  a press and pull is one step of it
 *   wide      gboolean       the waveform lies beside the settings and not above them */
#define ZAB_TYPE_INSPECTOR (zab_inspector_get_type ())
G_DECLARE_FINAL_TYPE (ZabInspector, zab_inspector, ZAB, INSPECTOR, AdwBin)

G_END_DECLS
