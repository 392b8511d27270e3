/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file is by its first bytes; its name counts for nothing. */
typedef enum
{
  ZAB_FORMAT_UNKNOWN,   /* audio or not: autoplugging may find out */
  ZAB_FORMAT_NOT_AUDIO, /* known, and nothing to be heard in it: text, a picture, an archive */
  ZAB_FORMAT_WAV,       /* RIFF, RIFX and RF64 */
  ZAB_FORMAT_AIFF,      /* and AIFF-C */
  ZAB_FORMAT_FLAC,
  ZAB_FORMAT_MP3,  /* MPEG-1, -2 and -2.5 audio, layers 1 to 3 */
  ZAB_FORMAT_ADTS, /* AAC without a container */
  ZAB_FORMAT_OGG,  /* which codec: zab-ogg.h */
  ZAB_FORMAT_MP4,  /* likewise: zab-mp4.h */
} ZabFormat;

enum
{
  ZAB_SNIFF_SIZE = 4096 /* as many bytes as sniffing wants to see */
};

/* Thread: any. @size bytes from the start of the file, or from behind an ID3v2 tag. */
ZabFormat zab_sniff (const guint8 *head, gsize size);

/* Thread: any. The size of the ID3v2 tag that begins at @head; 0 when there is none. */
gsize zab_sniff_id3v2_size (const guint8 *head, gsize size);

G_END_DECLS
