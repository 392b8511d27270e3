/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "engine/output/zab-output-state.h"
#include "rt/zab-deadline.h"
#include "rt/zab-mixer.h"

G_BEGIN_DECLS

/* A PipeWire stream (float32, stereo, at the graph's own rate) that plays a mixer from PipeWire's
 * realtime thread. The control side runs on the main context; it comes back by itself when the
 * daemon or the device goes and returns.
 *
 * Thread: main, every function; none of them waits. */
typedef struct _ZabOutput ZabOutput;

/* State or rate have changed. */
typedef void (*ZabOutputChanged) (gpointer user_data);

/* @mixer must stay until free. */
ZabOutput *zab_output_new (ZabMixer *mixer, GMainContext *context, ZabOutputChanged changed,
                           gpointer user_data);
void       zab_output_free (ZabOutput *self);

ZabOutputState zab_output_get_state (ZabOutput *self);
guint          zab_output_get_rate (ZabOutput *self); /* Hz; 0 while it is not known yet */

/* How long the sound of the cycles took, since the output was made. */
void zab_output_read_deadline (ZabOutput *self, ZabDeadlineReading *reading);

/* TRUE while the realtime thread may render the mixer: then nobody else may. */
gboolean zab_output_is_attached (ZabOutput *self);

G_END_DECLS
