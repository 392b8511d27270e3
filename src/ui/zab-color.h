/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* @color, so much of it as @part (0..1) says. Thread: any. */
GdkRGBA zab_color_fade (GdkRGBA color, float part);

G_END_DECLS
