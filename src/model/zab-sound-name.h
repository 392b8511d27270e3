/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What makers of sounds write into the names of their files. Thread: any. */

/* Whether the word "loop" is in it. */
gboolean zab_sound_name_is_loop (GFile *file);

/* Beats a minute, as in "amen 136bpm.wav", "Beat_92.5_BPM.flac" and "bpm-120 hats.wav"; 0 where it
 * says nothing, or no tempo that there is (30..300). */
double zab_sound_name_get_tempo (GFile *file);

G_END_DECLS
