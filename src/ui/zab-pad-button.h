/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-session.h"

G_BEGIN_DECLS

/* One pad on the screen: shows a ZabPad, and does to it through the session what mouse, fingers and
 * keyboard ask for. Thread: main.
 *
 * Its actions, for its menu and for assistive technologies: pad.press (plays, or opens what helps
 * where there is nothing to play), pad.load, pad.play, pad.stop, pad.loop, pad.retry, pad.cancel,
 * pad.clear, pad.dismiss, pad.menu. pad.load activates win.load-pad with the pad's index. */
#define ZAB_TYPE_PAD_BUTTON (zab_pad_button_get_type ())
G_DECLARE_FINAL_TYPE (ZabPadButton, zab_pad_button, ZAB, PAD_BUTTON, GtkWidget)

GtkWidget *zab_pad_button_new (ZabSession *session);

ZabPad *zab_pad_button_get_pad (ZabPadButton *self);
void    zab_pad_button_set_pad (ZabPadButton *self, ZabPad *pad);

/* What is printed on the key that plays the pad. */
void zab_pad_button_set_cap (ZabPadButton *self, const char *cap);

/* Whether what is dragged over the grid would land here. */
void zab_pad_button_set_drop_target (ZabPadButton *self, gboolean drop_target);

/* A finger or key goes down on the pad, and up. Down plays. Each down is followed by one up. */
void zab_pad_button_press (ZabPadButton *self);
void zab_pad_button_release (ZabPadButton *self);

/* Draws the playhead where the sound is by now, if that is another pixel. */
void zab_pad_button_update_playhead (ZabPadButton *self);

G_END_DECLS
