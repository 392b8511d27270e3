/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "rt/zab-command.h"

G_BEGIN_DECLS

/* The mixer as one would explain it: a frame at a time, in doubles, every voice asked every
 * question anew, nothing remembered that can be worked out. Slow, and its own: it shares with the
 * real one the commands and nothing else. */
typedef struct _ZabReference ZabReference;

ZabReference *zab_reference_new (guint rate);
void          zab_reference_free (ZabReference *self);

/* Adds a command for the frame that its time names; not for one that has been rendered. Samples
 * stay the caller's, until free (). */
void zab_reference_add (ZabReference *self, const ZabCommand *command);

/* The next @n_frames, interleaved stereo. */
void zab_reference_render (ZabReference *self, double *out, guint n_frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZabReference, zab_reference_free)

G_END_DECLS
