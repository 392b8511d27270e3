/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "engine/decode/zab-byte-source.h"
#include "engine/decode/zab-probe.h"

G_BEGIN_DECLS

/* Moves a file's bytes through a push chain, as few as are needed for the next raw audio.
 *
 * Every function: Thread: any one at a time, never the main one. */
typedef struct _ZabPump ZabPump;

/* @probe and @source outlive the pump. For Ogg this decodes up to the first page that has a
 * position, and sets @probe's n_frames and skip by it. @alone: another core is free to help. */
ZabPump *zab_pump_new (ZabProbe *probe, ZabByteSource *source, const char *name, gboolean alone,
                       GCancellable *cancellable, GError **error);
void     zab_pump_free (ZabPump *self);

/* The next raw audio (transfer full). NULL at the end, and on error. */
GstSample *zab_pump_next (ZabPump *self, GCancellable *cancellable, GError **error);

/* How much of the source has gone into the decoder, 0..1. */
double zab_pump_get_fraction (ZabPump *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabPump, zab_pump_free)

G_END_DECLS
