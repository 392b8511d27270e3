/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/zab-pad.h"

G_BEGIN_DECLS

/* How the session changes a pad; each setter notifies only on change. Thread: main. */

ZabPad *zab_pad_new (guint index);

/* A load of @file has been asked for; it waits. */
void zab_pad_begin_load (ZabPad *self, GFile *file);

/* @stage: translated; @fraction: 0..1, or -1 where it is not known. */
void zab_pad_set_progress (ZabPad *self, const char *stage, double fraction);

/* The file of begin_load () is on the pad. @warning: or NULL. */
void zab_pad_end_load (ZabPad *self, double duration, const char *warning);

/* It is not, because of @error; the pad keeps the sound it had. */
void zab_pad_fail_load (ZabPad *self, const char *error);

/* As if begin_load () or fail_load () had never been. */
void zab_pad_revert_load (ZabPad *self);

void zab_pad_clear (ZabPad *self);

/* TRUE where playing has changed. */
gboolean zab_pad_set_activity (ZabPad *self, gboolean playing, double position);

/* The file whose sound is on the pad; NULL when there is none. get_file () may already be the next.
 */
GFile *zab_pad_get_loaded_file (ZabPad *self);

G_END_DECLS
