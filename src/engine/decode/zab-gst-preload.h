/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Loads every plug-in that decoding may want, which opens files: afterwards it opens none. A fifth
 * of a second. GStreamer is started. Thread: any. */
void zab_gst_preload (void);

G_END_DECLS
