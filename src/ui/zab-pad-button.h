/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-session.h"

G_BEGIN_DECLS

/* One pad on the screen: shows a ZabPad, and does to it through the session what mouse, fingers and
 * keyboard ask for. Thread: main.
 *
 * Its actions, for its menu and for assistive technologies: pad.press (plays, or opens what helps
 * where there is nothing to play), pad.load, pad.play, pad.stop, pad.mode, pad.color, pad.choke
 * (their states are the nicks of ZabPadMode and ZabPadColor, and the group), pad.loop (loop or
 * one-shot), pad.retry, pad.cancel, pad.clear, pad.dismiss, pad.locate, pad.menu. pad.load and
 * pad.locate activate win.load-pad and win.locate-pad with the pad's index; pad.clear clears the
 * selected pads when this is one of them.
 *
 * Signals: touched, when the pad is pressed; chosen (char *setting, GValue *value), when its menu
 * sets one: who knows what is selected does it. */
#define ZAB_TYPE_PAD_BUTTON (zab_pad_button_get_type ())
G_DECLARE_FINAL_TYPE (ZabPadButton, zab_pad_button, ZAB, PAD_BUTTON, GtkWidget)

GtkWidget *zab_pad_button_new (ZabSession *session);

ZabPad *zab_pad_button_get_pad (ZabPadButton *self);
void    zab_pad_button_set_pad (ZabPadButton *self, ZabPad *pad);

/* What is printed on the key that plays the pad. */
void zab_pad_button_set_cap (ZabPadButton *self, const char *cap);
void zab_pad_button_show_cap (ZabPadButton *self, gboolean shown); /* on the pad; TRUE at first */

/* Whether what is dragged over the grid would land here. */
void zab_pad_button_set_drop_target (ZabPadButton *self, gboolean drop_target);

/* How many pads are selected, if it is shown as one of them; or 0. */
void zab_pad_button_set_n_selected (ZabPadButton *self, guint n_selected);

/* In edit mode mouse and fingers don't play. */
void zab_pad_button_set_editing (ZabPadButton *self, gboolean editing);

/* A finger or key goes down on the pad, and up. Down plays, and the last up lets go. Each down is
 * followed by one up. */
void zab_pad_button_press (ZabPadButton *self);
void zab_pad_button_release (ZabPadButton *self);

/* Looks where the sound is by now, how loud it is, and at the beat that it waits for; has the grid
 * draw it only if that is another pixel. */
void zab_pad_button_move (ZabPadButton *self);

gboolean zab_pad_button_is_moving (ZabPadButton *self);

/* What moves, to be drawn over the pad in its coordinates; NULL: nothing. Borrowed. */
GskRenderNode *zab_pad_button_get_motion (ZabPadButton *self);

G_END_DECLS
