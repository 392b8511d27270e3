/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Marks a function that the audio thread may call: it allocates nothing, takes no lock, makes no
 * system call, logs nothing and touches no page for the first time. tests/checks and the guard in
 * tests/lib hold it to that. */
#define ZAB_RT

enum
{
  ZAB_N_BANKS = 6,
  ZAB_PADS_PER_BANK = 36,
  ZAB_N_PADS = ZAB_N_BANKS * ZAB_PADS_PER_BANK, /* 216, pad indices are 0..215 */
  ZAB_PREVIEW = ZAB_N_PADS, /* sounds like a pad, and is none of the set's: for auditions */
  ZAB_N_SLOTS,              /* pads and the preview */
  ZAB_MASTER = ZAB_N_SLOTS, /* what concerns all pads, where a pad is named */
  ZAB_N_CHOKE_GROUPS = 8,
  ZAB_N_VOICES = 384,
};
