/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two bars, left above right, from -60 to 0 dB: the RMS as a bar, the peak as a line that falls
 * slowly, a red end once a peak was beyond full scale (until it is pressed), and how far a limiter
 * turns down, from the right. Redraws only what would look different. Thread: main. */
#define ZAB_TYPE_LEVEL_METER (zab_level_meter_get_type ())
G_DECLARE_FINAL_TYPE (ZabLevelMeter, zab_level_meter, ZAB, LEVEL_METER, GtkWidget)

/* What there is since the last call; levels are linear, @reduction is in dB, @seconds is the time
 * that has passed. Returns TRUE while it has something to show: then call again with the next
 * frame, with zeros when there is no sound. */
gboolean zab_level_meter_update (ZabLevelMeter *self, const float peaks[2], const float rms[2],
                                 double reduction, double seconds);

G_END_DECLS
