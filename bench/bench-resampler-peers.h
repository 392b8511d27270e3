/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The converters to compare, each as its documentation asks to be used for a whole file in memory:
 * with its delay taken out where it tells it. */
typedef struct
{
  const char *name;
  const char *(*version) (void);

  /* Converts @n_frames interleaved frames to @out, which has room for @max_out; returns how many
   * came out. Everything that a converter sets up for one file is inside. */
  gsize (*convert) (guint in_rate, guint out_rate, guint channels, const float *in, gsize n_frames,
                    float *out, gsize max_out);
  gboolean slow; /* fewer rounds are enough */
} BenchPeer;

enum
{
  BENCH_N_PEERS = 10
};

extern const BenchPeer bench_peers[BENCH_N_PEERS]; /* ours is the first */

/* Mono, with the result in new memory: a ZabMeasureConvert, with a BenchPeer as the converter. */
float *bench_convert_mono (gconstpointer peer, guint in_rate, guint out_rate, const float *in,
                           gsize n_in, gsize *n_out);

gsize       bench_zita_convert (guint in_rate, guint out_rate, guint channels, const float *in,
                                gsize n_frames, float *out, gsize max_out);
const char *bench_zita_version (void);

G_END_DECLS
