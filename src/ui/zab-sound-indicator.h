/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/zab-session.h"

G_BEGIN_DECLS

/* The sound in one line: quiet while all is well, with a warning and a count once cycles were
 * missed. Pressed, it tells more. Looks once a second while it is on the screen. Thread: main.
 *
 * Properties:
 *   session  ZabSession * (read-write) */
#define ZAB_TYPE_SOUND_INDICATOR (zab_sound_indicator_get_type ())
G_DECLARE_FINAL_TYPE (ZabSoundIndicator, zab_sound_indicator, ZAB, SOUND_INDICATOR, AdwBin)

G_END_DECLS
