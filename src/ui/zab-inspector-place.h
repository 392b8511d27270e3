/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the inspector goes in a window of some size, in pixels. Thread: any. */
typedef enum
{
  ZAB_INSPECTOR_BESIDE, /* the pads */
  ZAB_INSPECTOR_BELOW,
  ZAB_INSPECTOR_ALONE, /* instead of them */
} ZabInspectorPlace;

ZabInspectorPlace zab_inspector_place_get (int width, int height);

/* The waveform has room beside the settings. */
gboolean zab_inspector_place_is_wide (int width, int height);

G_END_DECLS
