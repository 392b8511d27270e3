/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-byte-source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  gint64  start;  /* in the source */
  gint64  length; /* bytes */
  gint64  offset; /* in the file */
  GBytes *bytes;  /* instead of the file; or NULL */
} Part;

/* Of the file's beginning, which probes come back to again and again: for most drums it is all. */
enum
{
  HEAD_SIZE = 32 * 1024
};

struct _ZabByteSource
{
  int     fd;
  gint64  file_size;
  gint64  length;
  gint64  position;
  GArray *parts; /* of Part */
  guint8 *head;  /* NULL: not read yet */
  gsize   head_size;
};

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->bytes, g_bytes_unref);
}

ZabByteSource *
zab_byte_source_new (int fd, gint64 size)
{
  ZabByteSource *self = g_new0 (ZabByteSource, 1);

  self->fd = fd;
  self->file_size = size;
  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  return self;
}

void
zab_byte_source_free (ZabByteSource *self)
{
  g_array_unref (self->parts);
  g_free (self->head);
  g_free (self);
}

static gssize
read_at (ZabByteSource *self, gint64 offset, void *data, gsize size, GError **error)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = pread (self->fd, (guint8 *)data + done, size - done, offset + (gint64)done);

      if (n == 0)
        break;
      if (n > 0)
        done += (gsize)n;
      else if (errno != EINTR)
        {
          g_set_error_literal (error, G_IO_ERROR, (int)g_io_error_from_errno (errno),
                               g_strerror (errno));
          return -1;
        }
    }
  return (gssize)done;
}

/* What cannot be read now says so when it is asked for. */
static void
read_head (ZabByteSource *self)
{
  const gsize size = (gsize)CLAMP (self->file_size, 0, HEAD_SIZE);
  gssize      n;

  self->head = g_malloc (MAX (size, 1));
  n = read_at (self, 0, self->head, size, NULL);
  self->head_size = (gsize)MAX (0, n);
}

gssize
zab_byte_source_peek (ZabByteSource *self, gint64 offset, void *data, gsize size, GError **error)
{
  gsize  done = 0;
  gssize n;

  g_return_val_if_fail (offset >= 0, -1);

  if (self->head == NULL)
    read_head (self);
  if (offset < (gint64)self->head_size)
    {
      done = MIN (size, self->head_size - (gsize)offset);
      memcpy (data, self->head + offset, done);
    }
  size = (gsize)CLAMP (self->file_size - offset, 0, (gint64)MIN (size, G_MAXSSIZE));
  if (done >= size)
    return (gssize)done;
  n = read_at (self, offset + (gint64)done, (guint8 *)data + done, size - done, error);
  return n < 0 ? -1 : (gssize)done + n;
}

gint64
zab_byte_source_get_file_size (const ZabByteSource *self)
{
  return self->file_size;
}

static void
append (ZabByteSource *self, Part part)
{
  part.start = self->length;
  g_array_append_val (self->parts, part);
  self->length += part.length;
}

void
zab_byte_source_append_range (ZabByteSource *self, gint64 offset, gint64 length)
{
  g_return_if_fail (offset >= 0 && length >= 0);

  append (self, (Part){ .offset = offset, .length = length });
}

void
zab_byte_source_append_bytes (ZabByteSource *self, GBytes *bytes)
{
  append (self, (Part){ .bytes = g_bytes_ref (bytes), .length = (gint64)g_bytes_get_size (bytes) });
}

static gssize
read_part (ZabByteSource *self, const Part *part, void *data, gsize size, GError **error)
{
  gint64 inside = self->position - part->start;
  gsize  left = (gsize)MIN (part->length - inside, (gint64)size);

  if (!part->bytes)
    return zab_byte_source_peek (self, part->offset + inside, data, left, error);
  memcpy (data, (const guint8 *)g_bytes_get_data (part->bytes, NULL) + inside, left);
  return (gssize)left;
}

gssize
zab_byte_source_read (ZabByteSource *self, void *data, gsize size, GError **error)
{
  gsize done = 0;

  for (guint i = 0; i < self->parts->len && done < size; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);
      gssize      n;

      if (self->position >= part->start + part->length)
        continue;
      n = read_part (self, part, (guint8 *)data + done, size - done, error);
      if (n < 0)
        return -1;
      done += (gsize)n;
      self->position += n;
      if (self->position < part->start + part->length)
        break; /* full, or the file has become shorter meanwhile */
    }
  return (gssize)done;
}

gint64
zab_byte_source_get_length (const ZabByteSource *self)
{
  return self->length;
}

gint64
zab_byte_source_get_position (const ZabByteSource *self)
{
  return self->position;
}

void
zab_byte_source_seek (ZabByteSource *self, gint64 position)
{
  self->position = CLAMP (position, 0, self->length);
}
