/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/decode/zab-read-ahead.h"

enum
{
  N_BLOCKS = 8 /* ahead at most, that in hand included */
};

typedef struct
{
  float *frames;
  gssize n_frames; /* as zab_decoder_read () gave it: 0 or -1 in the last one */
  double fraction;
} Block;

struct _ZabReadAhead
{
  ZabDecoder   *decoder;
  GCancellable *cancellable;
  gsize         block_frames;
  GThread      *thread;
  GError       *error; /* of the block with -1 frames */
  Block         blocks[N_BLOCKS];
  guint         n_asked; /* blocks, since the start; by the one that takes them */

  GMutex   lock; /* over all below; a block belongs to the thread until it is counted */
  GCond    changed;
  guint    n_decoded; /* blocks, since the start */
  guint    n_taken;   /* blocks whose memory may be used again */
  gboolean stopped;
};

/* FALSE: nobody wants any more. */
static gboolean
wait_for_room (ZabReadAhead *self)
{
  gboolean go_on;

  g_mutex_lock (&self->lock);
  while (!self->stopped && self->n_decoded - self->n_taken == N_BLOCKS)
    g_cond_wait (&self->changed, &self->lock);
  go_on = !self->stopped;
  g_mutex_unlock (&self->lock);
  return go_on;
}

static gpointer
decode (gpointer data)
{
  ZabReadAhead *self = data;
  Block        *block;

  do
    {
      if (!wait_for_room (self))
        return NULL;
      block = &self->blocks[self->n_decoded % N_BLOCKS];
      block->n_frames = zab_decoder_read (self->decoder, block->frames, self->block_frames,
                                          self->cancellable, &self->error);
      block->fraction = zab_decoder_get_fraction (self->decoder);
      g_mutex_lock (&self->lock);
      self->n_decoded++;
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->lock);
    }
  while (block->n_frames > 0);
  return NULL;
}

ZabReadAhead *
zab_read_ahead_new (ZabDecoder *decoder, gsize block_frames, GCancellable *cancellable)
{
  ZabReadAhead *self = g_new0 (ZabReadAhead, 1);
  const guint   channels = zab_decoder_get_info (decoder)->channels;

  self->decoder = decoder;
  self->block_frames = block_frames;
  self->cancellable = cancellable;
  for (guint i = 0; i < N_BLOCKS; i++)
    self->blocks[i].frames = g_new (float, block_frames *channels);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("decode", decode, self);
  return self;
}

void
zab_read_ahead_free (ZabReadAhead *self)
{
  g_mutex_lock (&self->lock);
  self->stopped = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  for (guint i = 0; i < N_BLOCKS; i++)
    g_free (self->blocks[i].frames);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

/* The block in hand stays untouched until the next one is asked for. */
gssize
zab_read_ahead_take (ZabReadAhead *self, const float **frames, double *fraction, GError **error)
{
  const Block *block = &self->blocks[self->n_asked % N_BLOCKS];

  g_mutex_lock (&self->lock);
  self->n_taken = self->n_asked++;
  g_cond_signal (&self->changed);
  while (self->n_decoded < self->n_asked)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  *frames = block->frames;
  *fraction = block->fraction;
  if (block->n_frames < 0)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return block->n_frames;
}
