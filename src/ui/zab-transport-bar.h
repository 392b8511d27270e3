/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/zab-session.h"

G_BEGIN_DECLS

/* Start and stop of the bars, tempo (typed, turned or tapped), where starts wait for, the level of
 * all sound; behind a button: metre, one loop at a time, speed of everything. Thread: main.
 *
 * Properties:
 *   session  ZabSession * (read-write, once)
 *   narrow   gboolean     (read-write) leaves out what a phone has no room for */
#define ZAB_TYPE_TRANSPORT_BAR (zab_transport_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZabTransportBar, zab_transport_bar, ZAB, TRANSPORT_BAR, AdwBin)

G_END_DECLS
