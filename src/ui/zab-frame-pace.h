/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What follows the sound (playheads, meters, bars and beats) goes thirty times a second, and all of
 * it in the same frames: where there is no GPU a frame costs most, however little there is to draw.
 * Thread: main. TRUE in frames in which to look. */
gboolean zab_frame_pace_is_due (GdkFrameClock *clock);

G_END_DECLS
