/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-window.h"

#include <string.h>

void
zab_window_clear (ZabWindow *self)
{
  g_clear_pointer (&self->data, g_free);
}

gboolean
zab_window_fill (ZabWindow *self, ZabByteSource *source, gsize size, GError **error)
{
  gssize n;

  if (self->data != NULL && self->begin > 0)
    memmove (self->data, self->data + self->begin, self->end - self->begin);
  self->end -= self->begin;
  self->begin = 0;
  if (self->room - self->end < size)
    {
      self->room = MAX (2 * self->room, 2 * size);
      self->data = g_realloc (self->data, self->room);
    }
  n = zab_byte_source_read (source, self->data + self->end, size, error);
  if (n < 0)
    return FALSE;
  self->end += (gsize)n;
  self->is_all = (gsize)n < size;
  return TRUE;
}

void
zab_window_skip_to (ZabWindow *self, ZabByteSource *source, gint64 position)
{
  const gint64 begin = zab_byte_source_get_position (source) - (gint64)(self->end - self->begin);

  g_return_if_fail (position >= begin);

  if (position - begin <= (gint64)(self->end - self->begin))
    {
      self->begin += (gsize)(position - begin);
      return;
    }
  self->begin = self->end;
  zab_byte_source_seek (source, position);
}
