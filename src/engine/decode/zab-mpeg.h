/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One frame of MPEG audio (ISO 11172-3, 13818-3) or of AAC in ADTS (13818-7). */
typedef struct
{
  guint layer; /* 1..3; 0: ADTS */
  guint rate;  /* Hz */
  guint channels;
  guint size;     /* bytes, header and all */
  guint n_frames; /* that it decodes to */
  guint side_end; /* layer 3: where the side information ends; a Xing tag stands there */
} ZabMpegFrame;

/* Thread: any. FALSE when @data does not begin with a frame header. */
gboolean zab_mpeg_frame_parse (const guint8 *data, gsize size, ZabMpegFrame *frame);

G_END_DECLS
