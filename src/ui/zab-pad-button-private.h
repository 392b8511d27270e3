/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/zab-pad-button.h"
#include "ui/zab-pad-painter.h"
#include "ui/zab-pad-view.h"

G_BEGIN_DECLS

struct _ZabPadButton
{
  GtkWidget parent_instance;

  ZabSession    *session;
  ZabPad        *pad;
  ZabPadPainter *painter;
  GtkWidget     *corner;  /* cancels a load or tells of a problem; NULL until first needed */
  GtkWidget     *popover; /* the menu or the problem, while open */
  const char    *state_class;
  ZabPadCorner   corner_kind;
  const char    *color_class;
  gboolean       editing;
  guint          n_selected; /* pads, this one among them; 0: it is none of them */
  gboolean       drop_target;
  ZabPadStill    still;         /* but what depends on the pointer and the focus */
  double         fill;          /* 0..1: what a load has filled */
  ZabPadMoving   moving;        /* as drawn */
  double         level;         /* of the meter, falling slowly */
  guint          bar;           /* that the screen reader was told of; 0: none */
  guint          n_held;        /* fingers and keys that are down */
  guint          pointers_held; /* of n_held: mouse and fingers */
  guint          key_held;      /* the keycode that pressed the focused pad; 0: none */
  guint          unpress_tick;  /* takes the pressed look away, once it has been seen */
};

/* zab-pad-button-input.c: mouse, fingers, Enter, Space, menu keys. */
void zab_pad_button_add_controllers (ZabPadButton *self);

/* zab-pad-button-move.c: what goes on while it sounds. The grid draws it, over the pad. */

/* From what the pad is now, for a drawing that comes anyway. */
void zab_pad_button_update_moving (ZabPadButton *self);

/* Which bar of how many the sound is in. */
void zab_pad_button_read_bar (ZabPadButton *self, ZabPadFacts *facts);

/* zab-pad-button-actions.c */
void zab_pad_button_install_actions (GtkWidgetClass *widget_class);
void zab_pad_button_update_actions (ZabPadButton *self, const ZabPadFacts *facts);
void zab_pad_button_show_menu (ZabPadButton *self, const GdkRectangle *at);
void zab_pad_button_show_problem (ZabPadButton *self);

/* Makes sure that it is one of the selected pads. */
void zab_pad_button_select (ZabPadButton *self);

/* What a click does that is over: loads on an empty pad, explains on a failed one. */
void zab_pad_button_help (ZabPadButton *self);

G_END_DECLS
