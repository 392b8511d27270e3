/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Somebody's way from a file to float32 frames. */
typedef struct
{
  const char *name;
  const char *suffixes; /* of the files that it reads: ".wav .flac" */

  /* Decodes all of @path into @out, which has room for @max frames of two channels. Returns the
   * number of frames; -1 when it can't. */
  gint64 (*decode) (const char *path, float *out, gint64 max);
} BenchDecoder;

enum
{
  BENCH_N_DECODERS = 6
};
extern const BenchDecoder bench_decoders[BENCH_N_DECODERS]; /* the first is Zabumba */
