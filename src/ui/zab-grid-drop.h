/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/zab-pad-grid.h"

G_BEGIN_DECLS

/* Takes files and folders that are dragged over @area, a parent of the grid, shows which pads they
 * would fill, and loads them where they are let go. Lives as long as @area. Thread: main. */
void zab_grid_drop_attach (GtkWidget *area, ZabPadGrid *grid, ZabSession *session);

G_END_DECLS
