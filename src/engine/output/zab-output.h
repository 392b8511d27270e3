/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "rt/zab-deadline.h"
#include "rt/zab-mixer.h"

G_BEGIN_DECLS

typedef enum
{
  ZAB_OUTPUT_OFFLINE,    /* there is to be no sound */
  ZAB_OUTPUT_CONNECTING, /* to the daemon, and to a device */
  ZAB_OUTPUT_NO_DAEMON,  /* PipeWire does not run; tried again every second */
  ZAB_OUTPUT_NO_DEVICE,  /* PipeWire runs, but there is nothing to play to */
  ZAB_OUTPUT_RUNNING,    /* there is sound */
} ZabOutputState;

#define ZAB_TYPE_OUTPUT_STATE (zab_output_state_get_type ())
GType zab_output_state_get_type (void);

/* The state in words, translated: "No sound: PipeWire is not running". Static. */
const char *zab_output_state_to_text (ZabOutputState state);

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
