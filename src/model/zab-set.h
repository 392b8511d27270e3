/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-bank.h"

G_BEGIN_DECLS

enum
{
  ZAB_SET_N_BANKS = 6,
  ZAB_SET_N_PADS = 216, /* of all banks */
};

/* All that the musician prepared: a GListModel of six ZabBank, 216 pads. Thread: main. */
#define ZAB_TYPE_SET (zab_set_get_type ())
G_DECLARE_FINAL_TYPE (ZabSet, zab_set, ZAB, SET, GObject)

ZabSet  *zab_set_new (void);
ZabBank *zab_set_get_bank (ZabSet *self, guint bank); /* 0..5, borrowed */
ZabPad  *zab_set_get_pad (ZabSet *self, guint pad);   /* 0..215, borrowed */

G_END_DECLS
