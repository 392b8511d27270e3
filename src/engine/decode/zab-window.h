/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/decode/zab-byte-source.h"

G_BEGIN_DECLS

/* What was read of a source and not yet used: the @end - @begin bytes before its position. What
 * uses them moves @begin on.
 *
 * Thread: any one at a time. */
typedef struct
{
  guint8  *data; /* NULL: nothing was read yet */
  gsize    room;
  gsize    begin;
  gsize    end;
  gboolean is_all; /* nothing comes behind it */
} ZabWindow;

void zab_window_clear (ZabWindow *self);

/* Reads @size bytes more, or up to the source's end. FALSE: it can't be read. */
gboolean zab_window_fill (ZabWindow *self, ZabByteSource *source, gsize size, GError **error);

/* Moves @begin, never back, to @position in @source, and past what lies between unread. */
void zab_window_skip_to (ZabWindow *self, ZabByteSource *source, gint64 position);

G_END_DECLS
