/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <pipewire/pipewire.h>

G_BEGIN_DECLS

/* A GSource that runs @loop's events on the main context it is attached to: PipeWire's control side
 * lives on the main thread, with no thread loop and no lock. Thread: main. */
GSource *zab_pipewire_source_new (struct pw_loop *loop);

G_END_DECLS
