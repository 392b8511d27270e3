/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zab-sound.h"

/* Notes are numbered as in MIDI; times are in seconds; velocities and vowels in 0..1. */
void zab_tone_bass (ZabSound *sound, double when, double length, double note, double velocity);
void zab_tone_acid (ZabSound *sound, double when, double length, double from, double note,
                    double velocity);
void zab_tone_stab (ZabSound *sound, double when, double length, double note, double velocity);
void zab_tone_pad (ZabSound *sound, double when, double length, double note, double velocity);
void zab_tone_pluck (ZabSound *sound, double when, double note, double velocity, double place);

/* A singer whose vowel goes from @first to @last: 0 is "ooh", 1 is "aah". */
void zab_tone_voice (ZabSound *sound, double when, double length, double note, double velocity,
                     double first, double last);

/* A swept noise and a rising tone that end at @length; a drop into the deep with a boom. */
void zab_tone_riser (ZabSound *sound, double when, double length);
void zab_tone_impact (ZabSound *sound, double when);
