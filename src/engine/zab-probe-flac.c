/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/zab-probe.h"

enum
{
  STREAMINFO_END = 4 + 4 + 34,
  MIN_FRAME = 10 /* bytes: the smallest that there can be, of silence */
};

gboolean
zab_probe_flac (ZabProbe *self, ZabByteSource *source, gint64 start, gint64 end, const char *name,
                GError **error)
{
  guint8        head[STREAMINFO_END];
  const guint8 *info = head + 8;
  guint64       total, most;

  self->codec = ZAB_CODEC_FLAC;
  zab_byte_source_append_range (source, start, end - start);
  if (zab_byte_source_peek (source, start, head, sizeof head, NULL) < STREAMINFO_END
      || (head[4] & 0x7f) != 0)
    return TRUE; /* the decoder may still make sense of it */

  self->rate = (guint)info[10] << 12 | (guint)info[11] << 4 | info[12] >> 4;
  self->channels = (info[12] >> 1 & 7u) + 1;
  total = (guint64)(info[13] & 15) << 32 | (guint64)info[14] << 24 | (guint64)info[15] << 16
          | (guint64)info[16] << 8 | info[17];
  if (!zab_probe_check (name, self->rate, self->channels, error))
    return FALSE;
  /* One that can't be true would only make somebody allocate gigabytes. */
  most = (guint64)(end - start) / MIN_FRAME * MAX (16, (guint64)info[2] << 8 | info[3]);
  self->is_cut = total > most;
  self->n_frames = total > 0 && total <= most ? (gint64)total : -1;
  return TRUE;
}
