/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-ogg-reader.h"

#include <ogg/ogg.h>

struct _ZabOggReader
{
  ogg_sync_state   sync;
  ogg_stream_state stream;
  gboolean         begun; /* the stream's first page is behind */
  gboolean         discont;
  gboolean         ended;
};

ZabOggReader *
zab_ogg_reader_new (guint32 serial)
{
  ZabOggReader *self = g_new0 (ZabOggReader, 1);

  ogg_sync_init (&self->sync);
  ogg_stream_init (&self->stream, (int)serial);
  return self;
}

void
zab_ogg_reader_free (ZabOggReader *self)
{
  ogg_stream_clear (&self->stream);
  ogg_sync_clear (&self->sync);
  g_free (self);
}

void *
zab_ogg_reader_get_room (ZabOggReader *self, gsize size)
{
  return ogg_sync_buffer (&self->sync, (long)size);
}

void
zab_ogg_reader_add (ZabOggReader *self, gsize size)
{
  ogg_sync_wrote (&self->sync, (long)size);
}

/* FALSE: more bytes must come, or none will. */
static gboolean
take_page (ZabOggReader *self)
{
  ogg_page page;
  int      found;

  while ((found = ogg_sync_pageout (&self->sync, &page)) != 0)
    {
      if (found < 0 || ogg_page_serialno (&page) != (int)self->stream.serialno)
        continue;
      self->ended = ogg_page_bos (&page) && self->begun;
      self->begun = TRUE;
      if (self->ended)
        return FALSE;
      ogg_stream_pagein (&self->stream, &page);
      return TRUE;
    }
  return FALSE;
}

static GstBuffer *
make_buffer (ZabOggReader *self, const ogg_packet *packet)
{
  GstBuffer *buffer = gst_buffer_new_memdup (packet->packet, (gsize)packet->bytes);

  GST_BUFFER_OFFSET_END (buffer) = (guint64)packet->granulepos;
  if (self->discont)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  self->discont = FALSE;
  return buffer;
}

GstBuffer *
zab_ogg_reader_pop (ZabOggReader *self)
{
  ogg_packet packet;

  while (!self->ended)
    {
      const int found = ogg_stream_packetout (&self->stream, &packet);

      if (found == 0 && !take_page (self))
        return NULL;
      if (found < 0)
        self->discont = TRUE;
      if (found <= 0)
        continue;
      self->ended = packet.e_o_s != 0;
      if (packet.bytes > 0)
        return make_buffer (self, &packet);
    }
  return NULL;
}

gboolean
zab_ogg_reader_has_ended (const ZabOggReader *self)
{
  return self->ended;
}

gsize
zab_ogg_reader_get_left (const ZabOggReader *self)
{
  return (gsize)(self->sync.fill - self->sync.returned);
}
