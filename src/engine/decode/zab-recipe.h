/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/decode/zab-push-chain.h"

G_BEGIN_DECLS

enum
{
  ZAB_RECIPE_MAX_DECODERS = 4
};

/* Which elements, the better first. What is NULL is not needed. */
typedef struct
{
  const char *parser;
  const char *decoders[ZAB_RECIPE_MAX_DECODERS];
  const char *rounds;  /* that of them that would round to 16 bits, and clip, if it was not asked */
  gboolean    flushes; /* the first of them is as new when it has been flushed; opusdec is not */
  gboolean    is_demuxer; /* the parser's pads come when it has seen the file's head */
  const char *missing;    /* what is not installed when none of the decoders is */
} ZabRecipe;

/* Thread: any. For all but ZAB_CODEC_ANY. */
const ZabRecipe *zab_recipe_get (ZabCodec codec);

G_END_DECLS
