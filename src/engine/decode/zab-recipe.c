/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-recipe.h"

static const ZabRecipe recipes[] = {
  [ZAB_CODEC_RAW] = { .flushes = TRUE },
  [ZAB_CODEC_FLAC]
  = { .decoders = { "zabflac", "flacdec", "avdec_flac" }, .flushes = TRUE, .missing = "FLAC" },
  [ZAB_CODEC_FLAC_ODD]
  = { .parser = "flacparse", .decoders = { "flacdec", "avdec_flac" }, .missing = "FLAC" },
  [ZAB_CODEC_MPEG] = { .decoders = { "zabmp3", "mpg123audiodec", "avdec_mp3float", "avdec_mp3" },
                       .flushes = TRUE,
                       .rounds = "mpg123audiodec",
                       .missing = "MP3" },
  [ZAB_CODEC_ADTS]
  = { .parser = "aacparse", .decoders = { "avdec_aac", "fdkaacdec", "faad" }, .missing = "AAC" },
  [ZAB_CODEC_VORBIS] = { .decoders = { "zabvorbis", "vorbisdec", "ivorbisdec" },
                         .flushes = TRUE,
                         .missing = "Vorbis" },
  [ZAB_CODEC_OPUS]
  = { .decoders = { "zabopus", "avdec_opus", "opusdec" }, .flushes = TRUE, .missing = "Opus" },
  [ZAB_CODEC_OPUS_SURROUND] = { .decoders = { "opusdec" }, .missing = "Opus" },
  [ZAB_CODEC_AAC] = { .decoders = { "zabaac", "avdec_aac", "fdkaacdec", "faad" },
                      .flushes = TRUE,
                      .missing = "AAC" },
  [ZAB_CODEC_MP4_AAC] = { .parser = "qtdemux",
                          .is_demuxer = TRUE,
                          .decoders = { "avdec_aac", "fdkaacdec", "faad" },
                          .missing = "AAC" },
  [ZAB_CODEC_MP4_ALAC]
  = { .parser = "qtdemux", .is_demuxer = TRUE, .decoders = { "avdec_alac" }, .missing = "ALAC" },
};

const ZabRecipe *
zab_recipe_get (ZabCodec codec)
{
  g_return_val_if_fail (codec < G_N_ELEMENTS (recipes), NULL);

  return &recipes[codec];
}
