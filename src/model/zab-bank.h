/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-pad.h"

G_BEGIN_DECLS

/* The 36 pads that are on the screen together: a GListModel of ZabPad. Thread: main. */
#define ZAB_TYPE_BANK (zab_bank_get_type ())
G_DECLARE_FINAL_TYPE (ZabBank, zab_bank, ZAB, BANK, GObject)

ZabBank    *zab_bank_new (guint index);
guint       zab_bank_get_index (ZabBank *self);               /* 0..5 */
const char *zab_bank_get_name (ZabBank *self);                /* "A".."F" */
ZabPad     *zab_bank_get_pad (ZabBank *self, guint position); /* 0..35, borrowed */

G_END_DECLS
