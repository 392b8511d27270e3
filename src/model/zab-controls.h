/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/zab-engine.h"
#include "model/zab-session.h"

G_BEGIN_DECLS

/* Keeps the mixer's settings what the session's and the pads' are. Knobs go beside the ring of
 * commands and are never refused; what goes through it is remembered as the mixer has it, and sent
 * again until it has been taken. Half of the ring is left to the player and the loader.
 *
 * Thread: main, every function. */
typedef struct _ZabControls ZabControls;

/* Both are borrowed. Follows at once. */
ZabControls *zab_controls_new (ZabSession *session, ZabEngine *engine);
void         zab_controls_free (ZabControls *self);

/* The pad's sample is another one: its points are other frames. */
void zab_controls_reload_pad (ZabControls *self, guint pad);

/* FALSE: the mixer does not have all settings of the pad, of everything, yet; it will. */
gboolean zab_controls_flush_pad (ZabControls *self, guint pad);
gboolean zab_controls_flush (ZabControls *self);

/* Lets go of the pad, now or as soon as there is room; press () says that it is pressed again. */
void zab_controls_release (ZabControls *self, guint pad);
void zab_controls_press (ZabControls *self, guint pad);

G_END_DECLS
