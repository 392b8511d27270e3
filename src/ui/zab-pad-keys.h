/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Which key plays which pad of a bank. Keys are known by their place on the keyboard, so that the
 * same six by six block plays whatever the layout prints on it. Thread: main. */

enum
{
  ZAB_PAD_KEYS_N = 36
};

/* The pad's position in its bank, 0..35, for a hardware keycode (evdev + 8, as X11 and Wayland
 * give it); -1 when the key plays no pad. */
int zab_pad_keys_get_position (guint keycode);

/* The keycode that plays @position. */
guint zab_pad_keys_get_keycode (guint position);

/* What stands on the key cap: @keyval is what the key gives alone, @shifted with Shift; 0 where it
 * is not known. Never empty. */
char *zab_pad_keys_dup_cap (guint position, guint keyval, guint shifted);

/* The cap in layout number @layout (a keyboard group) of @display. */
char *zab_pad_keys_dup_display_cap (GdkDisplay *display, int layout, guint position);

G_END_DECLS
