/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-sound.h"

/* All at 120 beats a minute and over one progression (A minor, F, C, G), so that any of them fit
 * together. Two bars each, the tonal ones but the acid line four. */
void zab_loop_house (ZabSound *sound);
void zab_loop_baiao (ZabSound *sound);
void zab_loop_forro (ZabSound *sound);
void zab_loop_break (ZabSound *sound);
void zab_loop_hats (ZabSound *sound);
void zab_loop_percussion (ZabSound *sound);

void zab_loop_bass (ZabSound *sound);
void zab_loop_acid (ZabSound *sound);
void zab_loop_chords (ZabSound *sound);
void zab_loop_pad (ZabSound *sound);
void zab_loop_arpeggio (ZabSound *sound);
void zab_loop_choir (ZabSound *sound);
