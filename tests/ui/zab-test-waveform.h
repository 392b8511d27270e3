/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/zab-test-app.h"

G_BEGIN_DECLS

/* What a screen reader hears of a waveform. Thread: main. */

/* Of a point, in seconds; NAN while there is none. */
double zab_test_waveform_get_value (ZabTestApp *self, const char *slider);

/* The first and the last second that are shown; -1 while there is no waveform. */
void zab_test_waveform_get_span (ZabTestApp *self, double *first, double *last);

gboolean zab_test_waveform_shows (ZabTestApp *self, double first, double last, double epsilon);

G_END_DECLS
