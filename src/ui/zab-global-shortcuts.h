/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-session.h"

G_BEGIN_DECLS

/* Keys that play the pads of the visible bank, and stop everything, while other windows have the
 * keyboard: by the desktop's portal for them. The musician chooses the keys in the desktop's own
 * window. Where there is no such portal, there are no such keys, and nothing is said.
 *
 * Thread: main.
 *
 * Properties:
 *   available  gboolean  the desktop has the portal (read)
 *   enabled    gboolean  wanted, FALSE at first; asking for it may open the desktop's window (rw)
 */
#define ZAB_TYPE_GLOBAL_SHORTCUTS (zab_global_shortcuts_get_type ())
G_DECLARE_FINAL_TYPE (ZabGlobalShortcuts, zab_global_shortcuts, ZAB, GLOBAL_SHORTCUTS, GObject)

ZabGlobalShortcuts *zab_global_shortcuts_new (GDBusConnection *connection, ZabSession *session);

gboolean zab_global_shortcuts_get_enabled (ZabGlobalShortcuts *self);
void     zab_global_shortcuts_set_enabled (ZabGlobalShortcuts *self, gboolean enabled);

G_END_DECLS
