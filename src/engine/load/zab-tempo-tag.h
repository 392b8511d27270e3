/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The tempo that a file's tags tell, in beats a minute; 0 where they tell none that can be. Known
 * are ID3v2's TBPM (MP3, AAC, WAV, AIFF), the Vorbis comments BPM and TEMPO (FLAC, Ogg Vorbis,
 * Opus), iTunes's tmpo (M4A) and the chunk "acid" of loops (WAV).
 *
 * @fd is borrowed, and what it holds is not trusted: a few thousand steps at most, and 64 KiB of
 * any comment. Its position is neither used nor moved. Thread: worker. */
double zab_tempo_tag_read (int fd);

G_END_DECLS
