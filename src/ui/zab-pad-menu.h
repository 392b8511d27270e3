/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A pad's menu (transfer full). What it does to @n_pads, the selected ones, says so where that is
 * more than one. Thread: main. */
GMenuModel *zab_pad_menu_new (guint n_pads);

G_END_DECLS
