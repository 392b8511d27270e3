/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/engine/mutant.h"

enum
{
  MAX_BYTES = 8,  /* that are changed in one */
  HEAD_SIZE = 512 /* where most of what can be wrong is */
};

const char *const MUTANT_SOURCES[] = { "wav-s16.wav",      "wav-extensible.wav",
                                       "wav-f32.wav",      "wav-rf64.wav",
                                       "aiff-s16.aiff",    "aifc-sowt.aifc",
                                       "flac-16.flac",     "flac-art.flac",
                                       "mp3-vbr.mp3",      "mp3-art.mp3",
                                       "ogg-vorbis.ogg",   "ogg-chained.ogg",
                                       "opus-stereo.opus", "centre.opus",
                                       "m4a-aac.m4a",      "m4a-faststart.m4a",
                                       "m4a-alac.m4a",     "adts.aac",
                                       "long.flac",        "m4a-fragmented.m4a",
                                       "loop.opus",        NULL };

void
mutant_damage (GByteArray *bytes, GRand *rand)
{
  static const guint8 values[] = { 0, 1, 0x7f, 0x80, 0xff };
  guint               kind = (guint)g_rand_int_range (rand, 0, 8);
  gint32              n = g_rand_int_range (rand, 1, MAX_BYTES + 1);

  if (kind == 0) /* cut */
    {
      g_byte_array_set_size (bytes, (guint)g_rand_int_range (rand, 1, (gint32)bytes->len));
      return;
    }
  if (kind == 1) /* a piece is missing */
    {
      gint32 at = g_rand_int_range (rand, 0, (gint32)bytes->len - 1);

      g_byte_array_remove_range (
          bytes, (guint)at,
          (guint)g_rand_int_range (rand, 1, MIN (100, (gint32)bytes->len - at) + 1));
      return;
    }
  while (n-- > 0)
    {
      gint32 end = kind < 6 ? MIN (HEAD_SIZE, (gint32)bytes->len) : (gint32)bytes->len;
      gint32 at = g_rand_int_range (rand, 0, end);

      bytes->data[at] = g_rand_boolean (rand) ? (guint8)g_rand_int (rand)
                                              : values[g_rand_int_range (rand, 0, 5)];
    }
}
