/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/decode/zab-push-chain.h"

G_BEGIN_DECLS

struct _ZabPushChain
{
  ZabCodec      codec;
  char         *name; /* of the file; NULL while idle */
  GstBus       *bus;
  GstPad       *src;     /* ours: where the bytes go in */
  GstElement   *parser;  /* or NULL */
  GstElement   *decoder; /* or NULL */
  GstElement   *sink;
  gboolean      flushes;  /* to be flushed is to be as new */
  GstCaps      *caps;     /* of what is pushed; NULL: bytes; idle: of what was */
  GQueue        samples;  /* of GstSample: decoded, not yet pulled */
  gsize         n_queued; /* bytes in them */
  gint64        size;
  gboolean      failed;      /* not to be used again */
  gboolean      is_used;     /* something of the last file may be left in it */
  gboolean      announced;   /* the elements know the caps */
  gboolean      started;     /* what goes before the first buffer is sent */
  GCancellable *cancellable; /* borrowed, while something is pushed */
};

void zab_push_chain_destroy (ZabPushChain *self);

/* Makes one that is_used as new. */
void zab_push_chain_clean (ZabPushChain *self);

/* Those that wait for the next file of their kind (zab-push-chain-pool.c). Thread: any but the main
 * one. */
ZabPushChain *zab_push_chain_take_idle (ZabCodec codec, const GstCaps *caps);
void          zab_push_chain_put_idle (ZabPushChain *self);

G_END_DECLS
