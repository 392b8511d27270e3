/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-sound.h"

/* Adds a room to what is on the canvas: @amount of it, falling by 60 dB in @seconds. */
void zab_reverb (ZabSound *sound, double amount, double seconds);
