/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Six buttons, one for each bank, that activate app.select-bank and show its state. Thread: main.
 */
#define ZAB_TYPE_BANK_SWITCHER (zab_bank_switcher_get_type ())
G_DECLARE_FINAL_TYPE (ZabBankSwitcher, zab_bank_switcher, ZAB, BANK_SWITCHER, GtkWidget)

G_END_DECLS
