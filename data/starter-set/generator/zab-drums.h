/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-sound.h"

/* Paints one stroke on @sound, @when seconds from its start; @velocity is in 0..1. */
typedef void (*ZabHit) (ZabSound *sound, double when, double velocity);

/* The drum kit. */
void zab_hit_kick (ZabSound *sound, double when, double velocity);
void zab_hit_snare (ZabSound *sound, double when, double velocity);
void zab_hit_clap (ZabSound *sound, double when, double velocity);
void zab_hit_rim (ZabSound *sound, double when, double velocity);
void zab_hit_closed_hat (ZabSound *sound, double when, double velocity);
void zab_hit_open_hat (ZabSound *sound, double when, double velocity);
void zab_hit_low_tom (ZabSound *sound, double when, double velocity);
void zab_hit_high_tom (ZabSound *sound, double when, double velocity);
void zab_hit_crash (ZabSound *sound, double when, double velocity);
void zab_hit_shaker (ZabSound *sound, double when, double velocity);

/* The forró trio and its friends. The zabumba is a bass drum hung from the shoulder: a mallet
 * on the upper skin, and the bacalhau, a thin stick, on the lower one. */
void zab_hit_zabumba (ZabSound *sound, double when, double velocity);
void zab_hit_bacalhau (ZabSound *sound, double when, double velocity);
void zab_hit_agogo_low (ZabSound *sound, double when, double velocity);
void zab_hit_agogo_high (ZabSound *sound, double when, double velocity);
void zab_hit_triangle (ZabSound *sound, double when, double velocity);
void zab_hit_triangle_muted (ZabSound *sound, double when, double velocity);
