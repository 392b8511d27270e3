/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/zab-peaks.h"

G_BEGIN_DECLS

/* A sound as a picture of @width x @height device pixels, all of it from left to right, both
 * channels in one shape, as tall as there is room however quiet it is. Transfer full.
 * Thread: main. */
GdkTexture *zab_pad_wave_new (ZabPeaks *peaks, int width, int height, const GdkRGBA *color);

G_END_DECLS
